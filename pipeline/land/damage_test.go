package land

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// Damaged in any way, a file is landed or refused; the night goes on.
func TestADamagedFileNeverEndsTheNight(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(exportsFolder, "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(13, 17))
	for _, path := range files {
		if filepath.Base(path) == "want.txt" || filepath.Ext(path) == ".go" {
			continue
		}
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			harmed := filepath.Join(t.TempDir(), "export")
			if err := os.WriteFile(harmed, harm(content, random), 0o600); err != nil {
				t.Fatal(err)
			}
			l, err := try(t, given{path: harmed})
			if err != nil {
				t.Errorf("%s: %v", filepath.Base(filepath.Dir(path)), err)
			} else if l.Read != l.Good+l.Rejected {
				t.Errorf("%s: %+v", filepath.Base(filepath.Dir(path)), l)
			}
		}
	}
}

// harm cuts a file off, or overwrites some of its bytes.
func harm(content []byte, random *rand.Rand) []byte {
	harmed := append([]byte(nil), content...)
	if random.IntN(3) == 0 {
		return harmed[:random.IntN(len(harmed))]
	}
	for range 1 + random.IntN(20) {
		harmed[random.IntN(len(harmed))] = byte(random.IntN(256))
	}
	return harmed
}
