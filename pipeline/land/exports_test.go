package land

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/handoff"
)

var update = flag.Bool("update", false, "write what is landed as what is wanted")

const exportsFolder = "../../fixtures/exports"

// TestExportsAsTheyCome lands each ugly export and compares with the text beside it.
func TestExportsAsTheyCome(t *testing.T) {
	if *update && os.Getenv("CI") == "true" {
		t.Fatal("goldens aren't written in CI")
	}
	folders, err := os.ReadDir(exportsFolder)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		if !f.IsDir() || f.Name() == "generate" {
			continue
		}
		t.Run(f.Name(), func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(exportsFolder, f.Name())
			got := describe(t, exportIn(t, dir))
			wanted := filepath.Join(dir, "want.txt")
			if *update {
				if err := os.WriteFile(wanted, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(wanted)
			if err != nil || string(want) != got {
				t.Errorf("%v\ngot\n%s\nwant\n%s", err, got, want)
			}
		})
	}
}

// settings is what a person says of an export that can't be read without.
const settings = "noticeboard.yaml"

// saidOf gives the source that the settings beside an export describe.
func saidOf(t *testing.T, dir string) config.Source {
	t.Helper()
	c, problems := config.Load(filepath.Join(dir, settings))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if len(c.Sources) == 0 {
		return config.Source{}
	}
	return c.Sources[0]
}

// exportIn gives the one export of a folder.
func exportIn(t *testing.T, dir string) string {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, f := range files {
		if f.Name() != "want.txt" && f.Name() != settings {
			found = append(found, filepath.Join(dir, f.Name()))
		}
	}
	if len(found) != 1 {
		t.Fatalf("%s holds %d exports, not one", dir, len(found))
	}
	return found[0]
}

func describe(t *testing.T, path string) string {
	t.Helper()
	l := land(t, given{path: path, source: saidOf(t, filepath.Dir(path))})
	var b strings.Builder
	if l.Refused != nil {
		fmt.Fprintf(&b, "refused: %s\n  %s\n  → %s\n", l.Refused.Reason, l.Refused.Message, l.Refused.Hint)
		return b.String()
	}
	fmt.Fprintf(&b, "read %d, good %d, rejected %d\n", l.Read, l.Good, l.Rejected)
	for _, line := range rows(t, l.Tables["tickets"], "src_line,ticket_id,kind_code,registered_at,registered_at_day,completed_at,completed_at_day,fee_charged,zone,description,extra") {
		b.WriteString("ticket " + strings.ReplaceAll(line, "\n", "⏎") + "\n")
	}
	for _, u := range l.Unmapped {
		fmt.Fprintf(&b, "unmapped %s %q %d\n", u.Field, u.Value, u.Rows)
	}
	if path, there := l.Tables["callbacks"]; there {
		for _, line := range rows(t, path, "src_line,callback_id,called_at,reached_code") {
			b.WriteString("callback " + line + "\n")
		}
	}
	if l.Rejects != "" {
		for _, line := range rows(t, l.Rejects, "src_line,reason,header,value") {
			b.WriteString("reject " + line + "\n")
		}
	}
	b.WriteString(notes(l))
	return b.String()
}

func notes(l handoff.Landed) string {
	var b strings.Builder
	for _, n := range l.Notes {
		fmt.Fprintf(&b, "note %s%s\n", n.Message, map[bool]string{true: " [" + n.Issue + "]"}[n.Issue != ""])
	}
	return b.String()
}
