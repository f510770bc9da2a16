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
	for i, r := range rows {
		line := s.listLine(l, r, measure)
		// As with the lines of a paragraph, neither the first nor the last row stands alone on a page.
		line.keep = len(rows) > 1 && (i == 0 || i == len(rows)-2)
		if l.Group.Word != "" && r.text(l.Group.Case) != group {
			group = r.text(l.Group.Case)
			if head := s.groupHead(l, r, measure); len(head) > 0 {
				strips, line.before = append(strips, head...), 0
			}
		}
		strips = append(strips, line)
	}
	if left > 0 && l.More != "" {
		more := s.each(func(s *setter) string { return s.word(l.More, "count", strconv.Itoa(left)) })
		lines := stack(s.paragraphs(measure-s.indent(l), false, s.scale.body(), more))
		strips = append(strips, beside([]strip{lines}, []float64{s.indent(l)}))
	}
	return strips, nil
}

// indent is the margin that signs stand in.
func (s *setter) indent(l List) float64 {
	if l.Sign == "" {
		return 0
	}
	return 1.5 * em(s.scale.body())
}

// groupHead is the head of the rows that follow.
func (s *setter) groupHead(l List, r row, measure float64) []strip {
	texts := s.each(func(s *setter) string { return s.sentence(l.Group, r, l.Formats) })
	if texts[0] == "" {
		return nil
	}
	strips := s.heads(texts, s.scale.section(), measure)
	strips[0].before = s.scale.step
	return strips
}

func (s *setter) listLine(l List, r row, measure float64) strip {
	style := s.scale.body()
	indent := s.indent(l)
	var sign typeset.Line
	if l.Sign != "" {
		sign = s.line(s.word("notice.sign."+r.text(l.Sign)), style)
	}
	text := stack(s.listText(l, r, measure-indent))
	// Rows of a line each stand close; those with more to them, apart.
	before := 0.0
	if l.Note != "" {
		before = s.scale.step
	}
	return strip{before: before, height: s.scale.whole(text.height), paint: func(x, y float64) []sheet.Mark {
		marks := text.paint(x+indent, y)
		if indent > 0 {
			marks = append([]sheet.Mark{sheet.Text{X: x, Y: y + s.scale.baseline(style), Line: sign}}, marks...)
		}
		return marks
	}}
}

// listText is the sentence of a row with what stands below it.
func (s *setter) listText(l List, r row, measure float64) []strip {
	style, note := s.scale.body(), s.scale.body()
	style.Bold = l.Strong
	texts := []string{s.sentence(l.Sentence, r, l.Formats)}
	if s.also != nil {
		texts = append(texts, s.also.rest(l.Sentence, r, l.Formats))
	}
	strips := s.paragraphs(measure, false, style, texts)
	if text := s.quote(r.text(l.Note)); text != "" {
		strips = append(strips, s.paragraph(measure, true, typeset.Span{Text: text, Style: note})...)
	}
	if l.Detail.Word != "" {
		details := s.each(func(s *setter) string { return s.sentence(l.Detail, r, l.Formats) })
		strips = append(strips, s.paragraphs(measure, false, s.scale.style(9.5, false, quiet), details)...)
	}
	return strips
}
