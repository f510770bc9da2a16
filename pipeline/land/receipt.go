package land

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/digest"
	"noticeboard/pipeline/handoff"
)

// format counts what can change a landed file without a change of the statements, aliases and values that the key covers.
const format = 9

// key names a landed file: the export, and all that reads it. The name of the source is not in it: two sources that read the same
// bytes in the same way share what was landed. It is a number since it stands in every row and in the joins of all of them: as a text, or
// with more bits, it takes the longer the more is landed, and 63 bits keep a million files apart.
func (p Plan) key(f handoff.File, source config.Source) int64 {
	how := struct {
		Format       int
		Digest, Kind string
		Date, Zone   string
		Source       config.Source
		Limits       config.Limits
	}{format, f.Digest, f.Kind, f.Date.Format(time.DateOnly), p.Location.String(), reading(source), p.Limits}
	how.Limits.Settle, how.Limits.MemoryMB = 0, 0
	content, err := json.Marshal(how)
	if err != nil {
		panic(err) // strings, numbers and maps of strings
	}
	h := sha256.New()
	h.Write(content)
	h.Write([]byte(valuesFile))
	for _, tree := range []fs.FS{aliasFiles, statements} {
		fs.WalkDir(tree, ".", func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				text, _ := fs.ReadFile(tree, path)
				h.Write([]byte(path))
				h.Write(text)
			}
			return err
		})
	}
	return int64(binary.BigEndian.Uint64(h.Sum(nil)) >> 1)
}

// reading keeps of a source what decides how its files are read.
func reading(s config.Source) config.Source {
	return config.Source{
		Columns: s.Columns, Constants: s.Constants, Values: s.Values, Encoding: s.Encoding, Delimiter: s.Delimiter, Sheet: s.Sheet,
		HeaderRow: s.HeaderRow, DateOrder: s.DateOrder, IDPrefix: s.IDPrefix,
	}
}

// receipt gives what was landed under a key before. It is written last: where it is, the landed files are whole.
func (p Plan) receipt(f handoff.File, key int64) (handoff.Landed, bool) {
	var landed handoff.Landed
	content, err := os.ReadFile(p.receiptPath(key))
	if err != nil || json.Unmarshal(content, &landed) != nil || !p.stillFrom(landed, f.Kind) {
		return handoff.Landed{}, false
	}
	landed.File = f
	lost := false
	renamed(&landed, func(base string) string {
		path := filepath.Join(p.Folder, base)
		if _, err := os.Stat(path); err != nil {
			lost = true
		}
		return path
	})
	return landed, !lost
}

func (p Plan) receiptPath(key int64) string { return p.path(key, "json") }

func (p Plan) path(key int64, what string) string {
	return filepath.Join(p.Folder, fmt.Sprintf("%d.%s", key, what))
}

// renamed gives each landed file of a receipt another path.
func renamed(landed *handoff.Landed, to func(string) string) {
	tables := map[string]string{}
	for _, kind := range slices.Sorted(maps.Keys(landed.Tables)) {
		tables[kind] = to(landed.Tables[kind])
	}
	landed.Tables = tables
	for _, path := range []*string{&landed.Rejects, &landed.Rows, &landed.Mends} {
		if *path != "" {
			*path = to(*path)
		}
	}
}

// keep writes the receipt, refusals too: a file that can't be read is tried again only when it, or what reads it, changes. What it
// names is on the disk before it is, and its digest in it.
func (p Plan) keep(landed handoff.Landed) error {
	var failed error
	landed.File = handoff.File{}
	landed.Sums = map[string]string{}
	renamed(&landed, func(path string) string {
		sum, err := settled(path)
		failed = errors.Join(failed, err)
		landed.Sums[filepath.Base(path)] = sum
		return filepath.Base(path)
	})
	if failed != nil {
		return failed
	}
	content, err := json.MarshalIndent(landed, "", "  ")
	if err != nil {
		return err
	}
	next := p.receiptPath(landed.Key) + ".new"
	if err := os.WriteFile(next, append(content, '\n'), 0o600); err != nil {
		return err
	}
	if _, err := settled(next); err != nil {
		return err
	}
	return os.Rename(next, p.receiptPath(landed.Key))
}

// settled brings a file to the disk and gives its digest.
func settled(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	synced := make(chan error, 1)
	go func() { synced <- f.Sync() }() // the disk is at work while the file is digested
	sum, err := digest.Of(f)
	return sum, errors.Join(err, <-synced)
}
