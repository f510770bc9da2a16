package workbook

import "fmt"

// set writes a table with its head and control line, and gives the sheet on which it ended: a list may go on to further ones.
func (p *press) set(s *sheet, g *grid, single bool) (*sheet, error) {
	if err := s.put(line{height: 8}); err != nil {
		return s, err
	}
	if g.title != "" {
		if err := s.put(line{cells: []cell{p.words(p.speech.text(g.title), sectionLook)}, height: 22}); err != nil {
			return s, err
		}
	}
	if g.shown == 0 && g.empty != "" {
		return s, s.put(line{cells: []cell{p.words(p.speech.text(g.empty), noteLook)}, merged: true})
	}
	at, err := p.setHead(s, g, single)
	if err != nil {
		return s, err
	}
	if g.list != nil {
		return p.room(s, at, g)
	}
	if err := p.setRows(s, g); err != nil {
		return s, err
	}
	at.last = s.row
	return s, s.put(p.control(s, g))
}

func (p *press) setHead(s *sheet, g *grid, single bool) (*place, error) {
	unique(g.heads)
	height := rowHeight + 4 + float64(lines(g.heads, s.widths)-1)*lineHeight
	if err := s.put(line{cells: g.heads, height: height}); err != nil {
		return nil, err
	}
	at := &place{sheet: s.name, grid: g, head: s.row, columns: map[string]int{}}
	for i, n := range g.names {
		at.columns[n] = i + 1
	}
	s.tables = append(s.tables, at)
	if g.id != "" && p.places[g.id] == nil {
		p.places[g.id] = at
	}
	if s.freeze == 0 && !s.started {
		s.freeze = 2
		if single {
			s.freeze = s.row
		}
	}
	if single {
		s.repeat = fmt.Sprintf("$%d:$%d", s.row, s.row)
	}
	return at, nil
}

func (p *press) setRows(s *sheet, g *grid) error {
	for _, cells := range g.rows {
		wrapWide(cells, s.widths)
		if err := s.put(line{cells: cells, height: heightOf(cells, s.widths)}); err != nil {
			return err
		}
	}
	return nil
}

// wrapWide lets a text that is wider than its column go on below: beside a cell that is filled, it would be cut off.
func wrapWide(cells []cell, widths []float64) {
	for i, c := range cells {
		if _, is := c.value.(string); is && width(c.shown) > widths[i] {
			cells[i].look.wrap = true
		}
	}
}

func heightOf(cells []cell, widths []float64) float64 {
	if n := lines(cells, widths); n > 1 {
		return rowHeight + float64(n-1)*lineHeight
	}
	return 0
}

// control states how many rows are shown, and how many there are.
func (p *press) control(s *sheet, g *grid) line {
	shown, total := digits(float64(g.shown), 0, false), digits(float64(g.total), 0, false)
	key := "control.match"
	if g.shown != g.total {
		key = "control.differ"
		p.warn("sheet %s shows %s rows of %s", s.name, shown, total)
	}
	return line{cells: []cell{p.words(p.speech.text(key, "shown", shown, "total", total), controlLook)}}
}
