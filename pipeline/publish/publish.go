// Package publish makes a rendered night appear: it writes the manifest, syncs, and renames the staging folder into place.
//
// It renders nothing and decides nothing about content.
//
// Invariant: a reader of out/ sees a whole night or the one before it, never a part of one; out/latest is never missing once there was a night.
package publish

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"

	"noticeboard/pipeline/digest"
	"noticeboard/pipeline/handoff"
)

// Manifest lists what a night published and from what. It holds no clock time, host name, absolute path or duration, so the same
// inputs give the same bytes.
type Manifest struct {
	Format    int        `json:"format"`
	Night     string     `json:"night"` // digest of all inputs
	AsOf      string     `json:"as_of"`
	Version   string     `json:"version"`
	Documents []Document `json:"documents"`
	Relations []Relation `json:"relations"`
	Copy      *Copy      `json:"copy,omitempty"` // of the warehouse, beside the documents
	Exports   []Export   `json:"exports"`
	Warehouse string     `json:"warehouse"`       // path below the home folder
	Stale     []string   `json:"stale,omitempty"` // sources whose newest event is too old
	Warnings  []string   `json:"warnings,omitempty"`
	Held      []Held     `json:"held_back,omitempty"`     // notices that say something of a person
	Allowed   []string   `json:"allowed_words,omitempty"` // what notices may say although it looks like that
}

// Held is a notice that was not published, and why.
type Held struct {
	Name     string    `json:"name"`
	Report   string    `json:"report"`
	Period   string    `json:"period"`
	Property string    `json:"property"`
	Language string    `json:"language"`
	Findings []Finding `json:"findings"`
}

// Finding is what a notice would have said of a person, where it stands, and what to do.
type Finding struct {
	Kind    string `json:"kind"`
	Found   string `json:"found"`
	Block   string `json:"block,omitempty"`
	Where   string `json:"where,omitempty"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
}

// Document is one published file.
type Document struct {
	Name     string   `json:"name"`
	Report   string   `json:"report"`
	Period   string   `json:"period"`
	Property string   `json:"property"`
	Zone     string   `json:"zone,omitempty"`
	Language string   `json:"language"`
	Title    string   `json:"title"`
	Headline []string `json:"headline,omitempty"`
	Warnings []string `json:"warnings,omitempty"`
	Edition  int      `json:"edition,omitempty"` // of a notice
	Draft    bool     `json:"draft,omitempty"`   // not approved yet: it must not be posted
	Size     int64    `json:"size"`
	SHA256   string   `json:"sha256"`
}

// Relation is a relation of the warehouse with the digest of its rows in their order.
type Relation struct {
	Name   string `json:"name"`
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"`
}

// Export is what became of one export file.
type Export struct {
	Source   string `json:"source"`
	Name     string `json:"name"`
	Digest   string `json:"sha256"`
	FileDate string `json:"file_date"`
	Read     int64  `json:"read"`
	Good     int64  `json:"good"`
	Rejected int64  `json:"rejected"`
	Refused  string `json:"refused,omitempty"`
}

// FileName is the manifest's name in a published folder.
const FileName = "manifest.json"

// Receipt says where a night lies now.
type Receipt struct {
	Folder   string // absolute path of out/<date>
	Manifest Manifest
}

// Run completes the manifest from the staged files and puts the staging folder in place of out/<date>.
func Run(out string, pack handoff.Pack, manifest Manifest) (Receipt, error) {
	for _, d := range pack.Documents {
		size, sum, err := measured(filepath.Join(pack.Folder, d.Name))
		if err != nil {
			return Receipt{}, err
		}
		manifest.Documents = append(manifest.Documents, Document{
			Name: d.Name, Report: d.Report, Period: d.Period, Property: d.Property, Zone: d.Zone, Language: d.Language, Title: d.Title,
			Headline: d.Headline, Warnings: d.Warnings, Edition: d.Edition, Draft: d.Draft, Size: size, SHA256: sum,
		})
	}
	content, err := json.MarshalIndent(manifest, "", "  ")
	if err != nil {
		return Receipt{}, err
	}
	if err := os.WriteFile(filepath.Join(pack.Folder, FileName), append(content, '\n'), 0o644); err != nil {
		return Receipt{}, err
	}
	if err := sync(pack.Folder); err != nil {
		return Receipt{}, err
	}
	folder := filepath.Join(out, manifest.AsOf)
	if err := put(out, pack.Folder, folder, manifest.AsOf); err != nil {
		return Receipt{}, err
	}
	return Receipt{folder, manifest}, Latest(out)
}

// put renames staged to folder. Where that exists the two are exchanged in one call, since a rename onto an existing folder fails
// and a reader must never find it missing; the old one is kept below .replaced.
func put(out, staged, folder, date string) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	if _, err := os.Lstat(folder); errors.Is(err, fs.ErrNotExist) {
		if err := os.Rename(staged, folder); err != nil {
			return err
		}
		return syncDir(out)
	}
	if err := unix.Renameat2(unix.AT_FDCWD, staged, unix.AT_FDCWD, folder, unix.RENAME_EXCHANGE); err != nil {
		return fmt.Errorf("exchange %s and %s: %w", staged, folder, err)
	}
	replaced := filepath.Join(out, ".replaced")
	if err := os.MkdirAll(replaced, 0o755); err != nil {
		return err
	}
	for n := 1; ; n++ {
		kept := filepath.Join(replaced, fmt.Sprintf("%s.%d", date, n))
		if _, err := os.Lstat(kept); errors.Is(err, fs.ErrNotExist) {
			if err := os.Rename(staged, kept); err != nil {
				return err
			}
			return syncDir(out)
		}
	}
}

// Latest points out/latest at the newest night. A link is made beside it and renamed over it, so that it is never missing.
func Latest(out string) error {
	entries, err := os.ReadDir(out)
	if err != nil {
		return err
	}
	newest := ""
	for _, e := range entries {
		if _, err := time.Parse(time.DateOnly, e.Name()); err == nil && e.IsDir() {
			newest = e.Name() // ReadDir sorts by name, and dates sort as names
		}
	}
	link := filepath.Join(out, "latest")
	if now, err := os.Readlink(link); newest == "" || (err == nil && now == newest) {
		return nil
	}
	fresh := filepath.Join(out, ".latest")
	os.Remove(fresh)
	if err := os.Symlink(newest, fresh); err != nil {
		return err
	}
	if err := os.Rename(fresh, link); err != nil {
		return err
	}
	return syncDir(out)
}

// Read reads the manifest of a published folder.
func Read(folder string) (Manifest, error) {
	content, err := os.ReadFile(filepath.Join(folder, FileName))
	if err != nil {
		return Manifest{}, err
	}
	var m Manifest
	if err := json.Unmarshal(content, &m); err != nil {
		return Manifest{}, fmt.Errorf("%s: %w", filepath.Join(folder, FileName), err)
	}
	return m, nil
}

// measured gives the size of a file, and its digest.
func measured(path string) (int64, string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, "", err
	}
	sum, err := digest.File(path)
	return info.Size(), sum, err
}

// sync brings every file of a folder, and the folder, to the disk.
func sync(folder string) error {
	return filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return syncDir(path)
	})
}

func syncDir(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
