package duck

import (
	"context"
	"encoding/json"
	"fmt"
	"sort"
	"strings"
)

// References is what one SELECT reads and calls, by DuckDB's own parser.
type References struct {
	Tables         []string // schema.table; a bare name for a CTE or an unqualified table
	CTEs           []string
	TableFunctions []string
	Functions      []string
}

// Parse reads one statement. An error says what the parser said, with its line; anything but one SELECT is an error.
//
// duckdb.GetTableNames would be shorter, but it gives an empty list for natural, asof and "using" joins.
func (d *DB) Parse(ctx context.Context, statement string) (References, error) {
	rows, err := d.Query(ctx, "select json_serialize_sql(?::varchar)::varchar", statement)
	if err != nil {
		return References{}, err
	}
	var tree struct {
		Error        bool   `json:"error"`
		ErrorMessage string `json:"error_message"`
		Position     any    `json:"position"`
		Statements   []any  `json:"statements"`
	}
	if err := json.Unmarshal([]byte(fmt.Sprint(rows.Values[0][0])), &tree); err != nil {
		return References{}, err
	}
	if tree.Error {
		return References{}, fmt.Errorf("%s%s", tree.ErrorMessage, line(statement, tree.Position))
	}
	if len(tree.Statements) != 1 {
		return References{}, fmt.Errorf("a query file holds one SELECT, this one %d statements", len(tree.Statements))
	}
	f := finder{tables: map[string]bool{}, ctes: map[string]bool{}, tableFunctions: map[string]bool{}, functions: map[string]bool{}}
	f.walk(tree.Statements[0])
	return References{names(f.tables), names(f.ctes), names(f.tableFunctions), names(f.functions)}, nil
}

func line(statement string, position any) string {
	var offset int
	if _, err := fmt.Sscan(fmt.Sprint(position), &offset); err != nil || offset > len(statement) {
		return ""
	}
	return fmt.Sprintf(" (line %d)", 1+strings.Count(statement[:offset], "\n"))
}

type finder struct{ tables, ctes, tableFunctions, functions map[string]bool }

func (f finder) walk(node any) {
	switch n := node.(type) {
	case []any:
		for _, child := range n {
			f.walk(child)
		}
	case map[string]any:
		f.note(n)
		for key, child := range n {
			if key == "cte_map" {
				f.noteCTEs(child)
			}
			f.walk(child)
		}
	}
}

func (f finder) note(n map[string]any) {
	text := func(key string) string { s, _ := n[key].(string); return s }
	switch {
	case text("type") == "BASE_TABLE":
		name := text("table_name")
		if schema := text("schema_name"); schema != "" {
			name = schema + "." + name
		}
		f.tables[name] = true
	case text("type") == "TABLE_FUNCTION":
		if call, ok := n["function"].(map[string]any); ok {
			name, _ := call["function_name"].(string)
			f.tableFunctions[strings.ToLower(name)] = true
		}
	case text("class") == "FUNCTION" || text("class") == "WINDOW":
		f.functions[strings.ToLower(text("function_name"))] = true
	}
}

func (f finder) noteCTEs(child any) {
	m, _ := child.(map[string]any)
	entries, _ := m["map"].([]any)
	for _, e := range entries {
		if entry, ok := e.(map[string]any); ok {
			if key, ok := entry["key"].(string); ok {
				f.ctes[key] = true
			}
		}
	}
}

func names(m map[string]bool) []string {
	list := make([]string, 0, len(m))
	for n := range m {
		list = append(list, n)
	}
	sort.Strings(list)
	return list
}
