package ooxml

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// book checks the names of sheets and of ranges.
func (w *workbook) book() {
	const part = "xl/workbook.xml"
	tree := w.part(part)
	sheets, ids := map[string]bool{}, map[string]bool{}
	for _, s := range tree.one("sheets").children {
		name := s.attr("name")
		if sheets[strings.ToLower(name)] || ids[s.attr("sheetId")] {
			w.wrong(part, "the sheet %q or its id is there twice", name)
		}
		sheets[strings.ToLower(name)], ids[s.attr("sheetId")] = true, true
		if utf8.RuneCountInString(name) > 31 || name == "" || strings.ContainsAny(name, `[]:*?/\`) || strings.HasPrefix(name, "'") || strings.HasSuffix(name, "'") {
			w.wrong(part, "%q can't be the name of a sheet", name)
		}
	}
	seen := map[string]bool{}
	for _, d := range tree.one("definedNames").children {
		key := strings.ToLower(d.attr("name")) + " " + d.attr("localSheetId")
		if seen[key] {
			w.wrong(part, "the name %s is there twice", d.attr("name"))
		}
		seen[key] = true
		w.formula(part, d.text)
	}
}

var sheetRef = regexp.MustCompile(`'((?:[^']|'')+)'!|([\p{L}\p{N}_.]+)!`)

// formula sees to it that the sheets of a formula are there.
func (w *workbook) formula(part, formula string) {
	for _, m := range sheetRef.FindAllStringSubmatch(formula, -1) {
		name := strings.ReplaceAll(m[1], "''", "'") + m[2]
		if !slices.ContainsFunc(w.part("xl/workbook.xml").one("sheets").children, func(n *node) bool { return n.attr("name") == name }) {
			w.wrong(part, "%s leads to a sheet that is not there", formula)
		}
	}
}

// grid is what cells point at: how many looks and texts there are.
type grid struct{ styles, dxfs, texts int }

func (w *workbook) sheets() {
	styles := w.part("xl/styles.xml")
	g := grid{styles: len(styles.one("cellXfs").children), dxfs: len(styles.one("dxfs").children)}
	if strings := w.parts["xl/sharedStrings.xml"]; strings != nil {
		g.texts = len(strings.all("si"))
	}
	w.looks(styles)
	for _, part := range w.ofKind("xl/worksheets/") {
		tree := w.parts[part]
		w.cells(part, tree.one("sheetData"), g)
		w.merged(part, tree.one("mergeCells"))
		for _, h := range tree.one("hyperlinks").children {
			w.formula(part, h.attr("location"))
		}
		w.rules(part, tree, g)
	}
}

// looks sees to it that every look points at a font, fill, border and number format that is there.
func (w *workbook) looks(styles *node) {
	formats := map[string]bool{}
	for _, f := range styles.one("numFmts").children {
		if formats[f.attr("numFmtId")] {
			w.wrong("xl/styles.xml", "the number format %s is there twice", f.attr("numFmtId"))
		}
		formats[f.attr("numFmtId")] = true
	}
	for i, xf := range styles.one("cellXfs").children {
		for attr, list := range map[string]string{"fontId": "fonts", "fillId": "fills", "borderId": "borders"} {
			if n, _ := strconv.Atoi(xf.attr(attr)); n >= len(styles.one(list).children) {
				w.wrong("xl/styles.xml", "look %d asks for %s %d", i, attr, n)
			}
		}
		if n, _ := strconv.Atoi(xf.attr("numFmtId")); n >= 164 && !formats[xf.attr("numFmtId")] {
			w.wrong("xl/styles.xml", "look %d asks for the number format %d", i, n)
		}
	}
}

func (w *workbook) cells(part string, data *node, g grid) {
	lastRow := 0
	for _, r := range data.children {
		row, _ := strconv.Atoi(r.attr("r"))
		if row <= lastRow || row > 1_048_576 {
			w.wrong(part, "row %d comes after row %d", row, lastRow)
		}
		lastRow = row
		lastColumn := 0
		for _, c := range r.children {
			column, at, ok := place(c.attr("r"))
			if !ok || at != row || column <= lastColumn {
				w.wrong(part, "the cell %s stands in row %d after column %d", c.attr("r"), row, lastColumn)
			}
			lastColumn = column
			if problem := g.cell(c); problem != "" {
				w.wrong(part, "%s: %s", c.attr("r"), problem)
			}
		}
	}
}

// cell tells what is wrong with the content of a cell.
func (g grid) cell(c *node) string {
	if style, _ := strconv.Atoi(c.attr("s")); style >= g.styles {
		return fmt.Sprintf("there is no look %d", style)
	}
	value := c.one("v").text
	switch c.attr("t") {
	case "s":
		if i, err := strconv.Atoi(value); err != nil || i >= g.texts {
			return "there is no text " + value
		}
	case "inlineStr":
		if n := utf8.RuneCountInString(c.one("is").one("t").text); n > 32_767 {
			return fmt.Sprintf("a text of %d characters", n)
		}
	case "", "n":
		if _, err := strconv.ParseFloat(value, 64); err != nil && value != "" {
			return "no number: " + value
		}
	case "b", "str":
	default:
		return "an unknown type " + c.attr("t")
	}
	return ""
}

var cellName = regexp.MustCompile(`^\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})$`)

func place(ref string) (column, row int, ok bool) {
	m := cellName.FindStringSubmatch(ref)
	if m == nil {
		return 0, 0, false
	}
	for _, r := range m[1] {
		column = column*26 + int(r-'A') + 1
	}
	row, _ = strconv.Atoi(m[2])
	return column, row, column <= 16_384 && row <= 1_048_576
}

// area is a block of cells.
type area struct{ left, top, right, bottom int }

func areaOf(ref string) (a area, ok bool) {
	from, to, several := strings.Cut(ref, ":")
	if !several {
		to = from
	}
	var first, last bool
	a.left, a.top, first = place(from)
	a.right, a.bottom, last = place(to)
	return a, first && last && a.left <= a.right && a.top <= a.bottom
}

func (a area) meets(b area) bool {
	return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom
}

func (w *workbook) merged(part string, list *node) {
	var seen []area
	for _, m := range list.children {
		a, ok := areaOf(m.attr("ref"))
		if !ok {
			w.wrong(part, "%s can't be merged", m.attr("ref"))
		}
		for _, b := range seen {
			if a.meets(b) {
				w.wrong(part, "merged cells overlap at %s", m.attr("ref"))
			}
		}
		seen = append(seen, a)
	}
}

// rules checks conditional formats and validations: their areas, looks, and that each has a place of its own in the order.
func (w *workbook) rules(part string, tree *node, g grid) {
	priorities := map[string]bool{}
	for _, f := range tree.all("conditionalFormatting") {
		w.areas(part, f.attr("sqref"))
		for _, r := range f.all("cfRule") {
			if id, _ := strconv.Atoi(r.attr("dxfId")); r.attr("dxfId") != "" && id >= g.dxfs {
				w.wrong(part, "a rule asks for the look %d", id)
			}
			if priorities[r.attr("priority")] {
				w.wrong(part, "two rules have the priority %s", r.attr("priority"))
			}
			priorities[r.attr("priority")] = true
		}
	}
	for _, v := range tree.one("dataValidations").children {
		w.areas(part, v.attr("sqref"))
		w.formula(part, v.one("formula1").text)
	}
	known := strings.Builder{}
	tree.one("extLst").walk(func(n *node) {
		if n.name == "cfRule" {
			known.WriteString(n.attr("id") + " ")
		}
		if n.name == "f" {
			w.formula(part, n.text)
		}
	})
	for _, f := range tree.all("conditionalFormatting") {
		f.walk(func(n *node) {
			if n.name == "id" && !strings.Contains(known.String(), n.text) {
				w.wrong(part, "a data bar asks for its extension %s", n.text)
			}
		})
	}
}

func (w *workbook) areas(part, list string) {
	for _, ref := range strings.Fields(list) {
		if _, ok := areaOf(ref); !ok {
			w.wrong(part, "%s is no block of cells", ref)
		}
	}
}
