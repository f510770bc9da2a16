package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/explain"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/model"
)

func printed(out io.Writer, format string, m meaning, e explain.Explanation) error {
	switch format {
	case "table":
		explainText(out, m, e)
		return nil
	case "csv":
		if e.Why != nil {
			return rowsCSV(out, e.Why.Differences)
		}
		return rowsCSV(out, e.Members)
	case "json":
		return explainJSON(out, m, e)
	default:
		return fault.Newf(fault.Usage, "--format is table, csv or json, not %q", format)
	}
}

// explainText answers in the reader's language: what the figure is, what moved it, which records are behind it, and last the SQL.
func explainText(out io.Writer, m meaning, e explain.Explanation) {
	fmt.Fprintln(out, m.say("cell", "name", m.name, "metric", e.Metric, "period", e.Period, "property", m.word(e.Property), "zone", m.word(e.Zone), "category", m.word(e.Category)))
	fmt.Fprintf(out, "%s\n\n%s\n", m.definition, m.figure(e.Figure, e.Values))
	if len(e.Households.Values) > 0 {
		fmt.Fprintf(out, "\n%s\n", m.say("households"))
		m.table(out, e.Households, nil)
	}
	if e.Why != nil {
		m.why(out, e)
	} else {
		fmt.Fprintf(out, "\n%s%s\n\n", m.say("members", "count", fmt.Sprint(len(e.Members.Values))), m.tally(e.Members, "verdict"))
		m.table(out, without(e.Members, "x", "n"), nil)
	}
	fmt.Fprintf(out, "\n%s\n\n%s\n", m.say("query", "file", e.Query.File, "aggregate", e.Figure.Aggregate), indent(e.Query.SQL))
	if e.Divisor.File != "" {
		fmt.Fprintf(out, "\n%s\n\n%s\n", m.say("divisor", "file", e.Divisor.File), indent(e.Divisor.SQL))
	}
}

func (m meaning) figure(f model.Figure, values map[string]any) string {
	shown := func(column string) string {
		if rate, measured := values[column].(float64); measured && f.Unit == "percent" {
			return fmt.Sprintf("%.1f%%", 100*rate)
		}
		return text(values[column])
	}
	line := m.say("value", "value", shown("value"), "x", text(values["x"]), "n", text(values["n"]))
	if values["x"] == nil {
		line = m.say("value_of", "value", shown("value"), "n", text(values["n"]))
	}
	if values["low"] != nil {
		line += m.say("interval", "low", shown("low"), "high", shown("high"))
	}
	if text(values["not_measurable"]) != "0" {
		line += m.say("not_measurable", "count", text(values["not_measurable"]))
	}
	if complete, _ := values["complete"].(bool); !complete {
		line += m.say("in_progress")
	}
	if provisional, _ := values["provisional"].(bool); provisional {
		line += m.say("provisional")
	}
	return line
}

func (m meaning) why(out io.Writer, e explain.Explanation) {
	fmt.Fprintf(out, "\n%s\n", m.say("before", "period", e.Why.Before, "figure", m.figure(e.Figure, e.Why.Values)))
	if len(e.Why.Parts.Values) > 0 {
		fmt.Fprintf(out, "\n%s\n", m.say("parts"))
		m.table(out, e.Why.Parts, nil)
	}
	fmt.Fprintf(out, "\n%s%s\n\n", m.say("changes"), m.tally(e.Why.Differences, "change"))
	m.table(out, e.Why.Differences, func(row []any) bool { return row[0] != "stayed" })
}

// tally counts the rows by the word in a column, where there are few different ones: " (12 hit, 3 missed)".
func (m meaning) tally(rows duck.Rows, column string) string {
	at, counts := rows.Column(column), map[string]int{}
	var order []string
	for _, r := range rows.Values {
		word := text(r[at])
		if counts[word] == 0 {
			order = append(order, word)
		}
		counts[word]++
	}
	if len(order) == 0 || len(order) > 4 {
		return ""
	}
	parts := make([]string, len(order))
	for i, word := range order {
		parts[i] = m.say("tally", "count", fmt.Sprint(counts[word]), "word", m.word(word))
	}
	return m.say("among", "parts", strings.Join(parts, m.say("and")))
}

// without leaves columns out.
func without(rows duck.Rows, columns ...string) duck.Rows {
	var kept []int
	var result duck.Rows
	for i, c := range rows.Columns {
		if !strings.Contains(" "+strings.Join(columns, " ")+" ", " "+c+" ") {
			kept, result.Columns = append(kept, i), append(result.Columns, c)
		}
	}
	for _, r := range rows.Values {
		row := make([]any, len(kept))
		for i, at := range kept {
			row[i] = r[at]
		}
		result.Values = append(result.Values, row)
	}
	return result
}

// table prints the rows that keep lets through; all where it is nil.
func (m meaning) table(out io.Writer, rows duck.Rows, keep func([]any) bool) {
	heads := make([]string, len(rows.Columns))
	for i, c := range rows.Columns {
		heads[i] = m.say("column." + c)
	}
	lines := [][]string{heads}
	for _, row := range rows.Values {
		if keep != nil && !keep(row) {
			continue
		}
		cells := make([]string, len(row))
		for i, v := range row {
			cells[i] = text(v)
			if c := rows.Columns[i]; c == "dimension" || c == "change" || strings.HasPrefix(c, "verdict") {
				cells[i] = m.word(cells[i])
			}
		}
		lines = append(lines, cells)
	}
	printGrid(out, lines)
}

func rowsCSV(out io.Writer, rows duck.Rows) error {
	to := csv.NewWriter(out)
	to.Write(rows.Columns)
	for _, row := range rows.Values {
		cells := make([]string, len(row))
		for i, v := range row {
			if v != nil {
				cells[i] = text(v)
			}
		}
		to.Write(cells)
	}
	to.Flush()
	return to.Error()
}

func explainJSON(out io.Writer, m meaning, e explain.Explanation) error {
	object := map[string]any{
		"metric": e.Metric, "name": m.name, "definition": m.definition, "property": e.Property, "zone": e.Zone, "category": e.Category, "period": e.Period,
		"aggregate": e.Figure.Aggregate, "direction": e.Figure.Direction, "file": e.Query.File, "sql": e.Query.SQL,
		"figure": plainMap(e.Values), "members": objects(e.Members),
	}
	if len(e.Households.Values) > 0 {
		object["households"], object["divided_by"] = objects(e.Households), map[string]any{"file": e.Divisor.File, "sql": e.Divisor.SQL}
	}
	if e.Why != nil {
		object["why"] = map[string]any{"before": e.Why.Before, "figure": plainMap(e.Why.Values), "parts": objects(e.Why.Parts), "members": objects(e.Why.Differences)}
	}
	to := json.NewEncoder(out)
	to.SetIndent("", "  ")
	to.SetEscapeHTML(false)
	return to.Encode(object)
}

func objects(rows duck.Rows) []map[string]any {
	list := make([]map[string]any, len(rows.Values))
	for i, r := range rows.Values {
		list[i] = map[string]any{}
		for j, c := range rows.Columns {
			list[i][c] = plainJSON(r[j])
		}
	}
	return list
}

func plainMap(values map[string]any) map[string]any {
	plain := map[string]any{}
	for k, v := range values {
		plain[k] = plainJSON(v)
	}
	return plain
}

// plainJSON writes dates as dates and exact numbers as numbers.
func plainJSON(v any) any {
	switch x := v.(type) {
	case time.Time:
		return x.Format(time.DateOnly)
	case duck.Decimal:
		return json.Number(x.Text)
	default:
		return v
	}
}

func indent(sql string) string {
	return "    " + strings.ReplaceAll(strings.TrimSpace(sql), "\n", "\n    ")
}

func text(v any) string {
	switch x := v.(type) {
	case nil:
		return "—"
	case time.Time:
		return x.Format(time.DateOnly)
	case float64:
		return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.4f", x), "0"), ".")
	default:
		return fmt.Sprint(v)
	}
}
