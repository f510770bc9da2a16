package notice

import (
	"image/color"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"

	"noticeboard/pipeline/render/notice/sheet"
	"noticeboard/pipeline/render/notice/typeset"
)

// qr leads to the property's page, with a line that says so and whatever else stands beside it. Without a page, only that stands.
func (s *setter) qr(q QR, measure float64) ([]strip, error) {
	web := s.edition.Posting.Web
	if web == "" {
		return s.blocks(q.Beside, measure)
	}
	code, err := qr.Encode(web, qr.M, qr.Auto)
	if err != nil {
		return nil, err
	}
	side := s.scale.whole(s.scale.mm(21))
	indent := side + s.scale.mm(4)
	strips, err := s.blocks(q.Beside, measure-indent)
	if err != nil {
		return nil, err
	}
	strips = append(strips, s.paragraphs(measure-indent, false, s.scale.foot(), s.each(func(s *setter) string { return s.word(q.Word, "web", web) }))...)
	text := stack(strips)
	return []strip{{before: s.scale.step, height: max(side, text.height), paint: func(x, y float64) []sheet.Mark {
		return append(modules(code, x, y, side), text.paint(x+indent, y)...)
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
