package model

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"noticeboard/pipeline/duck"
)

// TestModels proves each relation on small worlds worked out by hand: fixtures/models/<relation>/<edge>/.
//
//	given/<relation>.csv   what is there, with the columns that matter; the others are null, and so is an empty cell
//	given/variables.csv    name,value of parameters that are not the default (as_of 2026-07-01)
//	want.csv               what the relation then holds, of these columns; want_in_order.csv where the order is the point
//	only.csv               (optional) only rows that equal one of these are compared
//
// What lies between the given relations and the wanted one is built by its own queries.
func TestModels(t *testing.T) {
	folders, err := filepath.Glob("../../fixtures/models/*/*")
	if err != nil || len(folders) == 0 {
		t.Fatalf("no cases in fixtures/models: %v", err)
	}
	w := emptyWorld(t)
	for _, folder := range folders {
		relation, edge := filepath.Base(filepath.Dir(folder)), filepath.Base(folder)
		t.Run(relation+"/"+edge, func(t *testing.T) { w.prove(t, folder, relation) })
	}
}

// prove runs one case and takes back all that it changed.
func (w *world) prove(t *testing.T, folder, relation string) {
	want, inOrder := wanted(t, folder)
	w.must(t, "begin")
	defer w.restore(t)
	if err := w.fill(folder); err != nil {
		t.Fatal(err)
	}
	given, err := w.given(folder)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.derive(given, relation); err != nil {
		t.Fatal(err)
	}
	only := table{}
	if _, err := os.Stat(filepath.Join(folder, "only.csv")); err == nil {
		if only, err = readTable(filepath.Join(folder, "only.csv")); err != nil {
			t.Fatal(err)
		}
	}
	got, err := w.rows(relation, want.columns, only)
	if err != nil {
		t.Fatalf("%s: %v", want.file, err)
	}
	expected, err := w.typed(relation, want)
	if err != nil {
		t.Fatal(err)
	}
	if difference := compare(got, expected, inOrder); difference != "" {
		t.Errorf("%s\n%s%s", strings.TrimPrefix(want.file, "../../"), "  "+strings.Join(want.columns, ",")+"\n", difference)
	}
}

func wanted(t *testing.T, folder string) (table, bool) {
	t.Helper()
	ordered := filepath.Join(folder, "want_in_order.csv")
	_, err := os.Stat(ordered)
	file := ordered
	if err != nil {
		file = filepath.Join(folder, "want.csv")
	}
	want, readErr := readTable(file)
	if readErr != nil {
		t.Fatal(readErr)
	}
	return want, err == nil
}

func (w *world) restore(t *testing.T) {
	t.Helper()
	w.must(t, "rollback")
	for name, value := range w.variables { // a rollback leaves variables as they are
		w.must(t, "set variable "+name+" = "+duck.Literal(value))
	}
}

// fill puts the given rows into their relations, and the given variables in place of the defaults.
func (w *world) fill(folder string) error {
	files, err := filepath.Glob(filepath.Join(folder, "given", "*.csv"))
	if err != nil {
		return err
	}
	for _, file := range files {
		given, err := readTable(file)
		if err != nil {
			return err
		}
		if filepath.Base(file) == "variables.csv" {
			err = w.override(given)
		} else {
			err = w.insert(relationOf(file), given)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func relationOf(file string) string { return strings.TrimSuffix(filepath.Base(file), ".csv") }

func (w *world) override(given table) error {
	for i, row := range given.rows {
		value := row[1]
		if _, known := w.variables[row[0]]; !known {
			return fmt.Errorf("%s:%d: there is no variable %s", given.file, given.lines[i], row[0])
		}
		if row[0] == "as_of" {
			value = "date '" + value + "'"
		}
		if err := w.Exec(context.Background(), "set variable "+row[0]+" = "+value); err != nil {
			return fmt.Errorf("%s:%d: %w", given.file, given.lines[i], err)
		}
	}
	return nil
}

// given tells which relations a case fills, and whether it changes a variable (".").
func (w *world) given(folder string) (map[string]bool, error) {
	files, err := filepath.Glob(filepath.Join(folder, "given", "*.csv"))
	names := map[string]bool{}
	for _, file := range files {
		names[relationOf(file)] = true
	}
	return names, err
}

// derive builds anew what depends on the given relations and the wanted ones depend on, and the wanted ones themselves.
func (w *world) derive(given map[string]bool, wanted ...string) error {
	needed, changed := map[string]bool{}, map[string]bool{}
	for _, relation := range wanted {
		if _, there := w.catalog.Find(relation); !there {
			return fmt.Errorf("fixtures/models/%s: there is no query of that relation", relation)
		}
		w.needs(relation, needed)
		changed[relation] = true
	}
	for _, q := range w.catalog.Queries {
		name := q.Relation()
		stale := changed[name] || given["variables"]
		for _, r := range q.needs(w.cohorts()) {
			stale = stale || given[r] || changed[r]
		}
		if !stale || !needed[name] || given[name] {
			continue
		}
		changed[name] = true
		if err := w.rebuild(q); err != nil {
			return fmt.Errorf("%s: %w", q.File, err)
		}
	}
	return nil
}

func (w *world) rebuild(q Query) error {
	ctx := context.Background()
	if err := w.Exec(ctx, "delete from "+duck.Name(q.Relation())); err != nil {
		return err
	}
	return w.Exec(ctx, "insert into "+duck.Name(q.Relation())+" by name\n"+q.SQL)
}

func (w *world) cohorts() []string {
	list, _ := w.variables["cohorts"].([]string)
	return list
}

// needs marks a relation and all that it is built from.
func (w *world) needs(relation string, marked map[string]bool) {
	if marked[relation] {
		return
	}
	marked[relation] = true
	if q, there := w.catalog.Find(relation); there {
		for _, r := range q.needs(w.cohorts()) {
			w.needs(r, marked)
		}
	}
}

// TestEveryCaseIsOfARelation finds folders that no query answers to, and stray files that no case reads.
func TestEveryCaseIsOfARelation(t *testing.T) {
	files, err := filepath.Glob("../../fixtures/models/*/*/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		switch path.Base(filepath.ToSlash(file)) {
		case "given", "want.csv", "want_in_order.csv", "only.csv", "note.md":
		default:
			t.Errorf("%s is read by nobody", strings.TrimPrefix(file, "../../"))
		}
	}
}

// TestEveryFigureRelationHasACase finds relations that nobody has worked out by hand.
func TestEveryFigureRelationHasACase(t *testing.T) {
	for _, schema := range []string{"stg", "int", "cohort", "mart", "kept"} {
		files, err := filepath.Glob("../../queries/" + schema + "/*.sql")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			table := strings.TrimSuffix(filepath.Base(file), ".sql")
			if strings.Contains(table, ".check.") {
				continue
			}
			if cases, _ := filepath.Glob("../../fixtures/models/" + schema + "." + table + "/*/want*.csv"); len(cases) == 0 {
				t.Errorf("queries/%s/%s.sql has no case in fixtures/models/%s.%s", schema, table, schema, table)
			}
		}
	}
}
