package land

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"

	"noticeboard/pipeline/decode"
)

// extraColumn is what no field took, as a JSON object by header.
type extraColumn struct {
	layout   layout
	members  []member
	numbered bool // a member is a running number
	known    int  // so many columns stand side by side from the first on, each with a name
	buffer   []byte
	extra    *texts
	row      []string
	text     string
}

type member struct {
	name    string // as JSON
	column  int
	sense   sense
	running bool
}

// extras gives the column of the cells that no field took, in the order of their names.
func (l layout) extras() *extraColumn {
	c := &extraColumn{layout: l, known: l.known()}
	seen := map[string]int{}
	for _, column := range l.loaded {
		beside := l.besides(column)
		if l.serves(column) && !beside {
			continue
		}
		name := l.header.names[column]
		if seen[name]++; seen[name] > 1 {
			name = fmt.Sprintf("%s (%d)", name, seen[name])
		}
		m := member{name: jsonText(name), column: column, running: isRunningNumber(name)}
		if beside {
			m.sense = filledIn
		}
		c.members = append(c.members, m)
		c.numbered = c.numbered || m.running
	}
	slices.SortStableFunc(c.members, func(a, b member) int { return strings.Compare(a.name, b.name) })
	return c
}

// repeated is how many bytes the names take that extra may repeat in each row.
func (l layout) repeated() int {
	size := 0
	for _, m := range l.extras().members {
		size += len(m.name)
	}
	return size
}

// besides tells whether a column only decides a code beside the field's own column: its text stays in extra.
func (l layout) besides(column int) bool {
	return slices.ContainsFunc(l.matches, func(m match) bool { return m.column == column && strings.Contains(m.reads, "=void") })
}

func isRunningNumber(name string) bool {
	switch fold(name) {
	case "序号", "序號", "no", "行号", "行號", "rownumber", "sn":
		return true
	}
	return false
}

func (c *extraColumn) fields() []arrow.Field {
	return []arrow.Field{arrowField("extra", arrow.BinaryTypes.String)}
}

func (c *extraColumn) fill(to []gatherer) { c.extra = to[0].(*texts) }

func (c *extraColumn) read(r *decode.Record) (bool, error) {
	c.row, c.text = r.Cells, ""
	if len(c.members) > 0 || len(r.Cells) > c.known {
		c.text = c.object(r.Cells, c.layout.beyond(r.Cells), true)
	}
	c.extra.put(c.text)
	return true, nil
}

// say leaves a running number out: it says nothing of the content.
func (c *extraColumn) say(b []byte) []byte {
	if c.numbered {
		return append(b, c.object(c.row, c.layout.beyond(c.row), false)...)
	}
	return append(b, c.text...)
}

func (c *extraColumn) object(cells []string, beyond string, numbers bool) string {
	object := c.buffer[:0]
	add := func(parts ...string) {
		if len(object) > 0 {
			object = append(object, ',')
		}
		for _, p := range parts {
			object = append(object, p...)
		}
	}
	for _, m := range c.members {
		if text := said(cells, m.column, m.sense); text != "" && (numbers || !m.running) {
			add(m.name, ":", jsonText(text))
		}
	}
	if beyond != "" {
		add(beyond)
	}
	c.buffer = object
	if len(object) == 0 {
		return ""
	}
	return "{" + string(object) + "}"
}

// known counts the columns with names that stand side by side from the first on.
func (l layout) known() int {
	for i, column := range l.loaded {
		if column != i {
			return i
		}
	}
	return len(l.loaded)
}

// beyond gives what stands in columns without a name, as members of a JSON object.
func (l layout) beyond(cells []string) string {
	if len(cells) <= l.known() {
		return ""
	}
	var members []string
	next := 0
	for i, c := range cells {
		if next < len(l.loaded) && l.loaded[next] == i {
			next++
			continue
		}
		if c = strings.TrimSpace(c); c != "" {
			members = append(members, jsonText(fmt.Sprintf("column %d", i+1))+":"+jsonText(c))
		}
	}
	return strings.Join(members, ",")
}

func jsonText(s string) string {
	if isPlainJSON(s) {
		return `"` + s + `"`
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.Encode(strings.ToValidUTF8(s, "\uFFFD"))
	return strings.TrimSuffix(b.String(), "\n")
}

// isPlainJSON tells whether a text needs nothing but quotes: printable ASCII without quotes and backslashes, and common Han.
func isPlainJSON(s string) bool {
	for _, r := range s {
		if (r < ' ' || r > '~' || r == '"' || r == '\\') && (r < 0x4E00 || r > 0x9FFF) {
			return false
		}
	}
	return true
}
