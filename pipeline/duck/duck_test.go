package duck

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/google/go-cmp/cmp"
)

func memory(t *testing.T, statements ...string) *Warehouse {
	t.Helper()
	w, err := Memory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	for _, s := range statements {
		if err := w.Exec(context.Background(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	return w
}

func TestParseFindsTablesBehindUsingAsofAndCTEs(t *testing.T) {
	w := memory(t)
	got, err := w.Parse(context.Background(), `
		with a as (select * from stg.tickets join int.limits using (property)),
		b as (select * from a asof join ref.segments as s on a.t >= s.opens)
		select count(*), lower(x) from b, range(3), unnest([1]) where exists (select 1 from mart.figures)`)
	if err != nil {
		t.Fatal(err)
	}
	want := References{
		Tables:         []string{"a", "b", "int.limits", "mart.figures", "ref.segments", "stg.tickets"},
		CTEs:           []string{"a", "b"},
		TableFunctions: []string{"range", "unnest"},
		Functions:      []string{"count_star", "lower"},
	}
	got.Functions = only(got.Functions, want.Functions)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func only(list, keep []string) []string {
	var kept []string
	for _, l := range list {
		for _, k := range keep {
			if l == k {
				kept = append(kept, l)
			}
		}
	}
	return kept
}

func TestParseNamesTheLineOfASyntaxError(t *testing.T) {
	_, err := memory(t).Parse(context.Background(), "select 1\nfrom a\nwhere where")
	if err == nil || !strings.Contains(err.Error(), "line 3") {
		t.Errorf("got %v, want an error that names line 3", err)
	}
}

func TestParseRefusesTwoStatements(t *testing.T) {
	if _, err := memory(t).Parse(context.Background(), "select 1; select 2"); err == nil {
		t.Error("two statements were accepted")
	}
	if _, err := memory(t).Parse(context.Background(), "create table x as select 1"); err == nil {
		t.Error("create table was accepted")
	}
}

func TestReadKeepsOrderOverWindowsAndCuts(t *testing.T) {
	w := memory(t, "create schema rpt", "create table rpt.x as select i as n, 'P0' || (i % 2) as property from range(120000) as r(i) order by i desc")
	next, rows := int64(119999), 0
	err := w.Read(context.Background(), "rpt.x", Cut{Property: "P01", Zone: "no such column"}, func(b arrow.RecordBatch) error {
		col := b.Column(0)
		for i := range int(b.NumRows()) {
			if got := col.ValueStr(i); got != itoa(next) {
				t.Fatalf("row %d is %s, want %d", rows, got, next)
			}
			next, rows = next-2, rows+1
		}
		return nil
	})
	if err != nil || rows != 60000 {
		t.Errorf("%d rows, error %v; want 60000", rows, err)
	}
}

func itoa(n int64) string { return strings.TrimSpace(Literal(n)) }

func TestSealedWarehouseReadsTheAllowedFolderOnly(t *testing.T) {
	inside, outside := t.TempDir(), t.TempDir()
	w := memory(t)
	ctx := context.Background()
	for _, dir := range []string{inside, outside} {
		if err := w.Exec(ctx, "copy (select 1 as a) to "+Literal(filepath.Join(dir, "x.parquet"))); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Seal(ctx, []string{inside}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Query(ctx, "from "+Literal(filepath.Join(inside, "x.parquet"))); err != nil {
		t.Errorf("inside: %v", err)
	}
	if _, err := w.Query(ctx, "from "+Literal(filepath.Join(outside, "x.parquet"))); err == nil {
		t.Error("a file outside could be read")
	}
	if err := w.Exec(ctx, "set enable_external_access = true"); err == nil {
		t.Error("the seal could be broken")
	}
}

func TestVariablesAreTyped(t *testing.T) {
	w, err := Create(Options{Variables: []Variable{{"as_of", time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)}, {"k", 5}, {"names", []string{"a", "b'c"}}}})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	rows, err := w.Query(context.Background(), "select typeof(getvariable('as_of')), typeof(getvariable('k')), getvariable('names')[2], 12.50::decimal(14,2)")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]any{"DATE", "INTEGER", "b'c", Decimal{"12.50"}}, rows.Values[0]); diff != "" {
		t.Error(diff)
	}
}

func TestOpenIsReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.duckdb")
	w, err := Create(Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Exec(context.Background(), "create schema mart; create table mart.x as select 1 as a"); err != nil {
		t.Fatal(err)
	}
	if err := w.Append(context.Background(), "mart", "x", [][]any{{int32(2)}, {nil}}); err != nil {
		t.Fatal(err)
	}
	w.Close()
	r, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := r.Exec(context.Background(), "drop table mart.x"); err == nil {
		t.Error("a published warehouse could be changed")
	}
	rows, err := r.Rows(context.Background(), "mart.x", Cut{})
	if err != nil || len(rows.Values) != 3 {
		t.Errorf("%v, %v", rows, err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

func TestHandsShareTheFileAndEachHasTheVariables(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "w.duckdb")
	w, err := Create(Options{Path: path, Hands: 3, Variables: []Variable{{"k", 5}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Seal(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if err := w.Exec(ctx, "create schema mart"); err != nil {
		t.Fatal(err)
	}
	for i, hand := range w.Hands() {
		if err := hand.Exec(ctx, "create table mart.x"+itoa(int64(i))+" as select getvariable('k') as k"); err != nil {
			t.Error(err)
		}
	}
	if err := w.Save(ctx); err != nil {
		t.Fatal(err)
	}
	w.Close()
	r, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for _, relation := range []string{"mart.x0", "mart.x1", "mart.x2"} {
		rows, err := r.Rows(ctx, relation, Cut{})
		if diff := cmp.Diff([][]any{{int64(5)}}, rows.Values); err != nil || diff != "" {
			t.Errorf("%s: %v %s", relation, err, diff)
		}
	}
}

func TestWantOfMemoryIsSaidInPlainWords(t *testing.T) {
	db, err := Scratch(t.TempDir(), 50)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	const lists = "select len(list(i)) from range(50_000_000) as r(i)" // no list can be put to disk
	_, asked := db.Query(context.Background(), lists)
	for what, err := range map[string]error{"a statement": db.Exec(context.Background(), "create table t as "+lists), "a question": asked} {
		if err == nil || !strings.Contains(err.Error(), "limits.memory_mb") || strings.Contains(err.Error(), "SET ") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", what, err)
		}
	}
}
