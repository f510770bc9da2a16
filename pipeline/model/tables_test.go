package model

import (
	"context"
	"crypto/md5"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"

	"noticeboard/pipeline/duck"
)

// table is a CSV file of a case: text, with the line of each row.
type table struct {
	file    string
	columns []string
	rows    [][]string
	lines   []int
}

func readTable(file string) (table, error) {
	t := table{file: file}
	f, err := os.Open(file)
	if err != nil {
		return t, err
	}
	defer f.Close()
	reader := csv.NewReader(f)
	if t.columns, err = reader.Read(); err != nil {
		return t, fmt.Errorf("%s: %w", file, err)
	}
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return t, nil
		}
		if err != nil {
			return t, fmt.Errorf("%s: %w", file, err)
		}
		line, _ := reader.FieldPos(0)
		t.rows, t.lines = append(t.rows, row), append(t.lines, line)
	}
}

// insert replaces the rows of a relation by those of a table.
func (w *world) insert(relation string, given table) error {
	kinds, there := w.types[relation]
	if !there {
		return fmt.Errorf("%s: there is no relation %s", given.file, relation)
	}
	if err := known(given, kinds); err != nil {
		return err
	}
	if err := w.Exec(context.Background(), "delete from "+duck.Name(relation)); err != nil {
		return err
	}
	for i := range given.rows {
		var names, values []string
		for _, c := range kinds {
			if value, there := given.cell(i, c, relation); there {
				names, values = append(names, duck.Name(c.Name)), append(values, literal(value, c.Type))
			}
		}
		statement := "insert into " + duck.Name(relation) + " (" + strings.Join(names, ", ") + ") values (" + strings.Join(values, ", ") + ")"
		if err := w.Exec(context.Background(), statement); err != nil {
			return fmt.Errorf("%s:%d: %w", given.file, given.lines[i], err)
		}
	}
	return nil
}

func known(t table, kinds []duck.Column) error {
	names := map[string]bool{}
	for _, c := range kinds {
		names[c.Name] = true
	}
	for _, c := range t.columns {
		if !names[c] {
			return fmt.Errorf("%s:1: the relation has no column %s", t.file, c)
		}
	}
	return nil
}

func literal(value, kind string) string {
	if value == "" {
		return "null"
	}
	return "cast(" + duck.Literal(value) + " as " + kind + ")"
}

// cell gives the value of a column in a row: as written, else what landing and the reader of reference files would write beside
// its neighbour (x_key, x_code, x_day, content), else the row's number, else nothing. Records without a property are of P01.
func (t table) cell(i int, c duck.Column, relation string) (string, bool) {
	if value, there := t.named(i, c.Name); there {
		return value, true
	}
	if base, cut := strings.CutSuffix(c.Name, "_key"); cut {
		value, there := t.named(i, base)
		return strings.ToLower(strings.TrimSpace(value)), there
	}
	if base, cut := strings.CutSuffix(c.Name, "_code"); cut {
		return t.named(i, base)
	}
	if base, cut := strings.CutSuffix(c.Name, "_day"); cut && c.Type == "BOOLEAN" {
		value, there := t.named(i, base)
		if value == "" {
			return "", there
		}
		return strconv.FormatBool(len(value) == len("2026-06-30")), there
	}
	switch {
	case c.Name == "content":
		return fmt.Sprintf("%x", md5.Sum([]byte(t.said(i)))), true
	case c.Name == "row_no" || c.Name == "src_row":
		return strconv.Itoa(i + 1), true
	case c.Name == "property" && strings.HasPrefix(relation, "stg."):
		return "P01", true
	}
	return "", false
}

// said is what the content of a landed row is a digest of: its cells, but not where it stands.
func (t table) said(i int) string {
	var cells []string
	for j, c := range t.columns {
		if c != "landed" && c != "src_row" && c != "src_line" {
			cells = append(cells, c+"="+t.rows[i][j])
		}
	}
	return strings.Join(cells, "\n")
}

func (t table) named(i int, column string) (string, bool) {
	for j, c := range t.columns {
		if c == column {
			return t.rows[i][j], true
		}
	}
	return "", false
}

// cells is a row as text, each cell with whether it is a double.
type cells struct {
	text   []string
	double []bool
}

// rows reads the columns of a relation in stored order, of all rows or only of those that equal one of the rows of only.
func (w *world) rows(relation string, columns []string, only table) ([]cells, error) {
	var conditions []string
	for _, row := range only.rows {
		var equal []string
		for j, c := range only.columns {
			equal = append(equal, duck.Name(c)+"::varchar = "+duck.Literal(row[j]))
		}
		conditions = append(conditions, "("+strings.Join(equal, " and ")+")")
	}
	where := ""
	if only.file != "" {
		where = " where " + strings.Join(conditions, " or ")
	}
	return w.read(duck.Name(relation), columns, where)
}

func (w *world) read(from string, columns []string, where string) ([]cells, error) {
	shown := make([]string, 0, 2*len(columns))
	for _, c := range columns {
		shown = append(shown, "coalesce("+duck.Name(c)+"::varchar, '')", "typeof("+duck.Name(c)+") = 'DOUBLE'")
	}
	found, err := w.Query(context.Background(), "select "+strings.Join(shown, ", ")+" from "+from+where+" order by rowid")
	if err != nil {
		return nil, err
	}
	list := make([]cells, len(found.Values))
	for i, values := range found.Values {
		for j := 0; j < len(values); j += 2 {
			list[i].text = append(list[i].text, values[j].(string))
			list[i].double = append(list[i].double, values[j+1].(bool))
		}
	}
	return list, nil
}

// typed writes the wanted rows as the relation itself would show them.
func (w *world) typed(relation string, want table) ([]cells, error) {
	if err := known(want, w.types[relation]); err != nil {
		return nil, err
	}
	if err := w.Exec(context.Background(), "create or replace temp table wanted as from "+duck.Name(relation)+" limit 0"); err != nil {
		return nil, err
	}
	names := make([]string, len(want.columns))
	for j, c := range want.columns {
		names[j] = duck.Name(c)
	}
	for i, row := range want.rows {
		values := make([]string, len(row))
		for j, value := range row {
			values[j] = literal(value, typeOf(w.types[relation], want.columns[j]))
		}
		if err := w.Exec(context.Background(), "insert into wanted ("+strings.Join(names, ", ")+") values ("+strings.Join(values, ", ")+")"); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", want.file, want.lines[i], err)
		}
	}
	return w.read("wanted", want.columns, "")
}

func typeOf(kinds []duck.Column, name string) string {
	for _, c := range kinds {
		if c.Name == name {
			return c.Type
		}
	}
	return "VARCHAR"
}

// compare says what is missing and what is too much; nothing if all is as wanted.
func compare(got, want []cells, inOrder bool) string {
	var missing, left []cells
	left = append(left, got...)
	for i, w := range want {
		at := -1
		for j, g := range left {
			if same(g, w) {
				at = j
				break
			}
		}
		if at < 0 || (inOrder && (i >= len(got) || !same(got[i], w))) {
			missing = append(missing, w)
		}
		if at >= 0 && !inOrder {
			left = append(left[:at:at], left[at+1:]...)
		}
	}
	if len(missing) == 0 && len(got) == len(want) {
		return ""
	}
	if inOrder {
		return list("want in this order", want) + list("got", got)
	}
	return list("missing", missing) + list("too much", left)
}

func list(title string, rows []cells) string {
	text := ""
	for _, r := range rows {
		text += "  " + title + ": " + strings.Join(r.text, ",") + "\n"
	}
	return text
}

// same compares two rows; doubles to 1e-9 of their size.
func same(a, b cells) bool {
	for j := range a.text {
		if a.text[j] == b.text[j] {
			continue
		}
		if !a.double[j] && !b.double[j] {
			return false
		}
		x, errX := strconv.ParseFloat(a.text[j], 64)
		y, errY := strconv.ParseFloat(b.text[j], 64)
		if errX != nil || errY != nil || math.Abs(x-y) > 1e-9*math.Max(1, math.Abs(y)) {
			return false
		}
	}
	return true
}
