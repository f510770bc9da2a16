package land

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"noticeboard/pipeline/decode"
)

// rowSort says what a row below the header is.
type rowSort int

const (
	dataRow rowSort = iota
	blankRow
	headerRow // the header again, as on each printed page
	totalRow
	footRow // when and by whom it was exported
)

var (
	totalWord = regexp.MustCompile(`^(?:总计|總計|合计|合計|总合计|總合計|小计|小計|累计|累計|本页小计|本頁小計|本页合计|本頁合計|grandtotal|subtotal|total|totals)(?:[:(]?[\d.,]*(?:条|條|件|笔|筆|行|元|项|項|records|rows)?\)?)$`)
	footWord  = regexp.MustCompile(`^(?:导出|導出|匯出|汇出|下载|下載|报表|報表|打印|列印|制表|製表|统计|統計|生成|查询|查詢|填表|审核|審核|复核|複核|覆核|共\d|第\d|核对:|核對:|check:|export|generated|printed|created by|page \d)`)
)

// totalLetters are those with which the word of a total may begin: almost all cells are told by their first.
const totalLetters = "总總合小累本gGsStTｇＧｓＳｔＴ"

// longestMark is how long the text of a total or foot may be; anything longer is somebody's words.
const longestMark = 120

// sortOf looks at the first cells only: almost all rows are settled by the first byte that isn't blank.
func sortOf(cells []string, h header) rowSort {
	first, second, filled := "", "", 0
	for _, c := range cells {
		if c = strings.TrimSpace(c); c == "" {
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
	case isTotal(first), isTotal(second) && len(first) < 20:
		return totalRow
	case filled == 1 && len(first) <= longestMark && footWord.MatchString(strings.ToLower(norm.NFKC.String(first))):
		return footRow
	case first == strings.TrimSpace(firstName(h)) && repeats(cells, h):
		return headerRow
	}
	return dataRow
}

func isTotal(cell string) bool {
	if first, _ := utf8.DecodeRuneInString(cell); len(cell) > 40 || !strings.ContainsRune(totalLetters, first) {
		return false
	}
	return totalWord.MatchString(strings.ToLower(strings.ReplaceAll(norm.NFKC.String(cell), " ", "")))
}

func firstName(h header) string {
	for _, n := range h.names {
		if n != "" {
			return n
		}
	}
	return ""
}

func repeats(cells []string, h header) bool {
	for i := range max(len(cells), len(h.names)) {
		name := ""
		if i < len(h.names) {
			name = h.names[i]
		}
		if shownName(cellAt(cells, i)) != name {
			return false
		}
	}
	return true
}

// totals is a totals line, and how many data rows were above it: in the file, and in its sheet.
type totals struct {
	place        string
	cells        []string
	above, sheet int64
}

// gather hands each data row to take, with its number, and gives how many there are and the totals lines between them. It is the
// count that landing is held to.
func (l layout) gather(take func(n int64, r decode.Record) error) (read int64, sums []totals, err error) {
	for _, s := range l.sheets {
		sheetFrom, seen := read, 0
		err := s.Each(func(r decode.Record) error {
			if seen++; seen <= s.headerRows {
				return nil
			}
			sort := sortOf(r.Cells, l.header)
			if sort == dataRow && l.isUnanswered(r.Cells) {
				sort = blankRow
			}
			l.back.see(r, sort, read+1)
			switch sort {
			case totalRow:
				sums = append(sums, totals{r.Place, append([]string(nil), r.Cells...), read, read - sheetFrom})
			case dataRow:
				if r.Unended && len(r.Cells) < len(trimmed(l.header.names)) {
					return refusal("truncated", "export it again", "the text ends in the middle of its last record (line %d), which has %d of %d columns", r.Line, len(r.Cells), len(trimmed(l.header.names)))
				}
				read++
				return take(read, r)
			}
			return nil
		})
		if err != nil {
			return read, sums, err
		}
	}
	return read, sums, nil
}
