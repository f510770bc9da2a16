package land

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/decode"
	"noticeboard/pipeline/record"
)

// rowSort says what a row below the header is.
type rowSort int

const (
	dataRow rowSort = iota
	blankRow
	headerRow // the title or header again, as on each printed page
	totalRow
	footRow // when and by whom it was exported
	pageRow // the mark of a printed page
)

var (
	totalWord = regexp.MustCompile(`^(?:总计|總計|合计|合計|总合计|總合計|小计|小計|累计|累計|本页小计|本頁小計|本页合计|本頁合計|grandtotal|subtotal|total|totals)(?:[:(]?[\d.,]*(?:条|條|件|笔|筆|行|元|项|項|records|rows)?\)?:?)$`)
	footWord  = regexp.MustCompile(`^(?:导出|導出|匯出|汇出|下载|下載|报表|報表|打印|列印|制表|製表|统计|統計|生成|查询|查詢|填表|审核|審核|审批|審批|复核|複核|覆核|核对:|核對:|check:|export|generated|printed|created by|` +
		`共 ?\d+ ?[条條件笔筆行项項]|.{0,6}(?:签名|簽名|签字|簽字|签章|簽章|盖章|蓋章|负责人|負責人|经办人|經辦人|主管|经理|經理|日期|signature|date) ?:)`)
	pageWord = regexp.MustCompile(`^(?:第 ?\d+ ?[页頁].{0,20}|共 ?\d+ ?[页頁].{0,20}|page \d+(?: ?(?:of|/) ?\d+)?|- ?\d+ ?-)$`)
)

// beginsTotal tells whether the word of a total may begin with a letter: almost all cells are told by it.
func beginsTotal(letter rune) bool {
	switch letter {
	case '总', '總', '合', '小', '累', '本', 'g', 'G', 's', 'S', 't', 'T', 'ｇ', 'Ｇ', 'ｓ', 'Ｓ', 'ｔ', 'Ｔ':
		return true
	}
	return false
}

// longestMark is how long the text of a total or foot may be; anything longer is somebody's words.
const longestMark = 120

// sortOf looks at the first cells only: almost all rows are settled by the first byte that isn't blank.
func sortOf(cells []string) rowSort {
	first, second, filled := "", "", 0
	for _, c := range cells {
		if c = trim(c); c == "" {
			continue
		}
		switch filled++; filled {
		case 1:
			first = c
		case 2:
			second = c
		}
		if filled == 2 {
			break // a third cell decides nothing
		}
	}
	switch {
	case filled == 0:
		return blankRow
	case isTotal(first), isTotal(second), isGroupTotal(first):
		return totalRow
	case filled == 1 && isMark(first, pageWord):
		return pageRow
	case (filled == 1 || strings.IndexByte(first, ':') > 0 || strings.Contains(first, "：")) && isMark(first, footWord) && allMarks(cells):
		return footRow
	}
	return dataRow
}

func isMark(cell string, word *regexp.Regexp) bool {
	return len(cell) <= longestMark && word.MatchString(strings.ToLower(norm.NFKC.String(cell)))
}

// allMarks tells whether every filled cell is one of a foot, or answers the one before it, as on a line of signatures.
func allMarks(cells []string) bool {
	asks := false
	for _, c := range cells {
		if c = strings.TrimSpace(c); c == "" {
			continue
		}
		mark := isMark(c, footWord)
		if !mark && !asks {
			return false
		}
		asks = mark && (strings.HasSuffix(c, ":") || strings.HasSuffix(c, "："))
	}
	return true
}

func isTotal(cell string) bool {
	if first, _ := utf8.DecodeRuneInString(cell); len(cell) > 40 || !beginsTotal(first) {
		return false
	}
	return totalWord.MatchString(strings.ToLower(strings.ReplaceAll(norm.NFKC.String(cell), " ", "")))
}

// groupTotal is the total of a group with its name: 东苑小计, 小計（西苑）, 合计：16元.
var groupTotal = regexp.MustCompile(`^(?:.{1,20}(?:小计|小計|合计|合計)|(?:小计|小計|合计|合計|总计|總計)(?:\([^()]{1,20}\)|:.{0,20}))$`)

// isGroupTotal looks closer only where the sign that all those words share stands in front or at the end.
func isGroupTotal(cell string) bool {
	first, _ := utf8.DecodeRuneInString(cell)
	if len(cell) > 100 || !strings.HasSuffix(cell, "计") && !strings.HasSuffix(cell, "計") && first != '小' && first != '合' && first != '总' && first != '總' {
		return false
	}
	return groupTotal.MatchString(strings.ReplaceAll(norm.NFKC.String(cell), " ", ""))
}

// totals is a totals line, and how many data rows were above it: in the file, and in its sheet.
type totals struct {
	place        string
	cells        []string
	above, sheet int64
}

// gathered is what a pass over an export counts and finds beside its data rows.
type gathered struct {
	read   int64
	totals []totals
	passed places
}

// gather hands each data row to take, with its number, and tells how many there are and what stands between them. It is the count
// that landing is held to.
func (l layout) gather(take taker) (gathered, error) {
	g := gathering{layout: l, take: take}
	for _, s := range l.sheets {
		if err := g.sheet(s); err != nil {
			return g.gathered, err
		}
	}
	return g.gathered, nil
}

type gathering struct {
	gathered
	layout layout
	take   taker
	before int64           // data rows of the sheets before
	held   []decode.Record // that look like the foot of the table: they are, unless records follow
	gap    bool            // the row before is blank
	titles [][]string      // the rows above the first row of records, the header's with them
}

func (g *gathering) sheet(s sheet) error {
	seen, title := 0, s.headerRows-len(g.layout.header.raw)
	g.before, g.titles = g.read, nil
	err := s.Each(func(r decode.Record) error {
		if seen++; seen > s.headerRows {
			return g.row(r)
		}
		g.titles = append(g.titles, slices.Clone(r.Cells))
		if seen <= title {
			g.passed.pass(r)
		}
		return nil
	})
	for _, r := range g.held {
		g.passed.pass(r)
	}
	g.held = g.held[:0]
	return err
}

// row takes in a row below the header.
func (g *gathering) row(r decode.Record) error {
	if len(r.Above) > 0 {
		r.Cells = g.layout.filledDown(r)
	}
	sort := sortOf(r.Cells)
	gap := g.gap
	g.gap = sort == blankRow
	switch {
	case sort == dataRow && g.layout.isUnanswered(r.Cells):
		sort = blankRow
	case sort == totalRow && g.layout.isRecord(r.Cells):
		sort = dataRow
	case sort == dataRow && g.isTitle(r.Cells):
		sort = headerRow
	}
	switch sort {
	case footRow:
		if len(g.held) >= mostMarks {
			return tooManyMarks("that look like the foot of a table", r.Place())
		}
		r.Cells, r.Cut, r.Midnights = slices.Clone(r.Cells), slices.Clone(r.Cut), slices.Clone(r.Midnights)
		g.held = append(g.held, r)
		return nil
	case dataRow:
		if gap && beginsTable(r.Cells) {
			return refusal("two_tables", "put each table into a file of its own, and hand them in again", "another table begins at %s: %s", r.Place(), shortList(r.Cells))
		}
		// What looked like a foot stands between records, and is somebody's words: without a record it comes back as rejected.
		for _, h := range g.held {
			if err := g.record(h); err != nil {
				return err
			}
		}
		g.held = g.held[:0]
		return g.record(r)
	}
	g.layout.back.see(r, sort, g.read+1)
	switch sort {
	case totalRow:
		if len(g.totals) >= mostMarks {
			return tooManyMarks("of totals", r.Place())
		}
		g.totals = append(g.totals, totals{r.Place(), slices.Clone(r.Cells), g.read, g.read - g.before})
		g.passed.pass(r)
	case headerRow, pageRow:
		g.passed.pass(r)
	}
	return nil
}

// mostMarks is how many totals a file may have, and how many lines in a row may look like its foot: they are held until it ends.
const mostMarks = 100_000

func tooManyMarks(what, place string) error {
	return refusal("too_large", "delete those lines, or split the export", "it has more than %d lines %s, up to %s", mostMarks, what, place)
}

// beginsTable tells whether a row below a blank one is the header of some kind of record: names alone, most of them known. What follows
// it would be read under the wrong names, and some of it would even load.
func beginsTable(cells []string) bool {
	names := filled(cells)
	if names < 3 || slices.ContainsFunc(cells, func(c string) bool { return strings.ContainsAny(c, "0123456789") }) {
		return false
	}
	h := oneRow(cells, 1)
	return slices.ContainsFunc(record.Kinds(), func(k record.Kind) bool { return 2*matcherOf(k, config.Source{}).count(h) > names })
}

// filledDown puts what merged cells say into the rows that they reach into: the property, the day or the person of a group stands once at
// its side. A number does not: it may be the sum of the group. Neither does a record's own id: then the rows are parts of one record.
func (l layout) filledDown(r decode.Record) []string {
	cells := slices.Clone(r.Cells)
	for _, a := range r.Above {
		for _, m := range l.matches {
			if !slices.Contains(m.parts, a.Column) {
				continue
			}
			f := l.fieldNamed(m.field)
			switch {
			case f.Name == l.kind.Fields[0].Name:
				return r.Cells
			case f.Type == record.Count, f.Type == record.Number, f.Type == record.Money, isID(f.Name), cellAt(cells, a.Column) != "":
			default:
				for len(cells) <= a.Column {
					cells = append(cells, "")
				}
				cells[a.Column] = a.Text
			}
		}
	}
	return cells
}

// isTitle tells whether a row stands above the records, too, as title or header: each printed page begins with them.
func (g *gathering) isTitle(cells []string) bool {
	return slices.ContainsFunc(g.titles, func(title []string) bool {
		return len(title) > 0 && sameCell(title[0], cells[0]) && slices.EqualFunc(trimmed(title), trimmed(cells), sameCell)
	})
}

func sameCell(a, b string) bool { return a == b || trim(a) == trim(b) }

func (g *gathering) record(r decode.Record) error {
	width := len(trimmed(g.layout.header.names))
	if r.Unended && len(r.Cells) < width {
		return refusal("truncated", "export it again", "the text ends in the middle of its last record (line %d), which has %d of %d columns", r.Line, len(r.Cells), width)
	}
	g.layout.back.see(r, dataRow, g.read+1)
	g.read++
	return g.take(g.read, r)
}

// isRecord tells whether a row says all that a record must, and has an id that is no word of totals: then such a word elsewhere is only a
// word.
func (l layout) isRecord(cells []string) bool {
	id := l.kind.Fields[0].Name
	for _, f := range l.kind.Fields {
		if !f.Required {
			continue
		}
		for _, m := range l.matches {
			if m.field == f.Name && (cellAt(cells, m.column) == "" || f.Name == id && isTotal(cellAt(cells, m.column))) {
				return false
			}
		}
	}
	return true
}

// places are lines that a person should look at: how many, and where the first ones stand.
type places struct {
	lines int
	shown []string // the first ones, and where they stand
}

const mostPlaces = 6

func (p *places) add(place string) {
	if p.lines++; p.lines <= mostPlaces {
		p.shown = append(p.shown, place)
	}
}

func (p places) list() string {
	if p.lines > mostPlaces {
		return strings.Join(p.shown, ", ") + fmt.Sprintf(" and %d more", p.lines-mostPlaces)
	}
	return strings.Join(p.shown, ", ")
}

// pass takes in a line that is no record, unless it is blank.
func (p *places) pass(r decode.Record) {
	if !decode.Blank(r.Cells) {
		p.add(r.Place() + " " + strconv.Quote(shortList(r.Cells)))
	}
}
