// Package layer lays one folder over another: a file of the upper one hides the file of the same path below.
//
// It is not a merge of contents, and it writes nothing.
//
// Invariant: a path opens the upper file where there is one, else the lower; a folder lists the files of both, once each, by name.
package layer

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"sort"
)

// Over is a file system that reads upper first, then lower. A nil upper, or one whose root is missing, leaves lower alone.
type Over struct {
	Upper fs.FS
	Lower fs.FS
}

// Folder lays the folder dir, if it exists, over the embedded defaults.
func Folder(dir string, lower fs.FS) fs.FS {
	if st, err := os.Stat(dir); err != nil || !st.IsDir() {
		return Over{Lower: lower}
	}
	return Over{Upper: os.DirFS(dir), Lower: lower}
}

// IsUpper tells whether path comes from the upper folder.
func (o Over) IsUpper(name string) bool {
	if o.Upper == nil {
		return false
	}
	st, err := fs.Stat(o.Upper, name)
	return err == nil && !st.IsDir()
}

// Open opens the upper file, else the lower.
func (o Over) Open(name string) (fs.File, error) {
	if o.Upper != nil {
		f, err := o.Upper.Open(name)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return f, err
		}
	}
	return o.Lower.Open(name)
}

// ReadDir lists the files of both folders, the upper one's where both have the name.
func (o Over) ReadDir(name string) ([]fs.DirEntry, error) {
	lower, err := fs.ReadDir(o.Lower, name)
	if o.Upper == nil {
		return lower, err
	}
	upper, upperErr := fs.ReadDir(o.Upper, name)
	if err != nil && upperErr != nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	entries := map[string]fs.DirEntry{}
	for _, e := range lower {
		entries[e.Name()] = e
	}
	for _, e := range upper {
		entries[e.Name()] = e
	}
	names := make([]string, 0, len(entries))
	for n := range entries {
		names = append(names, n)
	}
	sort.Strings(names)
	list := make([]fs.DirEntry, len(names))
	for i, n := range names {
		list[i] = entries[n]
	}
	return list, nil
}

// Glob lists the files below root whose name ends in suffix, by path.
func Glob(fsys fs.FS, root, suffix string) ([]string, error) {
	var found []string
	err := fs.WalkDir(fsys, root, func(p string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && p == root {
			return fs.SkipAll
		}
		if err != nil {
			return err
		}
		if !d.IsDir() && path.Ext(p) == suffix {
			found = append(found, p)
		}
		return nil
	})
	sort.Strings(found)
	return found, err
}
