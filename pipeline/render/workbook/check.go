package workbook

import (
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/render/head"
	"noticeboard/pipeline/words"
)

// checker collects what is wrong with a template, each with the line where it stands.
type checker struct {
	*Template
	book     *words.Book
	relation func(string) ([]duck.Column, bool)
	problems []fault.Problem
}

// Check compares a template with the words of one language and with the relations that there are.
func (t *Template) Check(book *words.Book, columns func(relation string) ([]duck.Column, bool)) []fault.Problem {
	c := &checker{Template: t, book: book, relation: columns}
	c.problems = t.Head.Problems(t.source.File, func(field string) int { return t.source.Line(field) })
	c.word(t.Title, "title")
	if t.Own != nil {
		c.own(t.Own)
	}
	if (t.Own == nil) == (len(t.Sheets) == 0) {
		c.wrong([]any{"sheets"}, "either sheets, or own", "a workbook is declared in sheets, or handed in as a file of your own")
	}
	for _, key := range fixedWords {
		c.word(key)
	}
	for _, slot := range turnSlots {
		c.word(turnKey(t.Period, slot), "period")
	}
	if t.Names != "" {
		c.columns(t.Names, []string{"kind", "property", "code", "zh_hant", "zh_hans", "en"}, "names")
	}
	c.ids()
	for i, s := range t.Sheets {
		c.sheet(s, "sheets", i)
	}
	return c.problems
}

// fixedWords are those that every workbook needs.
var fixedWords = []string{
	"workbook.title", "workbook.company", "workbook.zone", "workbook.period", "workbook.as_of", "workbook.gap", "workbook.back", "workbook.page",
	"workbook.dashed", "workbook.edition.first", "workbook.edition.final", "control.match", "control.differ", "control.continued",
	"code.light.green", "code.light.amber", "code.light.red", "date.day", "date.month",
}

func (c *checker) wrong(path []any, hint, format string, args ...any) {
	source, path := c.written(path)
	c.problems = append(c.problems, fault.Problem{File: source.File, Line: source.Line(path...), Message: fmt.Sprintf(format, args...), Hint: hint})
}

// written gives the file that holds a path, with the path inside it: a shared sheet has a file of its own.
func (c *checker) written(path []any) (*head.Source, []any) {
	if len(path) >= 2 && path[0] == "sheets" {
		if s := c.Sheets[path[1].(int)].source; s != nil {
			return s, path[2:]
		}
	}
	return c.source, path
}

func (c *checker) word(key string, path ...any) {
	if key == "" {
		c.wrong(path, "name a key of templates/text/"+c.book.Language, "a word is missing here")
	} else if !c.book.Has(key) {
		c.wrong(path, "add it to templates/text/"+c.book.Language, "there is no word %q in %s", key, c.book.Language)
	}
}

func (c *checker) optional(key string, path ...any) {
	if key != "" {
		c.word(key, path...)
	}
}

// columns tells whether a relation is there and has the columns.
func (c *checker) columns(relation string, needed []string, path ...any) {
	if !strings.HasPrefix(relation, "rpt.") {
		c.wrong(path, "workbooks show relations of queries/rpt; write one there", "%q isn't a relation for workbooks", relation)
		return
	}
	found, there := c.relation(relation)
	if !there {
		c.wrong(path, "check the spelling, or add queries/rpt/"+strings.TrimPrefix(relation, "rpt.")+".sql", "there is no relation %s", relation)
		return
	}
	has := map[string]bool{}
	for _, f := range found {
		has[f.Name] = true
	}
	missing := map[string]bool{}
	for _, n := range needed {
		if n != "" && !has[n] && !missing[n] {
			missing[n] = true
			c.wrong(path, "it has "+names(found), "%s has no column %q", relation, n)
		}
	}
}

func names(columns []duck.Column) string {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = c.Name
	}
	return strings.Join(list, ", ")
}

// ids are what other parts of the template refer to: each once, and each reference to one that is there.
func (c *checker) ids() {
	sheets, tables := map[string]bool{}, map[string]bool{}
	for i, s := range c.Sheets {
		if s.ID == "" || sheets[s.ID] {
			c.wrong([]any{"sheets", i}, "give every sheet an id of its own", "the sheet's id %q is missing or taken", s.ID)
		}
		for _, m := range s.Metrics {
			if home := c.home(m); home != s.ID {
				c.wrong([]any{"sheets", i, "metrics"}, "keep it in one of the two", "the metric %s leads to the sheet %s already", m, home)
			}
		}
		sheets[s.ID] = true
		for j, b := range s.Blocks {
			if id := b.id(); id != "" && tables[id] {
				c.wrong([]any{"sheets", i, "blocks", j}, "give every table an id of its own", "the table's id %q is taken", id)
			}
			tables[b.id()] = true
		}
	}
}

func (c *checker) sheet(s Sheet, path ...any) {
	c.word(s.Tab, append(path, "tab")...)
	c.optional(s.Title, append(path, "title")...)
	c.optional(s.About, append(path, "about")...)
	if _, there := tabColours[s.Group]; !there {
		c.wrong(append(path, "group"), "use summary, wrong, where, score or reference", "%q is not a group of sheets", s.Group)
	}
	if name := c.book.Text(s.Tab); c.book.Has(s.Tab) && (utf8.RuneCountInString(name) > 31 || strings.ContainsAny(name, `[]:*?/\'`)) {
		c.wrong(append(path, "tab"), "use at most 31 characters, and none of [ ] : * ? / \\ '", "%q can't be the name of a sheet", name)
	}
	listed := false
	for j, b := range s.Blocks {
		at := append(append([]any{}, path...), "blocks", j)
		c.block(b, at)
		if listed && b.Chart == nil {
			c.wrong(at, "move the list to the end of its sheet, or to a sheet of its own", "nothing but a chart can follow a list, which may be of any length")
		}
		listed = listed || b.Table != nil && b.Table.List
	}
}

func (c *checker) block(b Block, path []any) {
	kinds := 0
	for _, set := range []bool{b.Sentence != nil, b.Note != nil, b.Table != nil, b.Matrix != nil, b.Chart != nil, b.Index != nil} {
		if set {
			kinds++
		}
	}
	if kinds != 1 {
		c.wrong(path, "begin each with a dash: sentence, note, table, matrix, chart or index", "a block is one thing, this one is %d", kinds)
		return
	}
	switch {
	case b.Sentence != nil:
		c.sentence(b.Sentence, append(path, "sentence"))
	case b.Note != nil:
		c.word(b.Note.Word, append(path, "note")...)
	case b.Index != nil:
		c.word(b.Index.Title, append(path, "index")...)
	case b.Table != nil:
		c.table(b.Table, append(path, "table"))
	case b.Matrix != nil:
		c.matrix(b.Matrix, append(path, "matrix"))
	default:
		c.chart(b.Chart, append(path, "chart"))
	}
}

// sentence checks every case, and that each slot of it is a column.
func (c *checker) sentence(s *Sentence, path []any) {
	c.columns(s.Relation, append(c.said(s, path), wheres(s.From)...), append(path, "relation")...)
	c.optional(s.Empty, append(path, "empty")...)
}

// said checks the words of a sentence and gives the columns that they need.
func (c *checker) said(s *Sentence, path []any) []string {
	needed := []string{s.Case, s.Home}
	keys := []string{s.Word}
	if s.Case != "" {
		keys = nil
		for _, v := range s.Cases {
			keys = append(keys, s.Word+"."+v)
		}
	}
	for _, kind := range s.Names {
		c.named(kind, append(path, "names"))
	}
	for _, key := range keys {
		c.word(key, append(path, "word")...)
		for _, slot := range c.book.Slots(key) {
			if slot != "period" && !slices.Contains(turnSlots, slot) {
				needed = append(needed, slot)
			}
		}
	}
	for column, f := range s.Formats {
		needed = append(needed, column)
		c.format(f, append(path, "formats", column))
	}
	for _, column := range needed {
		if residents[column] {
			c.wrong(path, "leave it out: a sentence stands in every copy of the report", "%s is a resident's", column)
		}
	}
	sort.Strings(needed)
	return needed
}

// residents are columns that hold what only a reader who calls residents should see.
var residents = map[string]bool{"reporter_name": true, "reporter_phone": true, "phone": true}

func wheres(f From) []string { return slices.Sorted(maps.Keys(f.Where)) }

func (c *checker) table(t *Table, path []any) {
	var needed []string
	for i, column := range t.Columns {
		at := append(append([]any{}, path...), "columns", i)
		needed = append(needed, c.column(column, at, true)...)
		if t.List {
			c.listColumn(column, at)
		}
	}
	if len(t.Columns) == 0 {
		c.wrong(path, "columns: one line each, with column and head", "the table has no columns")
	}
	c.columns(t.Relation, append(needed, wheres(t.From)...), append(path, "relation")...)
	c.optional(t.Title, append(path, "title")...)
	c.word(t.Empty, append(path, "empty")...)
}

// listColumn checks what a list leaves out: a link or a line for each of a million cells is more than a workbook can hold.
func (c *checker) listColumn(column Column, path []any) {
	if column.Home || column.Link != "" || column.Spark != "" {
		c.wrong(path, "leave home, link and spark to tables that aren't lists", "a cell of a list leads nowhere and draws nothing")
	}
}

func (c *checker) matrix(m *Matrix, path []any) {
	needed := c.column(m.Row, append(path, "row"), true)
	needed = append(needed, c.column(m.Across, append(path, "across"), false)...)
	needed = append(needed, c.column(m.Value, append(path, "value"), false)...)
	c.columns(m.Relation, append(needed, wheres(m.From)...), append(path, "relation")...)
	c.optional(m.Title, append(path, "title")...)
	c.word(m.Empty, append(path, "empty")...)
}

// column gives the columns of the relation that it needs.
func (c *checker) column(column Column, path []any, headed bool) []string {
	if headed {
		c.word(column.Head, append(path, "head")...)
	}
	c.optional(column.Note, append(path, "note")...)
	c.format(column.Format, append(path, "format"))
	if (column.Format == "figure" || column.Format == "change" || column.Format == "trend") && column.Unit == "" {
		c.wrong(path, "unit: the column that holds it", "the format %s needs the unit", column.Format)
	}
	if column.Spark != "" && !c.isMatrix(column.Spark) {
		c.wrong(path, "spark: the id of a matrix of this workbook", "there is no matrix %q", column.Spark)
	}
	c.columnRule(column, path)
	c.named(column.Names, append(path, "names"))
	if residents[column.Column] && !column.Private {
		c.wrong(path, "add private: true, so that the configuration can hide it", "%s is a resident's", column.Column)
	}
	needed := []string{column.Column, column.Unit, column.Mark, column.Unsure}
	if column.Says != nil {
		needed = append(needed, c.said(column.Says, append(path, "says"))...)
	}
	return needed
}

// named sees to it that codes can get their names: without the relation that holds them, readers would see codes.
func (c *checker) named(kind string, path []any) {
	if kind != "" && kind != "metric" && c.Names == "" {
		c.wrong(path, "names: rpt.names, at the head of the template", "nothing says where the names of %ss are", strings.ReplaceAll(kind, "_", " "))
	}
}

// columnRule checks what a column points at, and what is drawn from its values.
func (c *checker) columnRule(column Column, path []any) {
	if !rules[column.Rule] {
		c.wrong(path, "use bar, heat, above_zero or fill_in", "%q is not a rule", column.Rule)
	}
	if column.Link != "" && !c.hasSheet(column.Link) {
		c.wrong(path, "link: the id of one of the sheets", "there is no sheet %q", column.Link)
	}
	switch of := c.find(column.Choices); {
	case column.Choices == "":
	case column.Rule != fillIn:
		c.wrong(path, "add rule: fill_in, or leave the choices out", "only a cell to fill in has choices")
	case of == nil || of.Table == nil:
		c.wrong(path, "choices: the id of a table of this workbook", "there is no table %q", column.Choices)
	}
}

func (c *checker) hasSheet(id string) bool {
	for _, s := range c.Sheets {
		if s.ID == id {
			return true
		}
	}
	return false
}

func (c *checker) format(f string, path []any) {
	if known(f) {
		return
	}
	list := make([]string, 0, len(formats))
	for name := range formats {
		list = append(list, name)
	}
	sort.Strings(list)
	c.wrong(path, "use "+strings.Join(list, ", ")+", figure, trend, change, light, sparkline or yes", "%q is not a format", f)
}

func (c *checker) isMatrix(id string) bool {
	b := c.find(id)
	return b != nil && b.Matrix != nil
}

func (c *checker) find(id string) *Block {
	for i := range c.Sheets {
		for j := range c.Sheets[i].Blocks {
			if b := &c.Sheets[i].Blocks[j]; id != "" && b.id() == id {
				return b
			}
		}
	}
	return nil
}

func (t *Table) has(column string) bool {
	for _, c := range t.Columns {
		if c.Column == column {
			return true
		}
	}
	return false
}
