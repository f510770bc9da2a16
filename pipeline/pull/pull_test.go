package pull

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"noticeboard/pipeline/config"
)

func TestDateInName(t *testing.T) {
	for name, want := range map[string]string{
		"報事明細_20260630.csv":                     "2026-06-30",
		"报修明细 2026-6-3.xlsx":                    "2026-06-03",
		"2026.06.30 报事.xls":                     "2026-06-30",
		"报事2026年6月30日.xls":                      "2026-06-30",
		"报事２０２６０６３０.csv":                        "2026-06-30",
		"报事2026年6月.xls":                         "2026-06-30",
		"报事2024年2月份.xls":                        "2024-02-29",
		"tickets_202606.csv":                    "2026-06-30",
		"tickets-2026-06.csv":                   "2026-06-30",
		"tickets_20260601-20260630.csv":         "2026-06-30",
		"tickets_20260601-0630.csv":             "2026-06-30",
		"tickets_2026-06-01_2026-06-15.csv.gz":  "2026-06-15",
		"报事2026年6月1日-15日.xls":                   "2026-06-15",
		"报事2026年5月28日至6月3日.xls":                 "2026-06-03",
		"报事2026年1-6月.xls":                       "2026-06-30",
		"export_20260630140506.csv":             "2026-06-30",
		"export_20260630_140506.csv":            "2026-06-30",
		"weekly 2026-W26.xlsx":                  "2026-06-28",
		"2026年第26周.xlsx":                        "2026-06-28",
		"2026Q2.csv":                            "2026-06-30",
		"2026年第二季度.csv":                         "2026-06-30",
		"2026年上半年.csv":                          "2026-06-30",
		"sub/2025-01/tickets_2026-06-30.csv":    "2026-06-30",
		"no_date.csv":                           "",
		"ticket_13800138000.csv":                "",
		"2026-13-02.csv":                        "",
		"tickets_20260231.csv":                  "",
		"BX1202606309.csv":                      "",
		"2026-06-01_to_2026-05-31_reversed.csv": "2026-06-01",
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := DateInName(name)
			shown := ""
			if ok {
				shown = got.Format(time.DateOnly)
			}
			if shown != want {
				t.Errorf("got %q, want %q", shown, want)
			}
		})
	}
}

func home(t *testing.T, files map[string]string) Plan {
	t.Helper()
	plan := Plan{Home: t.TempDir(), Sources: Sources(config.Default()), Location: time.FixedZone("CST", 8*3600)}
	for name, content := range files {
		put(t, plan, name, content)
	}
	return plan
}

func put(t *testing.T, plan Plan, name, content string) {
	t.Helper()
	path := filepath.Join(plan.Home, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func names(t *testing.T, plan Plan) ([]string, int) {
	t.Helper()
	d, err := Run(context.Background(), plan)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, f := range d.Files {
		list = append(list, f.Source+":"+f.Name+":"+f.Date.Format(time.DateOnly))
		if content, err := os.ReadFile(f.Path); err != nil || int64(len(content)) != f.Size {
			t.Errorf("%s: %v, %d bytes of %d", f.Path, err, len(content), f.Size)
		}
	}
	return list, d.New
}

func same(t *testing.T, got []string, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("got %q, want %q", got, want)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Fatalf("got %q, want %q", got, want)
		}
	}
}

func TestFilesComeByDateThenSourceThenName(t *testing.T) {
	plan := home(t, map[string]string{
		"inbox/tickets/b_20260630.csv":      "b",
		"inbox/tickets/sub/a_20260630.csv":  "a",
		"inbox/callbacks/c_20260630.csv":    "c",
		"inbox/inspections/d_20260601.xlsx": "d",
	})
	list, fresh := names(t, plan)
	same(t, list, "inspections:d_20260601.xlsx:2026-06-01", "callbacks:c_20260630.csv:2026-06-30", "tickets:b_20260630.csv:2026-06-30", "tickets:sub/a_20260630.csv:2026-06-30")
	if fresh != 4 {
		t.Errorf("%d new, want 4", fresh)
	}
}

func TestSameBytesAreTakenOnceAndStayWhenTheInboxIsCleared(t *testing.T) {
	plan := home(t, map[string]string{"inbox/tickets/a_20260630.csv": "x"})
	names(t, plan)
	put(t, plan, "inbox/tickets/copy_20260701.csv", "x")
	os.Remove(filepath.Join(plan.Home, "inbox/tickets/a_20260630.csv"))
	list, fresh := names(t, plan)
	same(t, list, "tickets:a_20260630.csv:2026-06-30")
	if fresh != 0 {
		t.Errorf("%d new, want none", fresh)
	}
}

func TestWhatWasSeenBeforeIsSaid(t *testing.T) {
	plan := home(t, map[string]string{"inbox/tickets/a_20260630.csv": "x"})
	names(t, plan)
	put(t, plan, "inbox/tickets/copy_20260701.csv", "x")
	d, err := Run(context.Background(), plan)
	if err != nil || d.Seen != 1 || len(d.Left) != 1 || d.Left[0].Name != "copy_20260701.csv" || d.Left[0].Reason != "the same bytes came before as a_20260630.csv" {
		t.Errorf("%+v %v", d, err)
	}
}

func TestSameBytesOfAnotherKindAreAnotherExport(t *testing.T) {
	plan := home(t, map[string]string{"inbox/tickets/a_20260630.csv": "x", "inbox/callbacks/a_20260630.csv": "x"})
	list, _ := names(t, plan)
	same(t, list, "callbacks:a_20260630.csv:2026-06-30", "tickets:a_20260630.csv:2026-06-30")
}

func TestModificationTimeIsReadOnceAndInTheConfiguredZone(t *testing.T) {
	plan := home(t, map[string]string{"inbox/tickets/a.csv": "x"})
	path := filepath.Join(plan.Home, "inbox/tickets/a.csv")
	os.Chtimes(path, time.Time{}, time.Date(2026, 6, 29, 18, 0, 0, 0, time.UTC))
	list, _ := names(t, plan)
	same(t, list, "tickets:a.csv:2026-06-30")
	os.Chtimes(path, time.Time{}, time.Date(2026, 7, 5, 0, 0, 0, 0, time.UTC))
	list, _ = names(t, plan)
	same(t, list, "tickets:a.csv:2026-06-30")
}

func TestUnfinishedFilesAreLeft(t *testing.T) {
	plan := home(t, map[string]string{
		"inbox/tickets/a_20260630.csv.part": "x", "inbox/tickets/~$b.xlsx": "x", "inbox/tickets/c.tmp": "x", "inbox/tickets/.DS_Store": "x",
	})
	d, err := Run(context.Background(), plan)
	if err != nil || len(d.Files) != 0 || len(d.Left) != 3 {
		t.Fatalf("%v, %v", d, err)
	}
}

func TestGrowingFileIsLeftAndTakenNextTime(t *testing.T) {
	plan := home(t, map[string]string{"inbox/tickets/a_20260630.csv": "x"})
	plan.Settle = 300 * time.Millisecond
	path := filepath.Join(plan.Home, "inbox/tickets/a_20260630.csv")
	go func() {
		time.Sleep(50 * time.Millisecond)
		os.WriteFile(path, []byte("xy"), 0o644)
	}()
	list, _ := names(t, plan)
	same(t, list)
	list, _ = names(t, plan)
	same(t, list, "tickets:a_20260630.csv:2026-06-30")
}

func TestACrashBetweenCopyAndNoteIsMended(t *testing.T) {
	plan := home(t, map[string]string{"inbox/tickets/a_20260630.csv": "x"})
	names(t, plan)
	notes, _ := filepath.Glob(filepath.Join(plan.Home, "archive/exports/tickets/*"+noteSuffix))
	if len(notes) != 1 {
		t.Fatal(notes)
	}
	os.Remove(notes[0])
	list, fresh := names(t, plan)
	same(t, list, "tickets:a_20260630.csv:2026-06-30")
	if fresh != 1 {
		t.Errorf("%d new, want 1", fresh)
	}
}

func TestConfiguredSourceNamesItsFilesAndTheirDate(t *testing.T) {
	plan := home(t, map[string]string{"drop/x/a.csv": "x", "drop/x/b.txt": "y"})
	c := config.Default()
	c.Sources = []config.Source{{Name: "east", Kind: "tickets", Path: "drop", Files: "*.csv", FileDate: "2026-05-31"}}
	plan.Sources = Sources(c)
	list, _ := names(t, plan)
	same(t, list, "east:x/a.csv:2026-05-31")
}

func TestLongAndOddNamesAreArchivedSafely(t *testing.T) {
	got := safeName("sub/報事:明細?<1>\n.csv")
	if got != "報事_明細__1__.csv" {
		t.Errorf("got %q", got)
	}
	long := ""
	for range 100 {
		long += "報事"
	}
	if got := safeName(long + "_20260630.csv"); len(got) > longestName || filepath.Ext(got) != ".csv" {
		t.Errorf("%d bytes: %q", len(got), got)
	}
}
