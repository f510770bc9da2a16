package workbook

import (
	"context"
	"fmt"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/words"
	"noticeboard/templates"
)

// relationsOf answers what Check asks, from a warehouse.
func relationsOf(w *duck.Warehouse) func(string) ([]duck.Column, bool) {
	return func(relation string) ([]duck.Column, bool) {
		columns, err := w.Columns(context.Background(), relation)
		return columns, err == nil
	}
}

func TestTemplatesAreRightInEveryLanguage(t *testing.T) {
	w := world(t)
	for _, language := range words.Languages {
		b := book(t, language)
		for _, name := range allTemplates(t) {
			for _, p := range parse(t, name).Check(b, relationsOf(w)) {
				t.Errorf("%s: %s", language, p)
			}
		}
	}
}

func allTemplates(t *testing.T) []string {
	t.Helper()
	files, err := templates.Files.ReadDir("workbooks")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		if strings.HasSuffix(f.Name(), ".yaml") {
			names = append(names, f.Name())
		}
	}
	return names
}

// Codes and metrics are asked for by what the data holds, and words for kinds of period by the template; all others must be asked for
// by a template, or they say nothing to anybody.
func TestEveryWordOfWorkbooksIsAskedFor(t *testing.T) {
	w, b := world(t), book(t, "en")
	for _, name := range allTemplates(t) {
		parse(t, name).Check(b, relationsOf(w))
	}
	for _, key := range b.Unused() {
		file, _ := b.Place(key)
		if base := path.Base(file); base != "workbooks.yaml" && base != "sheets.yaml" && base != "reports.yaml" {
			continue
		}
		if first, _, _ := strings.Cut(key, "."); first != "code" && first != "metric" && !strings.HasPrefix(key, "workbook.turn.") {
			t.Errorf("%s: nothing asks for %s", file, key)
		}
	}
}

const spoilt = `report: R9
file: "{report}_{period}_{property}"
for_each: [property]
period: month
title: workbook.r3.title
sheets:
  - id: one
    metrics: [on_time]
    tab: sheet.summary
    group: front
    blocks:
      - table:
          id: kpis
          relation: rpt.kpis
          empty: empty.kpis
          columns:
            - {column: metrik, head: head.metric}
            - {column: value, head: head.nothing, format: figure}
            - {column: value, head: head.this_period, format: colourful}
      - chart: {kind: pie, of: kpis, title: chart.causes, label: metric, value: value, empty: empty.kpis}
      - chart: {kind: bars, of: nothing, title: chart.causes, label: metric, value: value, empty: empty.kpis}
      - sentence: {relation: mart.figures, word: control.match, empty: empty.kpis}
      - sentence: {relation: rpt.kpis, word: control.match, empty: empty.kpis}
  - id: two
    tab: sheet.summary
    group: summary
    metrics: [on_time]
`

func TestCheckNamesEveryProblemWithItsLine(t *testing.T) {
	template, problems := Parse("r9.yaml", []byte(spoilt))
	if problems != nil {
		t.Fatal(problems)
	}
	got := map[string]bool{}
	for _, p := range template.Check(book(t, "en"), relationsOf(world(t))) {
		got[fmt.Sprintf("%d: %s", p.Line, p.Message)] = true
	}
	for _, want := range []string{
		`10: "front" is not a group of sheets`,
		`14: rpt.kpis has no column "metrik"`,
		`18: there is no word "head.nothing" in en`,
		`18: the format figure needs the unit`,
		`19: "colourful" is not a format`,
		`20: "pie" is not a kind of chart`,
		`21: there is no table "nothing"`,
		`22: "mart.figures" isn't a relation for workbooks`,
		`23: rpt.kpis has no column "shown"`,
		`23: rpt.kpis has no column "total"`,
		`27: the metric on_time leads to the sheet one already`,
	} {
		if !got[want] {
			t.Errorf("not found: %s", want)
		}
		delete(got, want)
	}
	for rest := range got {
		t.Errorf("not expected: %s", rest)
	}
}

func TestSharedSheetsKeepTheirOwnLines(t *testing.T) {
	template, problems := Parse("r9.yaml", []byte("report: R9\nfile: \"{period}_{property}\"\nfor_each: [property]\nperiod: month\ntitle: workbook.r3.title\nsheets:\n  - use: front\n  - use: nowhere\n"))
	if problems != nil {
		t.Fatal(problems)
	}
	problems = template.Join(fstest.MapFS{"workbooks/sheets/front.yaml": {Data: []byte("id: front\ntab: sheet.summary\ngroup: summary\nblocks:\n  - note: {word: note.nothing}\n")}})
	if len(problems) != 1 || problems[0].Line != 8 || !strings.Contains(problems[0].Message, "workbooks/sheets/nowhere.yaml") {
		t.Error(problems)
	}
	template.Sheets = template.Sheets[:1]
	found := template.Check(book(t, "en"), relationsOf(world(t)))
	if len(found) != 1 || found[0].File != "templates/workbooks/sheets/front.yaml" || found[0].Line != 5 {
		t.Error(found)
	}
}

func TestAnUnknownFieldStopsTheTemplate(t *testing.T) {
	_, problems := Parse("r9.yaml", []byte("report: R9\nsheets:\n  - id: one\n    color: red\n"))
	if len(problems) != 1 || problems[0].Line != 4 || !strings.Contains(problems[0].Message, "color") {
		t.Error(problems)
	}
}

func TestLanguagesHaveTheSameWordsForWorkbooks(t *testing.T) {
	all := map[string]map[string]bool{}
	for _, language := range words.Languages {
		b, _ := words.Load(templates.Files, language)
		all[language] = map[string]bool{}
		for _, k := range b.Keys() {
			if file, _ := b.Place(k); strings.HasSuffix(file, "workbooks.yaml") || strings.HasSuffix(file, "sheets.yaml") || strings.HasSuffix(file, "reports.yaml") || strings.HasSuffix(file, "common.yaml") {
				all[language][k] = true
			}
		}
	}
	for _, language := range words.Languages[1:] {
		for k := range all[words.Languages[0]] {
			if !all[language][k] {
				t.Errorf("%s lacks %s", language, k)
			}
		}
		for k := range all[language] {
			if !all[words.Languages[0]][k] {
				t.Errorf("%s has %s beside %s", language, k, words.Languages[0])
			}
		}
	}
}
