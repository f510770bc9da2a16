package ooxml

import "strconv"

// anchors sees to it that a drawing has room: Excel takes no more of a cell than the cell has, so one that begins and ends in the same
// column or row is drawn that small, however large an offset it asks for.
func (w *workbook) anchors() {
	for _, part := range w.ofKind("xl/drawings/drawing") {
		for _, a := range w.parts[part].all("twoCellAnchor") {
			from, to := a.one("from"), a.one("to")
			for _, side := range []string{"col", "row"} {
				if number(to.one(side).text) <= number(from.one(side).text) {
					w.wrong(part, "a drawing ends in the %s in which it begins", side)
				}
			}
		}
	}
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return -1
	}
	return n
}

// sparklines sees to it that each small line draws one row of a sheet that is there, that none shares a cell with another, and that all of
// a sheet draw the same columns.
func (w *workbook) sparklines() {
	for _, part := range w.ofKind("xl/worksheets/") {
		taken := map[string]bool{}
		var first area
		w.parts[part].one("extLst").walk(func(n *node) {
			if n.name != "sparkline" {
				return
			}
			formula, cell := n.one("f").text, n.one("sqref").text
			w.formula(part, formula)
			if taken[cell] {
				w.wrong(part, "two sparklines stand in %s", cell)
			}
			taken[cell] = true
			drawn, ok := areaOf(formula[1+lastMark(formula):])
			if !ok || drawn.top != drawn.bottom || drawn.left >= drawn.right {
				w.wrong(part, "the sparkline in %s draws %s, which is no row", cell, formula)
			}
			if first == (area{}) {
				first = drawn
			}
			if drawn.left != first.left || drawn.right != first.right {
				w.wrong(part, "the sparkline in %s draws other columns than the first one", cell)
			}
		})
	}
}

func lastMark(formula string) int {
	for i := len(formula) - 1; i >= 0; i-- {
		if formula[i] == '!' {
			return i
		}
	}
	return -1
}
