package notice

import "noticeboard/pipeline/render/notice/typeset"

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

// scale is the measure of a paper: its edges, its sizes of type, its distances. A3 is read from further away, so it has sizes of
// its own; it isn't an A4 page blown up.
type scale struct {
	width, height     float64 // of the paper
	top, side, bottom float64 // margins
	zoom              float64 // of type and distances, against A4
	density           float64 // of distances: 1, or less where the notice must be shorter
}

func scaleOf(paper string, d density) scale {
	if paper == "A3" {
		return scale{width: 297, height: 420, top: 20, side: 24, bottom: 17, zoom: 1.6 * d.large, density: d.blank}
	}
	return scale{width: 210, height: 297, top: 14, side: 17, bottom: 12, zoom: max(1, d.large), density: d.blank}
}

func (s scale) measure() float64 { return s.width - 2*s.side }

// gap is a blank between things, in millimetres on A4.
func (s scale) gap(mm float64) float64 { return mm * s.zoom * s.density }

// mm is a length that doesn't give way, such as a bar's.
func (s scale) mm(mm float64) float64 { return mm * s.zoom }

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
func (s scale) chart() typeset.Style    { return s.style(9.5, false, black) }
func (s scale) figure() typeset.Style   { return s.style(32, true, blue) }

// leading is the distance from one baseline to the next.
func (s scale) leading(style typeset.Style) float64 {
	return style.Size * typeset.Point * (1.45 + 0.1*s.density)
}
