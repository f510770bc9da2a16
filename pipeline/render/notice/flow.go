package notice

import (
	"noticeboard/pipeline/render/notice/sheet"
	"noticeboard/pipeline/render/notice/typeset"
)

// strip is a part of a notice that is never torn: a line, a row, a chart.
type strip struct {
	before  float64 // blank above it, but not at the top of a page
	height  float64
	keep    bool   // stays with the strip that follows
	head    *strip // repeated above it where it begins a page
	onNew   bool   // begins a page
	outline string // the bookmark that leads to it
	paint   func(x, y float64) []sheet.Mark
}

// stack lays strips one below the other and makes one strip of them.
func stack(strips []strip) strip {
	type placed struct {
		strip
		offset float64
	}
	var list []placed
	y := 0.0
	for i, s := range strips {
		if i > 0 {
			y += s.before
		}
		if s.paint != nil {
			list = append(list, placed{s, y})
		}
		y += s.height
	}
	whole := strip{height: y}
	if len(strips) > 0 {
		whole.before, whole.outline = strips[0].before, strips[0].outline
	}
	whole.paint = func(x, y float64) []sheet.Mark {
		var marks []sheet.Mark
		for _, p := range list {
			marks = append(marks, p.paint(x, y+p.offset)...)
		}
		return marks
	}
	return whole
}

// beside sets stacks next to each other and makes one strip of them.
func beside(columns []strip, offsets []float64) strip {
	whole := strip{}
	for _, c := range columns {
		whole.height = max(whole.height, c.height)
		whole.before = max(whole.before, c.before)
		if whole.outline == "" {
			whole.outline = c.outline
		}
	}
	whole.paint = func(x, y float64) []sheet.Mark {
		var marks []sheet.Mark
		for i, c := range columns {
			marks = append(marks, c.paint(x+offsets[i], y)...)
		}
		return marks
	}
	return whole
}

// flow fills pages from top to bottom.
type flow struct {
	x, top, bottom float64
	pages          []*sheet.Page
	outline        []sheet.Entry
	y              float64
}

func (f *flow) turn() {
	f.pages = append(f.pages, &sheet.Page{})
	f.y = f.top
}

// pour places the strips. Strips that keep together move to the next page together, unless they fill more than a page.
func (f *flow) pour(strips []strip) {
	if len(f.pages) == 0 {
		f.turn()
	}
	for i := 0; i < len(strips); {
		end := i + 1
		for end < len(strips) && strips[end-1].keep {
			end++
		}
		if group := strips[i:end]; f.y > f.top && (group[0].onNew || f.y+extent(group) > f.bottom) {
			f.turn()
		}
		for _, s := range strips[i:end] {
			f.place(s)
		}
		i = end
	}
}

func extent(group []strip) float64 {
	height := 0.0
	for _, s := range group {
		height += s.before + s.height
	}
	return height
}

func (f *flow) place(s strip) {
	if f.y > f.top && f.y+s.before+s.height > f.bottom {
		f.turn()
	}
	if f.y == f.top {
		if s.head != nil {
			f.put(*s.head)
		}
	} else {
		f.y += s.before
	}
	f.put(s)
}

func (f *flow) put(s strip) {
	page := f.pages[len(f.pages)-1]
	if s.outline != "" {
		f.outline = append(f.outline, sheet.Entry{Title: s.outline, Page: len(f.pages) - 1, Y: f.y})
	}
	if s.paint != nil {
		page.Marks = append(page.Marks, s.paint(f.x, f.y)...)
	}
	f.y += s.height
}

// baseline gives where the baseline lies in a line of that leading: the ink in its middle.
func baseline(style typeset.Style, leading float64) float64 {
	return leading/2 + 0.33*style.Size*typeset.Point
}
