package check

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/model"
)

func keyed(table string) model.Query {
	return model.Query{File: table + ".sql", Schema: "mart", Table: table, Key: []string{"a", "b"}}
}

// world has a relation for each way in which a key can fail, and one whose key holds.
func world(t *testing.T) *duck.Warehouse {
	t.Helper()
	w, err := duck.Create(duck.Options{Hands: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	for _, s := range []string{
		"create schema mart",
		"create table mart.sound as select i % 2 as a, i // 2 as b from range(1000) as r(i)",
		"create table mart.empty (a int, b int)",
		"create table mart.twice as from (values (1, 'x'), (2, 'y'), (1, 'x'), (1, 'y')) as v(a, b)",
		"create table mart.lacking as from (values (1, 'x'), (1, null)) as v(a, b)",
	} {
		if err := w.Exec(context.Background(), s); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

func TestAKeyThatRepeatsOrLacksAPartStopsAndShowsItsRows(t *testing.T) {
	catalog := model.Catalog{
		Queries: []model.Query{keyed("sound"), keyed("twice"), keyed("empty"), keyed("lacking")},
		Checks:  []model.Query{{File: "w", Rule: "warns", SQL: "select a from mart.sound where b = 7"}, {File: "s", Rule: "stops", Stop: true, SQL: "select a from mart.twice where b = 'y'"}},
	}
	verdict, err := Run(context.Background(), world(t), catalog)
	if err != nil {
		t.Fatal(err)
	}
	var stops [][]any
	for _, f := range verdict.Stops {
		stops = append(stops, []any{f.File, f.Rule, f.Rows, f.Sample})
	}
	want := [][]any{
		{"twice.sql", "key", int64(1), [][]any{{int64(1), "x", int64(2)}}},
		{"lacking.sql", "key", int64(1), [][]any{{int64(1), nil, int64(1)}}},
		{"s", "stops", int64(2), [][]any{{int64(2)}, {int64(1)}}},
	}
	if diff := cmp.Diff(want, stops); diff != "" {
		t.Error(diff)
	}
	if len(verdict.Warnings) != 1 || verdict.Warnings[0].Rows != 2 {
		t.Errorf("warnings: %v", verdict.Warnings)
	}
}

func TestAKeyOfNoColumnIsAFaultOfItsFile(t *testing.T) {
	q := keyed("sound")
	q.Key = []string{"nowhere"}
	if _, err := Run(context.Background(), world(t), model.Catalog{Queries: []model.Query{q}}); err == nil {
		t.Error("a key without its column was accepted")
	}
}
