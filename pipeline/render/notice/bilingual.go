package notice

import (
	"maps"
	"strings"
	"unicode"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/render/notice/typeset"
	"noticeboard/pipeline/words"
)

// Second is the other language of a bilingual notice: on one sheet, each thing is said in the notice's own language first.
type Second struct {
	Book                      *words.Book
	PropertyName, CompanyName string
}

// second makes the setter that words what the first one words, in the other language and in the same type.
func (s *setter) second(e Edition) (*setter, error) {
	other := &setter{
		source: s.source, template: s.template, book: e.Second.Book, chain: s.chain, density: s.density, scale: s.scale, values: values{e.Second.Book},
	}
	other.edition = e
	other.edition.Second, other.edition.Language = nil, e.Second.Book.Language
	other.edition.PropertyName, other.edition.CompanyName = e.Second.PropertyName, e.Second.CompanyName
	other.fixed = other.slots()
	var err error
	other.names, err = other.readNames()
	return other, err
}

// both words something in the notice's language and, where it has two and they differ, in the other one.
func (s *setter) both(between string, say func(*setter) string) string {
	first := say(s)
	if s.also == nil {
		return first
	}
	if second := say(s.also); second != "" && letters(second) != letters(first) {
		return first + between + second
	}
	return first
}

// each words something in each language of the notice; what reads the same is said once.
func (s *setter) each(say func(*setter) string) []string {
	list := []string{say(s)}
	if s.also != nil {
		if second := say(s.also); letters(second) != letters(list[0]) {
			list = append(list, second)
		}
	}
	return list
}

// rest words a row in the other language without what staff wrote: that has one language, and was said in the first.
func (s *setter) rest(sentence Sentence, r row, formats map[string]string) string {
	bare := maps.Clone(r)
	for column, value := range bare {
		if _, is := value.(string); is && formats[column] == "" && column != sentence.Case {
			bare[column] = ""
		}
	}
	return strings.TrimFunc(s.sentence(sentence, bare, formats), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) })
}

// letters leaves out what two languages do differently in a text that is the same in both: blanks and stops.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsPunct(r) {
			return -1
		}
		return r
	}, text)
}

// words are set in turn as paragraphs; the other language a little smaller.
func (s *setter) paragraphs(measure float64, justify bool, style typeset.Style, texts []string) []strip {
	var strips []strip
	for i, text := range texts {
		if text == "" {
			continue
		}
		if i > 0 {
			style.Size *= smaller
		}
		strips = append(strips, s.paragraph(measure, justify, typeset.Span{Text: text, Style: style})...)
	}
	return strips
}

// smaller is how much smaller the other language is set.
const smaller = 0.9

// heads sets a head that stays with what follows; the other language smaller and after it, or below it where one line is too short.
func (s *setter) heads(texts []string, style typeset.Style, measure float64) []strip {
	spans := []typeset.Span{{Text: texts[0], Style: style}}
	for _, text := range texts[1:] {
		style.Size *= 0.78
		between := "  "
		if s.chain.Single(spans[0], typeset.Span{Text: between + text, Style: style}).Width > measure {
			between = "\n"
		}
		spans = append(spans, typeset.Span{Text: between + text, Style: style})
	}
	strips := s.paragraph(measure, false, spans...)
	for i := range strips {
		strips[i].keep = true
	}
	return strips
}

// everywhere reads a relation whatever the notice's property and period.
func (s *source) everywhere(relation string) ([]row, error) {
	whole := &source{ctx: s.ctx, warehouse: s.warehouse, cut: duck.Cut{}, kept: map[string][]row{}}
	return whole.rows(relation)
}
