package workbook

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// line is one row of a matrix over its months, with the target dashed where there is one.
func (p *press) line(c *Chart, of *place) []*excelize.Chart {
	chart := &excelize.Chart{Type: excelize.Line, Series: []excelize.ChartSeries{{
		Name: of.rowName(c.Value), Categories: of.across(of.head), Values: of.across(of.rowOf(c.Value)), Fill: fill(teal),
		Line:      excelize.LineOptions{Type: excelize.LineSolid, Width: 2.25},
		Marker:    excelize.ChartMarker{Symbol: "circle", Size: 5, Fill: fill(teal)},
		DataLabel: excelize.ChartDataLabel{Font: *p.chartFont(9, "1A1A1A", true)}, DataLabelPosition: excelize.ChartDataLabelsPositionAbove,
	}}}
	if to := p.places[c.Target]; to != nil && to.hasNumber(c.Value) {
		chart.Series = append(chart.Series, excelize.ChartSeries{
			Name: to.titleRef(), Categories: to.across(to.head), Values: to.across(to.rowOf(c.Value)), Fill: fill(amber),
			Line:   excelize.LineOptions{Type: excelize.LineSolid, Width: 1.5, Dash: excelize.LineDashDash},
			Marker: excelize.ChartMarker{Symbol: "none"},
		})
	}
	chart.PlotArea = excelize.ChartPlotArea{ShowVal: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: formats[c.Format].pattern}}
	chart.XAxis, chart.YAxis = p.axis(nil), p.axis(nil)
	chart.YAxis.NumFmt = excelize.ChartNumFmt{CustomNumFmt: formats[c.Format].pattern}
	return []*excelize.Chart{chart}
}

// rowOf gives the sheet's row of a matrix row; its first where there is none of that key.
func (pl *place) rowOf(key string) int { return pl.head + 1 + max(0, slices.Index(pl.grid.keys, key)) }

func (pl *place) rowName(key string) string {
	return fmt.Sprintf("'%s'!$A$%d", pl.sheet, pl.rowOf(key))
}

// titleRef is the cell above the head.
func (pl *place) titleRef() string { return fmt.Sprintf("'%s'!$A$%d", pl.sheet, pl.head-1) }

func (pl *place) across(row int) string {
	return fmt.Sprintf("'%s'!%s:%s", pl.sheet, absolute(2, row), absolute(len(pl.grid.heads), row))
}

func (pl *place) hasNumber(key string) bool {
	first, _ := pl.ends(key)
	return first >= 0
}

// ends gives the first and the last column of a matrix row that hold a number, counted from 0; -1 where none does.
func (pl *place) ends(key string) (first, last int) {
	first, last = -1, -1
	i := slices.Index(pl.grid.keys, key)
	if i < 0 {
		return first, last
	}
	for j, c := range pl.grid.rows[i][1:] {
		if _, is := number(c.value); is {
			if last = j; first < 0 {
				first = j
			}
		}
	}
	return first, last
}

// labelEnds leaves the labels of the first and the last value, of the line alone. excelize labels every point of every series or
// none, so the part that it has just written is mended.
func (p *press) labelEnds(c *Chart, of *place) error {
	part := fmt.Sprintf("xl/charts/chart%d.xml", p.drawn)
	stored, there := p.ink.file.Pkg.Load(part)
	if !there {
		return fmt.Errorf("there is no part %s", part)
	}
	const open, shut = "<dLbls>", "</dLbls>"
	pieces := strings.Split(string(stored.([]byte)), open)
	for i := range pieces[1:] {
		inner, rest, found := strings.Cut(pieces[i+1], shut)
		if !found {
			return fmt.Errorf("%s: %s isn't closed", part, open)
		}
		single := ""
		if i == 0 {
			first, last := of.ends(c.Value)
			for _, n := range slices.Compact([]int{first, last}) {
				single += fmt.Sprintf(`<dLbl><idx val="%d"></idx>%s</dLbl>`, n, strings.Split(inner, "<showLeaderLines")[0])
			}
		}
		pieces[i+1] = single + strings.Replace(inner, `<showVal val="1">`, `<showVal val="0">`, 1) + shut + rest
	}
	p.ink.file.Pkg.Store(part, []byte(strings.Join(pieces, open)))
	return nil
}
