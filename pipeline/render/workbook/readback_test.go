package workbook

import (
	"context"
	"fmt"
	"iter"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"noticeboard/pipeline/duck"
)

// audited reads every number on every sheet back, and compares it with the relation as show would print it.
func audited(t *testing.T, w *duck.Warehouse, template *Template, e Edition, path string) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	a := &audit{t: t, file: f, warehouse: w, edition: e}
	for _, s := range template.Sheets {
		for _, b := range s.Blocks {
			if serves(s.For, e.subject()) && serves(b.For, e.subject()) {
				a.block(b)
			}
		}
	}
	if n := numbers(t, f); n != a.numbers || n < 30 {
		t.Errorf("%d numbers were compared of the %d that the workbook shows", a.numbers, n)
	}
}

// numbers counts the cells of a workbook that hold one.
func numbers(t *testing.T, f *excelize.File) int {
	t.Helper()
	n := 0
	for _, sheet := range f.GetSheetList() {
		for cell := range filled(t, f, sheet) {
			if kind, _ := f.GetCellType(sheet, cell); kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber {
				n++
			}
		}
	}
	return n
}

// filled gives the cells of a sheet that hold something, row by row, each with its raw value.
func filled(t *testing.T, f *excelize.File, sheet string) iter.Seq2[string, string] {
	t.Helper()
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return func(yield func(cell, value string) bool) {
		for i, row := range rows {
			for j, value := range row {
				if value != "" && !yield(at(j+1, i+1), value) {
					return
				}
			}
		}
	}
}

// audit reads a workbook by the names of its ranges, and the relations with queries of its own.
type audit struct {
	t         *testing.T
	file      *excelize.File
	warehouse *duck.Warehouse
	edition   Edition
	numbers   int
}

func (a *audit) block(b Block) {
	switch {
	case b.Table != nil && b.Table.ID != "":
		a.table(b.Table)
	case b.Matrix != nil && b.Matrix.ID != "":
		a.matrix(b.Matrix)
	}
}

// relation reads the rows that a block should show.
func (a *audit) relation(from From) (map[string]int, [][]any) {
	cut := duck.Cut{Property: a.edition.Property, Zone: a.edition.Zone, Period: a.edition.Period, Where: from.Where}
	if cut.Property == "*" && !from.Whole {
		cut.Property = ""
	}
	if cut.Property != "*" && cut.Zone == "" && from.Whole {
		cut.Zone = "*"
	}
	rows, err := a.warehouse.Rows(context.Background(), from.Relation, cut)
	if err != nil {
		a.t.Fatal(err)
	}
	at := map[string]int{}
	for i, c := range rows.Columns {
		at[c] = i
	}
	return at, rows.Values
}

// place finds the range of a block: its sheet, and the row and column of its first head.
func (a *audit) place(id string) (sheet string, row int, there bool) {
	for _, n := range a.file.GetDefinedName() {
		if n.Name == namePrefix+id {
			name, cells, _ := strings.Cut(n.RefersTo, "!")
			first, _, _ := strings.Cut(strings.ReplaceAll(cells, "$", ""), ":")
			_, row, err := excelize.CellNameToCoordinates(first)
			if err != nil {
				a.t.Fatal(err)
			}
			return strings.Trim(name, "'"), row, true
		}
	}
	return "", 0, false
}

func (a *audit) table(b *Table) {
	at, rows := a.relation(b.From)
	sheet, top, there := a.place(b.ID)
	if !there && len(rows) > 0 {
		a.t.Errorf("%s has rows and no range", b.ID)
	}
	for i, r := range rows {
		column := 0
		for _, c := range b.Columns {
			if c.Only != "" && c.Only != a.edition.subject() || c.Private && !a.edition.Personal {
				continue
			}
			column++
			if c.Format == "sparkline" || c.Says != nil || c.Defines || c.Names != "" || c.Codes != "" {
				continue
			}
			a.compare(sheet, top+1+i, column, r[at[c.Column]], unitOf(c, at, r))
		}
	}
}

func (a *audit) matrix(b *Matrix) {
	at, rows := a.relation(b.From)
	sheet, top, _ := a.place(b.ID)
	down, across := map[string]int{}, map[string]int{}
	for _, r := range rows {
		row, column := fmt.Sprint(r[at[b.Row.Column]]), fmt.Sprint(r[at[b.Across.Column]])
		if down[row] == 0 {
			down[row] = len(down) + 1
		}
		if across[column] == 0 {
			across[column] = len(across) + 2
		}
		a.compare(sheet, top+down[row], across[column], r[at[b.Value.Column]], unitOf(b.Value, at, r))
	}
}

// unitOf gives how much a cell holds of a value: changes of shares are written in points.
func unitOf(c Column, at map[string]int, r []any) float64 {
	if c.Format == "change" && fmt.Sprint(r[at[c.Unit]]) == "percent" {
		return 100
	}
	return 1
}

func (a *audit) compare(sheet string, row, column int, want any, times float64) {
	a.t.Helper()
	cell := at(column, row)
	got, err := a.file.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		a.t.Fatal(err)
	}
	n, is := amount(want)
	switch {
	case want == nil:
		if got != "" && got != dash {
			a.t.Errorf("%s!%s shows %s where there is no value", sheet, cell, got)
		}
	case is:
		a.numbers++
		shown, err := strconv.ParseFloat(got, 64)
		if err != nil || math.Abs(shown-n*times) > 1e-9*math.Max(1, math.Abs(n*times)) {
			a.t.Errorf("%s!%s shows %s, the relation has %v", sheet, cell, got, want)
		}
	}
}

// amount reads a number or a point in time; texts are told by the goldens.
func amount(v any) (float64, bool) {
	switch x := v.(type) {
	case duck.Decimal:
		n, err := strconv.ParseFloat(x.Text, 64)
		return n, err == nil
	case time.Time:
		return x.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24, true
	case int64, int32, int16, int8, float64:
		n, err := strconv.ParseFloat(fmt.Sprint(x), 64)
		return n, err == nil
	}
	return 0, false
}
