package typeset

import (
	"slices"
	"sort"
	"strings"
)

// Run is a stretch of glyphs of one face and style, set at one distance.
type Run struct {
	X      float64 // from the left edge of the line
	Face   *Face
	Style  Style
	Text   string
	Spread float64 // added after each glyph
	single bool    // of one glyph, so that the next one decides the distance
}

// Line is one set line. Its width is that of its ink and the blanks between.
type Line struct {
	Runs  []Run
	Width float64
	end   float64 // where the last glyph ends
}

// Text gives back what the line says.
func (l Line) Text() string {
	var b strings.Builder
	for _, r := range l.Runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

// Replaced lists the characters that no face had, in their order.
func (c *Chain) Replaced() []rune {
	var list []rune
	for r := range c.replaced {
		list = append(list, r)
	}
	sort.Slice(list, func(i, j int) bool { return list[i] < list[j] })
	return list
}

// Forget begins a new list of what no face had.
func (c *Chain) Forget() { clear(c.replaced) }

// Single sets the spans on one line, however long.
func (c *Chain) Single(spans ...Span) Line {
	list := c.atoms(spans)
	return place(trimmed(list), 0)
}

// Lines breaks the spans to the measure. With justify, all lines but the last of a paragraph reach both edges where that
// doesn't tear them apart.
func (c *Chain) Lines(measure float64, justify bool, spans ...Span) []Line {
	var lines []Line
	for _, paragraph := range paragraphs(c.atoms(spans)) {
		parts := fill(trimmed(paragraph), measure)
		if runt(parts) {
			parts = rescued(parts, measure, justify)
		}
		for i, part := range parts {
			part = trimmed(part)
			slack := 0.0
			if justify && i+1 < len(parts) {
				slack = measure - extent(part)
			}
			lines = append(lines, place(part, slack))
		}
	}
	return lines
}

func paragraphs(list []atom) [][]atom {
	var found [][]atom
	start := 0
	for i, a := range list {
		if a.must {
			found, start = append(found, list[start:i]), i+1
		}
	}
	return append(found, list[start:])
}

// fill cuts a paragraph into lines as full as the measure allows. What has no place to break is cut between characters.
func fill(list []atom, measure float64) [][]atom {
	var parts [][]atom
	for len(list) > 0 {
		end := reach(list, measure)
		parts, list = append(parts, list[:end]), list[end:]
	}
	return parts
}

// reach gives how many atoms the next line takes.
func reach(list []atom, measure float64) int {
	last, width := 0, -list[0].lead
	for i, a := range list {
		width += a.width
		if a.r != ' ' && width-a.trail > measure+1e-6 {
			if last > 0 {
				return last
			}
			return max(i, 1)
		}
		if a.end {
			last = i + 1
		}
		width += a.gap
	}
	return len(list)
}

// trimmed takes the blanks off both ends of a line.
func trimmed(list []atom) []atom {
	blank := func(a atom) bool { return a.r == ' ' || a.r == '\u3000' }
	for len(list) > 0 && blank(list[0]) {
		list = list[1:]
	}
	for len(list) > 0 && blank(list[len(list)-1]) {
		list = list[:len(list)-1]
	}
	return list
}

// extent is the width of a trimmed line as it comes.
func extent(list []atom) float64 {
	if len(list) == 0 {
		return 0
	}
	width := -list[0].lead - list[len(list)-1].trail
	for i, a := range list {
		width += a.width
		if i+1 < len(list) {
			width += a.gap
		}
	}
	return width
}

// runt tells whether a paragraph ends in a line of a single character, its punctuation aside.
func runt(parts [][]atom) bool {
	if len(parts) < 2 {
		return false
	}
	last := trimmed(parts[len(parts)-1])
	letters := 0
	for _, a := range last {
		if !mark(a.r) {
			letters++
		}
	}
	return letters == 1 && wide(last[0].r)
}

// rescued breaks the last two lines again, the first of them a little shorter, so that the last has company. Where justification
// would then tear the first apart, the runt stays.
func rescued(parts [][]atom, measure float64, justify bool) [][]atom {
	n := len(parts)
	before := trimmed(parts[n-2])
	tail := slices.Concat(parts[n-2], parts[n-1])
	if len(before) == 0 {
		return parts
	}
	again := fill(tail, extent(before)-0.5*before[0].em())
	first := trimmed(again[0])
	if len(again) != 2 || len(first) == 0 {
		return parts
	}
	if slack := measure - extent(first); justify && slack > 0 && share(first, slack) == 0 {
		return parts
	}
	return append(parts[:n-2:n-2], again...)
}

// widest is how far justification may push two glyphs apart, in ems; a line that would need more stays ragged.
const widest = 0.2

// place sets the atoms of a trimmed line side by side, the slack shared among the gaps that may stretch.
func place(list []atom, slack float64) Line {
	if len(list) == 0 {
		return Line{}
	}
	extra := share(list, slack)
	line, before := Line{}, atom{}
	x := -list[0].lead
	for i, a := range list {
		line.add(before, a, x)
		x += a.width
		if i+1 < len(list) {
			x += a.gap
			if a.stretch {
				x += extra
			}
		}
		before = a
	}
	line.Width = x - list[len(list)-1].trail
	return line
}

func share(list []atom, slack float64) float64 {
	gaps := 0
	for _, a := range list[:len(list)-1] {
		if a.stretch {
			gaps++
		}
	}
	if gaps == 0 || slack <= 0 || slack/float64(gaps) > widest*list[0].em() {
		return 0
	}
	return slack / float64(gaps)
}

// add puts a glyph at x: in the open run where it looks the same and stands at the run's distance, else in a new one. A run ends
// where two neighbours have a distance of their own.
func (l *Line) add(before, a atom, x float64) {
	if n := len(l.Runs); n > 0 && l.Runs[n-1].Face == a.face && l.Runs[n-1].Style == a.style && before.gap == 0 {
		open := &l.Runs[n-1]
		spread := x - l.end
		if open.single {
			open.Spread, open.single = spread, false
		}
		if same(open.Spread, spread) {
			open.Text += string(a.shown)
			l.end = x + a.width
			return
		}
	}
	l.Runs = append(l.Runs, Run{X: x, Face: a.face, Style: a.style, Text: string(a.shown), single: true})
	l.end = x + a.width
}

func same(a, b float64) bool { return a-b < 1e-6 && b-a < 1e-6 }
