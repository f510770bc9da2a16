// Package ooxml reads a finished workbook the way a strict program would, and says what Excel would have to repair: a second opinion on
// what the renderer and its library wrote, that shares no code with either.
//
// It knows the parts of the format that workbooks of this project use; what it has no rule for is a problem, not something to pass over.
// It is imported by tests only.
//
// Invariant: a workbook without problems has every part that it names, every element in the schema's order, and no name twice.
package ooxml

import (
	"archive/zip"
	"fmt"
	"io"
	"path"
	"slices"
	"sort"
	"strings"
)

// workbook is a file in the reading.
type workbook struct {
	parts    map[string]*node // XML parts, by name
	names    []string         // of all parts, in the file's order
	types    map[string]string
	rels     map[string]map[string]relation // part → id → relation
	problems []string
}

type relation struct{ kind, target string }

// Problems lists what is wrong with a workbook.
func Problems(file string) ([]string, error) {
	in, err := zip.OpenReader(file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	w := &workbook{parts: map[string]*node{}, types: map[string]string{}, rels: map[string]map[string]relation{}}
	for _, f := range in.File {
		if err := w.read(f); err != nil {
			return nil, err
		}
	}
	for _, check := range []func(){w.contentTypes, w.relations, w.order, w.book, w.sheets, w.tables, w.charts, w.anchors, w.sparklines} {
		check()
	}
	return w.problems, nil
}

func (w *workbook) wrong(part, format string, args ...any) {
	w.problems = append(w.problems, part+": "+fmt.Sprintf(format, args...))
}

func (w *workbook) read(f *zip.File) error {
	if slices.Contains(w.names, f.Name) {
		w.wrong(f.Name, "the part is there twice")
	}
	w.names = append(w.names, f.Name)
	open, err := f.Open()
	if err != nil {
		return err
	}
	defer open.Close()
	content, err := io.ReadAll(open)
	if err != nil {
		return err
	}
	switch path.Ext(f.Name) {
	case ".xml", ".rels", ".vml":
	default:
		return nil
	}
	tree, err := parse(content)
	if err != nil {
		w.wrong(f.Name, "%v", err)
		tree = &node{}
	}
	w.parts[f.Name] = tree
	return nil
}

// contentTypes sees to it that every part has one type, and that every type has its part.
func (w *workbook) contentTypes() {
	const list = "[Content_Types].xml"
	if len(w.names) == 0 || w.names[0] != list {
		w.wrong(list, "isn't the first part")
	}
	byExtension := map[string]string{}
	for _, n := range w.part(list).children {
		switch n.name {
		case "Default":
			if byExtension[n.attr("Extension")] != "" {
				w.wrong(list, "the extension %s is there twice", n.attr("Extension"))
			}
			byExtension[n.attr("Extension")] = n.attr("ContentType")
		case "Override":
			name := strings.TrimPrefix(n.attr("PartName"), "/")
			if w.types[name] != "" {
				w.wrong(list, "%s is there twice", name)
			}
			if !slices.Contains(w.names, name) {
				w.wrong(list, "%s is not in the file", name)
			}
			w.types[name] = n.attr("ContentType")
		default:
			w.wrong(list, "<%s> has no place here", n.name)
		}
	}
	for _, name := range w.names {
		if w.types[name] == "" {
			w.types[name] = byExtension[strings.TrimPrefix(path.Ext(name), ".")]
		}
		if w.types[name] == "" && name != list {
			w.wrong(name, "has no content type")
		}
	}
}

func (w *workbook) part(name string) *node {
	if n := w.parts[name]; n != nil {
		return n
	}
	w.wrong(name, "is missing")
	w.parts[name] = &node{}
	return w.parts[name]
}

// typesOf lists what each kind of relation leads to.
var typesOf = map[string]string{
	"worksheet": "worksheet+xml", "styles": "styles+xml", "sharedStrings": "sharedStrings+xml", "theme": "theme+xml", "table": "table+xml",
	"comments": "comments+xml", "drawing": "drawing+xml", "chart": "chart+xml", "vmlDrawing": "vmlDrawing", "officeDocument": "sheet.main+xml",
	"core-properties": "core-properties+xml", "extended-properties": "extended-properties+xml",
}

// relations sees to it that every relation leads to a part of its kind, and that every id in use is one.
func (w *workbook) relations() {
	for _, name := range w.ofKind(".rels") {
		folder, file := path.Split(name)
		owner := path.Join(path.Dir(strings.TrimSuffix(folder, "/")), strings.TrimSuffix(file, ".rels"))
		if owner != "." && w.parts[owner] == nil {
			w.wrong(name, "belongs to no part")
		}
		w.rels[owner] = map[string]relation{}
		for _, n := range w.parts[name].children {
			w.relation(name, owner, n)
		}
	}
	for name, tree := range w.parts {
		tree.walk(func(n *node) {
			for _, a := range n.attrs {
				if a.Name.Space == relationNamespace && (a.Name.Local == "id" || a.Name.Local == "embed") {
					if _, there := w.rels[name][a.Value]; !there {
						w.wrong(name, "<%s> asks for the relation %s, which is not there", n.name, a.Value)
					}
				}
			}
		})
	}
}

const relationNamespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

func (w *workbook) relation(name, owner string, n *node) {
	id, kind := n.attr("Id"), path.Base(n.attr("Type"))
	if _, there := w.rels[owner][id]; there {
		w.wrong(name, "the id %s is there twice", id)
	}
	target := n.attr("Target")
	w.rels[owner][id] = relation{kind, target}
	if n.attr("TargetMode") == "External" {
		return
	}
	if strings.HasPrefix(target, "/") {
		target = strings.TrimPrefix(target, "/")
	} else {
		target = path.Join(path.Dir(owner), target)
	}
	w.rels[owner][id] = relation{kind, target}
	want, known := typesOf[kind]
	switch {
	case !slices.Contains(w.names, target):
		w.wrong(name, "%s leads to %s, which is not in the file", id, target)
	case !known:
		w.wrong(name, "%s is of the kind %s, which no rule knows", id, kind)
	case !strings.HasSuffix(w.types[target], want):
		w.wrong(name, "%s is of the kind %s, but %s is %s", id, kind, target, w.types[target])
	}
}

// ofKind lists the XML parts with a suffix or below a folder, by name.
func (w *workbook) ofKind(mark string) []string {
	var list []string
	for name := range w.parts {
		if strings.HasSuffix(name, mark) || strings.HasPrefix(name, mark) && !strings.HasSuffix(name, ".rels") {
			list = append(list, name)
		}
	}
	sort.Strings(list)
	return list
}
