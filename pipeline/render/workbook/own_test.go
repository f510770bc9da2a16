package workbook

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"

	"noticeboard/pipeline/duck"
	"noticeboard/templates"
)

// board is an own workbook as templates/workbooks/README.md shows it.
const board = `report: X1
file: "{report}_board_{period}_{property}"
for_each: [property]
period: month
title: workbook.r3.title
own:
  file: board.xlsx
  cells:
    - {name: period, shows: period}
    - {name: jobs_in_all, relation: rpt.zones, where: {zone: "*"}, column: jobs}
  tables:
    - name: Zones
      relation: rpt.zones
      columns:
        - {head: Zone, column: zone}
        - {head: Jobs, column: jobs}
        - {head: Since, column: since}
`

// handedIn makes the workbook that staff hand in: a named cell, a table with one sample row, a formula, a rule and a chart on it.
func handedIn(t *testing.T, more func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	must := func(errs ...error) {
		t.Helper()
		for _, err := range errs {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, NumFmt: 4})
	must(err)
	for cell, value := range map[string]any{"A1": "Period", "A2": "Jobs", "A4": "Zone", "B4": "Jobs", "C4": "Since", "D4": "Twice", "A5": "sample", "B5": 1} {
		must(f.SetCellValue("Sheet1", cell, value))
	}
	must(f.SetCellStyle("Sheet1", "B5", "B5", bold), f.AddTable("Sheet1", &excelize.Table{Range: "A4:D5", Name: "Zones"}),
		f.SetDefinedName(&excelize.DefinedName{Name: "period", RefersTo: "Sheet1!$B$1"}), f.SetDefinedName(&excelize.DefinedName{Name: "jobs_in_all", RefersTo: "Sheet1!$B$2"}),
		f.SetCellFormula("Sheet1", "D5", "2*Zones[[#This Row],[Jobs]]"), f.SetCellFormula("Sheet1", "F1", "SUM(Zones[Jobs])"),
		f.SetConditionalFormat("Sheet1", "B5:B5", []excelize.ConditionalFormatOptions{{Type: "data_bar", Criteria: "=", MinType: "min", MaxType: "max", BarColor: "#638EC6"}}),
		f.AddChart("Sheet1", "H4", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Name: "Sheet1!$B$4", Categories: "Sheet1!$A$5:$A$5", Values: "Sheet1!$B$5:$B$5"}}}))
	if more != nil {
		more(f)
	}
	var out bytes.Buffer
	must(f.Write(&out))
	return out.Bytes()
}

func ownWorld(t *testing.T) *duck.Warehouse {
	return small(t, `create table rpt.zones as select * from (values ('*', 60, null), ('North', 10, date '2026-06-01'), ('=South', 20, date '2026-06-02'), ('West', 30, null)) as r(zone, jobs, since)`)
}

func ownTemplate(t *testing.T, file []byte) *Template {
	t.Helper()
	template, problems := Parse("templates/workbooks/x1.yaml", []byte(board))
	if problems == nil {
		problems = template.Join(fstest.MapFS{"workbooks/board.xlsx": {Data: file}})
	}
	for _, p := range problems {
		t.Fatal(p)
	}
	return template
}

func TestAnOwnWorkbookIsFilledAndKeepsItsLooks(t *testing.T) {
	w, template := ownWorld(t), ownTemplate(t, handedIn(t, nil))
	for _, p := range template.Check(book(t, "en"), relationsOf(w)) {
		t.Error(p)
	}
	path := filepath.Join(t.TempDir(), "x1.xlsx")
	if _, err := template.Render(t.Context(), w, book(t, "en"), monthly("en"), path); err != nil {
		t.Fatal(err)
	}
	sound(t, path)
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, want := range map[string]string{"B1": "2026-06", "B2": "60", "A5": "*", "A6": "North", "B6": "10", "C6": "46174", "A7": "=South", "B8": "30", "C8": ""} {
		if got, _ := f.GetCellValue("Sheet1", cell, excelize.Options{RawCellValue: true}); got != want {
			t.Errorf("%s: got %q, want %q", cell, got, want)
		}
	}
	if formula, _ := f.GetCellFormula("Sheet1", "D8"); formula != "2*Zones[[#This Row],[Jobs]]" {
		t.Errorf("the column of formulas ends: %q", formula)
	}
	first, _ := f.GetCellStyle("Sheet1", "B5")
	if last, _ := f.GetCellStyle("Sheet1", "B8"); last != first || first == 0 {
		t.Errorf("looks %d and %d", first, last)
	}
	tables, _ := f.GetTables("Sheet1")
	rules, _ := f.GetConditionalFormats("Sheet1")
	if tables[0].Range != "A4:D8" || rules["B5:B8"] == nil {
		t.Errorf("the table stands on %s, its rules %v", tables[0].Range, rules)
	}
	if chart := stored(t, f, "xl/charts/chart1.xml"); !strings.Contains(chart, "Sheet1!$A$5:$A$8") || !strings.Contains(chart, "Sheet1!$B$5:$B$8") {
		t.Error("the chart didn't follow the table")
	}
}

func TestWhatCantFollowATableIsRefusedWithItsPlace(t *testing.T) {
	for want, more := range map[string]func(*excelize.File) error{
		"board.xlsx, Sheet1!G2: the formula SUM(B5:B5)": func(f *excelize.File) error { return f.SetCellFormula("Sheet1", "G2", "SUM(B5:B5)") },
		"board.xlsx, Sheet1!B9: this stands below":      func(f *excelize.File) error { return f.SetCellValue("Sheet1", "B9", "a note") },
		"board.xlsx, Sheet1!A3: a conditional format covers A3:B5": func(f *excelize.File) error {
			return f.SetConditionalFormat("Sheet1", "A3:B5", []excelize.ConditionalFormatOptions{{Type: "2_color_scale", Criteria: "=", MinType: "min", MaxType: "max", MinColor: "#FFFFFF", MaxColor: "#000000"}})
		},
		"board.xlsx, Sheet1!H20: a chart draws Sheet1!$B$4:$B$5": func(f *excelize.File) error {
			return f.AddChart("Sheet1", "H20", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Values: "Sheet1!$B$4:$B$5"}}})
		},
		"board.xlsx, Sheet1!A4: the name top means Sheet1!$A$5": func(f *excelize.File) error {
			return f.SetDefinedName(&excelize.DefinedName{Name: "top", RefersTo: "Sheet1!$A$5"})
		},
	} {
		file := handedIn(t, func(f *excelize.File) {
			if err := more(f); err != nil {
				t.Fatal(err)
			}
		})
		var got []string
		for _, p := range ownTemplate(t, file).Check(book(t, "en"), relationsOf(ownWorld(t))) {
			got = append(got, p.String())
		}
		if len(got) != 1 || !strings.Contains(got[0], want) {
			t.Errorf("wanted %s, got %q", want, got)
		}
	}
}

func TestWhatAnOwnWorkbookLacksIsNamed(t *testing.T) {
	text := strings.NewReplacer("name: Zones", "name: Blocks", "name: period,", "name: month,", "shows: period", "shows: weather", "column: jobs}\n  tables", "column: hours}\n  tables").Replace(board)
	template, problems := Parse("x1.yaml", []byte(text))
	if problems == nil {
		problems = template.Join(fstest.MapFS{"workbooks/board.xlsx": {Data: handedIn(t, nil)}})
	}
	if problems != nil {
		t.Fatal(problems)
	}
	var got []string
	for _, p := range template.Check(book(t, "en"), relationsOf(ownWorld(t))) {
		got = append(got, fmt.Sprintf("%d: %s", p.Line, p.Message))
	}
	slices.Sort(got)
	want := []string{`10: rpt.zones has no column "hours"`, `12: board.xlsx has no table "Blocks"`, `9: "weather" is not something that a cell shows`, `9: board.xlsx has no cell with the name "month"`}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// The example of the documentation, in a workbook as it describes it, is right and shows names, not codes.
func TestTheExampleInTheDocumentationWorksAsItStands(t *testing.T) {
	content, err := templates.Files.ReadFile("workbooks/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(content), "## Your own workbook")
	_, after, _ = strings.Cut(after, "```yaml\n")
	example, _, _ := strings.Cut(after, "```")
	template, problems := Parse("x1.yaml", []byte(example))
	if problems == nil {
		problems = template.Join(fstest.MapFS{"workbooks/board.xlsx": {Data: described(t)}})
	}
	w := world(t)
	for _, p := range append(problems, template.Check(book(t, "zh-Hant"), relationsOf(w))...) {
		t.Fatal(p)
	}
	path := filepath.Join(t.TempDir(), "board.xlsx")
	if _, err := template.Render(context.Background(), w, book(t, "zh-Hant"), monthly("zh-Hant"), path); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if zone, _ := f.GetCellValue("看板", "A6"); !strings.Contains(zone, "片區") {
		t.Errorf("the first zone reads %q", zone)
	}
}

// described is a workbook made as the documentation says: two named cells, and a table with one row below its head.
func described(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	err := errors.Join(f.SetSheetName("Sheet1", "看板"), f.SetCellValue("看板", "A5", "片區"), f.SetCellValue("看板", "B5", "及時率"),
		f.SetDefinedName(&excelize.DefinedName{Name: "period", RefersTo: "看板!$B$1"}), f.SetDefinedName(&excelize.DefinedName{Name: "on_time", RefersTo: "看板!$B$2"}),
		f.AddTable("看板", &excelize.Table{Range: "A5:B6", Name: "Zones"}))
	if err != nil {
		t.Fatal(err)
	}
	out, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
