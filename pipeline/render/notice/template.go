package notice

import (
	"cmp"
	"fmt"

	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/render/head"
)

// Template is one notice as staff lay it out: which blocks, from which relations, in which words.
type Template struct {
	head.Head `yaml:",inline"`

	Title    string  `yaml:"title"`    // word
	Subtitle string  `yaml:"subtitle"` // word
	Names    string  `yaml:"names"`    // relation that holds the names of codes
	Approval bool    `yaml:"approval"` // a draft until somebody with authority approves it
	Pages    int     `yaml:"pages"`    // as many as it should have; 0: any number
	AtMost   int     `yaml:"at_most"`  // as many as it may have, before what can be spared is left out; pages by default
	Grow     bool    `yaml:"grow"`     // set larger where it still fits on one page
	Foot     string  `yaml:"foot"`     // word: how it was counted; notice.foot.method by default
	Blocks   []Block `yaml:"blocks"`

	source *head.Source
}

// Block is one part of a notice: exactly one of its fields is set, beside paper and spare.
type Block struct {
	Spare      bool              `yaml:"spare"` // left out where the notice would otherwise have too many pages
	Paper      string            `yaml:"paper"` // A4 or A3; empty: both
	Only       map[string]string `yaml:"only"`  // column → value: which rows of its relation it takes
	Above      int               `yaml:"above"` // stands only where it has more rows than that
	Below      int               `yaml:"below"` // and fewer than that
	Heading    *Heading          `yaml:"heading"`
	Text       *Text             `yaml:"text"`
	KeyFigures *KeyFigures       `yaml:"key_figures"`
	Table      *Table            `yaml:"table"`
	Chart      *Chart            `yaml:"chart"`
	List       *List             `yaml:"list"`
	QR         *QR               `yaml:"qr"`
	Spacer     *Spacer           `yaml:"spacer"`
	Columns    [][]Block         `yaml:"columns"`
	PageBreak  *PageBreak        `yaml:"page_break"`

	place string // file and line, as a person is told of it
}

// Heading is the head of a section.
type Heading struct {
	Word  string   `yaml:"word"`
	When  string   `yaml:"when"` // relation; without a row of it, there is no heading
	From  string   `yaml:"from"` // relation whose first row picks the word below Word by its column Case; without a row, the first case
	Case  string   `yaml:"case"`
	Cases []string `yaml:"cases"`
}

// Text is a paragraph: a fixed word, or sentences for each row of a relation.
type Text struct {
	Style     string            `yaml:"style"` // lead, body (default), small, box
	Label     string            `yaml:"label"` // word, bold before the first sentence
	Word      string            `yaml:"word"`
	Relation  string            `yaml:"relation"`
	Sentences []Sentence        `yaml:"sentences"`
	Formats   map[string]string `yaml:"formats"` // column → how it reads in a sentence
	Empty     string            `yaml:"empty"`   // word, where the relation has no row
}

// Sentence is a word whose slots are columns. With a case, the column's value picks the word below it; an empty one leaves the
// sentence out.
type Sentence struct {
	Word  string   `yaml:"word"`
	Case  string   `yaml:"case"`
	Cases []string `yaml:"cases"`
}

// KeyFigures sets the large figures side by side. Its relation has a row for each metric, with the columns metric, value, reading,
// before, before_reading, target and change.
type KeyFigures struct {
	Relation string   `yaml:"relation"`
	Metrics  []string `yaml:"metrics"`
	Word     string   `yaml:"word"`   // <word>.<metric> is the label
	Change   string   `yaml:"change"` // <change>.better, .worse, .same, .none
	Empty    string   `yaml:"empty"`
}

// Table prints rows as they are stored.
type Table struct {
	Relation string        `yaml:"relation"`
	Columns  []TableColumn `yaml:"columns"`
	Empty    string        `yaml:"empty"`
}

// TableColumn is one column of a table.
type TableColumn struct {
	Column string  `yaml:"column"`
	Head   string  `yaml:"head"`   // word
	Format string  `yaml:"format"` // text (default), count, rate, date, month; figures stand right
	Names  string  `yaml:"names"`  // kind of name that the column's codes have
	Codes  string  `yaml:"codes"`  // words code.<codes>.<value>
	Width  float64 `yaml:"width"`  // share of the measure, 1 by default
	Right  bool    `yaml:"right"`  // a word that stands right, as figures do
	When   string  `yaml:"when"`   // column of the relation; the table's column is left out where that is empty in every row
}

// Chart is bars from zero, or one line.
type Chart struct {
	Kind     string `yaml:"kind"` // bars, line
	Relation string `yaml:"relation"`
	Label    string `yaml:"label"`
	Names    string `yaml:"names"`
	Value    string `yaml:"value"`
	Format   string `yaml:"format"` // of the value: count, rate; of labels on a line: see Label
	Target   string `yaml:"target"` // column
	Ranked   bool   `yaml:"ranked"` // bars by their value, the greatest first
	Empty    string `yaml:"empty"`  // word, where there are fewer than two rows
}

// List is one line per row, with smaller lines below it.
type List struct {
	Relation string            `yaml:"relation"`
	Group    Sentence          `yaml:"group"` // a head where its case changes
	Sign     string            `yaml:"sign"`  // column; the sign before the line is the word notice.sign.<value>
	Sentence Sentence          `yaml:"sentence"`
	Strong   bool              `yaml:"strong"` // the sentence is a head of its own
	Note     string            `yaml:"note"`   // column; further text below the line
	Detail   Sentence          `yaml:"detail"` // a small line at last
	Formats  map[string]string `yaml:"formats"`
	Limit    int               `yaml:"limit"`
	More     string            `yaml:"more"` // word with {count}, where rows are beyond the limit
	Empty    string            `yaml:"empty"`
}

// QR leads to the property's page, where the configuration names one.
type QR struct {
	Word   string  `yaml:"word"`
	Beside []Block `yaml:"beside"` // set beside the code, or alone where there is none
}

// Spacer is a blank, in lines of text.
type Spacer struct {
	Lines int `yaml:"lines"`
}

// PageBreak begins a new page. What stands before the first one is the front: the notice is set so that it fits on one page, where any
// setting does that; where none does, or where all of the notice fits on one page, there is no break.
type PageBreak struct {
	When string `yaml:"when"` // relation; without a row of it, there is no break
}

// Parse reads a template strictly: what it doesn't know is a problem with a line.
func Parse(file string, content []byte) (*Template, []fault.Problem) {
	t := &Template{}
	source, problems := head.Decode(file, content, t)
	if t.source = source; len(problems) > 0 {
		return nil, problems
	}
	if t.Foot == "" {
		t.Foot = "notice.foot.method"
	}
	t.each(func(b *Block, path []any) {
		b.place = fmt.Sprintf("%s:%d %s", file, source.Line(path...), b.kind())
	})
	return t, append(t.Problems(file, func(field string) int { return source.Line(field) }), t.shape()...)
}

// Relations lists the relations that the template reads, by name.
func (t *Template) Relations() []string { return t.source.Relations() }

// shape checks what needs neither words nor relations.
func (t *Template) shape() []fault.Problem {
	var problems []fault.Problem
	if t.Title == "" {
		problems = append(problems, fault.Problem{File: t.source.File, Line: t.source.Line(), Message: "the notice has no title", Hint: "title: a word, such as notice.r6.title"})
	}
	t.each(func(b *Block, path []any) {
		if n := b.count(); n != 1 {
			problems = append(problems, fault.Problem{File: t.source.File, Line: t.source.Line(path...), Message: fmt.Sprintf("a block is one thing, this one is %d", n),
				Hint: "begin each with a dash: heading, text, key_figures, table, chart, list, qr, spacer, columns or page_break"})
		}
	})
	return problems
}

// parts lists which things a block is.
func (b *Block) parts() []string {
	var list []string
	for _, part := range []struct {
		name string
		set  bool
	}{
		{"heading", b.Heading != nil}, {"text", b.Text != nil}, {"key_figures", b.KeyFigures != nil}, {"table", b.Table != nil}, {"chart", b.Chart != nil},
		{"list", b.List != nil}, {"qr", b.QR != nil}, {"spacer", b.Spacer != nil}, {"columns", b.Columns != nil}, {"page_break", b.PageBreak != nil},
	} {
		if part.set {
			list = append(list, part.name)
		}
	}
	return list
}

// relation gives the relation that a block reads, empty where it reads none.
func (b *Block) relation() string {
	switch {
	case b.Heading != nil:
		return cmp.Or(b.Heading.When, b.Heading.From)
	case b.Text != nil:
		return b.Text.Relation
	case b.KeyFigures != nil:
		return b.KeyFigures.Relation
	case b.Table != nil:
		return b.Table.Relation
	case b.Chart != nil:
		return b.Chart.Relation
	case b.List != nil:
		return b.List.Relation
	case b.PageBreak != nil:
		return b.PageBreak.When
	default:
		return ""
	}
}

func (b *Block) count() int { return len(b.parts()) }

func (b *Block) kind() string {
	if parts := b.parts(); len(parts) > 0 {
		return parts[0]
	}
	return "block"
}

// each visits every block, also those in columns, with its path in the file.
func (t *Template) each(visit func(b *Block, path []any)) {
	var walk func(blocks []Block, path []any)
	walk = func(blocks []Block, path []any) {
		for i := range blocks {
			b := &blocks[i]
			here := append(append([]any{}, path...), i)
			visit(b, here)
			for c, column := range b.Columns {
				walk(column, append(append([]any{}, here...), "columns", c))
			}
			if b.QR != nil {
				walk(b.QR.Beside, append(append([]any{}, here...), "qr", "beside"))
			}
		}
	}
	walk(t.Blocks, []any{"blocks"})
}
