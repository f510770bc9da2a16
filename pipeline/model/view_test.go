package model

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/record"
)

// Exports of one kind have different columns. What one doesn't have is empty in its rows, and what none has is a column all the same.
// A text whose key isn't there is its own.
func TestLandedFilesWithDifferentColumnsAreOneRelation(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	w, err := duck.Create(duck.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	var files []string
	for i, columns := range []string{"'A1' as id, 1 as n, 'a1' as id_key", "'2' as id, null::varchar as id_key, date '2026-06-30' as day", "2 as n, 'A3' as id"} {
		files = append(files, filepath.Join(dir, fmt.Sprintf("%d.parquet", i)))
		if err := w.Exec(ctx, "copy (select "+columns+") to "+duck.Literal(files[i])+" (format parquet)"); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Exec(ctx, "create schema if not exists raw"); err != nil {
		t.Fatal(err)
	}
	cols := []record.Column{{Name: "id", Type: "VARCHAR"}, {Name: "day", Type: "DATE"}, {Name: "n", Type: "INTEGER"}, {Name: "note", Type: "VARCHAR"}, {Name: "id_key", Type: "VARCHAR"}}
	if err := view(ctx, w, "raw.things", cols, map[string]string{"id_key": "id"}, files); err != nil {
		t.Fatal(err)
	}
	found, err := w.Query(ctx, "select (t::varchar) from raw.things as t order by id")
	if err != nil {
		t.Fatal(err)
	}
	want := "[[{'id': 2, 'day': 2026-06-30, 'n': NULL, 'note': NULL, 'id_key': 2}] [{'id': A1, 'day': NULL, 'n': 1, 'note': NULL, 'id_key': a1}] [{'id': A3, 'day': NULL, 'n': 2, 'note': NULL, 'id_key': A3}]]"
	if got := fmt.Sprint(found.Values); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
