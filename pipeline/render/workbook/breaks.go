package workbook

import "math"

// A printed page in points: A4 landscape less its margins. A pixel is three quarters of a point.
const (
	marginInches, footInches = 0.4, 0.6
	pageWidth                = 841.9 - 2*72*marginInches
	pageHeight               = 595.3 - 72*marginInches - 72*footInches
	pixel                    = 0.75
)

// breakPages keeps a table on one page where it fits on one, with its title and its control line: cut in two, its second half would have
// no head. Lists, tables longer than a page and sheets of one page are left alone; so is a sheet with one table, whose head is repeated.
func (p *press) breakPages(s *sheet) error {
	if s.spec.OnePage || len(s.tables) < 2 {
		return nil
	}
	room := pageHeight / p.scale(s)
	repeated := s.height(1, 2)
	from, used := 1, 0.0 // where the page begins, and what it holds before that
	for _, t := range s.tables {
		if t.grid.list != nil {
			break
		}
		first, last := t.head-1, t.last+1
		if t.grid.title != "" {
			first--
		}
		switch {
		case used+s.height(from, last) <= room:
			continue
		case repeated+s.height(first, last) > room:
			return nil
		}
		if err := p.ink.file.InsertPageBreak(s.name, at(1, first)); err != nil {
			return err
		}
		from, used = first, repeated
	}
	return nil
}

// scale is how much smaller the sheet is printed, so that its tables and charts are one page wide.
func (p *press) scale(s *sheet) float64 {
	wide := 0.0
	for i := range s.span {
		wide += columnPixels(s.width(i))
	}
	beside := 0.0
	for _, d := range s.charts {
		if of := p.places[d.chart.Of]; of != nil && d.chart.rows(of) >= 2 {
			beside = math.Max(beside, columnPixels(gap)+float64(d.chart.width(of)))
		}
	}
	return math.Min(1, pageWidth/(pixel*(wide+beside)))
}

// columnPixels is how wide a column of so many characters is drawn in the format's default font.
func columnPixels(characters float64) float64 { return math.Floor(characters*7 + 5) }

// height adds up rows, both ends included.
func (s *sheet) height(first, last int) float64 {
	sum := 0.0
	for _, h := range s.tall[first-1 : min(last, len(s.tall))] {
		sum += h
	}
	return sum
}
