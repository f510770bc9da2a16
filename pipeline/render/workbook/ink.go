package workbook

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// The colours, chosen to stay apart in grey-scale; red and green appear only beside a sign or a word.
const (
	blue     = "1F3A5F"
	teal     = "2A7F7F"
	paleTeal = "9CC7C7"
	grey     = "B9C2CB"
	amber    = "C77700"
	red      = "A4262C"
	green    = "2E7D32"
	slate    = "5B6770"
	rule     = "D5DAE0"
	cream    = "FFF6E5"
	white    = "FFFFFF"
)

// tabColours tell the groups of sheets apart.
var tabColours = map[string]string{"summary": blue, "wrong": amber, "where": teal, "score": "6B5B95", "reference": grey}

// faces are fonts that the readers have.
var faces = map[string]string{"zh-Hant": "Microsoft JhengHei", "zh-Hans": "Microsoft YaHei", "en": "Calibri"}

// look is how one cell is drawn.
type look struct {
	pattern   string
	colour    string
	size      float64
	bold      bool
	underline bool
	fill      string
	align     string // left (default), right, center
	top       bool   // text stands at the top of its cell
	wrap      bool
	shrink    bool   // a figure too wide for its column is written smaller: crosses would say nothing
	ruled     bool   // a thin rule below
	bar       string // colour of a bar at the left
	boxed     bool   // thin lines all around: a cell to fill in
}

// ink owns the file and its styles, each made once.
type ink struct {
	file   *excelize.File
	face   string
	styles map[look]int
}

func newInk(language string) *ink {
	k := &ink{file: excelize.NewFile(), face: faces[language], styles: map[look]int{}}
	if k.face == "" {
		k.face = faces["en"]
	}
	return k
}

func (k *ink) style(l look) (int, error) {
	if id, there := k.styles[l]; there {
		return id, nil
	}
	id, err := k.file.NewStyle(k.describe(l))
	k.styles[l] = id
	return id, err
}

func (k *ink) describe(l look) *excelize.Style {
	size, colour := l.size, l.colour
	if size == 0 {
		size = 10.5
	}
	if colour == "" {
		colour = "1A1A1A"
	}
	font := &excelize.Font{Family: k.face, Size: size, Bold: l.bold, Color: colour}
	if l.underline {
		font.Underline = "single"
	}
	vertical := "center"
	if l.top {
		vertical = "top"
	}
	style := &excelize.Style{Font: font, Alignment: &excelize.Alignment{Horizontal: l.align, Vertical: vertical, WrapText: l.wrap, ShrinkToFit: l.shrink}}
	if l.bar != "" {
		style.Alignment.Horizontal = "left"
	}
	switch {
	case l.bar != "":
		style.Alignment.Indent = 1
	case l.align == "right" && !strings.HasSuffix(l.pattern, blank):
		// Room for the filter's button, and for what stands at the left of the next cell. Most numbers have it in their pattern.
		style.Alignment.Indent = 2
	}
	if l.fill != "" {
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
	}
	if l.ruled {
		style.Border = append(style.Border, excelize.Border{Type: "bottom", Style: 1, Color: rule})
	}
	if l.bar != "" {
		style.Border = append(style.Border, excelize.Border{Type: "left", Style: 5, Color: l.bar})
	}
	if l.boxed {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			style.Border = append(style.Border, excelize.Border{Type: side, Style: 1, Color: grey})
		}
	}
	switch l.pattern {
	case "":
	case "@":
		// Text cells are marked as text: what begins with = + - or @ stays text when somebody edits the cell.
		style.NumFmt = 49
	default:
		style.CustomNumFmt = &l.pattern
	}
	return style
}

func lineLook() look { return look{ruled: true} }

var (
	titleLook   = look{size: 16, bold: true, colour: blue}
	captionLook = look{size: 10, colour: slate}
	backLook    = look{size: 10, colour: blue, underline: true, align: "right"}
	sectionLook = look{size: 12, bold: true, colour: blue}
	leadLook    = look{wrap: true, bar: blue}
	boxLook     = look{wrap: true, bar: amber, fill: cream, size: 10}
	indexLook   = look{wrap: true, size: 10}
	noteLook    = look{wrap: true, colour: slate, size: 9.5, top: true}
	controlLook = look{colour: slate, size: 9}
	headLook    = look{bold: true, colour: white, fill: blue, wrap: true}
)
