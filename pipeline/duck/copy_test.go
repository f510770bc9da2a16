package duck

import (
	"context"
	"path/filepath"
	"testing"
)

func TestCopyKeepsOrderCommentsAndTheColumnsNamed(t *testing.T) {
	ctx := context.Background()
	w, err := Create(Options{Path: filepath.Join(t.TempDir(), "w.duckdb"), Threads: 4, Hands: 3})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for _, s := range []string{
		"create schema mart", "create schema public",
		"create table mart.many as select hash(i) as n, 'owner' as owner from range(400000) as r(i) order by n", // several row groups, so that all threads take part
		"create table mart.few as select 'a' as x", "create table public.none (x varchar)",
		"comment on table mart.many is 'It''s many.'",
	} {
		if err := w.Exec(ctx, s); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "copy.duckdb")
	if err := w.Copy(ctx, []Part{{"mart.few", []Column{{"x", "VARCHAR"}}}, {"mart.many", []Column{{"n", "BIGINT"}}}, {"public.none", []Column{{"x", "VARCHAR"}}}}, path); err != nil {
		t.Fatal(err)
	}
	copied, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	got, err := copied.Query(ctx, "select count(*), count(*) filter (n < before), any_value(comment) from (select n, lag(n) over (order by rowid) as before from mart.many), duckdb_tables() where table_name = 'many' and comment is not null")
	if err != nil {
		t.Fatal(err)
	}
	if r := got.Values[0]; r[0] != int64(400000) || r[1] != int64(0) || r[2] != "It's many." {
		t.Errorf("got %v, want 400000 rows, none before a smaller one, and the comment", r)
	}
	// The warehouse is in the engine's newest form; the copy is for whatever shell an analyst has.
	form, err := copied.Query(ctx, "select tags['storage_version'] from duckdb_databases() where database_name = current_database()")
	if err != nil || form.Values[0][0] != "v1.0.0+" {
		t.Errorf("the copy is in the form of %v, want v1.0.0+ (%v)", form.Values, err)
	}
	names, err := copied.Relations(ctx)
	if err != nil || len(names) != 3 {
		t.Errorf("got %v, want three relations (%v)", names, err)
	}
	columns, err := copied.Columns(ctx, "mart.many")
	if err != nil || len(columns) != 1 {
		t.Errorf("got %v, want the one column that was named (%v)", columns, err)
	}
}
