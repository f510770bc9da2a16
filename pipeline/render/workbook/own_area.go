package workbook

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// block is a rectangle of cells on a sheet.
type block struct {
	sheet                    string
	left, top, right, bottom int
}

func (b block) meets(c block) bool {
	return b.sheet == c.sheet && b.left <= c.right && c.left <= b.right && b.top <= c.bottom && c.top <= b.bottom
}

// follows tells whether something that points at a block can grow with a table: it covers all rows of its body, and nothing beside it.
func (b block) follows(body block) bool {
	return b.top == body.top && b.bottom == body.bottom && b.left >= body.left && b.right <= body.right
}

var reference = regexp.MustCompile(`(?:(?:'((?:[^']|'')+)'|([\p{L}_][\p{L}\p{N}_.]*))!)?\$?([A-Z]{1,3})\$?([1-9][0-9]*)(?::\$?([A-Z]{1,3})\$?([1-9][0-9]*))?`)

// blocks lists what a formula on a sheet points at, with the places of each in the text.
func blocks(formula, sheet string) (list []block, spans [][]int) {
	for _, m := range reference.FindAllStringSubmatchIndex(formula, -1) {
		group := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return formula[m[2*i]:m[2*i+1]]
		}
		b := block{sheet: sheet}
		if name := strings.ReplaceAll(group(1), "''", "'") + group(2); name != "" {
			b.sheet = name
		}
		b.left, b.top = columnOf(group(3)), rowNumber(group(4))
		b.right, b.bottom = b.left, b.top
		if group(5) != "" {
			b.right, b.bottom = columnOf(group(5)), rowNumber(group(6))
		}
		list, spans = append(list, b), append(spans, m)
	}
	return list, spans
}

func columnOf(letters string) int {
	n, err := excelize.ColumnNameToNumber(letters)
	if err != nil {
		return 0
	}
	return n
}

func rowNumber(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

// ownTable is a table of staff's own workbook.
type ownTable struct {
	sheet string
	area  block
	heads []string
	part  string
}

func (t ownTable) body() block {
	b := t.area
	b.top++
	return b
}

func tableNamed(f *excelize.File, name string) (ownTable, bool) {
	for _, sheet := range f.GetSheetList() {
		tables, err := f.GetTables(sheet)
		if err != nil {
			continue
		}
		for _, t := range tables {
			if !strings.EqualFold(t.Name, name) {
				continue
			}
			found, _ := blocks(t.Range, sheet)
			own := ownTable{sheet: sheet, area: found[0], part: tablePart(f, t.Name)}
			for column := own.area.left; column <= own.area.right; column++ {
				text, err := f.GetCellValue(sheet, at(column, own.area.top))
				if err != nil {
					return own, false
				}
				own.heads = append(own.heads, text)
			}
			return own, true
		}
	}
	return ownTable{}, false
}

// namedCell gives the place of a name that means one cell.
func namedCell(f *excelize.File, name string) (sheet, cell string, there bool) {
	for _, n := range f.GetDefinedName() {
		found, _ := blocks(n.RefersTo, "")
		if strings.EqualFold(n.Name, name) && len(found) == 1 && found[0].left == found[0].right && found[0].top == found[0].bottom {
			return found[0].sheet, at(found[0].left, found[0].top), true
		}
	}
	return "", "", false
}

// parts lists those of the file whose name begins with a folder, by name.
func parts(f *excelize.File, folder string) []string {
	var list []string
	f.Pkg.Range(func(name, content any) bool {
		if _, is := content.([]byte); is && strings.HasPrefix(name.(string), folder) && strings.HasSuffix(name.(string), ".xml") {
			list = append(list, name.(string))
		}
		return true
	})
	slices.Sort(list)
	return list
}

func content(f *excelize.File, part string) string {
	stored, _ := f.Pkg.Load(part)
	bytes, _ := stored.([]byte)
	return string(bytes)
}

func tablePart(f *excelize.File, name string) string {
	for _, part := range parts(f, "xl/tables/") {
		if strings.Contains(content(f, part), `name="`+html.EscapeString(name)+`"`) {
			return part
		}
	}
	return ""
}

// resize lets a table end at another row, with all that follows it.
func (t ownTable) resize(f *excelize.File, bottom int) error {
	old, next := t.area, t.area
	next.bottom = bottom
	if old == next {
		return nil
	}
	f.Pkg.Store(t.part, []byte(strings.ReplaceAll(content(f, t.part), `ref="`+old.String()+`"`, `ref="`+next.String()+`"`)))
	for _, part := range parts(f, "xl/charts/") {
		f.Pkg.Store(part, []byte(t.stretchChart(content(f, part), bottom)))
	}
	return t.stretchRules(f, bottom)
}

func (b block) String() string { return at(b.left, b.top) + ":" + at(b.right, b.bottom) }

var chartFormula = regexp.MustCompile(`<((?:c:)?f)>([^<]*)</`)

func (t ownTable) stretchChart(text string, bottom int) string {
	return chartFormula.ReplaceAllStringFunc(text, func(element string) string {
		m := chartFormula.FindStringSubmatch(element)
		formula := html.UnescapeString(m[2])
		found, spans := blocks(formula, "")
		if len(found) != 1 || found[0].sheet != t.sheet || !found[0].follows(t.body()) {
			return element
		}
		b := found[0]
		end := fmt.Sprintf("%s:%s", absolute(b.left, b.top), absolute(b.right, bottom))
		sheet, _, _ := strings.Cut(formula[spans[0][0]:spans[0][1]], "!")
		return "<" + m[1] + ">" + html.EscapeString(sheet+"!"+end) + "</"
	})
}

func (t ownTable) stretchRules(f *excelize.File, bottom int) error {
	formats, err := f.GetConditionalFormats(t.sheet)
	if err != nil {
		return err
	}
	areas := make([]string, 0, len(formats))
	for area := range formats {
		areas = append(areas, area)
	}
	slices.Sort(areas)
	for _, area := range areas {
		found, _ := blocks(area, t.sheet)
		if len(found) != 1 || !found[0].follows(t.body()) {
			continue
		}
		found[0].bottom = bottom
		if err := f.UnsetConditionalFormat(t.sheet, area); err != nil {
			return err
		}
		if err := f.SetConditionalFormat(t.sheet, found[0].String(), formats[area]); err != nil {
			return err
		}
	}
	return nil
}
