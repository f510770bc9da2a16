package model

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"noticeboard/pipeline/duck"
)

func TestCodesAreStoredAsEnumerationsWhereTheyCanBe(t *testing.T) {
	ctx := context.Background()
	w, err := duck.Memory()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for _, s := range []string{"create schema code", "create schema mart"} {
		if err := w.Exec(ctx, s); err != nil {
			t.Fatal(err)
		}
	}
	codes := []Query{
		{Schema: "code", Table: "zone", SQL: "select unnest(['*', 'East', 'West']) as zone"},
		{Schema: "code", Table: "category", SQL: fmt.Sprintf("select 'c' || i as category from range(%d) as r(i)", mostCodes+1)}, // too many
		{Schema: "code", Table: "period", SQL: "select '' as period where false"},
	}
	for _, q := range codes {
		if err := q.build(ctx, w.DB, true, nil); err != nil {
			t.Fatal(err)
		}
		if made, err := q.makeCode(ctx, w.DB); err != nil || made != (q.Table == "zone") {
			t.Fatal(q.Table, made, err)
		}
	}
	for _, c := range []struct{ name, sql, stored, shown string }{
		{"known", "select 1 as n, unnest(['West', '*', null]) as zone, 2 as m", "ENUM('*', 'East', 'West')", "*,West,NULL"},
		{"carried_on", "select zone from mart.known", "ENUM('*', 'East', 'West')", "*,West,NULL"},
		{"unknown", "select unnest(['North', 'East']) as zone", "VARCHAR", "East,North"},
		{"mixed", "select zone from mart.known where zone <> 'North' union all select 'North'", "VARCHAR", "*,North,West"},
		{"no_text", "select 7 as zone", "INTEGER", "7"},
		{"with_ids", "select 'A' || i as ticket_id, 'East' as zone from range(2) as r(i)", "ENUM('*', 'East', 'West')", "East,East"},
		{"with_nothing", "select 'A' as id, null as nothing, 'East' as zone", "ENUM('*', 'East', 'West')", "East"},
		{"unknown_with_ids", "select 'A' || i as id, 'North' as zone from range(2) as r(i)", "VARCHAR", "North,North"},
		{"coded_under_another_name", "select 'A' as id, zone as before, zone from mart.known", "ENUM('*', 'East', 'West')", "*,West,NULL"},
		{"beside_others", "select 'c1' as category, '2026' as period, 'East' as zone", "ENUM('*', 'East', 'West')", "East"},
	} {
		q := Query{File: c.name, Schema: "mart", Table: c.name, SQL: c.sql}
		if err := q.build(ctx, w.DB, true, []string{"zone"}); err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		got, err := w.Query(ctx, "select string_agg(distinct typeof(zone), ';'), string_agg(coalesce(zone::varchar, 'NULL'), ',' order by zone) from mart."+c.name)
		if err != nil {
			t.Fatal(err)
		}
		if stored, shown := got.Values[0][0], got.Values[0][1]; stored != c.stored || shown != c.shown {
			t.Errorf("%s is stored as %v and shown as %v, want %s and %s", c.name, stored, shown, c.stored, c.shown)
		}
		if cols, err := w.Columns(ctx, "mart."+c.name); err != nil || (c.stored != "INTEGER" && cols[len(cols)-1].Type == c.stored && c.stored != "VARCHAR") {
			t.Errorf("%s shows its columns as %v: %v", c.name, cols, err)
		}
	}
	wrong := Query{File: "queries/mart/wrong.sql", Schema: "mart", Table: "wrong", SQL: "select nobody as zone"}
	if err := wrong.build(ctx, w.DB, true, []string{"zone"}); err == nil {
		t.Error("a query that is wrong was built")
	}
}

func TestIdsOfALargeNightAreStoredAsTheyAre(t *testing.T) {
	ctx := context.Background()
	w, err := duck.Create(duck.Options{Path: filepath.Join(t.TempDir(), "w.duckdb")})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := w.Exec(ctx, "create schema mart"); err != nil {
		t.Fatal(err)
	}
	const sql = "select 'A' || i as ticket_id, 'A' || i as place from range(10000) as r(i)"
	for _, c := range []struct {
		table     string
		large     bool
		asTheyAre string
	}{{"large", true, "ticket_id"}, {"small", false, ""}} {
		q := Query{File: c.table, Schema: "mart", Table: c.table, SQL: sql}
		if err := q.build(ctx, w.DB, c.large, nil); err != nil {
			t.Fatal(err)
		}
		if err := w.Save(ctx); err != nil {
			t.Fatal(err)
		}
		got, err := w.Query(ctx, "select coalesce(string_agg(distinct column_name, ','), '') from pragma_storage_info('mart."+c.table+"') where segment_type = 'VARCHAR' and compression = 'Uncompressed'")
		if err != nil || got.Values[0][0] != c.asTheyAre {
			t.Errorf("%s: %v is stored as it is, want %q (%v)", c.table, got.Values, c.asTheyAre, err)
		}
	}
}

func TestCodesComeBeforeWhatIsNotBeneathThem(t *testing.T) {
	c := Catalog{}
	if problems := c.order([]Query{
		{Schema: "mart", Table: "figures", Reads: []string{"int.tickets"}},
		{Schema: "code", Table: "period", Reads: []string{"int.tickets"}},
		{Schema: "code", Table: "zone", Reads: []string{"int.zones"}},
		{Schema: "int", Table: "tickets", Reads: []string{"int.zones"}},
		{Schema: "int", Table: "zones"},
		{Schema: "kept", Table: "figures", Reads: []string{"mart.figures"}},
	}); problems != nil {
		t.Fatal(problems)
	}
	s := c.schedule(true)
	got := ""
	s.made["zone"] = true // and period is not: it has too many values
	for i, ok := s.next(nil); ok; i, ok = s.next(nil) {
		if storable := fmt.Sprint(s.storable(i)); strings.Contains(storable, "period") || strings.Contains(storable, "zone") != slices.Contains(s.codes[i], "zone") {
			t.Errorf("%s can store %s", s.queries[i].Relation(), storable)
		}
		got += fmt.Sprint(s.queries[i].Relation(), s.codes[i], " ")
		s.done(i, 0, nil)
	}
	if want := "int.zones[] code.zone[] int.tickets[zone] code.period[] mart.figures[zone period] kept.figures[] "; got != want {
		t.Errorf("built in the order %s\nwant               %s", got, want)
	}
}
