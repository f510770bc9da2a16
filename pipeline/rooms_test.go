package pipeline

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

var rooms = []string{"pull", "land", "model", "check", "render", "publish"}

// A room that imported another would know more than what it is handed. check and render read the catalog and the warehouse that
// model builds: they may name model's catalog, nothing of another room.
var allowed = map[string]string{"check": "model"}

func TestRoomsImportNoOtherRoom(t *testing.T) {
	for _, room := range rooms {
		err := filepath.WalkDir(room, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
				return err
			}
			for _, imported := range imports(t, path) {
				other := roomOf(imported)
				if other != "" && other != room && allowed[room] != other {
					t.Errorf("%s: the room %s imports the room %s", path, room, other)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestOnlyDuckImportsTheDriver(t *testing.T) {
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		for _, imported := range imports(t, path) {
			if strings.HasPrefix(imported, "github.com/duckdb/") && filepath.Base(filepath.Dir(path)) != "duck" {
				t.Errorf("%s imports %s; go through package duck", path, imported)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func imports(t *testing.T, path string) []string {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, i := range file.Imports {
		name, _ := strconv.Unquote(i.Path.Value)
		list = append(list, name)
	}
	return list
}

func roomOf(imported string) string {
	rest, ours := strings.CutPrefix(imported, "noticeboard/pipeline/")
	if !ours {
		return ""
	}
	first, _, _ := strings.Cut(rest, "/")
	for _, r := range rooms {
		if first == r {
			return r
		}
	}
	return ""
}
