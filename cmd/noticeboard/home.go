package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/publish"
	"noticeboard/pipeline/published"
)

// isHome tells whether a folder is a home folder: it holds a configuration, exports or an archive.
func isHome(dir string) bool {
	for _, name := range []string{"noticeboard.yaml", "inbox", "archive"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return true
		}
	}
	return false
}

// homeOrDemo gives the home folder that show and explain read: the one asked for, the current folder if it is one, else the demo's.
func homeOrDemo(asked string) (string, error) {
	if asked != "" {
		return asked, nil
	}
	if isHome(".") {
		return ".", nil
	}
	if target, err := filepath.EvalSymlinks(filepath.Join("out", "latest")); err == nil {
		return filepath.Dir(filepath.Dir(target)), nil
	}
	return "", fault.Hinted(fault.Usage, "name one with --home, or make one to look at: noticeboard demo", "there is no home folder here")
}

// hasPublished tells whether the home has published a night.
func hasPublished(home string) bool {
	_, err := os.Stat(filepath.Join(home, "out", "latest"))
	return !errors.Is(err, fs.ErrNotExist)
}

// lastNight opens the warehouse that out/latest names.
func lastNight(home string) (*duck.Warehouse, publish.Manifest, time.Time, error) {
	manifest, err := publish.Read(filepath.Join(home, "out", "latest"))
	if err != nil {
		return nil, manifest, time.Time{}, fault.Hinted(fault.Usage, "run: noticeboard nightly --home "+home, "nothing was published in %s yet", home)
	}
	asOf, err := time.Parse(time.DateOnly, manifest.AsOf)
	if err != nil {
		return nil, manifest, asOf, err
	}
	// Landed rows, and what earlier nights published, are read where they lie, by the path that the night knew.
	root, err := filepath.Abs(home)
	if err != nil {
		return nil, manifest, asOf, err
	}
	w, err := duck.OpenReading(filepath.Join(home, manifest.Warehouse), []string{filepath.Join(root, "archive", "landed"), published.Of(root).Root()})
	if os.IsNotExist(err) {
		return nil, manifest, asOf, fault.Hinted(fault.Usage, "compute it again: noticeboard nightly --home "+home+" --date "+manifest.AsOf, "the warehouse of %s was deleted", manifest.AsOf)
	}
	return w, manifest, asOf, err
}
