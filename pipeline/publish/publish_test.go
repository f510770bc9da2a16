package publish

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"noticeboard/pipeline/handoff"
)

func staged(t *testing.T, root, content string) handoff.Pack {
	t.Helper()
	folder := filepath.Join(root, "staging")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "R1.xlsx"), []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return handoff.Pack{Folder: folder, Documents: []handoff.Document{{Report: "R1", Name: "R1.xlsx"}}}
}

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestFirstNightAppearsWithItsManifestAndLatest(t *testing.T) {
	root := t.TempDir()
	out := filepath.Join(root, "out")
	receipt, err := Run(out, staged(t, root, "one"), Manifest{AsOf: "2026-07-01", Night: "n"})
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, filepath.Join(out, "latest", "R1.xlsx")); got != "one" {
		t.Errorf("latest shows %q", got)
	}
	m, err := Read(receipt.Folder)
	if err != nil || m.Night != "n" || m.Documents[0].Size != 3 || m.Documents[0].SHA256 == "" {
		t.Errorf("%+v, %v", m, err)
	}
	if strings.Contains(read(t, filepath.Join(receipt.Folder, FileName)), root) {
		t.Error("the manifest holds an absolute path")
	}
}

func TestNightPublishedAgainIsExchangedAndTheOldOneKept(t *testing.T) {
	root := t.TempDir()
	out := filepath.Join(root, "out")
	for _, content := range []string{"one", "two", "three"} {
		if _, err := Run(out, staged(t, root, content), Manifest{AsOf: "2026-07-01"}); err != nil {
			t.Fatal(err)
		}
	}
	for path, want := range map[string]string{"latest/R1.xlsx": "three", ".replaced/2026-07-01.1/R1.xlsx": "one", ".replaced/2026-07-01.2/R1.xlsx": "two"} {
		if got := read(t, filepath.Join(out, path)); got != want {
			t.Errorf("%s holds %q, want %q", path, got, want)
		}
	}
	if _, err := os.Stat(filepath.Join(root, "staging")); err == nil {
		t.Error("the staging folder is still there")
	}
}

func TestLatestStaysAtTheNewestNightWhenAnOlderOneIsMadeAgain(t *testing.T) {
	root := t.TempDir()
	out := filepath.Join(root, "out")
	for _, date := range []string{"2026-07-01", "2026-06-29"} {
		if _, err := Run(out, staged(t, root, date), Manifest{AsOf: date}); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.Readlink(filepath.Join(out, "latest")); err != nil || got != "2026-07-01" {
		t.Errorf("latest points at %q, %v", got, err)
	}
}
