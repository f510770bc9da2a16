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

// Every relation that is read or rendered holds the same rows in the same order, whatever the number of threads.
func TestRelationsDoNotDependOnThreads(t *testing.T) {
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
	for _, threads := range []int{1, 4} {
		m := night.model(Watch{})
		m.Threads, m.Path = threads, filepath.Join(t.TempDir(), "warehouse.duckdb")
		w, err := model.Run(ctx, m, landing)
		if err != nil {
			t.Fatal(err)
		}
		relations, err := digests(ctx, w, plan.Catalog)
		w.Close()
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = relations
		}
		if diff := cmp.Diff(first, relations); diff != "" || len(relations) < 100 {
			t.Errorf("%d threads, %d relations: %s", threads, len(relations), diff)
		}
	}
}
