package workbook

import (
	"errors"
	"fmt"
	"strconv"
)

// list is a table that may have more rows than memory should hold. Its sheets are set out with a head and room for the rows; the rows
// are read when the file is written, and go from the engine's batches into the compressed part.
type list struct {
	table    *Table
	columns  []Column
	sections []section
	planned  int64 // rows that the sections have room for
}

// section is the part of a list that stands on one sheet.
type section struct {
	sheet  *sheet
	first  int // row of the sheet
	rows   int64
	ending line // what stands below: the note that the list goes on, or the control line
}

// sample is how many rows the widths of a list are taken from. What is wider further on wraps, and a number shrinks to fit.
const sample = 2_000

// errEnough ends the reading of a sample.
var errEnough = errors.New("enough rows")

// measure takes the widths of a list from its first rows, and counts those that it shows.
func (p *press) measure(g *grid, columns []Column) error {
	seen := 0
	err := p.source.each(g.list.From, func(r row) error {
		if seen == sample {
			return errEnough
		}
		seen++
		g.fit(p.cells(r, columns), columns)
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return err
	}
	if g.total, err = p.source.count(g.list.From); err != nil {
		return err
	}
	g.shown = g.total
	return nil
}

// room lays a list out: as many rows as a sheet holds, and the rest on further sheets with the same head.
func (p *press) room(s *sheet, at *place, g *grid) (*sheet, error) {
	l := &list{table: g.list, columns: p.visible(g.list.Columns), planned: g.shown}
	base := s.name
	for left := g.shown; ; {
		// One row is left for the note or the control line.
		rows := min(left, int64(p.maxRows-1-s.row))
		sec := section{sheet: s, first: s.row + 1, rows: rows}
		s.row += int(rows)
		at.last = s.row
		left -= rows
		if left == 0 {
			s.row++
			sec.ending = p.control(s, g)
			sec.ending.row = s.row
			l.sections = append(l.sections, sec)
			p.lists = append(p.lists, l)
			return s, nil
		}
		name := base + " (" + strconv.Itoa(len(l.sections)+2) + ")"
		s.row++
		sec.ending = line{row: s.row, cells: []cell{p.words(p.speech.text("control.continued", "sheet", name), controlLook)}}
		l.sections = append(l.sections, sec)
		p.warn("the list %s has more rows than a sheet holds; it goes on on the sheet %s", g.id, name)
		next, err := p.turn(s, g, name)
		if err != nil {
			return nil, err
		}
		s, at = next, next.tables[0]
	}
}

// turn begins the next sheet of a list with the same head and widths.
func (p *press) turn(s *sheet, g *grid, name string) (*sheet, error) {
	next, err := p.open(s.spec, name)
	if err != nil {
		return nil, err
	}
	next.widths, next.span = s.widths, s.span
	if err := p.head(next); err != nil {
		return nil, err
	}
	_, err = p.setHead(next, g, true)
	return next, err
}

// part is the file of a sheet inside the workbook.
func (s *sheet) part() string { return fmt.Sprintf("xl/worksheets/sheet%d.xml", s.number) }
