package typeset

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Point is a typographic point in millimetres, the unit of everything else here.
const Point = 25.4 / 72

// Style is how a span of text looks.
type Style struct {
	Size float64 // points
	Bold bool
	Ink  Ink
}

// Ink is a colour.
type Ink struct{ R, G, B uint8 }

// Span is text of one style.
type Span struct {
	Text  string
	Style Style
}

// atom is one character as it is set.
type atom struct {
	r       rune // as written
	shown   rune // as printed
	face    *Face
	style   Style
	width   float64 // of the glyph
	gap     float64 // between it and the next one on the line
	lead    float64 // blank before the ink that a line may begin without
	trail   float64 // blank after the ink that a line may end without
	stretch bool    // justification may widen the gap after it
	end     bool    // a line may end after it
	must    bool    // a line ends after it
}

func (a atom) em() float64 { return a.style.Size * Point }

// clean leaves out what can't be seen, and joins letters with their marks where there is one character for both.
func clean(text string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if r = blank(r); r != '\n' && invisible(r) {
			return -1
		}
		return r
	}, text))
}

// blank makes one space of the many that Unicode has: fonts lack most of them.
func blank(r rune) rune {
	switch {
	case unicode.In(r, unicode.Zl, unicode.Zp):
		return '\n'
	case r == '\t' || unicode.Is(unicode.Zs, r) && r != '\u3000' && r != '\u00a0':
		return ' '
	default:
		return r
	}
}

func straight(r rune) rune {
	switch r {
	case '‘', '’':
		return '\''
	case '“', '”':
		return '"'
	case '·':
		return '•'
	default:
		return r
	}
}

// thinGap is the distance between Chinese and Latin, in ems.
const thinGap = 0.18

// atoms shapes the spans: faces, widths, distances, and where lines may end.
func (c *Chain) atoms(spans []Span) []atom {
	var text strings.Builder
	var list []atom
	var offsets []int
	for _, s := range spans {
		for _, r := range clean(s.Text) {
			if c.latin {
				r = straight(r)
			}
			offsets = append(offsets, text.Len())
			text.WriteRune(r)
			list = append(list, c.atom(r, s.Style))
		}
	}
	allowed := breaks(text.String())
	for i := range list {
		if i+1 < len(list) {
			list[i].end = allowed[offsets[i+1]]
		}
		list[i].must = list[i].r == '\n'
	}
	c.space(list)
	return list
}

func (c *Chain) atom(r rune, style Style) atom {
	a := atom{r: r, shown: r, style: style}
	if r == '\n' {
		return a
	}
	a.face, a.shown = c.face(r, style.Bold)
	a.width = a.face.width(a.shown) * a.em()
	// Brackets and, in mainland style, stops fill only half of their square.
	if a.face.width(a.shown) < 1 {
		return a
	}
	switch {
	case strings.ContainsRune(opening, r):
		a.lead = a.em() / 2
	case strings.ContainsRune(closing, r), !c.centred && strings.ContainsRune("、。，．：；", r):
		a.trail = a.em() / 2
	}
	return a
}

// space sets the distances between neighbours: thin beside Latin, and no double blank between two punctuation marks.
func (c *Chain) space(list []atom) {
	for i := 0; i+1 < len(list); i++ {
		a, b := &list[i], list[i+1]
		switch {
		case thin(a.r, b.r):
			a.gap = thinGap * a.em()
		case a.trail > 0 && (mark(b.r) || b.trail > 0):
			a.gap = -a.trail
		case b.lead > 0 && mark(a.r):
			a.gap = -b.lead
		}
		a.stretch = stretches(a.r, b.r)
	}
}

func mark(r rune) bool { return strings.ContainsRune(opening+closing+stops, r) }

// stretches: gaps beside a wide character and spaces may be widened, but not those inside a Latin word, a dash or an ellipsis.
func stretches(a, b rune) bool {
	if a == b && strings.ContainsRune("—…", a) {
		return false
	}
	return a == ' ' || wide(a) || wide(b) && b != '\u3000'
}
