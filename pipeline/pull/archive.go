package pull

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"noticeboard/pipeline/digest"
	"noticeboard/pipeline/handoff"
)

// note is the small file beside an archived export: what its name and bytes don't say, or say only for now.
type note struct {
	Source string `json:"source"`
	Kind   string `json:"kind"`
	Name   string `json:"name"`
	Digest string `json:"digest"`
	Date   string `json:"date"`
	Size   int64  `json:"size"`
	File   string `json:"file"` // base name of the export

	HandedIn time.Time `json:"handed_in"`
}

type key struct{ source, kind, digest string }

// archive is the folder of exports, with what is in it.
type archive struct {
	root string
	seen map[key]handoff.File
	here map[key]bool // those that lie in their source now
}

const noteSuffix = ".export.json"

func openArchive(root string) (*archive, error) {
	if err := os.MkdirAll(root, 0o700); err != nil {
		return nil, err
	}
	a := &archive{root: root, seen: map[key]handoff.File{}, here: map[key]bool{}}
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, noteSuffix) {
			return err
		}
		return a.remember(p)
	})
	return a, err
}

func (a *archive) remember(path string) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var n note
	if err := json.Unmarshal(content, &n); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	date, err := time.Parse(time.DateOnly, n.Date)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	f := handoff.File{Source: n.Source, Kind: n.Kind, Name: n.Name, Digest: n.Digest, Path: filepath.Join(filepath.Dir(path), n.File), Date: date, Size: n.Size, HandedIn: n.HandedIn}
	if _, err := os.Stat(f.Path); err != nil {
		return fmt.Errorf("the archive has lost an export: %w", err)
	}
	a.seen[key{n.Source, n.Kind, n.Digest}] = f
	return nil
}

func (a *archive) files() []handoff.File {
	files := make([]handoff.File, 0, len(a.seen))
	for k, f := range a.seen {
		f.Gone = !a.here[k]
		files = append(files, f)
	}
	inOrder(files)
	return files
}

// take archives a file unless it was seen before. reason says why a file was left; one that only lies where it did has none.
func (a *archive) take(c candidate, zone *time.Location) (added bool, reason string, err error) {
	sum, err := digest.File(c.Path)
	if errors.Is(err, fs.ErrPermission) {
		return false, "no permission to read it", nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		return false, "it is gone", nil
	}
	if err != nil {
		return false, "", err
	}
	k := key{c.source.Name, c.source.Kind, sum}
	a.here[k] = true
	if before, seen := a.seen[k]; seen {
		if before.Name != c.Name {
			return false, "the same bytes came before as " + before.Name, nil
		}
		return false, "", nil
	}
	date := fileDate(c, zone)
	base := date.Format(time.DateOnly) + "_" + sum[:12] + "_" + safeName(c.Name)
	dir := filepath.Join(a.root, c.source.Name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return false, "", err
	}
	path := filepath.Join(dir, base)
	copied, err := keep(c.Path, path)
	if err != nil {
		return false, "", err
	}
	if copied != "" && copied != sum {
		os.Remove(path)
		return false, "it is still growing; the next run takes it", nil
	}
	f := handoff.File{Source: c.source.Name, Kind: c.source.Kind, Name: c.Name, Digest: sum, Path: path, Date: date, Size: c.Size, HandedIn: c.Modified.UTC().Truncate(time.Second)}
	a.seen[k] = f
	return true, "", writeNote(path+"."+f.Kind+noteSuffix, note{f.Source, f.Kind, f.Name, f.Digest, date.Format(time.DateOnly), f.Size, base, f.HandedIn})
}

func fileDate(c candidate, zone *time.Location) time.Time {
	if date, ok := DateInName(c.Name); ok {
		return date
	}
	if date, err := time.Parse(time.DateOnly, c.source.FileDate); err == nil {
		return date
	}
	y, m, d := c.Modified.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// keep copies a file into the archive by a temporary name, synced before it gets its own. A file that is there already stays, and
// its digest is then empty.
func keep(from, to string) (sum string, err error) {
	if _, err := os.Stat(to); err == nil {
		return "", nil
	}
	source, err := os.Open(from)
	if err != nil {
		return "", err
	}
	defer source.Close()
	h := sha256.New()
	err = writeOnce(to, func(w io.Writer) error {
		_, err := io.Copy(io.MultiWriter(w, h), source)
		return err
	})
	return hex.EncodeToString(h.Sum(nil)), err
}

func writeNote(path string, n note) error {
	content, err := json.MarshalIndent(n, "", "  ")
	if err != nil {
		return err
	}
	return writeOnce(path, func(w io.Writer) error {
		_, err := w.Write(append(content, '\n'))
		return err
	})
}

func writeOnce(path string, write func(io.Writer) error) error {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if err := write(f); err != nil {
		f.Close()
		return err
	}
	if err := errors.Join(f.Chmod(0o400), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncFolder(dir)
}

// syncFolder makes the rename itself last: without it the name may be gone after a power cut.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// longestName leaves room for date, digest and suffix in the 255 bytes of a file name.
const longestName = 150

// safeName is the file's base name with nothing in it that a shell, a file system or a spreadsheet could take amiss.
func safeName(name string) string {
	base := []rune(filepath.Base(name))
	for i, r := range base {
		if r < ' ' || r == utf8.RuneError || strings.ContainsRune(`/\:*?"<>|`, r) {
			base[i] = '_'
		}
	}
	safe := string(base)
	for len(safe) > longestName {
		_, size := utf8.DecodeRuneInString(safe)
		safe = safe[size:] // the end is kept: it holds the date and the suffix
	}
	return safe
}
