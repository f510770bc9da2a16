package workbook

import (
	"path/filepath"
	"testing"

	"noticeboard/pipeline/internal/ooxml"
)

func TestEveryFeatureAndListNeedsNoRepair(t *testing.T) {
	path, _, _ := rendered(t, featureWorld(t), features, sheetRows)
	sound(t, path)
	path, _, _ = rendered(t, small(t, kindRows), kinds, 20)
	sound(t, path)
}

// sound asks a second reader, which shares no code with the library that writes, what Excel would have to repair.
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
