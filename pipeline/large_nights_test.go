package pipeline

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/model"
	"noticeboard/pipeline/published"
)

// BenchmarkEditions builds and keeps the nights around the turn of a month, one after the other, and says what each costs, of it the
// comparison with what was kept, and the keeping. -short makes the smallest only.
func BenchmarkEditions(b *testing.B) {
	sizes := []int{10_000, 100_000, 1_000_000}
	if testing.Short() {
		sizes = sizes[:1]
	}
	for _, tickets := range sizes {
		b.Run(fmt.Sprintf("tickets=%d", tickets), func(b *testing.B) {
			plan, whole := large(b, tickets, max(2, tickets/25_000))
			early := handoff.Landing{Files: slices.DeleteFunc(slices.Clone(whole.Files), func(f handoff.Landed) bool { return f.Name == "callbacks_202605.csv" })}
			for b.Loop() {
				if err := os.RemoveAll(plan.archive().Root()); err != nil {
					b.Fatal(err)
				}
				b.Log("first edition of all: ", plan.keepOnce(b, early, "2026-07-01"))
				b.Log("nothing new: ", plan.keepOnce(b, early, "2026-07-02"))
				b.Log("final edition, May's callbacks came late: ", plan.keepOnce(b, whole, "2026-07-03"))
				b.Log("no edition, figures have moved: ", plan.keepOnce(b, whole, "2026-07-04"))
				b.Log("first edition of the month after: ", plan.keepOnce(b, whole, "2026-08-01"))
			}
		})
	}
}

// keepOnce builds and keeps one night.
func (p Plan) keepOnce(b *testing.B, landing handoff.Landing, date string) string {
	b.Helper()
	ctx := context.Background()
	asOf, err := time.Parse(time.DateOnly, date)
	if err != nil {
		b.Fatal(err)
	}
	night, err := p.night(asOf, landing)
	if err != nil {
		b.Fatal(err)
	}
	m := night.model(Watch{})
	m.Path = filepath.Join(b.TempDir(), "large.duckdb")
	m.TempDir = m.Path + ".tmp"
	var compared time.Duration
	m.Observe = func(relation string, took time.Duration) {
		if relation == "mart.moved_figures" || relation == "mart.moved_months" || relation == "mart.restatements" {
			compared += took
		}
	}
	forgetPeak(b)
	started, spent := time.Now(), processor(b)
	w, err := model.Run(ctx, m, landing)
	if err != nil {
		b.Fatal(err)
	}
	defer os.Remove(m.Path)
	defer w.Close()
	modelled, modelSpent := time.Since(started), processor(b)-spent
	started, spent = time.Now(), processor(b)
	if err := p.archive().Prepare(ctx, w, asOf, date, p.Catalog.Kept(), nil); err != nil {
		b.Fatal(err)
	}
	keeping, keptSpent := time.Since(started), processor(b)-spent
	if err := p.archive().Commit(func(string) string { return date }); err != nil {
		b.Fatal(err)
	}
	return fmt.Sprintf("model %.1f s, %.1f cpu-s, of it %.2f s compared; kept in %.1f s, %.1f cpu-s, %.1f MB; peak %.0f MB",
		modelled.Seconds(), modelSpent.Seconds(), compared.Seconds(), keeping.Seconds(), keptSpent.Seconds(), kilobytes(b, p.archive(), date)/1024, peak(b))
}

// kilobytes is the size of what a night kept.
func kilobytes(b *testing.B, a published.Archive, date string) float64 {
	b.Helper()
	files, err := filepath.Glob(filepath.Join(a.Root(), date, "*", "*"))
	if err != nil {
		b.Fatal(err)
	}
	var sum int64
	for _, file := range files {
		st, err := os.Stat(file)
		if err != nil {
			b.Fatal(err)
		}
		sum += st.Size()
	}
	return float64(sum) / 1024
}
