package explain

import (
	"context"
	_ "embed"
	"time"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/model"
	"noticeboard/pipeline/period"
)

//go:embed parts.sql
var partsSQL string

//go:embed differences.sql
var differencesSQL string

// Why is what changed between the period before and the one explained.
type Why struct {
	Before      string         // the period
	Values      map[string]any // its figure
	Parts       duck.Rows      // dimension, part, x_before, n_before, x_now, n_now, effect: where the change comes from
	Differences duck.Rows      // change (changed, came, went, stayed), property, id, zone, category, technician, verdict_before, verdict_now, file, line
}

// Ask finds out what changed against the period before.
func Ask(ctx context.Context, w *duck.Warehouse, catalog model.Catalog, e Explanation, asOf time.Time) (*Why, error) {
	now, err := period.Parse(e.Period)
	if err != nil {
		return nil, err
	}
	before := e.Cell
	before.Period = now.Previous().String()
	why := &Why{Before: before.Period}
	if why.Values, err = valuesOf(ctx, w, before); err != nil {
		return nil, err
	}
	if why.Values == nil {
		return nil, fault.Hinted(fault.Usage, "leave out --why, or choose a later period", "there is no figure %s in %s to compare with", e.Metric, before.Period)
	}
	if _, err := members(ctx, w, catalog, e.Cell, asOf, "explained_now"); err != nil {
		return nil, err
	}
	if _, err := members(ctx, w, catalog, before, asOf, "explained_before"); err != nil {
		return nil, err
	}
	if why.Parts, err = w.Query(ctx, partsSQL, e.Figure.Aggregate, e.Values["n"], why.Values["n"]); err != nil {
		return nil, err
	}
	why.Differences, err = w.Query(ctx, differencesSQL)
	return why, err
}
