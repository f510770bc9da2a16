package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/explain"
	"noticeboard/pipeline/fault"
)

func printed(out io.Writer, format string, m meaning, e explain.Explanation) error {
	switch format {
	case "table":
		return explainText(out, m, e)
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

func explainText(out io.Writer, m meaning, e explain.Explanation) error {
	fmt.Fprintf(out, "%s (%s), %s, property %s, zone %s, category %s\n%s\n\n", m.name, e.Metric, e.Period, e.Property, e.Zone, e.Category, m.definition)
	fmt.Fprintln(out, figureLine(e.Values))
	if len(e.Households.Values) > 0 {
		fmt.Fprintln(out, "\nthe households under it:")
		if err := rowsTable(out, e.Households, nil); err != nil {
			return err
		}
	}
	if e.Why != nil {
		if err := whyText(out, e); err != nil {
			return err
		}
	}
	fmt.Fprintf(out, "\nwho is counted (%s, %s):\n\n%s\n", e.Query.File, e.Figure.Aggregate, indent(e.Query.SQL))
	word := "members"
	if len(e.Members.Values) == 1 {
		word = "member"
	}
	fmt.Fprintf(out, "%d %s%s:\n\n", len(e.Members.Values), word, tally(e.Members, "verdict"))
	return rowsTable(out, without(e.Members, "x", "n"), nil)
}

func figureLine(values map[string]any) string {
	line := fmt.Sprintf("value %s = x %s / n %s; 95 %% interval %s to %s; not measurable %s", text(values["value"]), text(values["x"]), text(values["n"]), text(values["low"]), text(values["high"]), text(values["not_measurable"]))
	if complete, _ := values["complete"].(bool); !complete {
		line += "; the period isn't over"
	}
	if provisional, _ := values["provisional"].(bool); provisional {
		line += "; provisional: it depends on days that the calendar doesn't know yet"
	}
	return line
}

func whyText(out io.Writer, e explain.Explanation) error {
	fmt.Fprintf(out, "\nagainst %s: %s\n", e.Why.Before, figureLine(e.Why.Values))
	if len(e.Why.Parts.Values) > 0 {
		fmt.Fprintln(out, "\nwhere the change comes from (the effects of a dimension add up to it, but for members without a technician):")
		if err := rowsTable(out, e.Why.Parts, nil); err != nil {
			return err
		}
	}
	fmt.Fprintf(out, "\nits members%s:\n\n", tally(e.Why.Differences, "change"))
	return rowsTable(out, e.Why.Differences, func(row []any) bool { return row[0] != "stayed" })
}

// tally counts the rows by the word in a column, where there are few different ones: " (12 hit, 3 missed)".
func tally(rows duck.Rows, column string) string {
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
		parts[i] = fmt.Sprintf("%d %s", counts[word], word)
	}
	return " (" + strings.Join(parts, ", ") + ")"
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

// rowsTable prints the rows that keep lets through; all where it is nil.
func rowsTable(out io.Writer, rows duck.Rows, keep func([]any) bool) error {
	to := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(to, strings.Join(rows.Columns, "\t"))
	for _, row := range rows.Values {
		if keep != nil && !keep(row) {
			continue
		}
		cells := make([]string, len(row))
		for i, v := range row {
			cells[i] = text(v)
		}
		fmt.Fprintln(to, strings.Join(cells, "\t"))
	}
	return to.Flush()
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
		object["households"] = objects(e.Households)
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
