package notice

import (
	"slices"
	"strings"

	"noticeboard/pipeline/render/notice/sheet"
	"noticeboard/pipeline/render/notice/typeset"
)

// heading is a section's head; it never stands alone at the foot of a page.
func (s *setter) heading(h Heading, measure float64) ([]strip, error) {
	if h.When != "" {
		rows, err := s.rows(h.When)
		if err != nil || len(rows) == 0 {
			return nil, err
		}
	}
	key, err := s.headingKey(h)
	if err != nil {
		return nil, err
	}
	texts := s.each(func(s *setter) string { return s.word(key) })
	strips := s.heads(texts, s.scale.section(), measure)
	strips[0].before, strips[0].outline = s.scale.step, texts[0]
	return strips, nil
}

func (s *setter) headingKey(h Heading) (string, error) {
	if h.From == "" {
		return h.Word, nil
	}
	rows, err := s.rows(h.From)
	if err != nil || len(rows) == 0 {
		return h.Word + "." + h.Cases[0], err
	}
	return h.Word + "." + rows[0].text(h.Case), nil
}

// paragraph sets spans as lines, one strip each. Its first two lines stay together, and so do its last two.
func (s *setter) paragraph(measure float64, justify bool, spans ...typeset.Span) []strip {
	style := spans[0].Style
	leading := s.scale.leading(style)
	lines := s.chain.Lines(measure, justify && s.edition.Language != "en", spans...)
	strips := make([]strip, 0, len(lines))
	for i, line := range lines {
		strips = append(strips, strip{height: leading, keep: len(lines) > 1 && (i == 0 || i == len(lines)-2),
			paint: func(x, y float64) []sheet.Mark {
				return []sheet.Mark{sheet.Text{X: x, Y: y + s.scale.baseline(style), Line: line}}
			}})
	}
	return strips
}

// text sets a paragraph of fixed words or of sentences, in each language of the notice; a box has one for each row.
func (s *setter) text(t Text, measure float64) ([]strip, error) {
	strips, err := s.ownText(t, measure)
	if err != nil || s.also == nil {
		return strips, err
	}
	more, err := s.also.ownText(t, measure)
	if err == nil && len(more) > 0 {
		more[0].before = 0
	}
	return append(strips, more...), err
}

func (s *setter) ownText(t Text, measure float64) ([]strip, error) {
	said, err := s.said(t)
	if err != nil || len(said) == 0 {
		return nil, err
	}
	if t.Style == "box" {
		return s.box(t, said, measure), nil
	}
	if t.Style == "lead" {
		s.headline = append(s.headline, slices.Concat(said...)...)
	}
	strips := s.paragraph(measure, true, s.labelled(t, slices.Concat(said...))...)
	strips[0].before = s.scale.step
	return strips, nil
}

// labelled joins sentences, after the block's label where it has one.
func (s *setter) labelled(t Text, sentences []string) []typeset.Span {
	style := s.scale.body()
	switch t.Style {
	case "lead":
		style = s.scale.lead()
	case "small":
		style = s.scale.foot()
	}
	spans := []typeset.Span{{Text: strings.Join(sentences, s.book.Text("notice.join")), Style: style}}
	if t.Label == "" {
		return spans
	}
	label := style
	label.Bold = true
	return append([]typeset.Span{{Text: s.word(t.Label) + s.book.Text("notice.after_label"), Style: label}}, spans...)
}

// box has an amber bar at its left: what wasn't good enough. It may be torn between lines, like any paragraph.
func (s *setter) box(t Text, said [][]string, measure float64) []strip {
	indent := s.scale.mm(4)
	var lines []strip
	for i, sentences := range said {
		if i > 0 {
			t.Label = ""
		}
		lines = append(lines, s.paragraph(measure-indent, true, s.labelled(t, sentences)...)...)
	}
	for i, line := range lines {
		lines[i].paint = func(x, y float64) []sheet.Mark {
			bar := sheet.Area{X: x, Y: y, Width: s.scale.mm(1), Height: line.height, Ink: amber}
			return append([]sheet.Mark{bar}, line.paint(x+indent, y)...)
		}
	}
	lines[0].before = s.scale.step
	return lines
}

// said words a text block: its fixed word, or its sentences for each row that has any.
func (s *setter) said(t Text) ([][]string, error) {
	if t.Relation == "" {
		return [][]string{{s.word(t.Word)}}, nil
	}
	rows, err := s.rows(t.Relation)
	if err != nil {
		return nil, err
	}
	var all [][]string
	for _, r := range rows {
		var own []string
		for _, sentence := range t.Sentences {
			if text := s.sentence(sentence, r, t.Formats); text != "" {
				own = append(own, text)
			}
		}
		if len(own) > 0 {
			all = append(all, own)
		}
	}
	if len(all) == 0 && t.Empty != "" {
		all = [][]string{{s.word(t.Empty)}}
	}
	return all, nil
}

// sentence fills a word with the row's columns; without a case there is nothing to say.
func (s *setter) sentence(sentence Sentence, r row, formats map[string]string) string {
	key := sentence.Word
	if sentence.Case != "" {
		which := r.text(sentence.Case)
		if which == "" {
			return ""
		}
		key += "." + which
	}
	return s.fill(key, r, formats)
}

func (s *setter) fill(key string, r row, formats map[string]string) string {
	var pairs []string
	for _, slot := range s.book.Slots(key) {
		if _, there := r[slot]; !there {
			continue
		}
		pairs = append(pairs, slot, s.slotted(r, slot, formats[slot]))
	}
	return s.word(key, pairs...)
}

// slotted writes a column for a sentence: a name where its format is names:<kind>, a word where it is codes:<list>.
func (s *setter) slotted(r row, column, format string) string {
	if kind, is := strings.CutPrefix(format, "names:"); is {
		return s.name(kind, r.text(column), r)
	}
	if list, is := strings.CutPrefix(format, "codes:"); is {
		return s.word("code." + list + "." + r.text(column))
	}
	return s.value(r, column, format)
}
