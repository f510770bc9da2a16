package land

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/decode"
	"noticeboard/pipeline/record"
)

// headerWithin is how far down a header may stand.
const headerWithin = 15

// header is a header that was found: the names of its columns, and where its rows begin.
type header struct {
	names  []string   // as shown; of two rows, group/name
	forms  [][]string // how each name may be spelt, the fullest first
	rows   int        // rows of the sheet up to the last row of the header
	raw    [][]string // its cells as they stand, a row or two
	fields int        // how many fields it names
	line   int        // on which its last row stands
	hidden []int      // columns that the file doesn't show
}

// findHeader looks for the row, or the pair of rows, of the first ones that names most fields.
func findHeader(head []decode.Record, m matcher, source config.Source) (header, bool) {
	var best header
	for i, r := range head {
		if source.HeaderRow > 0 && r.Line != source.HeaderRow || source.HeaderRow == 0 && i >= headerWithin {
			continue
		}
		single := oneRow(r.Cells, i+1)
		single.line = r.Line
		single.fields = m.count(single)
		// On a tie with the pair that ends in it, the row alone: then the row above is a title, not a group.
		if single.fields > best.fields || single.fields == best.fields && single.rows == best.rows {
			best = single
		}
		if i+1 == len(head) {
			continue
		}
		double := twoRows(r.Cells, head[i+1].Cells, i+2)
		double.line = head[i+1].Line
		double.fields = m.count(double)
		if double.fields > best.fields || best.rows == i+1 && best.fields > 0 && double.fields == best.fields && goesOn(r.Cells, head[i+1].Cells) {
			best = double
		}
	}
	return best, best.fields >= min(2, filled(best.names)) && best.fields > 0
}

// position is how a mapping names a column of a file without a header: column 3.
var position = regexp.MustCompile(`^column [1-9]\d{0,4}$`)

// byPosition tells whether a source names all its columns by where they stand: then its files have no header.
func byPosition(source config.Source) bool {
	for _, name := range source.Columns {
		if !position.MatchString(name) {
			return false
		}
	}
	return len(source.Columns) > 0 && source.HeaderRow == 0
}

// numbered is the header of a file that has none.
func numbered(head []decode.Record, m matcher) (header, bool) {
	var h header
	for _, r := range head {
		for i := len(h.names); i < len(r.Cells); i++ {
			h.names, h.forms = append(h.names, fmt.Sprintf("column %d", i+1)), append(h.forms, nil)
		}
	}
	h.raw, h.fields = [][]string{h.names}, m.count(h)
	return h, h.fields > 0
}

func filled(cells []string) int {
	n := 0
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}

func oneRow(cells []string, rows int) header {
	h := header{rows: rows, raw: [][]string{cells}}
	for _, c := range cells {
		h.names = append(h.names, shownName(c))
		h.forms = append(h.forms, spellings(c))
	}
	return h
}

// twoRows reads the upper row as titles of groups: an empty cell belongs to the title on its left where the lower row has a name.
func twoRows(upper, lower []string, rows int) header {
	h := header{rows: rows, raw: [][]string{upper, lower}}
	plain := map[string]int{}
	for _, c := range lower {
		plain[fold(c)]++
	}
	title := ""
	for i := range max(len(upper), len(lower)) {
		above, below := shownName(cellAt(upper, i)), shownName(cellAt(lower, i))
		if above != "" {
			title = above
		}
		switch {
		case below == "" || fold(above) == fold(below):
			h.names = append(h.names, above)
			h.forms = append(h.forms, spellings(above))
		case title == "":
			h.names = append(h.names, below)
			h.forms = append(h.forms, spellings(below))
		default:
			forms := spellings(title + below)
			if plain[fold(below)] == 1 {
				forms = append(forms, spellings(below)...)
			}
			h.names = append(h.names, title+"/"+below)
			h.forms = append(h.forms, forms)
		}
	}
	return h
}

// goesOn tells whether a lower row can only be the second row of a header: it names columns inside groups, and nothing below the
// columns that have a name of their own.
func goesOn(upper, lower []string) bool {
	inside := false
	for i := range max(len(upper), len(lower)) {
		above, below := cellAt(upper, i) != "", cellAt(lower, i) != ""
		startsGroup := above && i+1 < max(len(upper), len(lower)) && cellAt(upper, i+1) == "" && cellAt(lower, i+1) != ""
		switch {
		case below && above && !startsGroup:
			return false
		case below && !above:
			inside = true
		}
	}
	return inside
}

func cellAt(cells []string, i int) string {
	if i >= len(cells) {
		return ""
	}
	return strings.TrimSpace(cells[i])
}

// shownName is a header on one line.
func shownName(cell string) string { return strings.Join(strings.Fields(cell), " ") }

// matcher gives columns to fields.
type matcher struct {
	kind    record.Kind
	aliases []alias
	source  config.Source
}

func matcherOf(kind record.Kind, source config.Source) matcher {
	return matcher{kind, aliases()[kind.Name], source}
}

// match is a column that serves a field.
type match struct {
	field  string
	reads  string
	column int
	parts  []int // of a field that the source composes of several columns, "a + b"
}

// count gives the number of fields that a header names.
func (m matcher) count(h header) int {
	named := map[string]bool{}
	for _, x := range m.match(h) {
		named[x.field] = true
	}
	return len(named)
}

// match gives each column to one field at most: the source's own mapping first, then the aliases in their order. A field that has
// a column takes no second one, but those that are read beside it.
func (m matcher) match(h header) []match {
	var found []match
	taken, served := map[int]bool{}, map[string]bool{}
	fields := make([]string, 0, len(m.source.Columns))
	for field := range m.source.Columns {
		fields = append(fields, field)
	}
	sort.Strings(fields)
	for _, field := range fields {
		served[field] = true
		if parts := mapped(h, m.source.Columns[field]); len(parts) > 0 {
			found = append(found, match{field: field, column: parts[0], parts: parts})
			for _, p := range parts {
				taken[p] = true
			}
		}
	}
	index := h.index()
	for _, a := range m.aliases {
		beside := strings.Contains(a.reads, "=void")
		if served[a.field] && !beside && a.reads != "part" {
			continue
		}
		for _, column := range a.columns(index, taken) {
			if a.reads == "part" && served[a.field] {
				break
			}
			found = append(found, match{field: a.field, reads: a.reads, column: column, parts: []int{column}})
			taken[column] = true
			if !beside && a.reads != "part" {
				served[a.field] = true
				break
			}
		}
	}
	return found
}

// mapped gives the columns that the source's mapping names: one, or several joined by +.
func mapped(h header, name string) []int {
	if i, ok := columnNamed(h, name); ok {
		return []int{i}
	}
	var parts []int
	for _, part := range strings.Split(name, "+") {
		i, ok := columnNamed(h, part)
		if !ok {
			return nil
		}
		parts = append(parts, i)
	}
	return parts
}

func columnNamed(h header, name string) (int, bool) {
	for i, shown := range h.names {
		if shown != "" && shown == shownName(name) {
			return i, true
		}
	}
	for i, forms := range h.forms {
		if h.names[i] != "" && fold(name) != "" && slices.Contains(forms, fold(name)) {
			return i, true
		}
	}
	return 0, false
}

// place is where a name stands in a header, and how fully spelt.
type place struct{ column, spelling int }

// index gives the places of each name, the fullest spelling first, then from the left.
func (h header) index() map[string][]place {
	places := map[string][]place{}
	for i, forms := range h.forms {
		for spelling, name := range forms {
			if name != "" {
				places[name] = append(places[name], place{i, spelling})
			}
		}
	}
	for _, list := range places {
		sort.SliceStable(list, func(i, j int) bool { return list[i].spelling < list[j].spelling })
	}
	return places
}

// columns lists the free columns that an alias names, in the order of its names.
func (a alias) columns(index map[string][]place, taken map[int]bool) []int {
	var found []int
	for _, name := range a.names {
		for _, at := range index[name] {
			if !taken[at.column] && !slices.Contains(found, at.column) {
				found = append(found, at.column)
			}
		}
	}
	return found
}
