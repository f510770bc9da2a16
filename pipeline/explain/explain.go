// Package explain answers "which jobs?": the members behind one figure, the line of the export that each comes from, and what changed against the
// period before.
//
// It computes no figure; it reads the relations of a finished warehouse.
//
// Invariant: the members it lists are the rows of the cohort from which the figure was computed, so hits and members agree with x and n.
package explain

import (
	"context"
	_ "embed"
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

//go:embed households.sql
var householdsSQL string

// perHousehold is the aggregate whose members are complaints, and whose denominator comes from the reference file zones.
const perHousehold = "per_100"

func complaints(catalog model.Catalog) model.Query {
	query, _, _ := catalog.Feeding("complaints")
	return query
}

// Cell names one figure: a metric in a cell of the dimensions (* sums over one) and a period.
type Cell struct{ Metric, Property, Zone, Category, Period string }

// Explanation is a figure with what it was computed from.
type Explanation struct {
	Cell
	Query      model.Query  // who is counted
	Divisor    model.Query  // of a rate per household: what its members are divided by
	Figure     model.Figure // how members become the figure
	Values     map[string]any
	Members    duck.Rows // property, id, zone, category, technician, counted_on, verdict, file, line, x, n
	Households duck.Rows // of a rate per household: the denominator
	Why        *Why      // what changed against the period before, if that was asked
}

// Run finds the figure and its members. asOf is the date of the night whose warehouse w is.
func Run(ctx context.Context, w *duck.Warehouse, catalog model.Catalog, cell Cell, asOf time.Time) (Explanation, error) {
	e := Explanation{Cell: cell}
	if _, err := period.Parse(cell.Period); err != nil {
		return e, fault.Newf(fault.Usage, "%v", err)
	}
	query, figure, known := catalog.Feeding(cell.Metric)
	if !known {
		return e, fault.Hinted(fault.Usage, near(cell.Metric, catalog.Metrics(), "see all: noticeboard show mart.metrics"), "there is no metric %q", cell.Metric)
	}
	e.Query, e.Figure = query, figure
	if figure.Aggregate == perHousehold {
		e.Query, e.Divisor = complaints(catalog), query
	}
	var err error
	if e.Cell, err = coded(ctx, w, cell); err != nil {
		return e, err
	}
	if e.Values, err = valuesOf(ctx, w, e.Cell); err != nil {
		return e, err
	}
	if e.Values == nil {
		return e, fault.Hinted(fault.Usage, "nobody is counted there, or the period is not kept; see: noticeboard show mart.figures",
			"there is no figure %s for property %s, zone %s, category %s in %s", e.Metric, e.Property, e.Zone, e.Category, e.Period)
	}
	if figure.Aggregate == perHousehold {
		if e.Households, err = w.Query(ctx, householdsSQL, e.Property, e.Zone, e.Period); err != nil {
			return e, err
		}
	}
	e.Members, err = members(ctx, w, catalog, e.Cell, asOf, "")
	return e, err
}

// valuesOf gives the figure's own row, nil where there is none.
func valuesOf(ctx context.Context, w *duck.Warehouse, cell Cell) (map[string]any, error) {
	rows, err := w.Query(ctx, figureSQL, cell.Metric, cell.Property, cell.Zone, cell.Category, cell.Period)
	if err != nil || len(rows.Values) == 0 {
		return nil, err
	}
	values := map[string]any{}
	for i, c := range rows.Columns {
		values[c] = rows.Values[0][i]
	}
	return values, nil
}

// members lists who stands behind a figure; with a name, it leaves them in a temporary table of that name as well.
func members(ctx context.Context, w *duck.Warehouse, catalog model.Catalog, cell Cell, asOf time.Time, name string) (duck.Rows, error) {
	query, figure, _ := catalog.Feeding(cell.Metric)
	sql, last := stockSQL, any(asOf)
	if figure.Aggregate == perHousehold {
		query = complaints(catalog)
	}
	if query.Schema == "cohort" {
		sql, last = strings.ReplaceAll(membersSQL, "{cohort}", duck.Name(query.Relation())), query.Of
	}
	if name == "" {
		return w.Query(ctx, sql, cell.Property, cell.Zone, cell.Category, cell.Period, cell.Metric, last)
	}
	return duck.Rows{}, w.Exec(ctx, "create or replace temp table "+duck.Name(name)+" as "+sql, cell.Property, cell.Zone, cell.Category, cell.Period, cell.Metric, last)
}
