package pull

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func archived(t *testing.T, plan Plan) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(plan.Home, "archive/exports/tickets/*.csv"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	if err := os.Chmod(files[0], 0o600); err != nil {
		t.Fatal(err)
	}
	return files[0]
}

func TestVerifyFindsWhatIsNoLongerAsItCame(t *testing.T) {
	for edge, c := range map[string]struct {
		harm func(t *testing.T, path string)
		want string
	}{
		"untouched": {func(*testing.T, string) {}, ""},
		"a_flipped_byte": {func(t *testing.T, path string) {
			content, _ := os.ReadFile(path)
			content[0] ^= 1
			os.WriteFile(path, content, 0o600)
		}, "its bytes are no longer those that came"},
		"a_missing_file":  {func(t *testing.T, path string) { os.Remove(path) }, "the export is missing"},
		"a_byte_too_many": {func(t *testing.T, path string) { os.WriteFile(path, []byte("xyz"), 0o600) }, "it has 3 bytes, and came with 2"},
		"a_lost_note":     {func(t *testing.T, path string) { os.Remove(path + ".tickets" + noteSuffix) }, "no note says what it is"},
		"a_note_that_is_torn": {func(t *testing.T, path string) {
			os.Chmod(path+".tickets"+noteSuffix, 0o600)
			os.WriteFile(path+".tickets"+noteSuffix, []byte("{"), 0o600)
		}, "the note of an export can't be read"},
	} {
		t.Run(edge, func(t *testing.T) {
			plan := home(t, map[string]string{"inbox/tickets/a_20260630.csv": "xy", "inbox/callbacks/b_20260630.csv": "z"})
			names(t, plan)
			c.harm(t, archived(t, plan))
			whole, problems, err := Verify(plan.Home)
			if err != nil {
				t.Fatal(err)
			}
			var said []string
			for _, p := range problems {
				said = append(said, p.Message)
				if !strings.HasPrefix(p.File, "archive/exports/tickets/") || p.Hint == "" {
					t.Errorf("%+v", p)
				}
			}
			if (c.want == "") != (whole == 2) || !strings.HasPrefix(strings.Join(said, "; "), c.want) {
				t.Errorf("%d whole, %q", whole, said)
			}
		})
	}
}
