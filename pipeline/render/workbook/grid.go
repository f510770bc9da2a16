package workbook

import (
	"fmt"
	"math"
	"strings"
	"unicode"
)

// grid is a table set out in cells: small ones whole, lists by their head and widths alone.
type grid struct {
	id     string
	title  string
	empty  string
	heads  []cell
	names  []string // the columns of the relation, or the values across
	rows   [][]cell
	keys   []string // of rows, for sparklines
	widths []float64
	shown  int64 // rows of the relation that stand in it
	total  int64 // rows that the relation has, by the engine's own count
	list   *Table
	rules  []Column // of the columns, for what Excel draws from values
}

// place is where a grid stands in the workbook.
type place struct {
	sheet   string
	grid    *grid
	head    int // row of the head
	last    int // last row
	columns map[string]int
}

// columnWidths bound what a column may take; text beyond the greatest wraps.
const narrowest, widest = 7.0, 48.0

func (g *grid) head(text string, c Column, p *press) {
	g.rules = append(g.rules, c)
	h := cell{value: text, look: headOf(c, len(g.heads) == 0), shown: text}
	if c.Metric != "" {
		h.note = p.speech.definition(c.Metric)
	}
	if c.Note != "" {
		h.note = p.speech.text(c.Note)
	}
	g.heads = append(g.heads, h)
	least := math.Max(narrowest, headWidth(text))
	switch c.Rule {
	case heat:
		least = math.Max(heatWidth, width(text)+1.5)
	case fillIn:
		least = math.Max(least, c.Width) // nothing stands there yet that could ask for room
	}
	g.widths = append(g.widths, least)
}

// headOf stands a head where the values of its column stand. A rank that begins a row names it, so it stands left like a name.
func headOf(c Column, first bool) look {
	l := headLook
	switch {
	case c.Rule == heat:
		l.align, l.wrap = "center", false
	case c.Format == "light" || c.Format == "sparkline":
		l.align = "center"
	case c.Format == "rank" && first:
	case formats[c.Format].right || c.Format == "figure" || c.Format == "change" || c.Format == "trend":
		l.align = "right"
	}
	return l
}

// headWidth leaves room for the filter's button; long heads may break once, very long ones twice, but not within a word.
func headWidth(text string) float64 {
	w := width(text)
	switch {
	case w > 40:
		w = math.Max(w/3+2, longestWord(text))
	case w > 16:
		w = math.Max(w/2+2, longestWord(text))
	}
	return math.Min(w+4, widest)
}

// longestWord is how wide the longest word is; Chinese may break anywhere.
func longestWord(text string) float64 {
	longest := 0.0
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r >= 0x1100 && wide(r) }) {
		longest = math.Max(longest, width(word))
	}
	return longest
}

// fit widens the columns to a row.
func (g *grid) fit(cells []cell, columns []Column) {
	for i, c := range cells {
		most := widest
		if i < len(columns) && columns[i].Width > 0 {
			most = columns[i].Width
		}
		w := 0.0
		for _, line := range strings.Split(c.shown, "\n") {
			w = math.Max(w, width(line)+2.5)
		}
		g.widths[i] = math.Max(g.widths[i], math.Min(w, most))
	}
}

// lines tells how many lines of text the tallest cell of a row takes.
func lines(cells []cell, widths []float64) int {
	most := 1
	for i, c := range cells {
		if !c.look.wrap || i >= len(widths) {
			continue
		}
		n := 0
		for _, l := range strings.Split(c.shown, "\n") {
			n += max(1, int(math.Ceil(width(l)/math.Max(1, widths[i]-1))))
		}
		most = max(most, n)
	}
	return most
}

func (p *press) visible(columns []Column) []Column {
	var list []Column
	for _, c := range columns {
		if (c.Only == "" || c.Only == p.edition.subject()) && (!c.Private || p.edition.Personal) {
			list = append(list, c)
		}
	}
	return list
}

// table reads a table's relation: into cells, or, for a list, only to learn its widths.
func (p *press) table(t *Table) (*grid, error) {
	columns := p.visible(t.Columns)
	g := &grid{id: t.ID, title: t.Title, empty: t.Empty}
	for _, c := range columns {
		g.names = append(g.names, c.Column)
		g.head(p.speech.text(c.Head), c, p)
	}
	if t.List {
		g.list = t
		return g, p.measure(g, columns)
	}
	err := p.source.each(t.From, func(r row) error {
		cells, key := p.cells(r, columns), r.text(columns[0].Column)
		if columns[0].Format == "rank" && cells[0].look.align == "right" {
			cells[0].look.align, cells[0].look.pattern = "left", formats["rank"].pattern
		}
		if key == whole {
			embolden(cells)
		}
		g.fit(cells, columns)
		g.shown++
		g.rows = append(g.rows, cells)
		g.keys = append(g.keys, key)
		return nil
	})
	if err != nil {
		return nil, err
	}
	g.total, err = p.source.count(t.From)
	return g, err
}

// whole is the code of what is summed over: the row of it is a total, and stands out.
const whole = "*"

func embolden(cells []cell) {
	for i := range cells {
		cells[i].look.bold = true
	}
}

func (p *press) cells(r row, columns []Column) []cell {
	cells := make([]cell, len(columns))
	for i, c := range columns {
		cells[i] = p.cell(r, c)
		if c.Link != "" && cells[i].value != nil {
			p.lead(&cells[i], c.Link)
		}
		if f := c.Format; c.Width > 0 && (f == "" || f == "text" || f == "wrap") {
			cells[i].look.wrap = true
		}
	}
	return cells
}

// matrix turns a relation's values of one column into columns.
func (p *press) matrix(m *Matrix) (*grid, error) {
	rows, err := p.source.rows(m.From)
	if err != nil {
		return nil, err
	}
	g := &grid{id: m.ID, title: m.Title, empty: m.Empty, names: []string{m.Row.Column}}
	g.head(p.speech.text(m.Row.Head), m.Row, p)
	across, down := map[string]int{}, map[string]int{}
	for _, r := range rows {
		if key := r.text(m.Across.Column); across[key] == 0 {
			across[key] = len(g.names)
			g.names = append(g.names, key)
			g.head(p.spoken(r, m.Across), m.Value, p)
		}
	}
	for _, r := range rows {
		key := r.text(m.Row.Column)
		if _, there := down[key]; !there {
			down[key] = len(g.rows)
			g.keys = append(g.keys, key)
			g.rows = append(g.rows, p.matrixRow(r, m, len(g.names)))
		}
		g.shown++
		g.rows[down[key]][across[r.text(m.Across.Column)]] = p.cell(r, m.Value)
	}
	for _, cells := range g.rows {
		g.fit(cells, nil)
	}
	g.total, err = p.source.count(m.From)
	return g, err
}

func (p *press) matrixRow(r row, m *Matrix, columns int) []cell {
	cells := make([]cell, columns)
	for i := range cells {
		cells[i] = p.blank(m.Value)
	}
	cells[0] = p.cell(r, m.Row)
	return cells
}

// unique keeps heads apart, which the format asks of the columns of a table.
func unique(heads []cell) {
	seen := map[string]int{}
	for i, h := range heads {
		text := fmt.Sprint(h.value)
		if seen[text]++; seen[text] > 1 {
			heads[i].value = fmt.Sprintf("%s (%d)", text, seen[text])
		}
	}
}

// isHeatMap tells whether the values are there to be seen at a glance: nobody filters those, and a filter's button would cover the heads.
func (g *grid) isHeatMap() bool { return g.rules[len(g.rules)-1].Rule == heat }
