package workbook

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"noticeboard/pipeline/duck"
)

// features is a workbook with everything that R3 of the made-up world doesn't have.
const features = `report: R9
file: "{report}_{period}_{property}"
for_each: [property]
period: month
title: workbook.r1.title
sheets:
  - id: first
    tab: sheet.summary
    group: summary
    blocks:
      - index: {title: title.by_zone}
      - table:
          id: zones
          title: title.by_zone
          relation: rpt.zones
          empty: empty.open_tickets
          columns:
            - {column: zone, head: head.zone}
            - {column: jobs, head: head.jobs, format: count, rule: bar}
            - {column: reworked, head: head.reworked, format: count, rule: above_zero, link: open}
            - {column: share, head: head.on_time, format: percent}
            - {column: low, head: head.low, format: percent}
            - {column: high, head: head.high, format: percent}
            - {column: target, head: head.target, format: percent}
      - chart: {kind: columns, of: zones, title: chart.on_time_zones, label: zone, value: share, low: low, high: high, format: whole, empty: empty.zones_chart}
      - chart: {kind: columns, of: zones, title: chart.on_time_zones, label: zone, value: share, target: target, format: whole, empty: empty.zones_chart}
  - id: demand
    tab: sheet.trend
    about: note.trend
    group: where
    blocks:
      - matrix:
          id: demand
          relation: rpt.demand
          empty: empty.trend
          row: {column: weekday, head: head.zone}
          across: {column: hour}
          value: {column: tickets, format: count, rule: heat}
  - id: open
    tab: sheet.open_tickets
    group: wrong
    blocks:
      - table:
          id: open_tickets
          relation: rpt.open_tickets
          list: true
          empty: empty.open_tickets
          columns:
            - {column: ticket_id, head: head.ticket_id}
            - {column: hours, head: head.overdue_hours, format: hours, rule: bar}
            - {column: cause, head: head.root_cause, rule: fill_in, choices: zones, width: 20}
            - {column: promised_on, head: head.due_on, format: date, rule: fill_in}
`

func featureWorld(t *testing.T) *duck.Warehouse {
	return small(t,
		`create table rpt.zones as select 'Z' || i as zone, 40 + 7 * i as jobs, i % 3 as reworked, 0.8 + 0.03 * i as share, 0.75 + 0.03 * i as low, 0.84 + 0.03 * i as high, 0.9 as target from range(5) as r(i) order by i`,
		`create table rpt.demand as select d as weekday, h as hour, case when h < 6 then 0 else (d * h) % 23 end as tickets from range(1, 8) as a(d), range(24) as b(h) order by d, h`,
		`create table rpt.open_tickets as select 'T' || i as ticket_id, 3.5 * i as hours, case when i = 2 then 'Z1' end as cause, case when i = 2 then date '2026-07-03' end as promised_on from range(30) as r(i) order by i`)
}

func TestTheTemplateOfAllFeaturesIsRight(t *testing.T) {
	template, problems := Parse("r9.yaml", []byte(features))
	for _, p := range append(problems, template.Check(book(t, "en"), relationsOf(featureWorld(t)))...) {
		t.Error(p)
	}
}

func TestRulesHoldForTheCellsBelowTheHead(t *testing.T) {
	f, _, _ := printed(t, featureWorld(t), features, sheetRows)
	got := map[string]string{}
	for _, sheet := range f.GetSheetList() {
		formats, err := f.GetConditionalFormats(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for area, rule := range formats {
			got[sheet+"!"+area] = fmt.Sprint(rule[0].Type, " ", rule[0].Criteria, rule[0].Value, rule[0].MinValue)
		}
	}
	want := map[string]string{
		"Summary!B9:B13":       "data_bar =0",
		"Summary!C9:C13":       "cell greater than0",
		"Monthly trend!B5:Y11": "2_color_scale =",
		"Open tickets!B5:B34":  "data_bar =0",
		"Open tickets!C5:C34":  "blanks ",
		"Open tickets!D5:D34":  "blanks ",
	}
	for area, rule := range want {
		if got[area] != rule {
			t.Errorf("%s: got %q, want %q", area, got[area], rule)
		}
		delete(got, area)
	}
	for area, rule := range got {
		t.Errorf("not expected: %s %s", area, rule)
	}
}

func TestCellsToFillInOfferTheirChoices(t *testing.T) {
	f, _, _ := printed(t, featureWorld(t), features, sheetRows)
	offered, err := f.GetDataValidations("Open tickets")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, v := range offered {
		got = append(got, fmt.Sprint(v.Sqref, " ", v.Type, " ", v.Formula1))
	}
	if want := []string{"C5:C34 list 'Summary'!$A$9:$A$13", "D5:D34 date 36526"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if given, _ := f.GetCellValue("Open tickets", "C7"); given != "Z1" {
		t.Errorf("what was filled in before reads %q", given)
	}
}

func TestNumbersLeadToTheListBehindThemAndTheIndexToEverySheet(t *testing.T) {
	f, _, _ := printed(t, featureWorld(t), features, sheetRows)
	for cell, want := range map[string]string{"A4": "'Monthly trend'!A1", "A5": "'Open tickets'!A1", "C9": "'Open tickets'!A1"} {
		if there, target, _ := f.GetCellHyperLink("Summary", cell); !there || target != want {
			t.Errorf("%s leads to %q, not %q", cell, target, want)
		}
	}
}

func TestAHeatMapHasNoFilterAndNarrowColumns(t *testing.T) {
	f, _, _ := printed(t, featureWorld(t), features, sheetRows)
	if tables, _ := f.GetTables("Monthly trend"); len(tables) > 0 {
		t.Error("a filter's buttons would cover the hours")
	}
	if w, _ := f.GetColWidth("Monthly trend", "C"); w > 7 {
		t.Errorf("%v characters for an hour", w)
	}
}

// stored gives the text of a part, to see what excelize can't read back.
func stored(t *testing.T, f *excelize.File, name string) string {
	t.Helper()
	content, there := f.Pkg.Load(name)
	if !there {
		t.Fatalf("there is no part %s", name)
	}
	return string(content.([]byte))
}

func TestIntervalsAndTargetsPointAtTheCellsOfTheTable(t *testing.T) {
	f, _, _ := printed(t, featureWorld(t), features, sheetRows)
	for name, wanted := range map[string][]string{
		"xl/charts/chart1.xml": {"<hiLowLines>", "&#39;Summary&#39;!$E$9:$E$13", "&#39;Summary&#39;!$F$9:$F$13", `<symbol val="dash">`},
		"xl/charts/chart2.xml": {"&#39;Summary&#39;!$G$9:$G$13", `<symbol val="dash">`, "<legend>"},
	} {
		text := stored(t, f, name)
		for _, w := range wanted {
			if !strings.Contains(text, w) {
				t.Errorf("%s lacks %s", name, w)
			}
		}
	}
}

func TestALineHasItsFirstAndLastValueWrittenAndItsTargetDashed(t *testing.T) {
	w := small(t, `create table rpt.trend as select 'on_time' as metric, '2026-0' || m as month, case when m > 1 then 0.8 + 0.01 * m end as value, 0.9 as target, 'percent' as unit from range(1, 7) as r(m) order by m`)
	text := strings.Split(features, "sheets:")[0] + `sheets:
  - id: trend
    tab: sheet.trend
    group: reference
    blocks:
      - matrix: {id: trend, relation: rpt.trend, empty: empty.trend, row: {column: metric, head: head.metric}, across: {column: month}, value: {column: value, format: trend, unit: unit}}
      - matrix: {id: targets, title: head.target, relation: rpt.trend, empty: empty.trend, row: {column: metric, head: head.metric}, across: {column: month}, value: {column: target, format: trend, unit: unit}}
      - chart: {kind: line, of: trend, title: chart.on_time_trend, value: on_time, target: targets, format: percent, empty: empty.trend}
`
	f, _, _ := printed(t, w, text, sheetRows)
	got := stored(t, f, "xl/charts/chart1.xml")
	if n := strings.Count(got, `<showVal val="1">`); n != 2 || !strings.Contains(got, `<dLbl><idx val="1">`) || !strings.Contains(got, `<dLbl><idx val="5">`) {
		t.Errorf("%d labels; wanted those of the second and the sixth month, the first being empty", n)
	}
	if !strings.Contains(got, `<prstDash val="dash">`) && !strings.Contains(got, `<a:prstDash val="dash">`) {
		t.Error("the target isn't dashed")
	}
}
