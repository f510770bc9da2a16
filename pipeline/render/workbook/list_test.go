package workbook

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// kinds is a list with a column of every kind, and as a small table the same.
const kinds = `report: R9
file: "{report}_{period}_{property}"
for_each: [property]
period: month
title: workbook.r1.title
sheets:
  - id: one
    tab: sheet.open_tickets
    group: wrong
    blocks:
      - table: &kinds
          id: kinds
          relation: rpt.kinds
          empty: empty.open_tickets
          columns:
            - {column: id, head: head.ticket_id}
            - {column: kind, head: head.kind, codes: kind}
            - {column: hours, head: head.overdue_hours, format: hours}
            - {column: n, head: head.age_days, format: count}
            - {column: fee, head: head.raw, format: money}
            - {column: share, head: head.on_time, format: percent, mark: light}
            - {column: rate, head: head.rework, format: percent}
            - {column: light, head: head.light, format: light}
            - {column: at, head: head.deadline, format: time}
            - {column: day, head: head.due_on, format: date}
            - {column: place, head: head.place, width: 12}
            - {column: reason, head: head.delay_reason, format: wrap, width: 20}
            - {column: yes, head: head.state, format: "yes"}
            - {column: change, head: head.change, format: change, unit: unit}
  - id: two
    tab: sheet.summary
    group: summary
    blocks:
      - table:
          <<: *kinds
          id: list
          list: true
`

const kindRows = `create table rpt.kinds as select
	case i when 7 then '=1+1' when 8 then '_x0041_' when 9 then 'a<b>&"c"' when 10 then ' two  spaces ' when 11 then 'bell' || chr(7) else 'T' || i end as id,
	['repair', 'complaint', 'unheard of'][1 + i % 3] as kind,
	i / 7.0 as hours, (i * 1000003)::bigint as n, (i * 12345.67)::decimal(18, 2) as fee,
	i / 40.0 as share, case when i % 3 > 0 then i / 41.0 end as rate, ['green', 'amber', 'red', null][1 + i % 4] as light,
	case when i % 5 > 0 then timestamp '2026-06-01 08:00:00' + interval (i * 61) second end as at, date '1999-12-31' + i::integer as day,
	'翠湖灣 ' || i || ' 棟公共走廊靠近電梯' as place, case when i % 2 = 0 then 'first line' || chr(10) || 'second' end as reason,
	i % 2 = 0 as yes, (i - 15) / 100.0 as change, 'percent' as unit
	from range(31) as r(i) order by i`

// A list is written by other code than a small table; nobody must see which it was.
func TestAListReadsAsASmallTableDoes(t *testing.T) {
	f, _, _ := printed(t, small(t, kindRows), kinds, sheetRows)
	for row := 4; row <= 35; row++ {
		for column := 1; column <= 14; column++ {
			cell := at(column, row)
			table, look := seen(t, f, "Open tickets", cell)
			list, listLook := seen(t, f, "Summary", cell)
			if !alike(table, list) || look != listLook {
				t.Errorf("%s: table %q %s, list %q %s", cell, table, look, list, listLook)
			}
		}
	}
}

// alike compares texts, and numbers up to the last of 15 digits, which one code cuts and the other rounds.
func alike(a, b string) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	return a == b || errX == nil && errY == nil && math.Abs(x-y) <= 1e-13*math.Abs(x)+1e-13
}

func seen(t *testing.T, f *excelize.File, sheet, cell string) (value, look string) {
	t.Helper()
	raw, err := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	id, _ := f.GetCellStyle(sheet, cell)
	style, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	pattern := ""
	if style.CustomNumFmt != nil {
		pattern = *style.CustomNumFmt
	}
	return raw, fmt.Sprint(style.NumFmt, pattern, style.Alignment.Horizontal, style.Font.Color)
}

func TestAListOfSeveralBatchesKeepsItsOrderAndWords(t *testing.T) {
	const rows = 60_000
	w := small(t, fmt.Sprintf("create table rpt.open_tickets as select 'T' || i as ticket_id, i / 8.0 as hours, 'because ' || i %% 7 as reason from range(%d) as r(i) order by i", rows))
	text := strings.Replace(lists, "{column: reason, head: head.delay_reason}", "{column: reason, head: head.delay_reason, names: reason}", 1)
	f, _, _ := printed(t, w, text, 25_000)
	n := 0
	for _, sheet := range f.GetSheetList() {
		all, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range all {
			if len(r) < 3 || !strings.HasPrefix(r[0], "T") || r[0] == "Ticket" {
				continue
			}
			if want := []string{fmt.Sprintf("T%d", n), fmt.Sprint(float64(n) / 8), fmt.Sprintf("because %d", n%7)}; fmt.Sprint(r) != fmt.Sprint(want) {
				t.Fatalf("row %d reads %q", n, r)
			}
			n++
		}
	}
	if n != rows || len(f.GetSheetList()) != 3 {
		t.Errorf("%d rows on %v", n, f.GetSheetList())
	}
}

func TestATextWiderThanTheSampleWraps(t *testing.T) {
	w := small(t, fmt.Sprintf("create table rpt.open_tickets as select 'T' || i as ticket_id, case when i = %[1]d + 5 then 123456789012345.5 else 1 end as hours, case when i = %[1]d + 5 then repeat('long ', 40) else 'short' end as reason from range(%[1]d + 10) as r(i) order by i", sample))
	f, _, _ := printed(t, w, lists, sheetRows)
	const row = 6 + sample + 5
	if h, _ := f.GetRowHeight("Open tickets", row); h < rowHeight+lineHeight {
		t.Errorf("the long text has a row of %v points", h)
	}
	id, _ := f.GetCellStyle("Open tickets", at(2, row))
	style, err := f.GetStyle(id)
	if err != nil || style.Alignment == nil || !style.Alignment.ShrinkToFit {
		v, _ := f.GetCellValue("Open tickets", at(2, row))
		t.Errorf("the great number %s would be a row of crosses: %+v", v, style)
	}
}

func TestWhatLooksLikeAnEscapeStaysAsItIs(t *testing.T) {
	for text, want := range map[string]string{"_x0041_x0042_": "_x005F_x0041_x005F_x0042_", "_x00": "_x00", "a_xyzw_": "a_xyzw_", "1<2 & 3": "1&lt;2 &amp; 3"} {
		if got := escape(text); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

func TestNothingFollowsAList(t *testing.T) {
	template, problems := Parse("r9.yaml", []byte(lists+"      - note: {word: note.open_tickets}\n"))
	if problems != nil {
		t.Fatal(problems)
	}
	w := small(t, "create table rpt.open_tickets(ticket_id varchar, hours double, reason varchar)")
	found := template.Check(book(t, "en"), relationsOf(w))
	if len(found) != 1 || found[0].Line != 21 || !strings.Contains(found[0].Message, "follow a list") {
		t.Error(found)
	}
}
