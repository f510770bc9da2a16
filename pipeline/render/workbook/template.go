package workbook

import (
	"slices"

	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/render/head"
)

// Template is one workbook as staff lay it out: which sheets, with which blocks, from which relations, in which words.
type Template struct {
	head.Head `yaml:",inline"`

	Title  string  `yaml:"title"`  // word
	Names  string  `yaml:"names"`  // relation that holds the names of codes
	Own    *Own    `yaml:"own"`    // a workbook of staff's own, in place of sheets
	Sheets []Sheet `yaml:"sheets"` // in the order of the tabs; the first is the one that the others lead back to

	source *head.Source
}

// Sheet is one tab.
type Sheet struct {
	Use     string         `yaml:"use"` // name of a shared sheet, in place of all that follows
	ID      string         `yaml:"id"`
	Tab     string         `yaml:"tab"`      // word: the name on the tab, and the title unless there is another
	Title   string         `yaml:"title"`    // word
	About   string         `yaml:"about"`    // word: what it shows, for the index
	Group   string         `yaml:"group"`    // summary, wrong, where, score or reference: the colour of the tab
	For     []head.Subject `yaml:"for"`      // empty: all
	OnePage bool           `yaml:"one_page"` // printed on one page, whatever its length
	Metrics []string       `yaml:"metrics"`  // those that it shows in detail: their names lead here
	Blocks  []Block        `yaml:"blocks"`

	source *head.Source // of a shared sheet
}

// Block is one part of a sheet; exactly one of its fields beside For is set.
type Block struct {
	For      []head.Subject `yaml:"for"` // empty: all
	Sentence *Sentence      `yaml:"sentence"`
	Note     *Note          `yaml:"note"`
	Table    *Table         `yaml:"table"`
	Matrix   *Matrix        `yaml:"matrix"`
	Chart    *Chart         `yaml:"chart"`
	Index    *Index         `yaml:"index"`
}

// From says which rows a block shows. Rows are cut to the property, zone and period of the edition.
type From struct {
	Relation string            `yaml:"relation"`
	Whole    bool              `yaml:"whole"` // the rows of the whole (* as property or zone), not those of its parts
	Where    map[string]string `yaml:"where"` // column → value; for relations that hold rows for several blocks
}

// Sentence is one line of text per row: the word, with the case's value behind it, whose slots are columns.
type Sentence struct {
	From     `yaml:",inline"`
	Word     string            `yaml:"word"`
	Case     string            `yaml:"case"` // column; empty: the word alone
	Cases    []string          `yaml:"cases"`
	Names    map[string]string `yaml:"names"`   // column → kind of name that its codes have
	Codes    map[string]string `yaml:"codes"`   // column → list of fixed codes
	Formats  map[string]string `yaml:"formats"` // column → format
	Home     string            `yaml:"home"`    // column with the metric whose sheet the line leads to
	Empty    string            `yaml:"empty"`   // word where there is no row
	Style    string            `yaml:"style"`   // lead (default) or box
	Headline bool              `yaml:"headline"`
}

// Note is fixed text.
type Note struct {
	Word string `yaml:"word"`
}

// Index lists the other sheets, each with a link and what it shows.
type Index struct {
	Title string `yaml:"title"` // word
}

// Table prints rows as they are stored.
type Table struct {
	From    `yaml:",inline"`
	ID      string   `yaml:"id"`    // name of the range, for formulas, charts and sparklines
	Title   string   `yaml:"title"` // word above the head
	List    bool     `yaml:"list"`  // may be of any length: read while it is written, and continued on a next sheet; the last block of its sheet
	Empty   string   `yaml:"empty"` // word where there is no row
	Columns []Column `yaml:"columns"`
}

// Column is one column of a table.
type Column struct {
	Column  string       `yaml:"column"`
	Head    string       `yaml:"head"`    // word
	Note    string       `yaml:"note"`    // word: comment on the head
	Metric  string       `yaml:"metric"`  // its definition is the comment on the head
	Only    head.Subject `yaml:"only"`    // shown for that subject alone
	Private bool         `yaml:"private"` // a resident's name or telephone: shown where the configuration lets the report show them
	Format  string       `yaml:"format"`  // see formats
	Unit    string       `yaml:"unit"`    // column with the unit, for the formats figure, trend and change; beside a name, it is added where it isn't evident
	Names   string       `yaml:"names"`   // kind of name that its codes have
	Codes   string       `yaml:"codes"`   // list of fixed codes
	Mark    string       `yaml:"mark"`    // column with the word beside a figure: light, standing or change
	Unsure  string       `yaml:"unsure"`  // column that says whether the mark is unsure
	Home    bool         `yaml:"home"`    // leads to the sheet of the metric in this column
	Link    string       `yaml:"link"`    // id of the sheet that its cells lead to: from a number to the list behind it
	Rule    string       `yaml:"rule"`    // see rules: what Excel draws from the values, also after somebody has changed them
	Choices string       `yaml:"choices"` // with the rule fill_in: id of the table whose first column may be chosen from
	Spark   string       `yaml:"spark"`   // id of the matrix whose row of the same key is drawn as a sparkline
	Width   float64      `yaml:"width"`   // at most this wide; the text wraps
	Defines bool         `yaml:"defines"` // shows the definition of the metric in this column
	Says    *Sentence    `yaml:"says"`    // words made of several columns of the row, in place of a value
}

// Matrix prints the values of one column across: a row for each value of row, a column for each of across, both in stored order.
type Matrix struct {
	From   `yaml:",inline"`
	ID     string `yaml:"id"`
	Title  string `yaml:"title"`
	Empty  string `yaml:"empty"`
	Row    Column `yaml:"row"`
	Across Column `yaml:"across"`
	Value  Column `yaml:"value"`
}

// Chart draws a table or matrix that stands on any sheet of the workbook.
type Chart struct {
	Kind   string   `yaml:"kind"`   // pareto, bars, columns, line, bands
	Of     string   `yaml:"of"`     // id of the table
	Title  string   `yaml:"title"`  // word
	Label  string   `yaml:"label"`  // column
	Value  string   `yaml:"value"`  // column; of a line: the row of a matrix
	Grey   string   `yaml:"grey"`   // column of bars that stand for "other", empty where value isn't
	Line   string   `yaml:"line"`   // column: the cumulative share of a pareto
	Target string   `yaml:"target"` // of columns: the column with the target; of a line: id of the matrix with the targets
	Low    string   `yaml:"low"`    // of columns: the column where the interval begins
	High   string   `yaml:"high"`   // of columns: the column where the interval ends
	Parts  []string `yaml:"parts"`  // columns that bands are made of, laid end to end: a blank, then grey, dark, grey
	Format string   `yaml:"format"` // of labels
	Limit  int      `yaml:"limit"`  // rows at most
	Height uint     `yaml:"height"` // pixels
	Empty  string   `yaml:"empty"`  // word in its place, where there are fewer than two rows
}

// Parse reads a template strictly: all that it doesn't know comes back with a line.
func Parse(file string, content []byte) (*Template, []fault.Problem) {
	t := &Template{}
	var problems []fault.Problem
	if t.source, problems = head.Decode(file, content, t); problems != nil {
		return nil, problems
	}
	return t, nil
}

// Relations lists the relations that the template reads, by name.
func (t *Template) Relations() []string {
	list := t.source.Relations()
	for _, s := range t.Sheets {
		if s.source != nil {
			list = append(list, s.source.Relations()...)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// id gives the name of the range that a block prints.
func (b Block) id() string {
	switch {
	case b.Table != nil:
		return b.Table.ID
	case b.Matrix != nil:
		return b.Matrix.ID
	default:
		return ""
	}
}

func serves(list []head.Subject, s head.Subject) bool {
	for _, l := range list {
		if l == s {
			return true
		}
	}
	return len(list) == 0
}
