package notice

import (
	"math"

	"noticeboard/pipeline/render/notice/typeset"
)

// The inks. Red and green never stand without a sign.
var (
	black = typeset.Ink{R: 0x1E, G: 0x1E, B: 0x1E}
	blue  = typeset.Ink{R: 0x1F, G: 0x3A, B: 0x5F}
	teal  = typeset.Ink{R: 0x2A, G: 0x7F, B: 0x7F}
	grey  = typeset.Ink{R: 0xB9, G: 0xC2, B: 0xCB}
	amber = typeset.Ink{R: 0xC7, G: 0x77, B: 0x00}
	red   = typeset.Ink{R: 0xA4, G: 0x26, B: 0x2C}
	green = typeset.Ink{R: 0x2E, G: 0x7D, B: 0x32}
	quiet = typeset.Ink{R: 0x5B, G: 0x67, B: 0x73}
	hair  = typeset.Ink{R: 0xD3, G: 0xD8, B: 0xDD}
	faint = typeset.Ink{R: 0xE9, G: 0xEA, B: 0xEC}
)

// scale is the measure of a paper: its edges, its sizes of type, its grid. A3 is read from further away, so it has sizes of its own; it
// isn't an A4 page blown up.
//
// The grid is the one distance between baselines that all text of a notice stands on: headings, tables, charts and blanks take whole
// steps of it, so that lines of columns side by side meet. Titles and heads stand a little above their line, away from
// what they are the head of; small print and the words within a trend stand between the lines.
type scale struct {
	width, height     float64 // of the paper
	top, side, bottom float64 // margins
	zoom              float64 // of type and distances, against A4
	step              float64 // of the grid
}

func scaleOf(paper string, d density) scale {
	s := scale{width: 210, height: 297, top: 14, side: 17, bottom: 12, zoom: max(1, d.large)}
	if paper == "A3" {
		s = scale{width: 297, height: 420, top: 20, side: 24, bottom: 17, zoom: 1.6 * d.large}
	}
	s.step = d.leading * em(s.body())
	return s
}

func (s scale) measure() float64 { return s.width - 2*s.side }

// mm is a length on A4 that grows with the type, such as a bar's.
func (s scale) mm(mm float64) float64 { return mm * s.zoom }

// steps is a height in steps of the grid.
func (s scale) steps(n int) float64 { return float64(n) * s.step }

// whole is the least height in whole steps that holds another.
func (s scale) whole(height float64) float64 { return s.step * math.Ceil(height/s.step-1e-6) }

// leading is what a line takes: a step, more for type too tall for one, three quarters for small print.
func (s scale) leading(style typeset.Style) float64 {
	if style.Size <= s.small().Size {
		return 0.75 * s.step
	}
	return s.whole(0.8 * em(style))
}

// baseline is where the baseline lies in a line: on the grid, which has the ink of body text in the middle of a step.
func (s scale) baseline(style typeset.Style) float64 {
	leading := s.leading(style)
	base := leading - s.step + middle(s.body(), s.step)
	switch {
	case style.Size <= s.small().Size:
		return middle(style, leading)
	case style.Size > s.lead().Size && style.Size <= s.title().Size:
		return base - raised*s.step
	default:
		return base
	}
}

// raised is how far titles and heads stand above their line, in steps.
const raised = 0.2

// middle is where the baseline lies for the ink to be in the middle of a height.
func middle(style typeset.Style, height float64) float64 { return height/2 + 0.33*em(style) }

func em(style typeset.Style) float64 { return style.Size * typeset.Point }

func (s scale) style(points float64, bold bool, ink typeset.Ink) typeset.Style {
	return typeset.Style{Size: points * s.zoom, Bold: bold, Ink: ink}
}

func (s scale) title() typeset.Style    { return s.style(26, true, blue) }
func (s scale) subtitle() typeset.Style { return s.style(12.5, false, quiet) }
func (s scale) section() typeset.Style  { return s.style(14, true, blue) }
func (s scale) lead() typeset.Style     { return s.style(12.5, false, black) }
func (s scale) body() typeset.Style     { return s.style(11.5, false, black) }
func (s scale) strong() typeset.Style   { return s.style(11.5, true, black) }
func (s scale) table() typeset.Style    { return s.style(10.5, false, black) }
func (s scale) head() typeset.Style     { return s.style(10.5, true, black) }
func (s scale) foot() typeset.Style     { return s.style(8.5, false, quiet) }
func (s scale) small() typeset.Style    { return s.style(9.5, false, black) }
func (s scale) chart() typeset.Style    { return s.style(9.5, false, black) }
func (s scale) figure() typeset.Style   { return s.style(32, true, blue) }
