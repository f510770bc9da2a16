package ooxml

import (
	"strconv"
	"strings"
)

// tables checks what Excel repairs most often: names that are taken, and heads that aren't those of the sheet.
func (w *workbook) tables() {
	names, ids := map[string]string{}, map[string]bool{}
	for _, d := range w.part("xl/workbook.xml").one("definedNames").children {
		names[strings.ToLower(d.attr("name"))] = "a range"
	}
	for _, sheet := range w.ofKind("xl/worksheets/") {
		var seen []area
		for _, p := range w.parts[sheet].one("tableParts").children {
			part := w.rels[sheet][p.relation()].target
			t := w.part(part)
			name := strings.ToLower(t.attr("displayName"))
			if names[name] != "" || ids[t.attr("id")] {
				w.wrong(part, "the name %s or the id is taken by %s", name, names[name])
			}
			names[name], ids[t.attr("id")] = part, true
			if !cellsAreNoNames(name) {
				w.wrong(part, "%s can't be the name of a table", name)
			}
			a, ok := areaOf(t.attr("ref"))
			if !ok || a.bottom == a.top {
				w.wrong(part, "%s is no block for a table", t.attr("ref"))
			}
			for _, b := range seen {
				if a.meets(b) {
					w.wrong(part, "meets another table of its sheet")
				}
			}
			seen = append(seen, a)
			w.heads(part, sheet, t, a)
		}
		w.clash(sheet, seen)
	}
}

func (n *node) relation() string {
	for _, a := range n.attrs {
		if a.Name.Space == relationNamespace && a.Name.Local == "id" {
			return a.Value
		}
	}
	return ""
}

func cellsAreNoNames(name string) bool {
	_, _, cell := place(strings.ToUpper(name))
	return !cell && name != "" && !strings.ContainsAny(name, " -!")
}

// heads compares the columns of a table with the cells of its first row.
func (w *workbook) heads(part, sheet string, t *node, a area) {
	if f := t.one("autoFilter"); f.name != "" && f.attr("ref") != t.attr("ref") {
		w.wrong(part, "its filter stands on %s", f.attr("ref"))
	}
	columns, taken := t.one("tableColumns").children, map[string]bool{}
	if len(columns) != a.right-a.left+1 || t.one("tableColumns").attr("count") != strconv.Itoa(len(columns)) {
		w.wrong(part, "%d columns on %s", len(columns), t.attr("ref"))
		return
	}
	row := w.row(sheet, a.top)
	for i, c := range columns {
		name := c.attr("name")
		if taken[strings.ToLower(name)] {
			w.wrong(part, "two columns are called %s", name)
		}
		taken[strings.ToLower(name)] = true
		if got := row[a.left+i]; strings.ReplaceAll(name, "_x000a_", "\n") != got {
			w.wrong(part, "the column %q has the head %q", name, got)
		}
	}
}

// row gives the texts of a row, by column.
func (w *workbook) row(sheet string, number int) map[int]string {
	texts := map[int]string{}
	for _, r := range w.parts[sheet].one("sheetData").children {
		if r.attr("r") != strconv.Itoa(number) {
			continue
		}
		for _, c := range r.children {
			column, _, _ := place(c.attr("r"))
			texts[column] = w.text(c)
		}
	}
	return texts
}

func (w *workbook) text(c *node) string {
	value := c.one("v").text
	switch c.attr("t") {
	case "inlineStr":
		return c.one("is").one("t").text
	case "s":
		items := w.part("xl/sharedStrings.xml").all("si")
		if i, err := strconv.Atoi(value); err == nil && i < len(items) {
			text := items[i].one("t").text
			for _, run := range items[i].all("r") {
				text += run.one("t").text
			}
			return text
		}
	}
	return value
}

// clash finds merged cells inside a table.
func (w *workbook) clash(sheet string, tables []area) {
	for _, m := range w.parts[sheet].one("mergeCells").children {
		a, _ := areaOf(m.attr("ref"))
		for _, t := range tables {
			if a.meets(t) {
				w.wrong(sheet, "%s is merged inside a table", m.attr("ref"))
			}
		}
	}
}

// charts sees to it that what a chart draws is there, and that its axes are its own.
func (w *workbook) charts() {
	for _, part := range w.ofKind("xl/charts/") {
		axes, used := map[string]bool{}, map[string]bool{}
		orders := map[string]bool{}
		w.parts[part].walk(func(n *node) {
			switch n.name {
			case "f":
				w.formula(part, n.text)
			case "catAx", "valAx":
				if id := n.one("axId").attr("val"); axes[id] {
					w.wrong(part, "the axis %s is there twice", id)
				} else {
					axes[id] = true
				}
			case "barChart", "lineChart":
				for _, a := range n.all("axId") {
					used[a.attr("val")] = true
				}
			case "ser":
				if o := n.one("order").attr("val"); orders[o] {
					w.wrong(part, "two series have the place %s", o)
				} else {
					orders[o] = true
				}
			}
		})
		for id := range used {
			if !axes[id] {
				w.wrong(part, "there is no axis %s", id)
			}
		}
	}
}
