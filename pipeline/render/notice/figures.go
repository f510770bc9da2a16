package notice

import (
	"slices"

	"noticeboard/pipeline/render/notice/sheet"
	"noticeboard/pipeline/render/notice/typeset"
)

// keyFigures sets the few figures that carry the message, each with its sign, what it was before, and the target.
func (s *setter) keyFigures(k KeyFigures, measure float64) ([]strip, error) {
	rows, err := s.rows(k.Relation)
	if err != nil {
		return nil, err
	}
	var chosen []row
	for _, metric := range k.Metrics {
		for _, r := range rows {
			// What is too few to say is no figure; tables say so.
			if r.text("metric") == metric && r.text("reading") != "too_few" {
				chosen = append(chosen, r)
			}
		}
	}
	if len(chosen) == 0 {
		return s.emptyLine(k.Empty, measure), nil
	}
	gutter := s.scale.mm(5)
	width := (measure - gutter*float64(len(k.Metrics)-1)) / float64(len(k.Metrics))
	cells := make([]strip, len(chosen))
	offsets := make([]float64, len(chosen))
	labels, notes := s.labels(k, chosen, width), s.notes(k, chosen, width)
	for i, r := range chosen {
		offsets[i] = float64(i) * (width + gutter)
		cells[i] = s.keyFigure(r, labels[i], notes[i], width)
	}
	whole := beside(cells, offsets)
	whole.before = s.scale.step
	return []strip{whole}, nil
}

// labels say what the figures are; all as tall as the tallest, so that the figures stand in one line.
func (s *setter) labels(k KeyFigures, rows []row, width float64) []strip {
	list := make([]strip, len(rows))
	tallest := 0.0
	for i, r := range rows {
		texts := s.each(func(s *setter) string { return s.fill(k.Word+"."+r.text("metric"), r, nil) })
		list[i] = stack(s.paragraphs(width, false, s.scale.strong(), texts))
		tallest = max(tallest, list[i].height)
	}
	for i := range list {
		list[i].height = tallest
	}
	return list
}

// notes are the lines below the figures: how they changed, and their targets; one line where that is wide enough for every figure.
func (s *setter) notes(k KeyFigures, rows []row, width float64) [][][]typeset.Span {
	apart, joined := make([][][]typeset.Span, len(rows)), make([][][]typeset.Span, len(rows))
	fits := true
	for i, r := range rows {
		apart[i] = append(s.changes(k, r), s.target(k, r)...)
		joined[i] = s.joined(apart[i])
		fits = fits && len(joined[i]) < 2
		for _, line := range joined[i] {
			fits = fits && s.chain.Single(line...).Width <= width
		}
	}
	if fits {
		return joined
	}
	return apart
}

func (s *setter) keyFigure(r row, label strip, notes [][]typeset.Span, width float64) strip {
	figure := s.fit(s.both(" ", func(s *setter) string { return s.values.format(r, "value", "rate") }), s.scale.figure(), width)
	strips := []strip{label, s.oneLine(figure, s.scale.figure())}
	for _, spans := range notes {
		strips = append(strips, s.paragraph(width, false, spans...)...)
	}
	inner := stack(strips)
	bar := s.scale.mm(0.9)
	return strip{height: inner.height, paint: func(x, y float64) []sheet.Mark {
		return append([]sheet.Mark{sheet.Area{X: x, Y: y - bar, Width: width, Height: bar, Ink: blue}}, inner.paint(x, y)...)
	}}
}

// changes says better, worse or about the same, with what it was; in each language on a line of its own.
func (s *setter) changes(k KeyFigures, r row) [][]typeset.Span {
	which := r.text("change")
	if which == "" || which == "none" {
		return nil
	}
	style, signed := s.scale.style(10.5, false, quiet), s.scale.style(10.5, true, signInk(which))
	var lines [][]typeset.Span
	for _, text := range s.each(func(s *setter) string {
		return s.word(k.Change+"."+which+".text", "before", s.values.format(r, "before", "rate"))
	}) {
		lines = append(lines, []typeset.Span{
			{Text: s.word(k.Change+"."+which+".sign") + s.book.Text("notice.join_narrow"), Style: signed}, {Text: text, Style: style},
		})
	}
	return lines
}

// target is one line, where there is a target.
func (s *setter) target(k KeyFigures, r row) [][]typeset.Span {
	if r["target"] == nil {
		return nil
	}
	text := s.both("　", func(s *setter) string {
		return s.word(k.Change+".target", "target", s.values.format(r, "target", "rate"))
	})
	return [][]typeset.Span{{{Text: text, Style: s.scale.style(10.5, false, quiet)}}}
}

// joined sets a change and its target on one line.
func (s *setter) joined(lines [][]typeset.Span) [][]typeset.Span {
	if len(lines) != 2 {
		return lines
	}
	gap := typeset.Span{Text: s.book.Text("notice.wide"), Style: lines[0][0].Style}
	return [][]typeset.Span{slices.Concat(lines[0], []typeset.Span{gap}, lines[1])}
}

func signInk(change string) typeset.Ink {
	switch change {
	case "better":
		return green
	case "worse":
		return red
	default:
		return quiet
	}
}

// fit sets a text on one line, smaller where it is too wide.
func (s *setter) fit(text string, style typeset.Style, width float64) typeset.Line {
	line := s.line(text, style)
	if line.Width > width {
		style.Size *= width / line.Width
		line = s.line(text, style)
	}
	return line
}

// oneLine takes the height of the style, however much smaller it was set to fit.
func (s *setter) oneLine(line typeset.Line, style typeset.Style) strip {
	return strip{height: s.scale.leading(style), paint: func(x, y float64) []sheet.Mark {
		return []sheet.Mark{sheet.Text{X: x, Y: y + s.scale.baseline(style), Line: line}}
	}}
}

// emptyLine is the sentence that stands where there is nothing to show.
func (s *setter) emptyLine(word string, measure float64) []strip {
	if word == "" {
		return nil
	}
	return s.paragraphs(measure, true, s.scale.body(), s.each(func(s *setter) string { return s.word(word) }))
}
