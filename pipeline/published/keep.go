package published

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"noticeboard/pipeline/digest"
	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/period"
)

// Shown is a document with what can be told of it once it is made.
type Shown struct {
	handoff.Document
	SHA256    string
	Relations []string // public relations that it shows; of notices only
	Watch     string   // the relation whose change makes it due; empty where none does
}

func documents() handoff.Published {
	return handoff.Published{Table: "documents", Columns: typed("report", "VARCHAR", "period", "VARCHAR", "property", "VARCHAR", "zone", "VARCHAR", "language", "VARCHAR", "name", "VARCHAR", "sha256", "VARCHAR",
		"edition", "BIGINT", "draft", "BOOLEAN", "rows_of", "DATE")}
}

func public() handoff.Published {
	return handoff.Published{Table: "public", Columns: typed("report", "VARCHAR", "relation", "VARCHAR", "property", "VARCHAR", "period", "VARCHAR", "position", "BIGINT", "cells", "VARCHAR")}
}

func typed(pairs ...string) []handoff.Column {
	var list []handoff.Column
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, handoff.Column{Name: pairs[i], Type: pairs[i+1]})
	}
	return list
}

//go:embed last_hung.sql
var lastHungSQL string

const pendingPrefix = ".pending-"

// Prepare writes all that a night keeps into a pending folder. Nothing of it counts before Commit.
func (a Archive) Prepare(ctx context.Context, w *duck.Warehouse, asOf time.Time, id string, kept []handoff.Published, shown []Shown) error {
	if has, err := a.Has(asOf, id); err != nil || has {
		return err
	}
	folder := filepath.Join(a.root, pendingPrefix+asOf.Format(time.DateOnly))
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	if err := fromDocuments(ctx, w, shown); err != nil {
		return err
	}
	n := note{Format: format, AsOf: asOf.Format(time.DateOnly), Night: id}
	for _, t := range append(slices.Clone(kept), documents(), public()) {
		f, err := write(ctx, w, t.Table, asOf, folder)
		if err != nil {
			return err
		}
		if f.Rows > 0 {
			n.Files = append(n.Files, f)
		}
	}
	return n.write(folder)
}

// write writes one table, if it has a row.
func write(ctx context.Context, w *duck.Warehouse, table string, asOf time.Time, folder string) (File, error) {
	f := File{Table: table}
	path := filepath.Join(folder, table+".parquet")
	var err error
	if f.Rows, err = w.Write(ctx, "kept."+table, asOf, path); err != nil {
		return f, err
	}
	if f.Rows == 0 {
		return f, os.Remove(path)
	}
	f.SHA256, err = settled(path)
	return f, err
}

// settled brings a file to the disk, takes the right to write it away, and gives its digest.
func settled(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum, err := digest.Of(f)
	if err != nil {
		return "", err
	}
	if err := f.Chmod(0o444); err != nil {
		return "", err
	}
	return sum, f.Sync()
}

func (n note) write(folder string) error {
	content, err := json.MarshalIndent(n, "", "  ")
	if err != nil {
		return err
	}
	path := filepath.Join(folder, noteName)
	if err := os.WriteFile(path, append(content, '\n'), 0o644); err != nil {
		return err
	}
	if _, err := settled(path); err != nil {
		return err
	}
	return syncFolder(folder)
}

func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// fromDocuments fills the two tables that no query makes.
func fromDocuments(ctx context.Context, w *duck.Warehouse, shown []Shown) error {
	var rows, cells [][]any
	for _, d := range shown {
		of, err := period.Parse(d.Period)
		if err != nil {
			continue
		}
		if d.Watch != "" {
			fresh, err := hung(ctx, w, d, d.Watch)
			if err != nil {
				return err
			}
			cells = append(cells, fresh...)
		}
		if of.Kind == period.Day || of.Kind == period.Week {
			continue
		}
		rows = append(rows, []any{d.Report, d.Period, d.Property, d.Zone, d.Language, d.Name, d.SHA256, d.Edition, d.Draft, rowsOf(d)})
		if d.Reprint {
			continue
		}
		for _, relation := range d.Relations {
			fresh, err := hung(ctx, w, d, relation)
			if err != nil {
				return err
			}
			cells = append(cells, fresh...)
		}
	}
	if err := w.Fill(ctx, "kept.documents", columns(documents()), rows); err != nil {
		return err
	}
	return w.Fill(ctx, "kept.public", columns(public()), distinct(cells))
}

func rowsOf(d Shown) any {
	if d.RowsOf.IsZero() {
		return nil // a workbook
	}
	return d.RowsOf
}

func columns(p handoff.Published) []duck.Column {
	list := make([]duck.Column, len(p.Columns))
	for i, c := range p.Columns {
		list[i] = duck.Column(c)
	}
	return list
}

// hung gives the rows of a public relation that a notice shows, if they are others than those last kept for it. What has no period, such as names, is
// no figure.
func hung(ctx context.Context, w *duck.Warehouse, d Shown, relation string) ([][]any, error) {
	table := strings.TrimPrefix(relation, "public.")
	of, cut := d.Period, duck.Cut{Property: d.Property, Period: d.Period}
	dated, err := ofPeriods(ctx, w, relation)
	if err != nil || !dated && relation != d.Watch {
		return nil, err
	}
	if !dated {
		of, cut.Period = always, ""
	}
	now, err := w.Objects(ctx, relation, cut)
	if err != nil {
		return nil, err
	}
	before, err := w.Query(ctx, lastHungSQL, d.Report, table, d.Property, of)
	if err != nil {
		return nil, err
	}
	rows := [][]any{{d.Report, table, d.Property, of, 0, nil}}
	if len(now) > 0 {
		rows = nil
	}
	for i, object := range now {
		rows = append(rows, []any{d.Report, table, d.Property, of, i + 1, object})
	}
	if slices.EqualFunc(rows, before.Values, func(a, b []any) bool { return a[5] == b[0] }) {
		return nil, nil
	}
	return rows, nil
}

// distinct leaves out what a notice's other languages and papers showed again.
func distinct(rows [][]any) [][]any {
	seen := map[string]bool{}
	var list [][]any
	for _, r := range rows {
		key := fmt.Sprint(r[:5]...)
		if !seen[key] {
			seen[key] = true
			list = append(list, r)
		}
	}
	return list
}

// Commit makes what is pending count, if it is of the night that was published on its date, and drops it else. A night calls it after its reports have
// appeared, and the next one before it begins, for one that was cut off between the two.
func (a Archive) Commit(publishedID func(date string) string) error {
	pending, err := filepath.Glob(filepath.Join(a.root, pendingPrefix+"*"))
	if err != nil {
		return err
	}
	for _, folder := range pending {
		n, err := read(folder)
		if err != nil || publishedID(n.Date.Format(time.DateOnly)) != n.ID {
			if err := os.RemoveAll(folder); err != nil {
				return err
			}
			continue
		}
		if err := a.append(n); err != nil {
			return err
		}
	}
	return nil
}

func (a Archive) append(n Night) error {
	numbers, err := a.numbers(n.Date)
	if err != nil {
		return err
	}
	dated := filepath.Join(a.root, n.Date.Format(time.DateOnly))
	if err := os.MkdirAll(dated, 0o755); err != nil {
		return err
	}
	if err := os.Rename(n.Folder, filepath.Join(dated, strconv.Itoa(slices.Max(append(numbers, 0))+1))); err != nil {
		return err
	}
	if err := syncFolder(dated); err != nil {
		return err
	}
	return syncFolder(a.root)
}
