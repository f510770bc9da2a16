package workbook

import (
	"context"
	"encoding/xml"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// totals is a sheet whose first table ends with a total, and begins with ranks.
const totals = `sheets:
  - id: ranks
    tab: sheet.summary
    group: summary
    blocks:
      - table:
          id: ranks
          relation: rpt.ranks
          empty: empty.ranking
          columns:
            - {column: rank, head: head.rank, format: rank}
            - {column: zone, head: head.zone}
      - table:
          id: jobs
          title: title.by_zone
          relation: rpt.jobs
          empty: empty.ranking
          columns:
            - {column: zone, head: head.zone}
            - {column: jobs, head: head.jobs, format: count, rule: bar, link: ranks}
            - {column: charged, head: head.raw, format: money}
`

func withSheets(sheets string) string { return strings.Split(features, "sheets:")[0] + sheets }

func TestATotalStandsOutAndNoBarIsMeasuredByIt(t *testing.T) {
	f, _, _ := printed(t, small(t,
		`create table rpt.ranks as select * from (values (1, 'A'), (2, 'B')) as r(rank, zone)`,
		`create table rpt.jobs as select * from (values ('A', 3, -5.5), ('B', 4, 2.0), ('*', 7, -3.5)) as j(zone, jobs, charged)`), withSheets(totals), sheetRows)
	bold := map[string]bool{}
	for _, cell := range []string{"B11", "B12", "B13"} {
		bold[cell] = styleOf(t, f, "Summary", cell).Font.Bold
	}
	if want := map[string]bool{"B11": false, "B12": false, "B13": true}; fmt.Sprint(bold) != fmt.Sprint(want) {
		t.Errorf("bold are %v, wanted %v", bold, want)
	}
	rules, err := f.GetConditionalFormats("Summary")
	if err != nil || len(rules) != 1 || rules["B11:B12"] == nil {
		t.Errorf("bars lie on %v: %v", rules, err)
	}
	if shown, _ := f.GetCellValue("Summary", "C11"); !strings.HasPrefix(shown, "−5.50") {
		t.Errorf("less than nothing is shown as %q", shown)
	}
}

func TestARankThatBeginsARowStandsLeftUnderItsHead(t *testing.T) {
	f, _, _ := printed(t, small(t, `create table rpt.ranks as select 1 as rank, 'A' as zone`, `create table rpt.jobs as select 'A' as zone, 3 as jobs, 1.5 as charged`), withSheets(totals), sheetRows)
	for _, cell := range []string{"A4", "A5"} {
		if l := styleOf(t, f, "Summary", cell).Alignment; l.Horizontal == "right" {
			t.Errorf("%s stands right, far from the name in the next column", cell)
		}
	}
}

func styleOf(t *testing.T, f *excelize.File, sheet, cell string) *excelize.Style {
	t.Helper()
	id, err := f.GetCellStyle(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	return style
}

// three is a sheet of three tables, of which the second doesn't fit on the first page and the third not on the second.
const three = `sheets:
  - id: three
    tab: sheet.summary
    group: summary
    blocks:
      - table: {id: a, title: title.by_zone, relation: rpt.a, empty: empty.ranking, columns: [{column: n, head: head.rank, format: count}]}
      - table: {id: b, title: title.by_zone, relation: rpt.b, empty: empty.ranking, columns: [{column: n, head: head.rank, format: count}]}
      - table: {id: c, title: title.by_zone, relation: rpt.c, empty: empty.ranking, columns: [{column: n, head: head.rank, format: count}]}
`

func TestATableThatFitsOnOnePageIsNotCutInTwo(t *testing.T) {
	w := small(t, `create table rpt.a as select i as n from range(15) as r(i)`, `create table rpt.b as select i as n from range(15) as r(i)`, `create table rpt.c as select i as n from range(9) as r(i)`)
	f, _, _ := printed(t, w, withSheets(three), sheetRows)
	// 2 rows of head; then each table has a gap, a title, a head, its rows and a control line: 3–21, 22–40, 41–53.
	if got, want := breaks(t, f), []int{22, 41}; !slices.Equal(got, want) {
		t.Errorf("pages begin at rows %v, wanted %v", got, want)
	}
}

func TestATableLongerThanAPageIsLeftWhereItIs(t *testing.T) {
	w := small(t, `create table rpt.a as select i as n from range(5) as r(i)`, `create table rpt.b as select i as n from range(60) as r(i)`, `create table rpt.c as select i as n from range(5) as r(i)`)
	f, _, _ := printed(t, w, withSheets(three), sheetRows)
	if got := breaks(t, f); len(got) > 0 {
		t.Errorf("pages begin at rows %v", got)
	}
}

// breaks lists the first rows of the pages after the first one.
func breaks(t *testing.T, f *excelize.File) []int {
	t.Helper()
	var sheet struct {
		Breaks []struct {
			After int `xml:"id,attr"`
		} `xml:"rowBreaks>brk"`
	}
	if err := xml.Unmarshal([]byte(stored(t, f, "xl/worksheets/sheet1.xml")), &sheet); err != nil {
		t.Fatal(err)
	}
	var rows []int
	for _, b := range sheet.Breaks {
		rows = append(rows, b.After+1)
	}
	return rows
}

const causesSheet = `sheets:
  - id: causes
    tab: sheet.root_causes
    group: wrong
    blocks:
      - table: {id: causes, relation: rpt.causes, empty: empty.complaints, columns: [{column: cause, head: head.root_cause}, {column: n, head: head.complaints, format: count}, {column: rest, head: head.rest, format: count}, {column: share, head: head.cumulative_share, format: percent}]}
      - chart: {kind: pareto, of: causes, title: chart.causes, label: cause, value: n, grey: rest, line: share, format: count, empty: empty.causes_chart}
`

func TestTheLineOfAParetoBeginsOnTheFirstColumn(t *testing.T) {
	w := small(t, `create table rpt.causes as select * from (values ('A', 6, null, 0.6), ('B', 3, null, 0.9), ('other', null, 1, 1.0)) as c(cause, n, rest, share)`)
	f, _, _ := printed(t, w, withSheets(causesSheet), sheetRows)
	if got := stored(t, f, "xl/charts/chart1.xml"); !strings.Contains(got, `<max val="10">`) || !strings.Contains(got, `<max val="1">`) {
		t.Error("the axes don't end at all complaints and at 100 %")
	}
}

// Each sparkline of the summary draws the months of the metric that stands in its row, up to the month of the report. The sheets are read
// by the XML reader of the standard library, cell by cell.
func TestSparklinesDrawTheMonthsOfTheMetricInTheirRow(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r3.xlsx")
	if _, err := parse(t, "r3_monthly.yaml").Render(context.Background(), world(t), book(t, "zh-Hant"), monthly("zh-Hant"), path); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var sheet struct {
		Sparks []struct {
			Of string `xml:"f"`
			In string `xml:"sqref"`
		} `xml:"extLst>ext>sparklineGroups>sparklineGroup>sparklines>sparkline"`
	}
	if err := xml.Unmarshal([]byte(stored(t, f, "xl/worksheets/sheet1.xml")), &sheet); err != nil {
		t.Fatal(err)
	}
	if len(sheet.Sparks) != 14 {
		t.Errorf("%d sparklines of 14 figures", len(sheet.Sparks))
	}
	for _, s := range sheet.Sparks {
		var row, from, to int
		var first, last string
		name, cells, _ := strings.Cut(strings.ReplaceAll(s.Of, "'", ""), "!")
		if _, err := fmt.Sscanf(strings.ReplaceAll(cells, ":", " "), "B%d M%d", &from, &to); err != nil || from != to {
			t.Fatalf("%s draws %s: %v", s.In, s.Of, err)
		}
		fmt.Sscanf(s.In[1:], "%d", &row)
		drawn, _ := f.GetCellValue(name, fmt.Sprint("A", from))
		shown, _ := f.GetCellValue("總覽", fmt.Sprint("A", row))
		first, _ = f.GetCellValue(name, "B5")
		last, _ = f.GetCellValue(name, "M5")
		if drawn != shown || first != "2025-07" || last != "2026-06" {
			t.Errorf("%s stands beside %s and draws %s from %s to %s", s.In, shown, drawn, first, last)
		}
		ending, _ := f.GetCellValue(name, fmt.Sprint("M", from), excelize.Options{RawCellValue: true})
		current, _ := f.GetCellValue("總覽", fmt.Sprint("B", row), excelize.Options{RawCellValue: true})
		if ending != current && current != dash {
			t.Errorf("%s ends at %s, the figure beside it is %s", shown, ending, current)
		}
	}
}

func TestATextWiderThanItsColumnGoesOnBelow(t *testing.T) {
	w := small(t, `create table rpt.ranks as select 1 as rank, repeat('停車場聯絡通道', 5) as zone`, `create table rpt.jobs as select 'A' as zone, 3 as jobs, 1.5 as charged`)
	f, _, _ := printed(t, w, withSheets(totals), sheetRows)
	if !styleOf(t, f, "Summary", "B5").Alignment.WrapText {
		t.Error("the end of the name is hidden behind the next column")
	}
	if h, _ := f.GetRowHeight("Summary", 5); h < rowHeight+lineHeight {
		t.Errorf("the row is %v points high, which shows one line of two", h)
	}
}

func TestLongHeadsBreakButNotWithinAWord(t *testing.T) {
	for head, most := range map[string]float64{
		"Zone": 10, "湖濱片區（含臨湖商業街及地下一二層停車場聯絡通道）": 24, "Lakefront with the Waterfront Shopping Arcade": 23, "Incomprehensibilities of it": 30,
	} {
		if got := headWidth(head); got > most || got < longestWord(head)+4 {
			t.Errorf("%s takes %v characters, of %v", head, got, most)
		}
	}
}

func TestWhereAChartWouldSayNothingTheSentenceHasRoom(t *testing.T) {
	f, _, _ := printed(t, small(t, `create table rpt.causes as select 'A' as cause, 3 as n, null::bigint as rest, 1.0 as share`), withSheets(causesSheet), sheetRows)
	merged, err := f.GetMergeCells("Root causes")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range merged {
		if m.GetCellValue() == "Fewer than two causes; no chart." && m.GetEndAxis() != m.GetStartAxis() {
			return
		}
	}
	t.Errorf("the sentence stands in one narrow cell: %v", merged)
}

func TestAChangeThatRoundsToNothingHasNoSign(t *testing.T) {
	w := small(t, `create table rpt.changes as select * from (values ('a', 0.0004, 'percent'), ('b', -0.0004, 'percent'), ('c', -0.0106, 'percent'), ('d', 2.0, 'count')) as c(metric, change, unit)`)
	f, _, _ := printed(t, w, withSheets(`sheets:
  - id: changes
    tab: sheet.summary
    group: summary
    blocks:
      - table: {id: changes, relation: rpt.changes, empty: empty.kpis, columns: [{column: metric, head: head.metric}, {column: change, head: head.change, format: change, unit: unit}]}
`), sheetRows)
	for cell, want := range map[string]string{"B5": "0.0", "B6": "0.0", "B7": "−1.1", "B8": "+2"} {
		if got, _ := f.GetCellValue("Summary", cell); strings.TrimSpace(got) != want {
			t.Errorf("%s is shown as %q, wanted %s", cell, got, want)
		}
	}
}
