package workbook

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/model"
	"noticeboard/pipeline/words"
	"noticeboard/queries"
	"noticeboard/templates"
)

var asOf = time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)

// world builds the rpt relations, by their own queries, on the made-up mart relations of testdata/world.sql.
func world(t testing.TB) *duck.Warehouse {
	t.Helper()
	ctx := context.Background()
	w, err := duck.Create(duck.Options{Variables: []duck.Variable{{Name: "as_of", Value: asOf}, {Name: "kpis", Value: config.Default().Metrics.KPIs}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	catalog, problems := model.Load(ctx, queries.Files)
	for _, p := range problems {
		if strings.HasPrefix(p.File, "queries/rpt/") {
			t.Error(p)
		}
	}
	for _, statement := range statements(t, catalog) {
		if err := w.Exec(ctx, statement); err != nil {
			t.Fatalf("%.200s\n%v", statement, err)
		}
	}
	return w
}

func statements(t testing.TB, catalog model.Catalog) []string {
	t.Helper()
	made, err := os.ReadFile("testdata/world.sql")
	if err != nil {
		t.Fatal(err)
	}
	list := []string{"create schema ref", "create schema int", "create schema mart", "create schema rpt"}
	for _, name := range []string{"z95", "points", "wilson_low", "wilson_high", "byar_low", "byar_high"} {
		for _, m := range catalog.Macros {
			if m.Name == name {
				list = append(list, "create macro "+m.Name+"("+m.Args+") as ("+m.SQL+"\n)")
			}
		}
	}
	list = append(list, strings.Split(strings.TrimSpace(string(made)), ";\n")...)
	for _, q := range catalog.Queries {
		if q.Schema == "rpt" {
			list = append(list, "create table "+q.Relation()+" as "+q.SQL)
		}
	}
	return list
}

func book(t testing.TB, language string) *words.Book {
	t.Helper()
	b, problems := words.Load(templates.Files, language)
	for _, p := range problems {
		t.Error(p)
	}
	return b
}

func parse(t testing.TB, name string) *Template {
	t.Helper()
	content, err := templates.Files.ReadFile("workbooks/" + name)
	if err != nil {
		t.Fatal(err)
	}
	template, problems := Parse("templates/workbooks/"+name, content)
	if problems == nil {
		problems = template.Join(templates.Files)
	}
	for _, p := range problems {
		t.Fatal(p)
	}
	return template
}

func monthly(language string) Edition {
	return Edition{Report: "R3", Period: "2026-06", Start: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), End: asOf, AsOf: asOf,
		Property: "P01", PropertyName: "翠湖灣", CompanyName: "安居物業服務", Language: language}
}
