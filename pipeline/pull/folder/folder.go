// Package folder lists the files of a source that is a folder, with its sub-folders, or a single file.
//
// It opens none of them and decides nothing about them.
//
// Invariant: the files come in the order of their names, whatever the file system says first.
package folder

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
	"time"
)

// File is a file of a source as it lay there when it was listed.
type File struct {
	Name     string // path below the source's folder, with slashes
	Path     string
	Size     int64
	Modified time.Time
}

// Changed tells whether the file is no longer what was listed.
func (f File) Changed() bool {
	st, err := os.Stat(f.Path)
	return err != nil || st.Size() != f.Size || !st.ModTime().Equal(f.Modified)
}

// List lists the files below root whose base name fits one of the patterns; an empty pattern fits all. A root that isn't there has none.
func List(root string, patterns ...string) ([]File, error) {
	root, err := filepath.EvalSymlinks(root)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var files []File
	err = filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if hidden(d.Name()) && p != root {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		f, ok, err := fileAt(root, p, patterns)
		if ok {
			files = append(files, f)
		}
		return err
	})
	sort.Slice(files, func(i, j int) bool { return files[i].Name < files[j].Name })
	return files, err
}

// hidden knows what systems leave in folders by themselves.
func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.EqualFold(name, "Thumbs.db") || strings.EqualFold(name, "desktop.ini") || name == "__MACOSX"
}

func fileAt(root, p string, patterns []string) (File, bool, error) {
	st, err := os.Stat(p) // follows a link to a file
	if errors.Is(err, fs.ErrNotExist) {
		return File{}, false, nil // taken away since it was listed, or a link to nothing
	}
	if err != nil || !st.Mode().IsRegular() {
		return File{}, false, err
	}
	if fits, err := fitsOne(filepath.Base(p), patterns); err != nil || !fits {
		return File{}, false, err
	}
	name, err := filepath.Rel(root, p)
	if name == "." {
		name = filepath.Base(p)
	}
	return File{Name: filepath.ToSlash(name), Path: p, Size: st.Size(), Modified: st.ModTime()}, true, err
}

func fitsOne(name string, patterns []string) (bool, error) {
	for _, pattern := range patterns {
		if fits, err := path.Match(pattern, name); err != nil || fits || pattern == "" {
			return err == nil, err
		}
	}
	return false, nil
}
