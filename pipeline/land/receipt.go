package land

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/handoff"
)

// format counts what can change a landed file without a change of the statements, aliases and values that the key covers.
const format = 2

// key names a landed file: the export, and all that reads it. The name of the source is not in it: two sources that read the same
// bytes in the same way share what was landed.
func (p Plan) key(f handoff.File, source config.Source) string {
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
	return hex.EncodeToString(h.Sum(nil))
}

// reading keeps of a source what decides how its files are read.
func reading(s config.Source) config.Source {
	return config.Source{
		Columns: s.Columns, Constants: s.Constants, Values: s.Values, Encoding: s.Encoding, Delimiter: s.Delimiter, Sheet: s.Sheet,
		HeaderRow: s.HeaderRow, DateOrder: s.DateOrder, IDPrefix: s.IDPrefix,
	}
}

// receipt gives what was landed under a key before. It is written last: where it is, the landed files are whole.
func (p Plan) receipt(f handoff.File, key string) (handoff.Landed, bool) {
	var landed handoff.Landed
	content, err := os.ReadFile(p.receiptPath(key))
	if err != nil || json.Unmarshal(content, &landed) != nil {
		return handoff.Landed{}, false
	}
	landed.File = f
	for kind, base := range landed.Tables {
		landed.Tables[kind] = filepath.Join(p.Folder, base)
		if _, err := os.Stat(landed.Tables[kind]); err != nil {
			return handoff.Landed{}, false
		}
	}
	if landed.Rejects != "" {
		landed.Rejects = filepath.Join(p.Folder, landed.Rejects)
		if _, err := os.Stat(landed.Rejects); err != nil {
			return handoff.Landed{}, false
		}
	}
	return landed, true
}

func (p Plan) receiptPath(key string) string { return filepath.Join(p.Folder, key+".json") }

// keep writes the receipt, refusals too: a file that can't be read is tried again only when it, or what reads it, changes.
func (p Plan) keep(landed handoff.Landed) error {
	landed.File = handoff.File{}
	tables := map[string]string{}
	for kind, path := range landed.Tables {
		tables[kind] = filepath.Base(path)
	}
	landed.Tables = tables
	if landed.Rejects != "" {
		landed.Rejects = filepath.Base(landed.Rejects)
	}
	content, err := json.MarshalIndent(landed, "", "  ")
	if err != nil {
		return err
	}
	next := p.receiptPath(landed.Key) + ".new"
	if err := os.WriteFile(next, append(content, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(next, p.receiptPath(landed.Key))
}
