package notice

import (
	"math"

	"noticeboard/pipeline/render/notice/sheet"
)

// strip is a part of a notice that is never torn: a line, a row, a chart.
type strip struct {
	before  float64 // blank above it, but not at the top of a page
	height  float64
	keep    bool      // stays with the strip that follows
	head    *strip    // repeated above it where it begins a page
	onNew   bool      // begins a page
	outline string    // the bookmark that leads to it
	columns [][]strip // what stands side by side, where that can be torn between its strips
	offsets []float64 // of the columns
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

// columned sets columns next to each other; they can be torn where each of them can.
func columned(columns [][]strip, offsets []float64) strip {
	stacks := make([]strip, len(columns))
	for i, c := range columns {
		stacks[i] = stack(c)
	}
	whole := beside(stacks, offsets)
	whole.columns, whole.offsets = columns, offsets
	return whole
}

// torn cuts columns so that the upper part is no higher than the room. Each column must keep two strips on both sides of the cut, or
// be whole; else nothing is torn.
func (s strip) torn(room float64) (upper, lower strip, ok bool) {
	var above, below [][]strip
	var offsets []float64
	for i, column := range s.columns {
		cut, free := reachOf(column, room)
		rest := len(column) - cut
		if rest > 0 && (free < 2 || rest < 2) {
			return strip{}, strip{}, false
		}
		above = append(above, column[:cut])
		if rest > 0 {
			below, offsets = append(below, column[cut:]), append(offsets, s.offsets[i])
		}
	}
	if len(s.columns) == 0 || len(below) == 0 {
		return strip{}, strip{}, false
	}
	upper, lower = columned(above, s.offsets), columned(below, offsets)
	upper.before = s.before
	return upper, lower, true
}

// reachOf gives how many strips of a column fit into the room without parting what keeps together, and how many of them are no heads.
func reachOf(column []strip, room float64) (cut, free int) {
	y, seen := 0.0, 0
	for i, s := range column {
		if i > 0 {
			y += s.before
		}
		if y += s.height; y > room {
			break
		}
		if !s.keep {
			seen++
			cut, free = i+1, seen
		}
	}
	return cut, free
}

// flow fills pages from top to bottom.
type flow struct {
	x, top, bottom float64
	step           float64 // of the grid
	pages          []*leaf
	y              float64
	front          int // the page on which the first break fell, from 1; 0: none has
}

// leaf is a page while it is filled.
type leaf struct {
	placed []placed
	end    float64
}

type placed struct {
	strip
	y float64
}

func (f *flow) turn() {
	f.pages = append(f.pages, &leaf{end: f.top})
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
		group, rest := strips[i:end], extent(strips[i:])
		i = end
		if group[0].onNew && f.front == 0 {
			f.front = len(f.pages)
			group[0].onNew = f.front == 1 && f.y+rest > f.bottom
		}
		if f.y > f.top && (group[0].onNew || f.y+extent(group) > f.bottom) {
			if len(group) == 1 && f.tear(group[0]) {
				continue
			}
			f.turn()
		}
		for _, s := range group {
			f.place(s)
		}
	}
}

// tear sets as much of columns as the page still holds, and the rest on the next one.
func (f *flow) tear(s strip) bool {
	upper, lower, ok := s.torn(f.bottom - f.y - s.before)
	if !ok {
		return false
	}
	f.place(upper)
	f.turn()
	f.pour([]strip{lower})
	return true
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
	page.placed = append(page.placed, placed{s, f.y})
	f.y += s.height
	page.end = f.y
}

// widest is how many steps of the grid a section may be moved away from the one above it, to fill a page.
const widest = 2

// stretched shares what is blank at the foot of each page but the last among its sections, the same whole steps for each.
func (f *flow) stretched() {
	for _, page := range f.pages[:len(f.pages)-1] {
		sections := 0
		for _, p := range page.placed {
			if f.parted(p) {
				sections++
			}
		}
		if sections == 0 {
			continue
		}
		more := f.step * min(widest, math.Floor((f.bottom-page.end)/f.step/float64(sections)))
		shift := 0.0
		for i, p := range page.placed {
			if f.parted(p) {
				shift += more
			}
			page.placed[i].y += shift
		}
	}
}

// parted tells whether a strip begins a section below another one.
func (f *flow) parted(p placed) bool { return p.outline != "" && p.before > 0 && p.y > f.top }

// painted gives the pages with their marks, and the bookmarks.
func (f *flow) painted() (pages []*sheet.Page, outline []sheet.Entry) {
	for n, leaf := range f.pages {
		page := &sheet.Page{}
		for _, p := range leaf.placed {
			if p.outline != "" {
				outline = append(outline, sheet.Entry{Title: p.outline, Page: n, Y: p.y})
			}
			if p.paint != nil {
				page.Marks = append(page.Marks, p.paint(f.x, p.y)...)
			}
		}
		pages = append(pages, page)
	}
	return pages, outline
}

// lastFilled tells how much of the last page is used, from 0 to 1.
func (f *flow) lastFilled() float64 {
	return (f.pages[len(f.pages)-1].end - f.top) / (f.bottom - f.top)
}
