package workbook

// chart checks that the table it draws is there, whole, with its columns.
func (c *checker) chart(h *Chart, path []any) {
	c.word(h.Title, append(path, "title")...)
	c.word(h.Empty, append(path, "empty")...)
	c.format(h.Format, append(path, "format"))
	of := c.find(h.Of)
	switch {
	case of == nil:
		c.wrong(path, "of: the id of a table or matrix of this workbook", "there is no table %q", h.Of)
		return
	case of.Table != nil && of.Table.List:
		c.wrong(path, "draw a table that isn't a list", "a list may be of any length, so it can't be drawn")
		return
	case (h.Kind == "line") != (of.Matrix != nil):
		c.wrong(path, "a line draws a row of a matrix; pareto, bars, columns and bands draw a table", "a chart of kind %q can't draw %q", h.Kind, h.Of)
		return
	}
	drawn := map[string][]string{"pareto": {h.Label, h.Value, h.Line}, "bars": {h.Label, h.Value}, "columns": {h.Label, h.Value}, "bands": append([]string{h.Label}, h.Parts...), "line": nil}
	columns, there := drawn[h.Kind]
	if !there {
		c.wrong(path, "use pareto, bars, columns, line or bands", "%q is not a kind of chart", h.Kind)
		return
	}
	c.overlay(h, path)
	columns = append(columns, h.Grey, h.Low, h.High)
	if h.Kind != "line" {
		columns = append(columns, h.Target)
	}
	for _, column := range columns {
		if column != "" && of.Table != nil && !of.Table.has(column) {
			c.wrong(path, "name columns that the table shows", "the table %s shows no column %q", h.Of, column)
		}
	}
}

// overlay checks the target and the interval, which lie over columns or beside a line.
func (c *checker) overlay(h *Chart, path []any) {
	if (h.Low == "") != (h.High == "") {
		c.wrong(path, "name both low and high", "an interval has two ends")
	}
	if h.Low != "" && (h.Kind != "columns" || h.Target != "" || h.Grey != "") {
		c.wrong(path, "use kind: columns, without target and grey", "an interval is drawn over plain columns")
	}
	if h.Target == "" {
		return
	}
	of := c.find(h.Target)
	switch {
	case h.Kind != "columns" && h.Kind != "line":
		c.wrong(path, "use kind: columns, or line", "a chart of kind %q shows no target", h.Kind)
	case h.Kind == "line" && (of == nil || of.Matrix == nil || of.Matrix.Title == ""):
		c.wrong(path, "target: the id of a matrix with a title and the rows of the one drawn", "there is no matrix %q with a title", h.Target)
	}
}
