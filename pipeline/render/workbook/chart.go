package workbook

import (
	"fmt"
	"math"

	"github.com/xuri/excelize/v2"
)

// drawing is a chart with its place.
type drawing struct {
	chart *Chart
	cell  string
}

// The size of charts in pixels; a row of the default height takes rowPixels.
const chartWidth, lineWidth, chartHeight, rowPixels = 460, 600, 264, 24

// draw reserves the place of a chart: at the right of all tables, level with the last one, below the charts before it.
func (s *sheet) draw(c *Chart) {
	row := s.row + 1
	if n := len(s.tables); n > 0 {
		row = s.tables[n-1].head
	}
	row = max(row, s.beside+1)
	s.charts = append(s.charts, drawing{c, at(s.span+2, row)})
	s.beside = row + int(c.height())/rowPixels
}

func (c *Chart) height() uint {
	if c.Height > 0 {
		return c.Height
	}
	return chartHeight
}

// plot adds a chart to its sheet. One with fewer than two rows would say nothing: a sentence stands in its place.
func (p *press) plot(s *sheet, d drawing) error {
	of := p.places[d.chart.Of]
	if of == nil || d.chart.rows(of) < 2 {
		return s.instead(d, p.words(p.speech.text(d.chart.Empty), noteLook))
	}
	kinds := map[string]func(*Chart, *place) []*excelize.Chart{"pareto": p.pareto, "bars": p.bars, "columns": p.bars, "line": p.line, "bands": p.bands}
	charts := kinds[d.chart.Kind](d.chart, of)
	first := charts[0]
	first.Dimension = excelize.ChartDimension{Width: d.chart.width(of), Height: d.chart.height()}
	// Not "oneCell": excelize then names the first cell as the last one, too, and Excel draws the chart as small as that cell.
	first.Format = excelize.GraphicOptions{Positioning: "absolute", OffsetX: 4, OffsetY: 2, AltText: p.speech.text(d.chart.Title)}
	title := p.speech.text(d.chart.Title)
	if d.chart.Kind == "line" && len(first.Series) > 1 {
		title = p.speech.text("workbook.dashed", "title", title)
	}
	first.Title = excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: title, Font: p.chartFont(11, blue, true)}}}
	first.Legend.Position = "none"
	if d.chart.Kind == "columns" && d.chart.Target != "" {
		first.Legend = excelize.ChartLegend{Position: "bottom", Font: p.chartFont(9, slate, false)}
	}
	first.Border = excelize.LineOptions{Type: excelize.LineNone}
	first.ShowBlanksAs = "gap"
	if err := p.ink.file.AddChart(s.name, d.cell, first, charts[1:]...); err != nil {
		return err
	}
	p.drawn++
	if d.chart.Kind == "line" {
		return p.labelEnds(d.chart, of)
	}
	return nil
}

// instead writes a sentence where a chart would be: over as many columns as that has, on one line, since the rows are the table's.
func (s *sheet) instead(d drawing, c cell) error {
	column, row, err := excelize.CellNameToCoordinates(d.cell)
	if err != nil {
		return err
	}
	c.look.wrap, c.look.top = false, false
	if err := s.file.MergeCell(s.name, d.cell, at(column+chartWidth/ordinaryPixels-1, row)); err != nil {
		return err
	}
	return s.writeCell(d.cell, c)
}

// ordinaryPixels is how wide a column is that nobody set.
const ordinaryPixels = 64

// width is what a chart needs: months and many columns stand on a wide one, and so do columns with names that would break within a word.
func (c *Chart) width(of *place) uint {
	switch c.Kind {
	case "line":
		return lineWidth
	case "columns", "pareto":
		return min(lineWidth, max(chartWidth, uint(float64(c.rows(of))*c.slot(of))))
	default:
		return chartWidth
	}
}

// slot is how many pixels a column should have, so that no word of its name is broken, and the name takes three lines at most.
func (c *Chart) slot(of *place) float64 {
	const pixels, narrowest = 6.5, 54.0 // of a narrow character in a label; of a column with its gap
	most := narrowest
	for _, r := range of.grid.rows[:c.rows(of)] {
		name := r[of.columns[c.Label]-1].shown
		most = math.Max(most, width(name)*pixels/3)
		most = math.Max(most, longestWord(name)*pixels)
	}
	return most
}

// rows tells how many rows of a table, or columns of a matrix, are drawn.
func (c *Chart) rows(of *place) int {
	n := len(of.grid.rows)
	switch c.Kind {
	case "line":
		return len(of.grid.heads) - 1
	case "bars", "columns", "pareto":
		n = of.filled(c.Value)
		if c.Grey != "" {
			n = max(n, of.filled(c.Grey))
		}
	}
	if c.Limit > 0 {
		return min(n, c.Limit)
	}
	return n
}

func (p *press) chartFont(size float64, colour string, bold bool) *excelize.Font {
	return &excelize.Font{Family: p.ink.face, Size: size, Color: colour, Bold: bold}
}

func (p *press) axis(min *float64) excelize.ChartAxis {
	return excelize.ChartAxis{Font: *p.chartFont(9, slate, false), Minimum: min}
}

// filled counts the rows up to the last with a number in the column: a dash would be drawn as a zero.
func (pl *place) filled(column string) int {
	for n := len(pl.grid.rows); n > 0; n-- {
		if _, is := number(pl.grid.rows[n-1][pl.columns[column]-1].value); is {
			return n
		}
	}
	return 0
}

// sum adds up the numbers of a column; of none, they are nothing.
func (pl *place) sum(column string, rows int) float64 {
	total := 0.0
	if at := pl.columns[column]; at > 0 {
		for _, r := range pl.grid.rows[:rows] {
			n, _ := number(r[at-1].value)
			total += n
		}
	}
	return total
}

// ref names the cells of a column of a table, as charts ask for them.
func (pl *place) ref(column string, rows int) string {
	last := pl.head + rows
	letter, err := excelize.ColumnNumberToName(pl.columns[column])
	if err != nil {
		return ""
	}
	return fmt.Sprintf("'%s'!$%s$%d:$%s$%d", pl.sheet, letter, pl.head+1, letter, last)
}

func (pl *place) headRef(column string) string {
	letter, err := excelize.ColumnNumberToName(pl.columns[column])
	if err != nil {
		return ""
	}
	return fmt.Sprintf("'%s'!$%s$%d", pl.sheet, letter, pl.head)
}

func fill(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

func (p *press) series(c *Chart, of *place, value, colour string) excelize.ChartSeries {
	rows := c.rows(of)
	return excelize.ChartSeries{
		Name: of.headRef(value), Categories: of.ref(c.Label, rows), Values: of.ref(value, rows), Fill: fill(colour),
		DataLabel: excelize.ChartDataLabel{Font: *p.chartFont(9, "1A1A1A", false)},
	}
}

func (p *press) bars(c *Chart, of *place) []*excelize.Chart {
	gap, over, vary := uint(45), 100, false
	chart := &excelize.Chart{Type: excelize.Col, VaryColors: &vary, Series: []excelize.ChartSeries{p.series(c, of, c.Value, teal)}, GapWidth: &gap}
	// Bars of another colour are a series of their own, drawn where the first has none.
	if c.Grey != "" && of.filled(c.Grey) > 0 {
		chart.Series, chart.Overlap = append(chart.Series, p.series(c, of, c.Grey, grey)), &over
	}
	chart.PlotArea = excelize.ChartPlotArea{ShowVal: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: formats[c.Format].pattern}}
	chart.XAxis, chart.YAxis = p.axis(nil), p.hidden()
	if c.Low != "" || c.Target != "" {
		return []*excelize.Chart{chart, p.overlay(&chart.Series[0], c, of)}
	}
	if c.Kind == "bars" {
		// Bars are drawn from the bottom up: reversed, the first row stands on top.
		chart.Type, chart.XAxis.ReverseOrder = excelize.Bar, true
	}
	return []*excelize.Chart{chart}
}

// pareto is columns in falling order with their cumulative share as a line, on an axis of its own up to 100 %. The axis of the columns
// ends at all cases together, so the line begins on the first column and never crosses another.
func (p *press) pareto(c *Chart, of *place) []*excelize.Chart {
	columns := *c
	columns.Kind = "columns"
	first := p.bars(&columns, of)[0]
	whole, all := 1.0, of.sum(c.Value, c.rows(of))+of.sum(c.Grey, c.rows(of))
	first.YAxis.Maximum = &all
	share := p.axis(new(float64))
	share.Secondary, share.Maximum, share.NumFmt, share.MajorUnit = true, &whole, excelize.ChartNumFmt{CustomNumFmt: "0%"}, 0.25
	line := &excelize.Chart{
		Type: excelize.Line,
		Series: []excelize.ChartSeries{{
			Name: of.headRef(c.Line), Categories: of.ref(c.Label, c.rows(of)), Values: of.ref(c.Line, c.rows(of)), Fill: fill(amber),
			Line:   excelize.LineOptions{Type: excelize.LineSolid, Width: 2},
			Marker: excelize.ChartMarker{Symbol: "circle", Size: 5, Fill: fill(amber)},
		}},
		YAxis: share,
	}
	return []*excelize.Chart{first, line}
}

// bands lay the parts of each row end to end: a blank up to where the band begins, and a dark part between two grey ones. Whole
// numbers on the axis stand in the middle of the dark part.
func (p *press) bands(c *Chart, of *place) []*excelize.Chart {
	gap, last, vary := uint(60), float64(c.rows(of))+0.5, false
	chart := &excelize.Chart{Type: excelize.BarStacked, VaryColors: &vary, GapWidth: &gap}
	for i, column := range c.Parts {
		s := p.series(c, of, column, grey)
		switch i {
		case 0:
			s.Fill = excelize.Fill{Type: "pattern"}
		case 2:
			s.Fill = fill(blue)
		}
		chart.Series = append(chart.Series, s)
	}
	chart.XAxis, chart.YAxis = p.axis(nil), p.axis(new(float64))
	chart.XAxis.ReverseOrder = true
	chart.YAxis.Maximum, chart.YAxis.MajorUnit = &last, 1
	chart.YAxis.NumFmt = excelize.ChartNumFmt{CustomNumFmt: `[=0]"";0`}
	return []*excelize.Chart{chart}
}
