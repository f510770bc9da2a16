package workbook

import (
	"cmp"
	"fmt"
	"math"

	"github.com/xuri/excelize/v2"
)

// sheet is one sheet while it is being written. Lines are kept back until the widths and the rows to freeze are known; from then on
// each goes straight to the file.
type sheet struct {
	spec    *Sheet
	file    *excelize.File
	ink     *ink
	name    string
	number  int // of the part in the file
	widths  []float64
	span    int // columns that sentences stretch over
	row     int // last row
	started bool
	waiting []line
	freeze  int // rows that stay in view
	repeat  string
	tables  []*place
	charts  []drawing
	links   []link
	notes   []remark
	sparks  []spark
	beside  int       // last row that the charts beside the tables reach
	tall    []float64 // heights of the rows, in points
}

// line is one row.
type line struct {
	row    int
	cells  []cell
	height float64 // points; 0: the default
	merged bool    // its first cell stretches over the span
	split  float64 // of two cells: how wide the first must be; both stretch over whole columns
	second int     // the column at which the second one begins
}

type link struct{ cell, home string }
type remark struct{ cell, text string }
type spark struct{ cell, of, key string }

// rowHeight is the default in points; a line of text more takes lineHeight.
const rowHeight, lineHeight = 18.0, 14.5

// readable is how wide a line of text should be at least, in characters.
const readable = 84.0

// open adds a sheet.
func (p *press) open(spec *Sheet, name string) (*sheet, error) {
	f := p.ink.file
	if len(p.sheets) == 0 {
		if err := f.SetSheetName("Sheet1", name); err != nil {
			return nil, err
		}
	} else if _, err := f.NewSheet(name); err != nil {
		return nil, err
	}
	s := &sheet{spec: spec, file: f, ink: p.ink, name: name, number: len(p.sheets) + 1}
	colour, fit, height, custom := tabColours[spec.Group], true, rowHeight, true
	err := f.SetSheetProps(name, &excelize.SheetPropsOptions{TabColorRGB: &colour, FitToPage: &fit, DefaultRowHeight: &height, CustomHeight: &custom})
	if err != nil {
		return nil, err
	}
	gridlines := false
	if err := f.SetSheetView(name, 0, &excelize.ViewOptions{ShowGridLines: &gridlines}); err != nil {
		return nil, err
	}
	p.sheets = append(p.sheets, s)
	return s, nil
}

// widen takes the widths of the grids that will stand on the sheet, and stretches the span until a line of text is readable.
func (s *sheet) widen(grids []*grid) {
	for _, g := range grids {
		for i, w := range g.widths {
			if i == len(s.widths) {
				s.widths = append(s.widths, w)
			}
			s.widths[i] = math.Max(s.widths[i], w)
		}
	}
	s.span = max(1, len(s.widths))
	for s.total() < readable {
		s.span++
	}
}

// ordinary is the width of columns that nobody set, gap of the one between tables and charts.
const ordinary, gap = 9.0, 2.5

func (s *sheet) total() float64 {
	sum := 0.0
	for i := range s.span {
		sum += s.width(i)
	}
	return sum
}

func (s *sheet) width(column int) float64 {
	if column < len(s.widths) {
		return s.widths[column]
	}
	return ordinary
}

// put writes the next line.
func (s *sheet) put(l line) error {
	s.row++
	l.row = s.row
	s.collect(l)
	s.tall = append(s.tall, cmp.Or(l.height, rowHeight))
	if !s.started {
		s.waiting = append(s.waiting, l)
		return nil
	}
	return s.write(l)
}

// divide gives the first of two cells as many columns as it needs, and the second the rest of the span.
func (s *sheet) divide(l *line) {
	wide, n := 0.0, 0
	for n < s.span-1 && wide < l.split {
		wide += s.width(n)
		n++
	}
	l.second, l.split = n+1, wide
	first, second := l.cells[0], l.cells[1]
	l.cells = make([]cell, s.span)
	for i := range l.cells {
		l.cells[i].look = second.look
	}
	l.cells[0], l.cells[n] = first, second
}

// collect notes what can only be drawn once every sheet is set out.
func (s *sheet) collect(l line) {
	for i, c := range l.cells {
		if c.home != "" {
			s.links = append(s.links, link{at(i+1, l.row), c.home})
		}
		if c.note != "" {
			s.notes = append(s.notes, remark{at(i+1, l.row), c.note})
		}
		if c.spark != "" {
			s.sparks = append(s.sparks, spark{at(i+1, l.row), c.spark, c.key})
		}
	}
}

// start sets widths and frozen rows, and writes the lines kept back.
func (s *sheet) start() error {
	if s.started {
		return nil
	}
	s.started = true
	for i := range s.span {
		if err := s.setWidth(i+1, s.width(i)); err != nil {
			return err
		}
	}
	// The gap between the tables and the charts.
	if err := s.setWidth(s.span+1, gap); err != nil {
		return err
	}
	if err := s.setPanes(); err != nil {
		return err
	}
	for _, l := range s.waiting {
		if err := s.write(l); err != nil {
			return err
		}
	}
	s.waiting = nil
	return nil
}

func (s *sheet) setWidth(column int, w float64) error {
	letter, err := excelize.ColumnNumberToName(column)
	if err != nil {
		return err
	}
	return s.file.SetColWidth(s.name, letter, letter, w)
}

func (s *sheet) setPanes() error {
	if s.freeze == 0 {
		return nil
	}
	panes := &excelize.Panes{Freeze: true, YSplit: s.freeze, TopLeftCell: at(1, s.freeze+1), ActivePane: "bottomLeft"}
	return s.file.SetPanes(s.name, panes)
}

func (s *sheet) write(l line) error {
	if l.second > 0 {
		for _, ends := range [][2]int{{1, l.second - 1}, {l.second, s.span}} {
			if ends[0] < ends[1] {
				if err := s.file.MergeCell(s.name, at(ends[0], l.row), at(ends[1], l.row)); err != nil {
					return err
				}
			}
		}
	}
	if l.merged && s.span > 1 {
		if err := s.file.MergeCell(s.name, at(1, l.row), at(s.span, l.row)); err != nil {
			return err
		}
		// Every cell of a merged range carries the look, or its fill and bar end with the first.
		for len(l.cells) < s.span {
			l.cells = append(l.cells, cell{look: l.cells[0].look})
		}
	}
	for i, c := range l.cells {
		if err := s.writeCell(at(i+1, l.row), c); err != nil {
			return err
		}
	}
	if l.height > 0 {
		return s.file.SetRowHeight(s.name, l.row, l.height)
	}
	return nil
}

func (s *sheet) writeCell(at string, c cell) error {
	id, err := s.ink.style(c.look)
	if err != nil {
		return err
	}
	value := c.value
	if text, is := value.(string); is {
		value = literal(text)
	}
	if value != nil {
		if err := s.file.SetCellValue(s.name, at, value); err != nil {
			return err
		}
	}
	return s.file.SetCellStyle(s.name, at, at, id)
}

// at writes a cell's place: at(2, 5) is B5.
func at(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		panic(fmt.Sprintf("there is no cell in column %d, row %d", column, row))
	}
	return name
}

// longest is the text that has to wrap: the last one that a line has.
func (l line) longest() string {
	for i := len(l.cells) - 1; i > 0; i-- {
		if l.cells[i].shown != "" {
			return l.cells[i].shown
		}
	}
	return l.cells[0].shown
}
