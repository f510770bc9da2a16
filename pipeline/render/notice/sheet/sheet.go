// Package sheet holds a finished notice as marks on pages, and writes them as a PDF.
//
// It sets no text and decides no place: marks come with their positions, in millimetres from the upper left corner.
//
// Invariant: the same document is written as the same bytes, whenever and wherever that is.
package sheet

import (
	"time"

	"noticeboard/pipeline/render/notice/typeset"
)

// Document is a notice ready to be written.
type Document struct {
	Width, Height float64
	Pages         []*Page
	Outline       []Entry
	Title         string
	Author        string
	Language      string // as PDF names it: zh-Hant, zh-Hans, en
	AsOf          time.Time
}

// Entry is one bookmark.
type Entry struct {
	Title string
	Page  int // from 0
	Y     float64
}

// Page is what one page shows, in the order of painting.
type Page struct {
	Marks []Mark
}

// Mark is one thing on a page.
type Mark interface {
	// Box is the rectangle that the mark stays within.
	Box() Box
	paint(*painter)
}

// Box is a rectangle from (X0, Y0), upper left, to (X1, Y1).
type Box struct{ X0, Y0, X1, Y1 float64 }

// Text is a set line with its baseline at Y.
type Text struct {
	X, Y float64
	Line typeset.Line
}

// Box counts a glyph as 0.88 em above the baseline and 0.24 em below it.
func (t Text) Box() Box {
	b := Box{X0: t.X, X1: t.X + t.Line.Width, Y0: t.Y, Y1: t.Y}
	for _, r := range t.Line.Runs {
		em := r.Style.Size * typeset.Point
		b.Y0, b.Y1 = min(b.Y0, t.Y-0.88*em), max(b.Y1, t.Y+0.24*em)
	}
	return b
}

// Area is a filled rectangle.
type Area struct {
	X, Y, Width, Height float64
	Ink                 typeset.Ink
}

// Box is the rectangle.
func (a Area) Box() Box { return Box{a.X, a.Y, a.X + a.Width, a.Y + a.Height} }

// Stroke is a chain of straight lines.
type Stroke struct {
	Points [][2]float64
	Weight float64 // millimetres
	Dash   float64 // length of a dash and of the gap after it; 0: none
	Ink    typeset.Ink
}

// Box leaves the line's own weight aside.
func (s Stroke) Box() Box {
	b := Box{X0: s.Points[0][0], X1: s.Points[0][0], Y0: s.Points[0][1], Y1: s.Points[0][1]}
	for _, p := range s.Points[1:] {
		b = Box{min(b.X0, p[0]), min(b.Y0, p[1]), max(b.X1, p[0]), max(b.Y1, p[1])}
	}
	return b
}

// Dot is a filled circle, its middle at (X, Y).
type Dot struct {
	X, Y, Radius float64
	Ink          typeset.Ink
}

// Box is the square around it.
func (d Dot) Box() Box { return Box{d.X - d.Radius, d.Y - d.Radius, d.X + d.Radius, d.Y + d.Radius} }

// Slanted is a line across the page, its middle at (X, Y), turned by Angle degrees.
type Slanted struct {
	X, Y, Angle float64
	Line        typeset.Line
}

// Box is a point: what lies across a page has no side to keep from.
func (s Slanted) Box() Box { return Box{s.X, s.Y, s.X, s.Y} }
