package digest

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/iotest"
)

// The two wanted digests are those of FIPS 180-4's examples and of nothing.
func TestFile(t *testing.T) {
	for content, want := range map[string]string{
		"":    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		"abc": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
	} {
		path := filepath.Join(t.TempDir(), "f")
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		if got, err := File(path); err != nil || got != want {
			t.Errorf("%q: %s, %v", content, got, err)
		}
	}
	if _, err := File(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that isn't there: %v", err)
	}
}

func TestWhatCanNotBeReadHasNoDigest(t *testing.T) {
	broken := errors.New("broken")
	if sum, err := Of(iotest.ErrReader(broken)); sum != "" || !errors.Is(err, broken) {
		t.Errorf("%q, %v", sum, err)
	}
}
