package model

import (
	"context"
	"os"
	"testing"
	"time"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/published"
	"noticeboard/pipeline/reference"
)

// world is a warehouse without a single record: every relation is there, with its types. Cases fill what they are about.
type world struct {
	*duck.Warehouse
	catalog   Catalog
	variables map[string]any
	types     map[string][]duck.Column
}

// emptyWorld builds every query on no exports. One that doesn't build fails the test and is left out; the others go on.
func emptyWorld(t *testing.T) *world {
	t.Helper()
	ctx := context.Background()
	catalog, problems := Load(ctx, os.DirFS("../../queries"))
	for _, p := range problems {
		t.Error(p)
	}
	m := config.Default().Metrics
	plan := Plan{Catalog: catalog, AsOf: time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC), Tables: references(t), Variables: Variables(map[string]any{
		"rework_window_days": m.ReworkWindowDays, "appointment_grace_minutes": m.AppointmentGrace, "loop_days": m.LoopDays, "detail_days": m.DetailDays,
		"public_min_count": m.PublicMinCount, "min_tickets": m.MinTickets, "min_jobs": m.MinJobs, "close_day": m.CloseDay, "kpis": m.KPIs,
	})}
	w := &world{catalog: catalog, variables: map[string]any{}, types: map[string][]duck.Column{}}
	for _, v := range plan.variables() {
		w.variables[v.Name] = v.Value
	}
	var err error
	if w.Warehouse, err = duck.Create(duck.Options{Variables: plan.variables()}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	w.build(ctx, t, plan)
	return w
}

func (w *world) build(ctx context.Context, t *testing.T, plan Plan) {
	t.Helper()
	for _, schema := range []string{"raw", "ref", "stg", "int", "code", "cohort", "mart", "rpt", "public", "kept"} {
		w.must(t, "create schema "+schema)
	}
	if err := raw(ctx, w.Warehouse, plan, handoff.Landing{}); err != nil {
		t.Fatal(err)
	}
	for _, p := range published.Tables(nil, plan.Catalog.Kept(), plan.AsOf) {
		plan.Tables = append(plan.Tables, handoff.Table{Name: "ref.published_" + p.Table, Columns: append([]handoff.Column{{Name: "published_on", Type: "DATE"}}, p.Columns...)})
	}
	for _, table := range append(plan.Tables, plan.Catalog.metrics()) {
		if err := w.Fill(ctx, table.Name, columns(table.Columns), table.Rows); err != nil {
			t.Fatal(err)
		}
	}
	if err := macros(ctx, w.Warehouse, plan.Catalog.Macros); err != nil {
		t.Fatal(err)
	}
	for _, q := range plan.Catalog.Queries {
		if q.Schema == "kept" { // a table, to be given rows
			if err := w.Fill(ctx, q.Relation(), columns(q.Columns), nil); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := q.build(ctx, w.DB, false, nil); err != nil {
			t.Error(err)
			continue
		}
		if q.Schema == "cohort" { // given members needn't say whose they are
			w.must(t, "alter table "+duck.Name(q.Relation())+" alter column cohort set default "+duck.Literal(q.Table))
		}
	}
	names, err := w.Relations(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if w.types[name], err = w.Columns(ctx, name); err != nil {
			t.Fatal(err)
		}
	}
}

func (w *world) must(t *testing.T, statement string) {
	t.Helper()
	if err := w.Exec(context.Background(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// references are the tables that the plan brings: empty, but for the calendar (Monday to Friday, no holidays), the working hours
// and the weights, which hold the defaults.
func references(t testing.TB) []handoff.Table {
	t.Helper()
	read, problems := reference.Read(t.TempDir(), reference.Known{})
	for _, p := range problems {
		t.Error(p)
	}
	var tables []handoff.Table
	for _, table := range read.Handoff() {
		tables = append(tables, handoff.Table{Name: table.Name, Columns: table.Columns})
	}
	return append(tables,
		shape("ref.property_keys", "property_key", "VARCHAR", "property", "VARCHAR"),
		shape("ref.properties", "code", "VARCHAR", "zh_hant", "VARCHAR", "zh_hans", "VARCHAR", "en", "VARCHAR"),
		calendar(),
		workingHours(),
		zoneWeights(),
		shape("ref.kpis", "position", "INTEGER", "metric", "VARCHAR"),
		shape("ref.allowed_words", "word", "VARCHAR", "digits", "VARCHAR"),
		shape("ref.sources", "source", "VARCHAR", "kind", "VARCHAR", "fresh_within_hours", "DOUBLE", "stop_after_hours", "DOUBLE"),
	)
}

// shape is an empty table: its name, then each column's name and type.
func shape(name string, typed ...string) handoff.Table {
	t := handoff.Table{Name: name}
	for i := 0; i < len(typed); i += 2 {
		t.Columns = append(t.Columns, handoff.Column{Name: typed[i], Type: typed[i+1]})
	}
	return t
}

func calendar() handoff.Table {
	t := shape("ref.calendar", "date", "DATE", "working", "BOOLEAN", "known", "BOOLEAN", "name", "VARCHAR")
	for day := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2027; day = day.AddDate(0, 0, 1) {
		working := day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
		t.Rows = append(t.Rows, []any{day, working, true, nil})
	}
	return t
}

func workingHours() handoff.Table {
	t := shape("ref.working_hours", "opens", "TIME", "closes", "TIME")
	hour := func(h, m int) time.Time { return time.Date(1970, 1, 1, h, m, 0, 0, time.UTC) }
	t.Rows = [][]any{{hour(8, 30), hour(12, 0)}, {hour(13, 30), hour(17, 30)}}
	return t
}

func zoneWeights() handoff.Table {
	t := shape("ref.zone_weights", "metric", "VARCHAR", "weight", "DOUBLE")
	for _, metric := range []string{"complaints_per_100_households", "missed_orders", "on_time", "rework", "callback_on_time", "satisfied", "inspection_score"} {
		t.Rows = append(t.Rows, []any{metric, config.Default().Metrics.ZoneWeights[metric]})
	}
	return t
}
