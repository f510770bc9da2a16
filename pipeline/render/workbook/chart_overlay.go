package workbook

import "github.com/xuri/excelize/v2"

// overlay makes room on the columns for what is drawn over them: pale, with the values at their feet.
func (p *press) overlay(columns *excelize.ChartSeries, c *Chart, of *place) *excelize.Chart {
	columns.Fill, columns.DataLabelPosition = fill(paleTeal), excelize.ChartDataLabelsPositionInsideBase
	if c.Target != "" {
		return p.targets(c, of)
	}
	return p.interval(c, of)
}

// interval draws a line from low to high over each column. It points at the cells, so it stays right when somebody sorts the table;
// error bars would need the distances, which no relation has.
func (p *press) interval(c *Chart, of *place) *excelize.Chart {
	ends := &excelize.Chart{Type: excelize.Line, XAxis: p.axis(nil), YAxis: p.hidden()}
	ends.XAxis.HighLowLines = true
	for _, column := range []string{c.Low, c.High} {
		s := p.series(c, of, column, "1A1A1A")
		s.Line = excelize.LineOptions{Type: excelize.LineNone}
		s.Marker = excelize.ChartMarker{Symbol: "dash", Size: 8, Fill: fill("1A1A1A")}
		ends.Series = append(ends.Series, s)
	}
	return ends
}

// targets draws a dash across each column at its target: a bullet bar.
func (p *press) targets(c *Chart, of *place) *excelize.Chart {
	s := p.series(c, of, c.Target, amber)
	s.Line = excelize.LineOptions{Type: excelize.LineNone}
	s.Marker = excelize.ChartMarker{Symbol: "dash", Size: 18, Fill: fill(amber)}
	return &excelize.Chart{Type: excelize.Line, Series: []excelize.ChartSeries{s}, XAxis: p.axis(nil), YAxis: p.hidden()}
}

// hidden is the value axis of columns, from zero and not drawn. Charts that share it must ask for the same one.
func (p *press) hidden() excelize.ChartAxis {
	y := p.axis(new(float64))
	y.None = true
	return y
}
