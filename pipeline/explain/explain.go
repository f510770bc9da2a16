// Package explain answers "which jobs?": the members behind one figure, and the line of the export that each comes from.
//
// It computes no figure; it reads the relations of a finished warehouse.
//
// Invariant: the members it lists are the rows of the cohort from which the figure was computed, so hits and members agree with x and n.
package explain

import (
	"context"
	_ "embed"
	"fmt"
	"strings"
	"time"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/model"
	"noticeboard/pipeline/period"
)

//go:embed members.sql
var membersSQL string

//go:embed stock.sql
var stockSQL string

//go:embed figure.sql
var figureSQL string

// Cell names one figure: a metric in a cell of the dimensions (* sums over one) and a period.
type Cell struct{ Metric, Property, Zone, Category, Period string }

// Explanation is a figure with what it was computed from.
type Explanation struct {
	Cell
	Query   model.Query  // who is counted
	Figure  model.Figure // how members become the figure
	Values  map[string]any
	Members duck.Rows // property, id, zone, category, technician, counted_on, verdict, file, line
}

// Run finds the figure and its members. asOf is the date of the night whose warehouse w is.
func Run(ctx context.Context, w *duck.Warehouse, catalog model.Catalog, cell Cell, asOf time.Time) (Explanation, error) {
	e := Explanation{Cell: cell}
	if _, err := period.Parse(cell.Period); err != nil {
		return e, fault.Newf(fault.Usage, "%v", err)
	}
	query, figure, known := catalog.Feeding(cell.Metric)
	if !known {
		return e, fault.Hinted(fault.Usage, suggest(cell.Metric, catalog.Metrics()), "there is no metric %q", cell.Metric)
	}
	e.Query, e.Figure = query, figure
	rows, err := w.Query(ctx, figureSQL, cell.Metric, cell.Property, cell.Zone, cell.Category, cell.Period)
	if err != nil {
		return e, err
	}
	if len(rows.Values) == 0 {
		return e, fault.Hinted(fault.Usage, "nobody is counted there, or the period is not kept; see: noticeboard show mart.figures",
			"there is no figure %s for property %s, zone %s, category %s in %s", cell.Metric, cell.Property, cell.Zone, cell.Category, cell.Period)
	}
	e.Values = map[string]any{}
	for i, c := range rows.Columns {
		e.Values[c] = rows.Values[0][i]
	}
	e.Members, err = members(ctx, w, catalog, cell, asOf)
	return e, err
}

func members(ctx context.Context, w *duck.Warehouse, catalog model.Catalog, cell Cell, asOf time.Time) (duck.Rows, error) {
	query, figure, _ := catalog.Feeding(cell.Metric)
	metric := cell.Metric
	switch {
	case figure.Aggregate == "per_100":
		// Complaints per household are the complaints; the households come from the reference file zones.
		metric = "complaints"
		query, _, _ = catalog.Feeding(metric)
	case query.Schema != "cohort":
		return w.Query(ctx, stockSQL, cell.Property, cell.Zone, cell.Category, cell.Period, asOf)
	}
	sql := strings.ReplaceAll(membersSQL, "{cohort}", duck.Name(query.Relation()))
	return w.Query(ctx, sql, cell.Property, cell.Zone, cell.Category, cell.Period, metric, query.Of)
}

func suggest(word string, known []string) string {
	best, distance := "", len(word)/2+1
	for _, k := range known {
		if d := fault.Distance(word, k); d < distance {
			best, distance = k, d
		}
	}
	if best != "" {
		return fmt.Sprintf("did you mean %s? See all: noticeboard show mart.metrics", best)
	}
	return "see all: noticeboard show mart.metrics"
}
