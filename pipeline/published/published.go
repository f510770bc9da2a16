// Package published is the archive of what nights published: archive/published/<date>/<n>/, a folder of Parquet files and a note for each publishing of
// a date, of which the greatest n counts. Later nights read those of dates before theirs as ref.published_<table>, each with the column published_on.
//
// What is in it: every relation of queries/kept — editions, figures, months of cohorts with their members, root causes, rankings, closings — and two tables
// that come from the documents rather than from SQL:
//
//	ref.published_documents  report, period, property, zone, language, name, sha256, edition, draft, rows_of · every document of a
//	                         month or longer; rows_of is the date of the night whose rows it shows
//	ref.published_public     report, relation, property, period, position, cells · the rows of public relations that a notice showed
//
// ref.published_public is kept when it differs from what was last kept for that report, relation, property and period: its rows with the newest
// published_on of these four are what hangs on the board. cells is the row as JSON (cells->>'complaints'), since relations may change their columns. A
// relation that had no row has one with position 0 and empty cells.
//
// It stays small for years: a period is kept with its first and its final edition and never again, members only in the months that aren't what they were
// when they were last kept (member_months tells such months by a digest of what their members say), and a table without a row has no file.
//
// It computes nothing and decides nothing: what is kept is said by queries/kept.
//
// Invariant: what is in the archive is never changed; a night that is cut off leaves a pending folder, which the next one finishes if its reports were
// published and drops if they weren't.
package published

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/handoff"
)

// Archive is the folder archive/published of a home.
type Archive struct{ root string }

// Of gives the archive of a home folder.
func Of(home string) Archive { return Archive{filepath.Join(home, "archive", "published")} }

// Root is the folder that SQL must reach to read and write what is published.
func (a Archive) Root() string { return a.root }

// Night is one publishing of a date.
type Night struct {
	Date   time.Time
	ID     string // digest of all its inputs
	Folder string
	Files  []File
}

// File is one kept table.
type File struct {
	Table  string `json:"table"`
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"`
}

// note is published.json: what the folder holds, so that a changed or lost file is found.
type note struct {
	Format int    `json:"format"`
	AsOf   string `json:"as_of"`
	Night  string `json:"night"`
	Files  []File `json:"files"`
}

const noteName = "published.json"

// format is that of the folder. In 1, members were kept one by one, in place of whole months.
const format = 2

// Before lists the publishings of dates before D that count, oldest first.
func (a Archive) Before(asOf time.Time) ([]Night, error) {
	entries, err := os.ReadDir(a.root)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var nights []Night
	for _, e := range entries {
		date, err := time.Parse(time.DateOnly, e.Name())
		if err != nil || !date.Before(asOf) {
			continue
		}
		n, there, err := a.newest(date)
		if err != nil {
			return nil, err
		}
		if there {
			nights = append(nights, n)
		}
	}
	return nights, nil
}

// Has tells whether the night of that date and id has been kept, or can't be any more, because later nights were built on the one before it.
func (a Archive) Has(asOf time.Time, id string) (bool, error) {
	n, there, err := a.newest(asOf)
	if err != nil || there && n.ID == id {
		return there, err
	}
	return a.isBuiltOn(asOf)
}

// isBuiltOn tells whether there is a night of a later date: it was compared with what was there, which must then stay what it is.
func (a Archive) isBuiltOn(asOf time.Time) (bool, error) {
	entries, err := os.ReadDir(a.root)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	for _, e := range entries {
		if date, err := time.Parse(time.DateOnly, e.Name()); err == nil && date.After(asOf) {
			return true, nil
		}
	}
	return false, err
}

func (a Archive) newest(date time.Time) (Night, bool, error) {
	numbers, err := a.numbers(date)
	if err != nil || len(numbers) == 0 {
		return Night{}, false, err
	}
	folder := filepath.Join(a.root, date.Format(time.DateOnly), strconv.Itoa(slices.Max(numbers)))
	n, err := read(folder)
	return n, err == nil, err
}

func (a Archive) numbers(date time.Time) ([]int, error) {
	entries, err := os.ReadDir(filepath.Join(a.root, date.Format(time.DateOnly)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var numbers []int
	for _, e := range entries {
		if n, err := strconv.Atoi(e.Name()); err == nil {
			numbers = append(numbers, n)
		}
	}
	return numbers, err
}

func read(folder string) (Night, error) {
	path := filepath.Join(folder, noteName)
	content, err := os.ReadFile(path)
	if err != nil {
		return Night{}, fmt.Errorf("the archive of what was published has lost a file: %w", err)
	}
	var n note
	if err := json.Unmarshal(content, &n); err != nil {
		return Night{}, fmt.Errorf("%s: %w", path, err)
	}
	if n.Format != format {
		return Night{}, fault.New(fault.Configuration, []fault.Problem{{File: path, Message: fmt.Sprintf("what was published then is kept in format %d; this noticeboard reads %d", n.Format, format),
			Hint: "move the folder archive/published elsewhere: nights then compare with what is published from now on"}})
	}
	date, err := time.Parse(time.DateOnly, n.AsOf)
	if err != nil {
		return Night{}, fmt.Errorf("%s: %w", path, err)
	}
	return Night{Date: date, ID: n.Night, Folder: folder, Files: n.Files}, nil
}

// Tables says, for each table that is kept, which files of those nights hold its rows for the night of D.
func Tables(nights []Night, kept []handoff.Published, asOf time.Time) []handoff.Published {
	tables := append(slices.Clone(kept), documents(), public())
	for i := range tables {
		t := &tables[i]
		for _, n := range nights {
			if t.Back > 0 && n.Date.Before(asOf.AddDate(0, 0, -t.Back)) {
				continue
			}
			if slices.ContainsFunc(n.Files, func(f File) bool { return f.Table == t.Table }) {
				t.Files = append(t.Files, filepath.Join(n.Folder, t.Table+".parquet"))
			}
		}
	}
	return tables
}

// Digest is what of those nights makes a night what it is: their ids, which are digests of all that went into them.
func Digest(nights []Night) string {
	lines := make([]string, len(nights))
	for i, n := range nights {
		lines[i] = n.Date.Format(time.DateOnly) + " " + n.ID
	}
	return strings.Join(lines, "\n")
}
