package notice

import (
	"strconv"

	"noticeboard/pipeline/render/notice/sheet"
	"noticeboard/pipeline/render/notice/typeset"
)

// list sets a line per row, its sign in the margin, and says how many are left out beyond the limit.
func (s *setter) list(l List, measure float64) ([]strip, error) {
	rows, err := s.rows(l.Relation)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return s.emptyLine(l.Empty, measure), nil
	}
	left := 0
	if l.Limit > 0 && len(rows) > l.Limit {
		rows, left = rows[:l.Limit], len(rows)-l.Limit
	}
	var strips []strip
	group := ""
	for _, r := range rows {
		if l.Group.Word != "" && r.text(l.Group.Case) != group {
			group = r.text(l.Group.Case)
			strips = append(strips, s.groupHead(l, r, measure)...)
		}
		strips = append(strips, s.listLine(l, r, measure))
	}
	if left > 0 && l.More != "" {
		more := s.each(func(s *setter) string { return s.word(l.More, "count", strconv.Itoa(left)) })
		strips = append(strips, s.paragraphs(measure, false, s.scale.body(), more)...)
	}
	return strips, nil
}

// groupHead is the head of the rows that follow.
func (s *setter) groupHead(l List, r row, measure float64) []strip {
	texts := s.each(func(s *setter) string { return s.sentence(l.Group, r, l.Formats) })
	if texts[0] == "" {
		return nil
	}
	strips := s.paragraph(measure, false, s.heads(texts, s.scale.section())...)
	strips[0].before = s.scale.gap(5)
	for i := range strips {
		strips[i].keep = true
	}
	return strips
}

func (s *setter) listLine(l List, r row, measure float64) strip {
	style := s.scale.body()
	indent := 0.0
	var sign typeset.Line
	if l.Sign != "" {
		indent = 1.5 * style.Size * typeset.Point
		sign = s.line(s.word("notice.sign."+r.text(l.Sign)), style)
	}
	text := stack(s.listText(l, r, measure-indent))
	leading := s.scale.leading(style)
	before := s.scale.gap(1.1)
	if l.Strong {
		before = s.scale.gap(3)
	}
	return strip{before: before, height: text.height, paint: func(x, y float64) []sheet.Mark {
		marks := text.paint(x+indent, y)
		if indent > 0 {
			marks = append([]sheet.Mark{sheet.Text{X: x, Y: y + baseline(style, leading), Line: sign}}, marks...)
		}
		return marks
	}}
}

// listText is the sentence of a row with what stands below it.
func (s *setter) listText(l List, r row, measure float64) []strip {
	style, note := s.scale.body(), s.scale.body()
	style.Bold = l.Strong
	strips := s.paragraphs(measure, false, style, s.each(func(s *setter) string { return s.sentence(l.Sentence, r, l.Formats) }))
	if text := s.quote(r.text(l.Note)); text != "" {
		strips = append(strips, s.paragraph(measure, true, typeset.Span{Text: text, Style: note})...)
	}
	if l.Detail.Word != "" {
		details := s.each(func(s *setter) string { return s.sentence(l.Detail, r, l.Formats) })
		strips = append(strips, s.paragraphs(measure, false, s.scale.style(9.5, false, quiet), details)...)
	}
	return strips
}
