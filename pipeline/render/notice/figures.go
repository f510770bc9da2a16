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
	gutter := s.scale.mm(5)
	width := (measure - gutter*float64(len(k.Metrics)-1)) / float64(len(k.Metrics))
	var cells []strip
	var offsets []float64
	tallest := s.tallestLabel(k, rows, width)
	for _, metric := range k.Metrics {
		for _, r := range rows {
			if r.text("metric") == metric {
				offsets = append(offsets, float64(len(cells))*(width+gutter))
				cells = append(cells, s.keyFigure(k, r, width, tallest))
			}
		}
	}
	if len(cells) == 0 {
		return s.emptyLine(k.Empty, measure), nil
	}
	whole := beside(cells, offsets)
	whole.before = s.scale.gap(4)
	return []strip{whole}, nil
}

// tallestLabel is how much room all labels get, so that the figures stand in one line.
func (s *setter) tallestLabel(k KeyFigures, rows []row, width float64) float64 {
	tallest := 0.0
	for _, r := range rows {
		if slices.Contains(k.Metrics, r.text("metric")) {
			tallest = max(tallest, s.label(k, r, width).height)
		}
	}
	return tallest
}

func (s *setter) label(k KeyFigures, r row, width float64) strip {
	return stack(s.paragraphs(width, false, s.scale.strong(), s.each(func(s *setter) string { return s.fill(k.Word+"."+r.text("metric"), r, nil) })))
}

func (s *setter) keyFigure(k KeyFigures, r row, width, tallest float64) strip {
	figure := s.fit(s.both(" ", func(s *setter) string { return s.values.format(r, "value", "rate") }), s.scale.figure(), width)
	label := s.label(k, r, width)
	strips := []strip{label, {height: tallest - label.height}}
	strips = append(strips, s.oneLine(figure, s.scale.leading(s.scale.figure())*0.82))
	lines := s.joined(s.change(k, r), width)
	if s.also != nil {
		lines = append(lines, s.also.joined(s.also.change(k, r), width)...)
	}
	for _, spans := range lines {
		strips = append(strips, s.paragraph(width, false, spans...)...)
	}
	inner := stack(strips)
	bar := s.scale.mm(0.9)
	return strip{height: inner.height + bar + s.scale.mm(1.6), paint: func(x, y float64) []sheet.Mark {
		return append([]sheet.Mark{sheet.Area{X: x, Y: y, Width: width, Height: bar, Ink: blue}}, inner.paint(x, y+bar+s.scale.mm(1.6))...)
	}}
}

// change says better, worse or about the same, with what it was; and, on a line of its own, the target.
func (s *setter) change(k KeyFigures, r row) [][]typeset.Span {
	style := s.scale.style(10.5, false, quiet)
	var lines [][]typeset.Span
	if which := r.text("change"); which != "" && which != "none" {
		signed := s.scale.style(10.5, true, signInk(which))
		lines = append(lines, []typeset.Span{
			{Text: s.word(k.Change+"."+which+".sign") + s.book.Text("notice.join_narrow"), Style: signed},
			{Text: s.word(k.Change+"."+which+".text", "before", s.values.format(r, "before", "rate")), Style: style},
		})
	}
	if target := s.values.format(r, "target", "rate"); target != empty {
		lines = append(lines, []typeset.Span{{Text: s.word(k.Change+".target", "target", target), Style: style}})
	}
	return lines
}

// joined sets change and target on one line where that is wide enough.
func (s *setter) joined(lines [][]typeset.Span, width float64) [][]typeset.Span {
	if len(lines) < 2 {
		return lines
	}
	gap := typeset.Span{Text: s.book.Text("notice.wide"), Style: lines[0][0].Style}
	one := slices.Concat(lines[0], []typeset.Span{gap}, lines[1])
	if s.chain.Single(one...).Width > width {
		return lines
	}
	return [][]typeset.Span{one}
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

func (s *setter) oneLine(line typeset.Line, height float64) strip {
	return strip{height: height, paint: func(x, y float64) []sheet.Mark {
		size := 0.0
		for _, r := range line.Runs {
			size = max(size, r.Style.Size)
		}
		return []sheet.Mark{sheet.Text{X: x, Y: y + baseline(typeset.Style{Size: size}, height), Line: line}}
	}}
}

// emptyLine is the sentence that stands where there is nothing to show.
func (s *setter) emptyLine(word string, measure float64) []strip {
	if word == "" {
		return nil
	}
	strips := s.paragraphs(measure, true, s.scale.body(), s.each(func(s *setter) string { return s.word(word) }))
	strips[0].before = s.scale.gap(1)
	return strips
}
