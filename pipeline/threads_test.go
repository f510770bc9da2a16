package pipeline

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"noticeboard/pipeline/land"
	"noticeboard/pipeline/model"
	"noticeboard/pipeline/publish"
	"noticeboard/pipeline/pull"
)

// Every relation that is read or rendered holds the same rows in the same order, whatever the number of threads, and whether codes are
// stored as such or as text.
func TestRelationsDoNotDependOnThreadsOrCodes(t *testing.T) {
	ctx, asOf := context.Background(), time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	plan, err := Read(ctx, estate(t))
	if err != nil {
		t.Fatal(err)
	}
	plan.Config.Limits.Settle = 0
	delivery, err := pull.Run(ctx, plan.pullPlan())
	if err != nil {
		t.Fatal(err)
	}
	landing, err := land.Run(ctx, plan.landPlan(), delivery)
	if err != nil {
		t.Fatal(err)
	}
	night, err := plan.night(asOf, landing)
	if err != nil {
		t.Fatal(err)
	}
	var first []publish.Relation
	for _, as := range []struct {
		threads   int
		largeFrom int64
	}{{1, 0}, {4, 0}, {4, 1}} {
		m := night.model(Watch{})
		m.Threads, m.LargeFrom, m.Path = as.threads, as.largeFrom, filepath.Join(t.TempDir(), "warehouse.duckdb")
		w, err := model.Run(ctx, m, landing)
		if err != nil {
			t.Fatal(err)
		}
		relations, err := digests(ctx, w, plan.Catalog)
		if err != nil {
			t.Fatal(err)
		}
		coded, err := w.Query(ctx, "select count(*) from duckdb_columns() where schema_name = 'mart' and data_type like 'ENUM%'")
		if err != nil {
			t.Fatal(err)
		}
		w.Close()
		if stored := coded.Values[0][0].(int64) > 100; stored != (as.largeFrom == 1) {
			t.Errorf("%+v: %v columns are stored as codes", as, coded.Values[0][0])
		}
		if first == nil {
			first = relations
		}
		if diff := cmp.Diff(first, relations); diff != "" || len(relations) < 100 {
			t.Errorf("%+v, %d relations: %s", as, len(relations), diff)
		}
	}
}
