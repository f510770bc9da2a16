package workbook

import (
	"fmt"
	"html"
	"path"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"noticeboard/pipeline/fault"
)

// own checks a workbook of staff's own: what it should be filled with, and whether all that stands on its tables can follow them.
func (c *checker) own(o *Own) {
	f, err := o.open()
	if err != nil {
		c.wrong([]any{"own", "file"}, "open it in Excel and save it as .xlsx, without a password", "%s can't be read: %v", o.File, err)
		return
	}
	defer f.Close()
	for i, cell := range o.Cells {
		c.ownCell(f, cell, []any{"own", "cells", i})
	}
	for i, t := range o.Tables {
		c.ownTable(f, t, []any{"own", "tables", i})
	}
}

var shown = []string{"period", "property", "company", "as_of", "edition"}

func (c *checker) ownCell(f *excelize.File, cell OwnCell, path []any) {
	if _, _, there := namedCell(f, cell.Name); !there {
		c.wrong(path, "name the cell in Excel: Formulas, Define Name", "%s has no cell with the name %q", c.Own.File, cell.Name)
	}
	if cell.Shows != "" {
		if !slices.Contains(shown, cell.Shows) {
			c.wrong(path, "use "+strings.Join(shown, ", "), "%q is not something that a cell shows", cell.Shows)
		}
		return
	}
	c.columns(cell.Relation, append([]string{cell.Column.Column, cell.Unit}, wheres(cell.From)...), path...)
	c.ownColumn(cell.Column, path)
}

// ownColumn keeps residents out of workbooks that nobody has marked for them.
func (c *checker) ownColumn(column Column, path []any) {
	if residents[column.Column] {
		c.wrong(path, "leave it out", "%s is a resident's", column.Column)
	}
	c.named(column.Names, append(path, "names"))
}

func (c *checker) ownTable(f *excelize.File, t OwnTable, path []any) {
	table, there := tableNamed(f, t.Name)
	if !there {
		c.wrong(path, "name the table in Excel: Table Design, Table Name", "%s has no table %q", c.Own.File, t.Name)
		return
	}
	needed := wheres(t.From)
	for i, column := range t.Columns {
		at := append(append([]any{}, path...), "columns", i)
		needed = append(needed, column.Column, column.Unit)
		if !slices.Contains(table.heads, column.Head) {
			c.wrong(at, "it has "+strings.Join(table.heads, ", "), "the table %s has no head %q", t.Name, column.Head)
		}
		c.ownColumn(column, at)
	}
	c.columns(t.Relation, needed, path...)
	c.problems = append(c.problems, table.hindrances(f, "templates/workbooks/"+c.Own.File)...)
}

// hindrances lists what would point at the wrong cells once the table has another number of rows, each with its place.
func (t ownTable) hindrances(f *excelize.File, file string) []fault.Problem {
	var list []fault.Problem
	wrong := func(sheet, cell, hint, format string, args ...any) {
		list = append(list, fault.Problem{File: file + ", " + sheet + "!" + cell, Message: fmt.Sprintf(format, args...), Hint: hint})
	}
	for _, sheet := range f.GetSheetList() {
		t.formulas(f, sheet, wrong)
		t.areas(f, sheet, wrong)
	}
	t.below(f, wrong)
	for _, n := range f.GetDefinedName() {
		if stuck(n.RefersTo, "", t.body()) {
			wrong(t.sheet, at(t.area.left, t.area.top), "let it mean the table by its name, such as Zones[Jobs], or take it out", "the name %s means %s, rows of a table that grows", n.Name, n.RefersTo)
		}
	}
	t.charts(f, wrong)
	return list
}

type report func(sheet, cell, hint, format string, args ...any)

// stuck tells whether a formula points at rows of the body.
func stuck(formula, sheet string, body block) bool {
	found, _ := blocks(formula, sheet)
	return slices.ContainsFunc(found, body.meets)
}

func (t ownTable) formulas(f *excelize.File, sheet string, wrong report) {
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		return
	}
	for i := range max(len(rows), t.area.bottom) {
		width := t.area.right
		if i < len(rows) {
			width = max(width, len(rows[i]))
		}
		for j := range width {
			cell := at(j+1, i+1)
			formula, err := f.GetCellFormula(sheet, cell)
			if err == nil && formula != "" && stuck(formula, sheet, t.body()) {
				wrong(sheet, cell, "write it with the table's name and the column's head, such as Zones[Jobs]", "the formula %s points at rows of a table that grows", formula)
			}
		}
	}
}

// below finds what a growing table would write over.
func (t ownTable) below(f *excelize.File, wrong report) {
	rows, err := f.GetRows(t.sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		return
	}
	for i := t.area.bottom; i < len(rows); i++ {
		for j := t.area.left - 1; j < min(t.area.right, len(rows[i])); j++ {
			if rows[i][j] != "" {
				wrong(t.sheet, at(j+1, i+1), "move it above the table, beside it, or to another sheet", "this stands below a table that grows")
				return
			}
		}
	}
}

// areas finds rules and choices that lie on a part of the body.
func (t ownTable) areas(f *excelize.File, sheet string, wrong report) {
	formats, err := f.GetConditionalFormats(sheet)
	if err != nil {
		return
	}
	areas := make([]string, 0, len(formats))
	for area := range formats {
		areas = append(areas, area)
	}
	slices.Sort(areas)
	for _, area := range areas {
		found, _ := blocks(area, sheet)
		for _, b := range found {
			if b.meets(t.body()) && (len(found) > 1 || !b.follows(t.body())) {
				wrong(sheet, at(b.left, b.top), "let it cover all rows of the table and nothing else", "a conditional format covers %s, a part of a table that grows", area)
			}
		}
	}
	offered, err := f.GetDataValidations(sheet)
	if err != nil {
		return
	}
	for _, v := range offered {
		if stuck(v.Sqref, sheet, t.body()) {
			wrong(sheet, v.Sqref, "take it off the table", "a data validation lies on a table that grows")
		}
	}
}

// charts finds series that neither cover a whole column of the table nor stay clear of it.
func (t ownTable) charts(f *excelize.File, wrong report) {
	for _, part := range parts(f, "xl/charts/") {
		for _, m := range chartFormula.FindAllStringSubmatch(content(f, part), -1) {
			formula := html.UnescapeString(m[2])
			found, _ := blocks(formula, "")
			for _, b := range found {
				if b.meets(t.body()) && (len(found) > 1 || !b.follows(t.body())) {
					sheet, cell := chartPlace(f, part)
					wrong(sheet, cell, "let each series cover a whole column of the table", "a chart draws %s, a part of a table that grows", formula)
				}
			}
		}
	}
}

// chartPlace gives the sheet and the cell at which a chart is anchored.
func chartPlace(f *excelize.File, chart string) (sheet, cell string) {
	for _, drawing := range parts(f, "xl/drawings/") {
		links := content(f, "xl/drawings/_rels/"+path.Base(drawing)+".rels")
		id := relationTo(links, path.Base(chart))
		if id == "" {
			continue
		}
		for i, name := range f.GetSheetList() {
			if relationTo(content(f, fmt.Sprintf("xl/worksheets/_rels/sheet%d.xml.rels", i+1)), path.Base(drawing)) != "" {
				return name, anchorOf(content(f, drawing), id)
			}
		}
	}
	return path.Base(chart), "A1"
}
