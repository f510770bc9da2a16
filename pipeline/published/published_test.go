package published

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/handoff"
)

// world is a warehouse with one kept relation and one public relation, whose complaints can be set.
func world(t *testing.T, nights []Night, asOf time.Time, complaints string) *duck.Warehouse {
	t.Helper()
	w, err := duck.Memory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	for _, s := range []string{"create schema kept", "create schema ref", "create schema public",
		"create table kept.closings as select 'P01' as property, 3 as closing",
		"create table public.causes as select 'P01' as property, '2026H1' as period, 'noise' as root_cause, " + complaints + " as complaints"} {
		if err := w.Exec(context.Background(), s); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range Tables(nights, kept(), asOf) {
		if err := w.Past(context.Background(), "ref.published_"+p.Table, append([]duck.Column{{Name: "published_on", Type: "DATE"}}, columns(p)...), p.Files); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

func kept() []handoff.Published {
	return []handoff.Published{{Table: "closings", Back: 1, Columns: typed("property", "VARCHAR", "closing", "BIGINT")}}
}

func day(text string) time.Time {
	d, _ := time.Parse(time.DateOnly, text)
	return d
}

// publish keeps a night as the walk does: prepare, let the reports appear, commit.
func publish(t *testing.T, a Archive, date, id, complaints string) {
	t.Helper()
	prepare(t, a, date, id, complaints)
	if err := a.Commit(func(string) string { return id }); err != nil {
		t.Fatal(err)
	}
}

func prepare(t *testing.T, a Archive, date, id, complaints string) {
	t.Helper()
	before, err := a.Before(day(date))
	if err != nil {
		t.Fatal(err)
	}
	shown := []Shown{{Document: handoff.Document{Report: "R6", Period: "2026H1", Property: "P01", Language: "en", Name: "R6.pdf"}, Relations: []string{"public.causes"}}}
	if err := a.Prepare(context.Background(), world(t, before, day(date), complaints), day(date), id, kept(), shown); err != nil {
		t.Fatal(err)
	}
}

func tables(t *testing.T, a Archive, before string) map[string]int {
	t.Helper()
	nights, err := a.Before(day(before))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	for _, p := range Tables(nights, kept(), day(before)) {
		found[p.Table] = len(p.Files)
	}
	return found
}

func TestANightReadsThoseOfDatesBeforeIt(t *testing.T) {
	a := Of(t.TempDir())
	publish(t, a, "2026-07-01", "one", "7")
	if got := tables(t, a, "2026-07-01"); got["closings"] != 0 {
		t.Errorf("the night of the same date reads %v", got)
	}
	if got := tables(t, a, "2026-07-02"); got["closings"] != 1 || got["documents"] != 1 || got["public"] != 1 {
		t.Errorf("the night after reads %v", got)
	}
	if got := tables(t, a, "2026-07-03"); got["closings"] != 0 || got["public"] != 1 {
		t.Errorf("closings are read one night back, the rest for ever: %v", got)
	}
}

func TestWhatHangsOnTheBoardIsKeptWhenItChanges(t *testing.T) {
	a := Of(t.TempDir())
	publish(t, a, "2026-07-01", "one", "7")
	publish(t, a, "2026-07-02", "two", "7")
	if got := tables(t, a, "2026-07-03"); got["public"] != 1 {
		t.Errorf("the same rows were kept twice: %v", got)
	}
	publish(t, a, "2026-07-03", "three", "8")
	nights, err := a.Before(day("2026-07-04"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := world(t, nights, day("2026-07-04"), "8").Query(context.Background(), "select published_on, (cells->>'complaints')::int as complaints from ref.published_public order by published_on")
	if err != nil || len(rows.Values) != 2 || rows.Values[0][1] != int64(7) || rows.Values[1][1] != int64(8) {
		t.Errorf("%v, %v", rows.Values, err)
	}
}

func TestANightThatIsPublishedAgainIsKeptBesideTheOldOne(t *testing.T) {
	a := Of(t.TempDir())
	publish(t, a, "2026-07-01", "one", "7")
	publish(t, a, "2026-07-01", "one", "7")
	publish(t, a, "2026-07-01", "other", "8")
	nights, err := a.Before(day("2026-07-02"))
	if err != nil || len(nights) != 1 || nights[0].ID != "other" || filepath.Base(nights[0].Folder) != "2" {
		t.Errorf("%+v, %v", nights, err)
	}
}

func TestANightThatLaterOnesWereComparedWithStaysWhatItWas(t *testing.T) {
	a := Of(t.TempDir())
	publish(t, a, "2026-07-01", "one", "7")
	publish(t, a, "2026-07-02", "two", "7")
	publish(t, a, "2026-07-01", "other", "8")
	nights, err := a.Before(day("2026-07-03"))
	if err != nil || len(nights) != 2 || nights[0].ID != "one" {
		t.Errorf("%+v, %v", nights, err)
	}
	if has, err := a.Has(day("2026-07-01"), "other"); err != nil || !has {
		t.Errorf("there is nothing left to keep of it: %v, %v", has, err)
	}
}

func TestANightThatWasCutOffCountsOnlyIfItsReportsAppeared(t *testing.T) {
	for name, c := range map[string]struct {
		published string
		nights    int
	}{"reports appeared": {"one", 1}, "they did not": {"", 0}, "others did": {"two", 0}} {
		t.Run(name, func(t *testing.T) {
			a := Of(t.TempDir())
			prepare(t, a, "2026-07-01", "one", "7")
			if err := a.Commit(func(string) string { return c.published }); err != nil {
				t.Fatal(err)
			}
			nights, err := a.Before(day("2026-07-02"))
			if err != nil || len(nights) != c.nights {
				t.Errorf("%+v, %v", nights, err)
			}
			if left, _ := filepath.Glob(filepath.Join(a.Root(), pendingPrefix+"*")); len(left) > 0 {
				t.Errorf("%v is left", left)
			}
		})
	}
}

func TestAPendingFolderThatWasCutOffWhileItWasWrittenIsDropped(t *testing.T) {
	a := Of(t.TempDir())
	prepare(t, a, "2026-07-01", "one", "7")
	pending := filepath.Join(a.Root(), pendingPrefix+"2026-07-01")
	if err := os.Remove(filepath.Join(pending, noteName)); err != nil {
		t.Fatal(err)
	}
	prepare(t, a, "2026-07-01", "one", "7")
	publish(t, a, "2026-07-01", "one", "7")
	if got := tables(t, a, "2026-07-02"); got["closings"] != 1 {
		t.Errorf("%v", got)
	}
}

func TestAnArchiveOfAnotherFormatIsRefused(t *testing.T) {
	a := Of(t.TempDir())
	publish(t, a, "2026-07-01", "one", "7")
	path := filepath.Join(a.Root(), "2026-07-01", "1", noteName)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	os.Remove(path)
	if err := os.WriteFile(path, bytes.Replace(content, []byte(`"format": 2`), []byte(`"format": 1`), 1), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err = a.Before(day("2026-07-02"))
	if fault.KindOf(err) != fault.Configuration || !strings.Contains(err.Error(), "format 1; this noticeboard reads 2") {
		t.Errorf("%v", err)
	}
}

func TestWhatIsKeptCanNotBeWritten(t *testing.T) {
	a := Of(t.TempDir())
	publish(t, a, "2026-07-01", "one", "7")
	files, err := filepath.Glob(filepath.Join(a.Root(), "2026-07-01", "1", "*"))
	if err != nil || len(files) != 4 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, f := range files {
		if st, err := os.Stat(f); err != nil || st.Mode().Perm() != 0o444 {
			t.Errorf("%s: %v, %v", f, st.Mode(), err)
		}
	}
}

func TestAChangedFileIsFound(t *testing.T) {
	a := Of(t.TempDir())
	publish(t, a, "2026-07-01", "one", "7")
	if files, problems, err := a.Verify(); err != nil || files != 3 || len(problems) > 0 {
		t.Fatalf("%d files, %v, %v", files, problems, err)
	}
	path := filepath.Join(a.Root(), "2026-07-01", "1", "closings.parquet")
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("other"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, problems, err := a.Verify(); err != nil || len(problems) != 1 || problems[0].File != path {
		t.Errorf("%v, %v", problems, err)
	}
}
