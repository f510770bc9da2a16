package pipeline

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"noticeboard/pipeline/duck"
)

// meeting is an office with three overdue tickets on a Monday.
func meeting(t *testing.T, language string) string {
	t.Helper()
	home := t.TempDir()
	files := map[string]string{
		"noticeboard.yaml":           "version: 1\nlanguages: [" + language + "]\nlimits: {settle: 0s}\n",
		"reference/time_limits.csv":  "kind,complete_minutes,clock\nrepair,60,calendar\n",
		"reference/root_causes.csv":  "code,name_zh_hant,name_zh_hans,name_en\nSLOW,響應遲緩,响应迟缓,Slow response\n",
		"inbox/tickets/20260628.csv": "ticket_id,kind,category,registered_at,completed_at,delay_reason\nBX-1,repair,doors,2026-06-20 09:00,,\nBX-2,repair,doors,2026-06-21 09:00,,等配件\nBX-3,repair,doors,2026-06-22 09:00,,\n",
	}
	for name, content := range files {
		path := filepath.Join(home, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return home
}

// fillIn writes what the meeting decides of a ticket into the columns with these heads, and saves the sheet under inbox/actions.
func fillIn(t *testing.T, home, ticket string, decided map[string]string) {
	t.Helper()
	sheets, err := filepath.Glob(filepath.Join(home, "out/2026-06-29/R2_weekly_overdue_2026-W26_P01*.xlsx"))
	if err != nil || len(sheets) != 1 {
		t.Fatal(sheets, err)
	}
	f, err := excelize.OpenFile(sheets[0])
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := f.GetSheetName(0)
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	head := slices.IndexFunc(rows, func(r []string) bool { return len(r) > 10 })
	for i, r := range rows[head+1:] {
		if r[0] != ticket {
			continue
		}
		for text, value := range decided {
			column := slices.Index(rows[head], text)
			if column < 0 {
				t.Fatalf("no column %q among %v", text, rows[head])
			}
			cell, _ := excelize.CoordinatesToCellName(column+1, head+2+i)
			if err := f.SetCellValue(sheet, cell, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := os.MkdirAll(filepath.Join(home, "inbox/actions"), 0o755); err != nil {
		t.Fatal(err)
	}
	target := filepath.Join(home, "inbox/actions", filepath.Base(sheets[0]))
	if err := f.SaveAs(target); err != nil {
		t.Fatal(err)
	}
}

func TestTheSheetThatTheMeetingFilledInComesBackAsPromises(t *testing.T) {
	for language, heads := range map[string][4]string{"zh-Hant": {"根源", "解決辦法", "責任人", "承諾日期"}, "en": {"Cause", "Solution", "Owner", "Promised"}} {
		t.Run(language, func(t *testing.T) {
			home := meeting(t, language)
			run(t, home, "2026-06-29")
			fillIn(t, home, "BX-1", map[string]string{heads[0]: "響應遲緩", heads[1]: "本週更換門鎖", heads[2]: "王敏", heads[3]: "2026-07-04"})
			outcome := run(t, home, "2026-06-30")
			for _, f := range outcome.Landing.Files {
				if f.Kind == "actions" && (f.Refused != nil || f.Rejected > 0) {
					t.Errorf("%s: %d rejected of %d, %+v", f.Name, f.Rejected, f.Read, f.Refused)
				}
			}
			w, err := duck.Open(filepath.Join(home, outcome.Receipt.Manifest.Warehouse))
			if err != nil {
				t.Fatal(err)
			}
			defer w.Close()
			rows, err := w.Rows(context.Background(), "mart.promises", duck.Cut{})
			if err != nil {
				t.Fatal(err)
			}
			if len(rows.Values) != 1 {
				t.Fatalf("%d promises: %v", len(rows.Values), rows.Values)
			}
			for column, want := range map[string]string{"ticket_id": "BX-1", "root_cause": "SLOW", "solution": "本週更換門鎖", "responsible_person": "王敏", "state": "promised"} {
				if got := rows.Values[0][rows.Column(column)]; got != want {
					t.Errorf("%s is %v, not %s", column, got, want)
				}
			}
		})
	}
}
