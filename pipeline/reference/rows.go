package reference

import (
	"fmt"
	"strings"
	"time"

	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/textkey"
)

// record is one line of a file as its cells stand there.
type record struct {
	line  int
	cells []string
}

func (r record) isBlank() bool { return strings.TrimSpace(strings.Join(r.cells, "")) == "" }

// row is one row of a sheet, read: nil where a cell is empty. The rows of a default have no line.
type row struct {
	line   int
	values map[string]any
}

func (r row) text(name string) string {
	s, _ := r.values[name].(string)
	return s
}

func (r row) date(name string) time.Time {
	t, _ := r.values[name].(time.Time)
	return t
}

// reading is the reading of one file.
type reading struct {
	sheet
	file     string
	property string
	columns  map[int]string // which column holds which field
	problems []fault.Problem
}

func (g *reading) say(line int, hint, format string, args ...any) {
	g.problems = append(g.problems, fault.Problem{File: g.file, Line: line, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// read takes the first line that isn't blank for the header, and all others for rows. Rows with wrong cells are left out.
func (s sheet) read(file string, records []record, property string) ([]row, []fault.Problem) {
	g := &reading{sheet: s, file: file, property: property, columns: map[int]string{}}
	var rows []row
	for _, r := range records {
		switch {
		case r.isBlank():
		case len(g.columns) == 0:
			if !g.header(r) {
				return nil, g.problems
			}
		default:
			if one, ok := g.row(r); ok {
				rows = append(rows, one)
			}
		}
	}
	return rows, g.problems
}

// header finds the fields. Without a required one, no row is judged: each would be wrong for the same reason.
func (g *reading) header(r record) bool {
	seen := map[string]bool{}
	for i, cell := range r.cells {
		name := strings.ReplaceAll(textkey.Of(cell), " ", "_")
		switch {
		case name == "":
		case isNote(name):
			g.columns[i] = ""
		case !g.takes(name):
			g.say(r.line, fault.Meant(name, g.names()), "column %q is not known", trimmed(cell))
			g.columns[i] = ""
		case seen[name]:
			g.say(r.line, "keep one of the two", "column %q is there twice", name)
			g.columns[i] = ""
		default:
			seen[name] = true
			g.columns[i] = name
		}
	}
	before := len(g.problems)
	for _, f := range g.fields {
		if f.required && !seen[f.name] && !(f.name == "property" && g.property != "") {
			g.say(r.line, "the columns are "+strings.Join(g.names(), ", "), "there is no column %q", f.name)
		}
	}
	return len(g.problems) == before
}

// isNote tells whether a column is for the staff's own remarks, which nobody reads.
func isNote(name string) bool {
	return name == "note" || name == "notes" || name == "備註" || name == "备注"
}

func (g *reading) row(r record) (row, bool) {
	before := len(g.problems)
	one, unreadable := row{r.line, map[string]any{}}, map[string]bool{}
	for i, cell := range r.cells {
		if name, known := g.columns[i]; known {
			unreadable[name] = !g.cell(one, name, cell)
		} else if trimmed(cell) != "" {
			g.say(r.line, `give the column a name, or call it "note"; a text with commas needs quotes`, "%q stands in a column without a name", trimmed(cell))
			break
		}
	}
	g.complete(one)
	for _, f := range g.fields {
		if f.required && one.values[f.name] == nil && !unreadable[f.name] {
			g.say(r.line, "fill it in, or remove the row", "%s is empty", f.name)
		}
	}
	return one, len(g.problems) == before
}

// cell reads one cell into its row; false when it can't be read.
func (g *reading) cell(one row, name, cell string) bool {
	if name == "" || isEmpty(cell) {
		return true
	}
	f, there := g.field(name)
	if !there {
		f = text(name)
	}
	value, ok := f.form.read(cell)
	if !ok {
		g.say(one.line, "", "%s %q is not %s", name, trimmed(cell), f.form.want)
		return false
	}
	one.values[name] = value
	return true
}

// complete fills in what a row may leave out: one name stands for three, and the configured property for none.
func (g *reading) complete(one row) {
	if name, there := one.values["name"]; there && g.isNamed() {
		for _, n := range []string{"name_zh_hant", "name_zh_hans", "name_en"} {
			if one.values[n] == nil {
				one.values[n] = name
			}
		}
	}
	if f, there := g.field("property"); there && f.required && one.values["property"] == nil && g.property != "" {
		one.values["property"] = g.property
	}
}
