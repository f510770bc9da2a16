package pipeline

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"noticeboard/fixtures"
	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/internal/need"
)

var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

// fonts are needed where a night renders notices.
func fonts(t testing.TB) {
	t.Helper()
	need.File(t, "../templates/fonts/NotoSansTC-Regular.ttf", "make fonts")
}

// estate copies the invented estate into a home of its own.
func estate(t testing.TB) string {
	t.Helper()
	home := t.TempDir()
	err := fs.WalkDir(fixtures.Estate, "estate", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(fixtures.Estate, path)
		if err != nil {
			return err
		}
		inside, err := filepath.Rel("estate", path)
		if err != nil {
			return err
		}
		target := filepath.Join(home, inside)
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		return os.WriteFile(target, content, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	return home
}

func run(t testing.TB, home, date string) Outcome {
	t.Helper()
	ctx := context.Background()
	plan, err := Read(ctx, home)
	if err != nil {
		t.Fatal(err)
	}
	plan.Config.Limits.Settle = 0
	asOf, err := time.Parse(time.DateOnly, date)
	if err != nil {
		t.Fatal(err)
	}
	outcome, err := Night(ctx, plan, asOf, NewWatch(quiet, nil, nil))
	if err != nil {
		t.Fatal(err)
	}
	return outcome
}

func contents(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = content
	}
	return files
}

func TestTwoHomesWithTheSameExportsPublishTheSameBytes(t *testing.T) {
	fonts(t)
	first, second := run(t, estate(t), "2026-07-01"), run(t, estate(t), "2026-07-01")
	a, b := contents(t, first.Receipt.Folder), contents(t, second.Receipt.Folder)
	if len(a) < 5 || len(a) != len(b) {
		t.Fatalf("%d files and %d", len(a), len(b))
	}
	for name := range a {
		if !bytes.Equal(a[name], b[name]) {
			t.Errorf("%s differs", name)
		}
	}
}

func TestTheSameNightAgainHasNothingToDo(t *testing.T) {
	fonts(t)
	home := estate(t)
	first := run(t, home, "2026-07-01")
	if first.Unchanged {
		t.Error("the first night was taken for a repeated one")
	}
	if again := run(t, home, "2026-07-01"); !again.Unchanged {
		t.Error("the same night was made twice")
	}
}

func TestEveryRowOfTheEstateIsAccountedFor(t *testing.T) {
	fonts(t)
	outcome := run(t, estate(t), "2026-07-01")
	if len(outcome.Landing.Files) < 20 {
		t.Fatalf("only %d files landed", len(outcome.Landing.Files))
	}
	for _, f := range outcome.Landing.Files {
		if f.Refused != nil {
			t.Errorf("%s was refused: %s", f.Name, f.Refused.Message)
		}
		if f.Read != f.Good+f.Rejected {
			t.Errorf("%s: %d read, %d good, %d rejected", f.Name, f.Read, f.Good, f.Rejected)
		}
	}
}

// The columns that metrics.md promises to whoever writes SQL of their own; more may follow them, none may go.
var promised = map[string][]string{
	"mart.figures":               {"metric", "property", "zone", "category", "period", "period_kind", "period_start", "period_end", "complete", "x", "n", "value", "low", "high", "not_measurable", "provisional"},
	"mart.comparisons":           {"metric", "property", "zone", "category", "period", "value", "previous", "year_before", "target", "floor", "light", "unsure"},
	"mart.complaint_root_causes": {"property", "zone", "period", "root_cause", "complaints", "share", "cumulative_share", "position", "inferred", "still_open", "median_hours_to_close"},
	"mart.rework_jobs":           {"property", "ticket_id", "zone", "category", "technician", "completed_at", "returned_ticket_id", "returned_at", "linked_by", "days_between", "counted_on"},
	"mart.zone_indicators":       {"property", "zone", "period", "metric", "x", "n", "raw", "low", "high", "shrunk", "points", "weight", "standing"},
	"mart.zone_ranking":          {"property", "zone", "period", "score", "rank", "rank_low", "rank_high", "movement", "too_few"},
	"mart.daily_inventory":       {"property", "kind", "owner", "opening", "registered", "completed", "closing", "corrections"},
	"mart.open_tickets":          {"property", "ticket_id", "kind", "zone", "place", "category", "age_days", "deadline", "overdue_hours", "owner", "root_cause", "stage", "delay_reason"},
	"mart.data_quality":          {"source", "file_date", "digest", "file", "issue", "rows"},
}

func TestRelationsHaveTheColumnsThatAreDocumented(t *testing.T) {
	fonts(t)
	outcome := run(t, estate(t), "2026-07-01")
	w, err := duck.Open(filepath.Join(outcome.Receipt.Folder, "..", "..", outcome.Receipt.Manifest.Warehouse))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for relation, want := range promised {
		cols, err := w.Columns(context.Background(), relation)
		if err != nil {
			t.Error(err)
			continue
		}
		var got []string
		for _, c := range cols {
			for _, name := range want {
				if c.Name == name {
					got = append(got, c.Name)
				}
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", relation, diff)
		}
	}
}

// BenchmarkNight makes one night of the estate from nothing, and says how long each room took.
func BenchmarkNight(b *testing.B) {
	fonts(b)
	rooms := map[string]time.Duration{}
	for b.Loop() {
		b.StopTimer()
		home := estate(b)
		plan, err := Read(context.Background(), home)
		if err != nil {
			b.Fatal(err)
		}
		plan.Config.Limits.Settle = 0
		b.StartTimer()
		watch := NewWatch(quiet, func(room string, took time.Duration) { rooms[room] += took }, nil)
		if _, err := Night(context.Background(), plan, time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC), watch); err != nil {
			b.Fatal(err)
		}
	}
	for room, took := range rooms {
		b.ReportMetric(float64(took.Milliseconds())/float64(b.N), "ms/"+room)
	}
}
