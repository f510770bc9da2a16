package notice

import (
	"image/color"
	"strconv"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"

	"noticeboard/pipeline/render/notice/sheet"
	"noticeboard/pipeline/render/notice/typeset"
)

// list sets a line per row, its sign in the margin, and says how many are left out beyond the limit.
func (s *setter) list(l List, measure float64) ([]strip, error) {
	rows, err := s.source.rows(l.Relation)
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
	for _, r := range rows {
		strips = append(strips, s.listLine(l, r, measure))
	}
	if left > 0 && l.More != "" {
		strips = append(strips, s.paragraph(measure, false, typeset.Span{Text: s.word(l.More, "count", strconv.Itoa(left)), Style: s.scale.body()})...)
	}
	return strips, nil
}

func (s *setter) listLine(l List, r row, measure float64) strip {
	style := s.scale.body()
	indent := 0.0
	var sign typeset.Line
	if l.Sign != "" {
		indent = 1.5 * style.Size * typeset.Point
		sign = s.line(s.word("notice.sign."+r.text(l.Sign)), style)
	}
	strips := s.paragraph(measure-indent, false, typeset.Span{Text: s.sentence(l.Sentence, r, l.Formats), Style: style})
	if note := r.text(l.Note); note != "" {
		strips = append(strips, s.paragraph(measure-indent, false, typeset.Span{Text: note, Style: s.scale.style(10.5, false, quiet)})...)
	}
	text := stack(strips)
	leading := s.scale.leading(style)
	return strip{before: s.scale.gap(0.6), height: text.height, paint: func(x, y float64) []sheet.Mark {
		marks := text.paint(x+indent, y)
		if indent > 0 {
			marks = append([]sheet.Mark{sheet.Text{X: x, Y: y + baseline(style, leading), Line: sign}}, marks...)
		}
		return marks
	}}
}

// qr leads to the property's page; without one there is nothing.
func (s *setter) qr(q QR, measure float64) ([]strip, error) {
	web := s.edition.Posting.Web
	if web == "" {
		return nil, nil
	}
	code, err := qr.Encode(web, qr.M, qr.Auto)
	if err != nil {
		return nil, err
	}
	side := s.scale.mm(22)
	text := stack(s.paragraph(measure-side-s.scale.mm(4), false, typeset.Span{Text: s.word(q.Word, "web", web), Style: s.scale.body()}))
	return []strip{{before: s.scale.gap(3), height: max(side, text.height), paint: func(x, y float64) []sheet.Mark {
		return append(modules(code, x, y, side), text.paint(x+side+s.scale.mm(4), y)...)
	}}}, nil
}

// modules draws the dark squares of a code, those of a row that touch as one area so that no seam shows.
func modules(code barcode.Barcode, x, y, side float64) []sheet.Mark {
	n := code.Bounds().Dx()
	unit := side / float64(n)
	var marks []sheet.Mark
	for j := range n {
		for i := 0; i < n; i++ {
			from := i
			for i < n && code.At(i, j) == color.Black {
				i++
			}
			if i > from {
				marks = append(marks, sheet.Area{X: x + float64(from)*unit, Y: y + float64(j)*unit, Width: float64(i-from) * unit, Height: unit, Ink: typeset.Ink{}})
			}
		}
	}
	return marks
}
