package notice

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/words"
)

// Check compares a template with the words and relations that it names. A notice may read nothing but public relations.
// more names columns that the configuration allows beside those of the shipped relations.
func (t *Template) Check(book *words.Book, columns func(relation string) ([]duck.Column, bool), more []string) []fault.Problem {
	c := &checker{template: t, book: book, columns: columns, more: more}
	c.word(c.at("title"), t.Title)
	c.optional(c.at("subtitle"), t.Subtitle)
	c.word(c.at("foot"), t.Foot)
	if t.Names != "" {
		c.relation(c.at("names"), t.Names, "kind", "property", "code", nameColumn(book.Language))
	}
	for _, word := range frameWords {
		c.word(0, word)
	}
	t.each(func(b *Block, path []any) { c.block(*b, path) })
	return c.problems
}

// frameWords stand on every notice, or are asked for by its values.
var frameWords = []string{
	"notice.band", "notice.band_corrected", "notice.draft", "notice.seal", "notice.date", "notice.day", "notice.target", "notice.join", "notice.join_narrow", "notice.after_label", "notice.wide",
	"notice.colon", "notice.foot.lines", "notice.foot.page", "notice.foot.between", "notice.tenths.whole", "notice.tenths.part",
	"notice.posting.office", "notice.posting.telephone", "notice.posting.complaint_line", "notice.posting.owners_committee", "notice.posting.authority_line", "notice.posting.rule",
}

type checker struct {
	template *Template
	book     *words.Book
	columns  func(string) ([]duck.Column, bool)
	more     []string
	problems []fault.Problem
}

func (c *checker) at(path ...any) int { return c.template.source.Line(path...) }

func (c *checker) problem(line int, hint, format string, args ...any) {
	c.problems = append(c.problems, fault.Problem{File: c.template.source.File, Line: line, Message: fmt.Sprintf(format, args...), Hint: hint})
}

func (c *checker) word(line int, key string) {
	if key == "" {
		c.problem(line, "name a word of templates/text", "a word is missing here")
		return
	}
	if !c.book.Has(key) {
		c.problem(line, fmt.Sprintf("add it to templates/text/%s", c.book.Language), "the word %q isn't there in %s", key, c.book.Language)
	}
}

func (c *checker) optional(line int, key string) {
	if key != "" {
		c.word(line, key)
	}
}

// relation checks that a relation is public and has the columns; it gives the names of all that it has.
func (c *checker) relation(line int, name string, wanted ...string) []string {
	if !strings.HasPrefix(name, "public.") {
		c.problem(line, "only relations of queries/public hold nothing personal", "a notice can't read %q", name)
		return nil
	}
	found, there := c.columns(name)
	if !there {
		c.problem(line, "its query would be queries/public/"+strings.TrimPrefix(name, "public.")+".sql", "there is no relation %s", name)
		return nil
	}
	var names []string
	for _, col := range found {
		names = append(names, col.Name)
	}
	for _, w := range wanted {
		if w != "" && !slices.Contains(names, w) {
			c.problem(line, "its columns are "+strings.Join(names, ", "), "%s has no column %q", name, w)
		}
	}
	c.columnsOf(line, name, names)
	return names
}

// columnsOf refuses a relation that has a column which notices may not read, whether or not a block prints it.
func (c *checker) columnsOf(line int, relation string, columns []string) {
	for _, column := range columns {
		switch permitted(column, c.more) {
		case forbidden:
			c.problem(line, "take it out of queries/public/"+strings.TrimPrefix(relation, "public.")+".sql: a notice must not be able to print it",
				"%s has a column %q, which points at a ticket or a person", relation, column)
		case unknown:
			c.problem(line, "if it can point at nobody, name it in noticeboard.yaml: notices: {columns: ["+column+"]}",
				"%s has a column %q that no notice may read", relation, column)
		}
	}
}

func (c *checker) block(b Block, path []any) {
	line := c.at(path...)
	if !slices.Contains([]string{"", "A4", "A3"}, b.Paper) {
		c.problem(line, "A4 or A3, or leave it out", "%q is no paper of notices", b.Paper)
	}
	if selects := len(b.Only) > 0 || b.Above > 0 || b.Below > 0; selects && b.relation() == "" {
		c.problem(line, "only, above and below go with a block that names a relation", "the block reads no relation to count or choose rows of")
	} else if selects {
		c.relation(line, b.relation(), slices.Sorted(maps.Keys(b.Only))...)
	}
	switch {
	case b.Heading != nil:
		c.heading(b.Heading, line)
	case b.Text != nil:
		c.text(b.Text, line)
	case b.KeyFigures != nil:
		c.keyFigures(b.KeyFigures, line)
	case b.Table != nil:
		c.table(b.Table, path)
	case b.Chart != nil:
		c.chart(b.Chart, line)
	case b.List != nil:
		c.list(b.List, line)
	case b.QR != nil:
		c.word(line, b.QR.Word)
	case b.PageBreak != nil:
		c.when(line, b.PageBreak.When)
	}
}

func (c *checker) heading(h *Heading, line int) {
	c.when(line, h.When)
	if h.From == "" {
		c.word(line, h.Word)
		return
	}
	c.relation(line, h.From, h.Case)
	if len(h.Cases) == 0 {
		c.problem(line, "cases: [month, quarter]", "a heading that has cases must list them")
	}
	for _, which := range h.Cases {
		c.word(line, h.Word+"."+which)
	}
}

func (c *checker) when(line int, relation string) {
	if relation != "" {
		c.relation(line, relation)
	}
}

func (c *checker) text(t *Text, line int) {
	if !slices.Contains([]string{"", "lead", "body", "small", "box"}, t.Style) {
		c.problem(line, "lead, body, small or box", "%q is no style of text", t.Style)
	}
	c.optional(line, t.Label)
	c.optional(line, t.Empty)
	if t.Relation == "" {
		c.word(line, t.Word)
		return
	}
	columns := c.relation(line, t.Relation)
	for _, s := range t.Sentences {
		c.sentence(line, s, columns)
	}
}

// sentence checks each case of a sentence, and that its slots can be filled.
func (c *checker) sentence(line int, s Sentence, columns []string) {
	keys := []string{s.Word}
	if s.Case != "" {
		if columns != nil && !slices.Contains(columns, s.Case) {
			c.problem(line, "its columns are "+strings.Join(columns, ", "), "there is no column %q to choose a case by", s.Case)
		}
		keys = nil
		for _, which := range s.Cases {
			keys = append(keys, s.Word+"."+which)
		}
	}
	for _, key := range keys {
		c.word(line, key)
		for _, slot := range c.book.Slots(key) {
			if columns != nil && !slices.Contains(columns, slot) && !slices.Contains(fixedSlots, slot) {
				file, at := c.book.Place(key)
				c.problems = append(c.problems, fault.Problem{File: file, Line: at, Message: fmt.Sprintf("%q has a place {%s} that nothing fills", key, slot),
					Hint: "it may be one of " + strings.Join(slices.Concat(columns, fixedSlots), ", ")})
			}
		}
	}
}

// fixedSlots are what slots() gives to every word.
var fixedSlots = []string{"property", "company", "edition", "from", "to", "to_day", "as_of", "as_of_date", "posted_from", "posted_from_date", "posted_until", "year", "month", "this", "previous", "year_before", "next"}

func (c *checker) keyFigures(k *KeyFigures, line int) {
	c.relation(line, k.Relation, "metric", "value", "reading", "before", "before_reading", "target", "change")
	c.optional(line, k.Empty)
	for _, m := range k.Metrics {
		c.word(line, k.Word+"."+m)
	}
	for _, change := range []string{"better", "worse", "same"} {
		c.word(line, k.Change+"."+change+".sign")
		c.word(line, k.Change+"."+change+".text")
	}
	c.word(line, k.Change+".target")
}

func (c *checker) table(t *Table, path []any) {
	line := c.at(path...)
	c.optional(line, t.Empty)
	for i, col := range t.Columns {
		here := c.at(append(append([]any{}, path...), "table", "columns", i)...)
		c.relation(here, t.Relation, col.Column, col.When)
		c.word(here, col.Head)
		c.format(here, col.Format)
	}
}

func (c *checker) format(line int, format string) {
	if !slices.Contains([]string{"", "text", "count", "rate", "tenths", "date", "day", "month"}, format) {
		c.problem(line, "text, count, rate, tenths, date, day or month", "%q is no format", format)
	}
}

func (c *checker) chart(ch *Chart, line int) {
	if ch.Kind != "bars" && ch.Kind != "line" {
		c.problem(line, "bars or line", "%q is no kind of chart", ch.Kind)
	}
	c.relation(line, ch.Relation, ch.Label, ch.Value, ch.Target)
	c.format(line, ch.Format)
	c.optional(line, ch.Empty)
}

func (c *checker) list(l *List, line int) {
	columns := c.relation(line, l.Relation, l.Sign, l.Note)
	for _, sentence := range []Sentence{l.Group, l.Sentence, l.Detail} {
		if sentence.Word != "" {
			c.sentence(line, sentence, columns)
		}
	}
	c.optional(line, l.More)
	c.optional(line, l.Empty)
}
