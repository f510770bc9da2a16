// Package pull brings new exports into the archive, as they came.
//
// It doesn't look into them: what an export holds is for land.
//
// Invariant: the archive is written once. A file is there whole, with the note beside it, or it isn't there; nothing in it is ever
// changed, and an export seen before in its source (same kind, same bytes) is not taken again.
package pull

import (
	"context"
	"fmt"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/pull/folder"
	"noticeboard/pipeline/record"
)

// Plan is what pull needs to know.
type Plan struct {
	Home     string // absolute
	Sources  []config.Source
	Location *time.Location // in which a modification time has its date
	Settle   time.Duration  // how long a file must have been left alone
}

// Sources gives the configured sources, and the folder inbox/<kind> for each kind that none of them has.
func Sources(c config.Config) []config.Source {
	sources := append([]config.Source(nil), c.Sources...)
	covered := map[string]bool{}
	for i, s := range sources {
		covered[s.Kind] = true
		if s.Name == "" {
			sources[i].Name = s.Kind
		}
		if s.Path == "" {
			sources[i].Path = "inbox/" + s.Kind
		}
	}
	for _, kind := range record.Kinds() {
		if !covered[kind.Name] {
			sources = append(sources, config.Source{Name: kind.Name, Kind: kind.Name, Path: "inbox/" + kind.Name})
		} else if intake := returnedTo(sources, kind.Name); intake.Path != "" {
			sources = append(sources, intake)
		}
	}
	return sources
}

// returnedName is how the workbooks of returned rows are called: they are taken whatever files a source names.
const returnedName = "R11_*"

// returnedTo is the folder in which returned rows are handed in where the exports of their kind come from elsewhere; none where that
// folder is a source's own.
func returnedTo(sources []config.Source, kind string) config.Source {
	inbox := "inbox/" + kind
	for _, s := range sources {
		if s.Kind == kind && (s.Path == inbox || strings.HasPrefix(s.Path, inbox+"/")) || s.Name == "returned_"+kind {
			return config.Source{}
		}
	}
	return config.Source{Name: "returned_" + kind, Kind: kind, Path: inbox, Files: returnedName}
}

// candidate is a file that lies in a source.
type candidate struct {
	source config.Source
	folder.File
}

// Run takes what is new in the sources and gives the whole archive.
func Run(ctx context.Context, plan Plan) (handoff.Delivery, error) {
	archive, err := openArchive(filepath.Join(plan.Home, "archive", "exports"))
	if err != nil {
		return handoff.Delivery{}, err
	}
	found, left, err := look(plan)
	if err != nil {
		return handoff.Delivery{}, err
	}
	settled, grew, err := settle(ctx, found, plan.Settle)
	if err != nil {
		return handoff.Delivery{}, err
	}
	delivery := handoff.Delivery{Left: append(left, grew...)}
	for _, c := range settled {
		if err := ctx.Err(); err != nil {
			return handoff.Delivery{}, err
		}
		added, reason, err := archive.take(c, plan.Location)
		if err != nil {
			return handoff.Delivery{}, err
		}
		if reason != "" {
			delivery.Left = append(delivery.Left, handoff.Left{Source: c.source.Name, Name: c.Name, Reason: reason})
		}
		switch {
		case added:
			delivery.New++
		case reason == "":
			delivery.Seen++
		}
	}
	delivery.Files = archive.files()
	return delivery, nil
}

// look lists the files of all sources.
func look(plan Plan) (found []candidate, left []handoff.Left, err error) {
	for _, s := range plan.Sources {
		root := filepath.Join(plan.Home, filepath.FromSlash(s.Path))
		patterns := []string{s.Files}
		if s.Files != "" && s.Files != returnedName {
			patterns = append(patterns, returnedName)
		}
		files, err := folder.List(root, patterns...)
		if err != nil {
			return nil, nil, fmt.Errorf("source %s: %w", s.Name, err)
		}
		for _, f := range files {
			if reason := unfinished(f.Name); reason != "" {
				left = append(left, handoff.Left{Source: s.Name, Name: f.Name, Reason: reason})
				continue
			}
			found = append(found, candidate{s, f})
		}
	}
	return found, left, nil
}

// unfinished says of a name that its writer is still at it, or nothing.
func unfinished(name string) string {
	base := filepath.Base(name)
	switch {
	case strings.HasPrefix(base, "~$"):
		return "the lock file of an open workbook"
	case strings.HasSuffix(strings.ToLower(base), ".part"), strings.HasSuffix(strings.ToLower(base), ".tmp"):
		return "still being written"
	}
	return ""
}

// settle waits until the youngest file has been left alone long enough, and leaves those that changed meanwhile.
func settle(ctx context.Context, found []candidate, pause time.Duration) (settled []candidate, left []handoff.Left, err error) {
	var wait time.Duration
	for _, c := range found {
		wait = max(wait, min(pause, pause-time.Since(c.Modified)))
	}
	if wait > 0 {
		select {
		case <-ctx.Done():
			return nil, nil, ctx.Err()
		case <-time.After(wait):
		}
	}
	for _, c := range found {
		if c.Changed() {
			left = append(left, handoff.Left{Source: c.source.Name, Name: c.Name, Reason: "it is still growing; the next run takes it"})
			continue
		}
		settled = append(settled, c)
	}
	return settled, left, nil
}

// inOrder sorts files as every room counts them: file date, source, name, digest.
func inOrder(files []handoff.File) {
	sort.Slice(files, func(i, j int) bool {
		a, b := files[i], files[j]
		switch {
		case !a.Date.Equal(b.Date):
			return a.Date.Before(b.Date)
		case a.Source != b.Source:
			return a.Source < b.Source
		case a.Name != b.Name:
			return a.Name < b.Name
		case a.Digest != b.Digest:
			return a.Digest < b.Digest
		}
		return a.Kind < b.Kind
	})
}
