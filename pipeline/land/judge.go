package land

import (
	"embed"
	"fmt"
	"maps"
	"slices"
	"strings"

	"noticeboard/pipeline/record"
)

//go:embed sql/*.sql
var statements embed.FS

// statement reads a statement and fills its places: column lists differ from file to file.
func statement(name string, places ...string) string {
	content, err := statements.ReadFile("sql/" + name + ".sql")
	if err != nil {
		panic(err)
	}
	return strings.NewReplacer(places...).Replace(string(content))
}

// bad is the condition under which a row can't be used.
func bad(checks []check) string {
	if len(checks) == 0 {
		return "false"
	}
	conditions := make([]string, len(checks))
	for i, c := range checks {
		conditions[i] = c.condition
	}
	return "coalesce(" + strings.Join(conditions, "\n        or ") + ", false)" // what can't be told is no fault
}

// reasons lists the checks that a row fails, by their position.
func reasons(checks []check) string {
	failed := make([]string, len(checks))
	for i, c := range checks {
		failed[i] = fmt.Sprintf("case when %s then %d end", c.condition, i)
	}
	return "[" + strings.Join(failed, ", ") + "]"
}

// columnsOf lists the landed columns of one field.
func columnsOf(f record.Field) []record.Column {
	all := record.Kind{Fields: []record.Field{f}}.Columns()
	return all[:len(all)-len(record.Kind{}.Columns())]
}

// presentNames lists the canonical fields that the file has a column for, by kind.
func (l layout) presentNames(fields []field) map[string][]string {
	names := map[string][]string{}
	for _, f := range fields {
		kind := l.kind.Name
		if _, own := l.kind.Field(f.Name); !own {
			kind = "callbacks"
		}
		names[kind] = append(names[kind], f.Name)
	}
	if list, there := names["callbacks"]; there && l.kind.Name == "tickets" {
		list = append(list, "callback_id", "ticket_id")
		for _, shared := range []string{"property", "updated_at"} {
			if l.has(shared) {
				list = append(list, shared)
			}
		}
		names["callbacks"] = list
	}
	for _, kind := range slices.Collect(maps.Keys(names)) {
		slices.Sort(names[kind])
	}
	return names
}
