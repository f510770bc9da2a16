package land

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"noticeboard/pipeline/handoff"
)

// drifts lands exports of one source, a day apart, and gives what the last one is said to have drifted by.
func drifts(t *testing.T, exports ...string) (handoff.Note, bool) {
	t.Helper()
	p := plan(t, given{})
	var files []handoff.File
	for i, text := range exports {
		path := filepath.Join(t.TempDir(), "export.csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		name := string(rune('a'+i)) + ".csv"
		files = append(files, handoff.File{Source: "tickets", Kind: "tickets", Name: name, Digest: name, Path: path, Date: time.Date(2026, 6, 1+i, 0, 0, 0, 0, time.UTC)})
	}
	landing, err := Run(t.Context(), p, handoff.Delivery{Files: files})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range landing.Files[len(files)-1].Notes {
		if n.Issue == "drift" {
			return n, true
		}
	}
	return handoff.Note{}, false
}

func TestWhatChangedBetweenTwoExportsIsNamed(t *testing.T) {
	for edge, c := range map[string]struct {
		exports []string
		rows    int64
		message string
	}{
		"the_same_columns":                   {[]string{"单号,类型,受理时间\n", "单号,类型,受理时间\n"}, 0, ""},
		"a_new_column":                       {[]string{"单号,类型,受理时间\n", "单号,类型,受理时间,备注\n"}, 1, "its columns are not those of a.csv: new 备注"},
		"a_missing_column":                   {[]string{"单号,类型,受理时间,完成时间\n", "单号,类型,受理时间\n"}, 1, "its columns are not those of a.csv: missing 完成时间 (completed_at)"},
		"a_renamed_column":                   {[]string{"单号,类型,受理时间\n", "单号,类型,报修时间\n"}, 1, "its columns are not those of a.csv: renamed 受理时间 is now 报修时间 (registered_at)"},
		"another_order":                      {[]string{"单号,类型,受理时间\n", "类型,单号,受理时间\n"}, 2, "its columns are not those of a.csv: in another order (2 columns)"},
		"all_at_once":                        {[]string{"单号,类型,受理时间,楼栋\n", "类型,单号,报修时间,备注\n"}, 3, "its columns are not those of a.csv: missing 楼栋 (building); new 备注; renamed 受理时间 is now 报修时间 (registered_at)"},
		"a_column_that_serves_another_field": {[]string{"单号,类型,受理时间,报修时间\n", "单号,类型,报修时间\n"}, 2, "its columns are not those of a.csv: missing 报修时间; renamed 受理时间 is now 报修时间 (registered_at)"},
		"a_required_column_gone":             {[]string{"单号,类型,受理时间\n", "单号,类型\n"}, 1, "its columns are not those of a.csv: missing 受理时间 (registered_at)"},
		"compared_with_the_last_that_loaded": {[]string{"单号,类型,受理时间\n", "单号,类型\n", "单号,类型,受理时间\n"}, 0, ""},
		"two_systems_by_turns":               {[]string{"单号,类型,受理时间\n", "編號,類型,受理時間,備註\n", "单号,类型,受理时间\n"}, 0, ""},
		"compared_with_the_nearest":          {[]string{"单号,类型,受理时间\n", "單號,類型,受理時間,備註\n", "单号,类型,受理时间,备注\n"}, 1, "its columns are not those of a.csv: new 备注"},
	} {
		t.Run(edge, func(t *testing.T) {
			n, found := drifts(t, c.exports...)
			if found != (c.rows > 0) || n.Rows != c.rows || n.Message != c.message {
				t.Errorf("got %d %q, want %d %q", n.Rows, n.Message, c.rows, c.message)
			}
		})
	}
}
