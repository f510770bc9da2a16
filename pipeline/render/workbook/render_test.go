package workbook

import (
	"bytes"
	"cmp"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/words"
)

// lists is a workbook of one streamed list, and of a sentence before it.
const lists = `report: R9
file: "{report}_{period}_{property}"
for_each: [property]
period: month
title: workbook.r1.title
sheets:
  - id: open
    tab: sheet.open_tickets
    group: wrong
    blocks:
      - note: {word: note.open_tickets}
      - table:
          id: open_tickets
          relation: rpt.open_tickets
          list: true
          empty: empty.open_tickets
          columns:
            - {column: ticket_id, head: head.ticket_id}
            - {column: hours, head: head.overdue_hours, format: hours}
            - {column: reason, head: head.delay_reason}
`

func small(t testing.TB, statements ...string) *duck.Warehouse {
	t.Helper()
	w, err := duck.Memory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	for _, s := range append([]string{"create schema rpt"}, statements...) {
		if err := w.Exec(context.Background(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	return w
}

func printed(t *testing.T, w *duck.Warehouse, text string, maxRows int) (*excelize.File, Result, *words.Book) {
	t.Helper()
	path, result, b := rendered(t, w, text, maxRows)
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f, result, b
}

func rendered(t *testing.T, w *duck.Warehouse, text string, maxRows int) (string, Result, *words.Book) {
	t.Helper()
	template, problems := Parse("r9.yaml", []byte(text))
	if problems != nil {
		t.Fatal(problems)
	}
	path, b := filepath.Join(cmp.Or(*keep, t.TempDir()), "small.xlsx"), book(t, "en")
	result, err := template.render(context.Background(), w, b, monthly("en"), path, maxRows)
	if err != nil {
		t.Fatal(err)
	}
	return path, result, b
}

func same(t *testing.T, w *duck.Warehouse, template *Template, e Edition, path string) {
	t.Helper()
	again := filepath.Join(t.TempDir(), "again.xlsx")
	if _, err := template.Render(context.Background(), w, book(t, e.Language), e, again); err != nil {
		t.Fatal(err)
	}
	first, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if second, _ := os.ReadFile(again); !bytes.Equal(first, second) {
		t.Error("it differs from one run to the next")
	}
}

func TestTextThatLooksLikeAFormulaStaysText(t *testing.T) {
	w := small(t, `create table rpt.open_tickets as select unnest(['=1+1', '+86 1', '-x', '@sum(a1)', '=cmd|''/c calc''!A1']) as ticket_id, 1.5::double as hours, '=HYPERLINK("x")' as reason`)
	f, _, _ := printed(t, w, lists, sheetRows)
	for _, cell := range []string{"A6", "A7", "A8", "A9", "A10", "C6"} {
		formula, _ := f.GetCellFormula("Open tickets", cell)
		kind, _ := f.GetCellType("Open tickets", cell)
		id, _ := f.GetCellStyle("Open tickets", cell)
		style, _ := f.GetStyle(id)
		if formula != "" || kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString || style.NumFmt != 49 {
			t.Errorf("%s: formula %q, type %v, format %d", cell, formula, kind, style.NumFmt)
		}
	}
}

func TestAListLongerThanASheetGoesOnOnTheNext(t *testing.T) {
	w := small(t, "create table rpt.open_tickets as select 'T' || i as ticket_id, i::double as hours, null::varchar as reason from range(25) as r(i) order by i")
	f, result, _ := printed(t, w, lists, 16)
	if got := strings.Join(f.GetSheetList(), "|"); got != "Open tickets|Open tickets (2)|Open tickets (3)" {
		t.Fatal(got)
	}
	seen := 0
	for _, sheet := range f.GetSheetList() {
		rows, _ := f.GetRows(sheet)
		if len(rows) > 16 {
			t.Errorf("%s has %d rows", sheet, len(rows))
		}
		for _, r := range rows {
			if len(r) > 0 && strings.HasPrefix(r[0], "T") && len(r[0]) <= 3 {
				seen++
			}
		}
		tables, _ := f.GetTables(sheet)
		if len(tables) != 1 {
			t.Errorf("%s has %d tables with a filter", sheet, len(tables))
		}
	}
	if seen != 25 || len(result.Warnings) != 2 {
		t.Errorf("%d rows, %v", seen, result.Warnings)
	}
	last, _ := f.GetRows("Open tickets (3)")
	if got := last[len(last)-1][0]; got != "Check: rows shown 25 = rows of the relation 25." {
		t.Error(got)
	}
}

func TestABlockThatChoosesRowsCountsThose(t *testing.T) {
	w := small(t, "create table rpt.open_tickets as select 'T' || i as ticket_id, i::double as hours, case when i > 2 then 'kept' else 'left' end as reason from range(5) as r(i)")
	text := strings.Replace(lists, "          list: true\n", "          where: {reason: kept}\n", 1)
	f, result, _ := printed(t, w, text, sheetRows)
	rows, _ := f.GetRows("Open tickets")
	if got := rows[len(rows)-1][0]; !strings.HasPrefix(got, "Check: rows shown 2 = rows of the relation 2") || len(result.Warnings) != 0 {
		t.Error(got, result.Warnings)
	}
}

func TestRowsThatAreMissingShowInTheControlLine(t *testing.T) {
	p := &press{speech: &speech{book: book(t, "en")}}
	l := p.control(&sheet{}, &grid{shown: 2, total: 5})
	if got := l.cells[0].shown; !strings.HasPrefix(got, "Check: rows shown 2, rows of the relation 5") || len(p.result.Warnings) != 1 {
		t.Error(got, p.result.Warnings)
	}
}

func TestAnEmptyRelationIsASentence(t *testing.T) {
	w := small(t, "create table rpt.open_tickets(ticket_id varchar, hours double, reason varchar)")
	f, _, b := printed(t, w, lists, sheetRows)
	rows, _ := f.GetRows("Open tickets")
	if got := rows[len(rows)-1][0]; got != "No complaint or repair is open." || len(b.Missing()) > 0 {
		t.Error(got, b.Missing())
	}
}

func TestTextTooLongForACellIsCutWithAWarning(t *testing.T) {
	w := small(t, "create table rpt.open_tickets as select 'T1' as ticket_id, 1.0::double as hours, repeat('長', 40000) || chr(7) as reason")
	f, result, _ := printed(t, w, lists, sheetRows)
	value, _ := f.GetCellValue("Open tickets", "C6")
	if n := len([]rune(value)); n != textCells || !strings.HasSuffix(value, "…") || len(result.Warnings) == 0 {
		t.Error(n, result.Warnings)
	}
}

func TestDigits(t *testing.T) {
	for _, c := range []struct {
		n        float64
		decimals int
		sign     bool
		want     string
	}{
		{1234567.25, 1, false, "1,234,567.3"}, {-0.04, 1, true, "0.0"}, {-1.26, 1, false, "−1.3"}, {999.96, 1, false, "1,000.0"}, {0.05, 1, true, "+0.1"}, {12, 0, true, "+12"},
	} {
		if got := digits(c.n, c.decimals, c.sign); got != c.want {
			t.Errorf("%v: got %s, want %s", c.n, got, c.want)
		}
	}
}

func TestChineseCountsDouble(t *testing.T) {
	if got := width("返修率 2.3x"); got != 11 {
		t.Error(got)
	}
}

func TestBarsReachToTheLastRowOfEitherColour(t *testing.T) {
	number, blank := cell{value: int64(3)}, cell{}
	g := &grid{heads: make([]cell, 3), rows: [][]cell{{blank, number, blank}, {blank, number, blank}, {blank, blank, number}, {blank, blank, blank}}}
	of := &place{grid: g, columns: map[string]int{"cause": 1, "identified": 2, "rest": 3}}
	if got := (&Chart{Kind: "columns", Value: "identified", Grey: "rest"}).rows(of); got != 3 {
		t.Errorf("with the grey ones: %d", got)
	}
	if got := (&Chart{Kind: "bars", Value: "identified"}).rows(of); got != 2 {
		t.Errorf("without: %d", got)
	}
	if got := (&Chart{Kind: "bars", Value: "identified", Limit: 1}).rows(of); got != 1 {
		t.Errorf("limited: %d", got)
	}
}
