package workbook

import (
	"context"
	"path/filepath"
	"testing"

	"noticeboard/pipeline/internal/ooxml"
)

// A second reader, which shares no code with the library that writes, finds nothing that Excel would have to repair.
func TestWorkbooksNeedNoRepair(t *testing.T) {
	w := world(t)
	for _, g := range goldens {
		path := filepath.Join(t.TempDir(), g.name+".xlsx")
		if _, err := parse(t, g.template).Render(context.Background(), w, book(t, g.edition.Language), g.edition, path); err != nil {
			t.Fatal(err)
		}
		sound(t, path)
	}
}

func TestEveryFeatureAndListNeedsNoRepair(t *testing.T) {
	path, _, _ := rendered(t, featureWorld(t), features, sheetRows)
	sound(t, path)
	path, _, _ = rendered(t, small(t, kindRows), kinds, 20)
	sound(t, path)
}

func sound(t *testing.T, path string) {
	t.Helper()
	problems, err := ooxml.Problems(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", filepath.Base(path), p)
	}
}
