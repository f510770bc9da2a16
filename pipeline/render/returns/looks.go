package returns

import "github.com/xuri/excelize/v2"

// looks are the styles of the workbook.
type looks struct {
	face                                             string
	title, note, ourHead, head, why, ours, cell, bad int
}

var faces = map[string]string{"zh-Hant": "Microsoft JhengHei", "zh-Hans": "Microsoft YaHei", "en": "Calibri"}

const (
	blue  = "1F3A5F"
	slate = "5B6770"
	red   = "A4262C"
	rose  = "FBE3E4"
	cream = "FFF6E5"
	rule  = "D5DAE0"
)

// asText marks a cell as text: what somebody types there stays as typed, and what begins with = + - or @ is no formula.
const asText = 49

func newLooks(f *excelize.File, language string) (looks, error) {
	l := looks{face: faces[language]}
	if l.face == "" {
		l.face = faces["en"]
	}
	top := &excelize.Alignment{Vertical: "top"}
	wrapped := &excelize.Alignment{Vertical: "top", WrapText: true}
	fill := func(colour string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
	}
	for _, s := range []struct {
		id    *int
		style excelize.Style
	}{
		{&l.title, excelize.Style{Font: l.font(14, true, blue)}},
		{&l.note, excelize.Style{Font: l.font(10, false, ""), Alignment: wrapped, Fill: fill(cream)}},
		{&l.ourHead, excelize.Style{Font: l.font(10, true, "FFFFFF"), Fill: fill(slate), Alignment: wrapped}},
		{&l.head, excelize.Style{Font: l.font(10, true, "FFFFFF"), Fill: fill(blue), Alignment: wrapped}},
		{&l.why, excelize.Style{Font: l.font(10, false, red), Alignment: wrapped, Border: frame(1, rule), NumFmt: asText}},
		{&l.ours, excelize.Style{Font: l.font(9, false, slate), Alignment: wrapped, Border: frame(1, rule), NumFmt: asText}},
		{&l.cell, excelize.Style{Font: l.font(10, false, ""), Alignment: top, Border: frame(1, rule), NumFmt: asText}},
		// A thick frame beside the colour: it is seen on a grey print.
		{&l.bad, excelize.Style{Font: l.font(10, true, red), Fill: fill(rose), Alignment: top, Border: frame(5, red), NumFmt: asText}},
	} {
		id, err := f.NewStyle(&s.style)
		if err != nil {
			return l, err
		}
		*s.id = id
	}
	return l, nil
}

func (l looks) font(size float64, bold bool, colour string) *excelize.Font {
	if colour == "" {
		colour = "1A1A1A"
	}
	return &excelize.Font{Family: l.face, Size: size, Bold: bold, Color: colour}
}

func frame(style int, colour string) []excelize.Border {
	var sides []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		sides = append(sides, excelize.Border{Type: side, Style: style, Color: colour})
	}
	return sides
}
