package notice

import (
	"noticeboard/pipeline/render/notice/sheet"
	"noticeboard/pipeline/render/notice/typeset"
)

// table sets the rows of a relation. Its head is repeated where it begins a page.
func (s *setter) table(t Table, measure float64) ([]strip, error) {
	rows, err := s.rows(t.Relation)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return s.emptyLine(t.Empty, measure), nil
	}
	columns := shown(t.Columns, rows)
	edges := edgesOf(columns, measure)
	head := s.tableHead(columns, edges)
	strips := []strip{head}
	strips[0].keep = true
	for i, r := range rows {
		line := s.tableRow(columns, edges, r)
		line.head = &head
		// A short table isn't torn; of a longer one, neither the first nor the last row stands alone.
		line.keep = i < len(rows)-1 && (len(rows) <= together || i == 0 || i == len(rows)-2)
		strips = append(strips, line)
	}
	return strips, nil
}

// together is how many rows are kept on one page.
const together = 8

// shown leaves out the columns whose condition is empty in every row.
func shown(columns []TableColumn, rows []row) []TableColumn {
	var list []TableColumn
	for _, c := range columns {
		wanted := c.When == ""
		for _, r := range rows {
			wanted = wanted || r[c.When] != nil
		}
		if wanted {
			list = append(list, c)
		}
	}
	return list
}

func edgesOf(columns []TableColumn, measure float64) []float64 {
	total := 0.0
	for _, c := range columns {
		total += c.share()
	}
	edges := []float64{0}
	for _, c := range columns {
		edges = append(edges, edges[len(edges)-1]+measure*c.share()/total)
	}
	return edges
}

func (c TableColumn) share() float64 {
	if c.Width <= 0 {
		return 1
	}
	return c.Width
}

func (c TableColumn) right() bool { return c.Right || c.Format == "count" || c.Format == "rate" }

func (s *setter) tableHead(columns []TableColumn, edges []float64) strip {
	texts := make([]string, len(columns))
	for i, c := range columns {
		texts[i] = s.both("\n", func(s *setter) string { return s.word(c.Head) })
	}
	return s.cells(columns, edges, texts, s.scale.head(), s.scale.mm(0.35), blue)
}

func (s *setter) tableRow(columns []TableColumn, edges []float64, r row) strip {
	texts := make([]string, len(columns))
	for i, c := range columns {
		say := func(s *setter) string { return s.cell(c, r) }
		if texts[i] = s.both(" ", say); s.line(texts[i], s.scale.table()).Width > edges[i+1]-edges[i]-2*s.pad() {
			texts[i] = s.both("\n", say)
		}
	}
	return s.cells(columns, edges, texts, s.scale.table(), s.scale.mm(0.2), hair)
}

func (s *setter) cell(c TableColumn, r row) string {
	switch {
	case r[c.Column] == nil:
		return s.values.format(r, c.Column, c.Format)
	case c.Names != "":
		return s.name(c.Names, r.text(c.Column), r)
	case c.Codes != "":
		return s.word("code." + c.Codes + "." + r.text(c.Column))
	default:
		return s.value(r, c.Column, c.Format)
	}
}

// pad is the blank at both sides of a cell.
func (s *setter) pad() float64 { return s.scale.mm(1.2) }

// cells sets one row over a rule: text broken within its column, figures at the right.
func (s *setter) cells(columns []TableColumn, edges []float64, texts []string, style typeset.Style, weight float64, ink typeset.Ink) strip {
	pad := s.pad()
	broken := make([][]typeset.Line, len(columns))
	most := 1
	for i := range columns {
		broken[i] = s.chain.Lines(edges[i+1]-edges[i]-2*pad, false, typeset.Span{Text: texts[i], Style: style})
		most = max(most, len(broken[i]))
	}
	height := s.scale.steps(most)
	return strip{height: height, paint: func(x, y float64) []sheet.Mark {
		marks := []sheet.Mark{sheet.Area{X: x, Y: y + height - weight, Width: edges[len(edges)-1], Height: weight, Ink: ink}}
		for i, c := range columns {
			for j, line := range broken[i] {
				at := x + edges[i] + pad
				if c.right() {
					at = x + edges[i+1] - pad - line.Width
				}
				marks = append(marks, sheet.Text{X: at, Y: y + s.scale.steps(j) + s.scale.baseline(style), Line: line})
			}
		}
		return marks
	}}
}
