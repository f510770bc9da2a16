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

	"noticeboard/fixtures"
	"noticeboard/pipeline/internal/need"
	"noticeboard/pipeline/publish"
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
		// A DuckDB file is never the same twice; the digests of its rows are in the manifest.
		if name != publish.CopyName && !bytes.Equal(a[name], b[name]) {
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
