package notice

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"noticeboard/pipeline/period"
	"noticeboard/pipeline/render/notice/sheet"
	"noticeboard/pipeline/render/notice/typeset"
)

// chart draws a relation; where it would say nothing, a sentence stands instead.
func (s *setter) chart(c Chart, measure float64) ([]strip, error) {
	rows, err := s.rows(c.Relation)
	if err != nil {
		return nil, err
	}
	if len(rows) < 2 {
		return s.emptyLine(c.Empty, measure), nil
	}
	if c.Kind == "line" {
		return []strip{s.trend(c, rows, measure)}, nil
	}
	return []strip{s.bars(c, rows, measure)}, nil
}

// bars begin at zero and carry their value; the merged rest is grey. A long label takes a second line.
func (s *setter) bars(c Chart, rows []row, measure float64) strip {
	style := s.scale.table()
	if c.Ranked {
		rows = ranked(rows, c)
	}
	list := make([]bar, len(rows))
	widest, most := 0.0, s.top(c, rows)
	label := 0.0
	for i, r := range rows {
		list[i].label = s.chain.Lines(0.5*measure, false, typeset.Span{Text: s.both("\n", func(s *setter) string { return s.name(c.Names, r.text(c.Label), r) }), Style: style})
		list[i].figure = s.line(s.both(" ", func(s *setter) string { return s.values.format(r, c.Value, c.Format) }), style)
		list[i].value, _ = r.number(c.Value)
		list[i].ink = barInk(r.text(c.Label))
		for _, l := range list[i].label {
			label = max(label, l.Width)
		}
		widest = max(widest, list[i].figure.Width)
	}
	from := label + s.scale.mm(3)
	room := measure - from - widest - s.scale.mm(2)
	strips := make([]strip, len(list))
	for i, b := range list {
		strips[i] = s.bar(b, from, room*b.value/most)
	}
	return stack(strips)
}

// ranked puts the greatest first, what has no figure after it, and the merged rest at the end.
func ranked(rows []row, c Chart) []row {
	sorted := slices.Clone(rows)
	rank := func(r row) float64 {
		n, there := r.number(c.Value)
		switch {
		case r.text(c.Label) == other:
			return -2
		case !there:
			return -1
		default:
			return n
		}
	}
	slices.SortStableFunc(sorted, func(a, b row) int { return cmp.Compare(rank(b), rank(a)) })
	return sorted
}

// tops are where an axis of rates may end: not far above what it shows.
var tops = []float64{0.05, 0.1, 0.2, 0.3, 0.5, 1}

// top is the value at the far end of an axis, which begins at zero.
func (s *setter) top(c Chart, rows []row) float64 {
	most := 0.0
	for _, r := range rows {
		n, _ := r.number(c.Value)
		target, _ := r.number(c.Target)
		most = max(most, n, target)
	}
	if c.Format != "rate" {
		return max(most, 1)
	}
	for _, t := range tops {
		if most <= t {
			return t
		}
	}
	return 1
}

type bar struct {
	label  []typeset.Line
	figure typeset.Line
	value  float64
	ink    typeset.Ink
}

func (s *setter) bar(b bar, from, length float64) strip {
	style := s.scale.table()
	base, thick := s.scale.baseline(style), s.scale.mm(4.3)
	return strip{height: s.scale.steps(len(b.label)), paint: func(x, y float64) []sheet.Mark {
		var marks []sheet.Mark
		for i, l := range b.label {
			marks = append(marks, sheet.Text{X: x, Y: y + s.scale.steps(i) + base, Line: l})
		}
		if length > 0 {
			marks = append(marks, sheet.Area{X: x + from, Y: y + (s.scale.step-thick)/2, Width: length, Height: thick, Ink: b.ink})
		}
		return append(marks, sheet.Text{X: x + from + length + s.scale.mm(1.5), Y: y + base, Line: b.figure})
	}}
}

// other is the code of the row that small ones were merged into.
const other = "other"

func barInk(code string) typeset.Ink {
	if code == other {
		return grey
	}
	return teal
}

// trend is one line from zero, its first and last value written, the target dashed.
func (s *setter) trend(c Chart, rows []row, measure float64) strip {
	p := s.plot(c, rows, measure)
	return strip{height: p.height + s.scale.step, paint: func(x, y float64) []sheet.Mark {
		marks := []sheet.Mark{sheet.Stroke{Points: [][2]float64{{x + p.left, y + p.height}, {x + p.right, y + p.height}}, Weight: s.scale.mm(0.3), Ink: quiet}}
		zero := s.line(s.values.format(row{"v": 0.0}, "v", c.Format), s.quietChart())
		marks = append(marks, sheet.Text{X: x + p.left - zero.Width - s.scale.mm(1.5), Y: y + p.height + s.scale.mm(0.5), Line: zero})
		marks = append(marks, s.targetLine(c, rows[len(rows)-1], p, x, y)...)
		return append(marks, s.trendLine(c, rows, p, x, y)...)
	}}
}

func (s *setter) quietChart() typeset.Style {
	style := s.scale.chart()
	style.Ink = quiet
	return style
}

// plot is where a trend is drawn: its edges from the strip's corner, its base, the value at its top.
type plot struct {
	left, right, top, height, most float64
}

func (s *setter) plot(c Chart, rows []row, measure float64) plot {
	return plot{left: s.scale.mm(8), right: measure - s.scale.mm(2), top: s.scale.mm(6), height: s.scale.steps(6), most: s.top(c, rows)}
}

func (p plot) at(i, n int, value, x, y float64) [2]float64 {
	inset := (p.right - p.left) / float64(2*n)
	return [2]float64{x + p.left + inset*float64(2*i+1), y + p.height - (p.height-p.top)*value/p.most}
}

func (s *setter) targetLine(c Chart, r row, p plot, x, y float64) []sheet.Mark {
	target, there := r.number(c.Target)
	if !there {
		return nil
	}
	level := p.at(0, 1, target, x, y)[1]
	style := s.scale.chart()
	style.Ink = amber
	label := s.line(s.both(" ", func(s *setter) string {
		return s.word("notice.target", "target", s.values.format(r, c.Target, c.Format))
	}), style)
	// On the side where the line is not.
	side := -s.scale.mm(1.2)
	if value, there := r.number(c.Value); there && value >= target {
		side = s.scale.mm(4)
	}
	return []sheet.Mark{
		sheet.Stroke{Points: [][2]float64{{x + p.left, level}, {x + p.right, level}}, Weight: s.scale.mm(0.4), Dash: s.scale.mm(1.4), Ink: amber},
		sheet.Text{X: x + p.right - label.Width, Y: level + side, Line: label},
	}
}

func (s *setter) trendLine(c Chart, rows []row, p plot, x, y float64) []sheet.Mark {
	var marks []sheet.Mark
	points := make([][2]float64, len(rows))
	for i, r := range rows {
		n, _ := r.number(c.Value)
		points[i] = p.at(i, len(rows), n, x, y)
		tick := s.line(s.tick(r.text(c.Label)), s.quietChart())
		marks = append(marks, sheet.Text{X: points[i][0] - tick.Width/2, Y: y + p.height + s.scale.baseline(s.scale.body()), Line: tick})
	}
	marks = append(marks, sheet.Stroke{Points: points, Weight: s.scale.mm(0.65), Ink: blue})
	for i, at := range points {
		marks = append(marks, sheet.Dot{X: at[0], Y: at[1], Radius: s.scale.mm(0.85), Ink: blue})
		if i == 0 || i == len(points)-1 {
			marks = append(marks, s.valueLabel(c, rows[i], p, at, y))
		}
	}
	return marks
}

// valueLabel stands on the side of its point that is away from the target, and above it where the base line is near.
func (s *setter) valueLabel(c Chart, r row, p plot, at [2]float64, y float64) sheet.Mark {
	style := s.scale.chart()
	style.Bold, style.Ink = true, blue
	line := s.line(s.values.format(r, c.Value, c.Format), style)
	value, _ := r.number(c.Value)
	target, aimed := r.number(c.Target)
	level := at[1] + s.scale.mm(5.2)
	if aimed && value >= target || level > y+p.height-s.scale.mm(1) {
		level = at[1] - s.scale.mm(2.2)
	}
	return sheet.Text{X: at[0] - line.Width/2, Y: level, Line: line}
}

// tick writes a period's label shortly: the month or quarter alone.
func (s *setter) tick(label string) string {
	p, err := period.Parse(label)
	if err != nil {
		return s.quote(label)
	}
	switch p.Kind {
	case period.Month:
		return s.book.Text("notice.tick.month." + strconv.Itoa(int(p.Start.Month())))
	case period.Quarter:
		return s.book.Text(fmt.Sprintf("notice.tick.quarter.%d", (int(p.Start.Month())+2)/3))
	default:
		return label
	}
}
