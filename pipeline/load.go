package pipeline

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/land"
	"noticeboard/pipeline/model"
	"noticeboard/pipeline/pull"
	"noticeboard/pipeline/render"
)

// Load goes through the first two rooms and no further: what is new is archived and landed; nothing is computed, nothing published.
func Load(ctx context.Context, plan Plan, watch Watch) (handoff.Delivery, handoff.Landing, error) {
	none := handoff.Landing{}
	unlock, err := lock(plan.Home)
	if err != nil {
		return handoff.Delivery{}, none, err
	}
	defer unlock()

	watch.enter("pull")
	delivery, err := pull.Run(ctx, plan.pullPlan())
	if err != nil {
		return delivery, none, fault.In("pull", err)
	}
	watch.enter("land")
	landing, err := land.Run(ctx, plan.landPlan(), delivery)
	if err != nil {
		return delivery, none, fault.In("land", err)
	}
	err = watch.landed(delivery, landing)
	watch.enter("")
	return delivery, landing, err
}

// Unpublished hands over a warehouse of what the archive of a home holds that has published nothing yet, for the rows that wait to be
// corrected: where all of the first exports are refused for theirs, no night brings them back. It takes nothing in.
func Unpublished(ctx context.Context, plan Plan, asOf time.Time, do func(*duck.Warehouse) error) error {
	nothing := fault.Hinted(fault.Usage, "run: noticeboard load --home "+plan.Home, "nothing was loaded in %s yet", plan.Home)
	if _, err := os.Stat(filepath.Join(plan.Home, "archive")); errors.Is(err, fs.ErrNotExist) {
		return nothing // and a folder that is no home doesn't become one
	}
	unlock, err := lock(plan.Home)
	if err != nil {
		return err
	}
	defer unlock()
	known := plan.pullPlan()
	known.Sources = nil
	delivery, err := pull.Run(ctx, known)
	if err != nil {
		return fault.In("pull", err)
	}
	if len(delivery.Files) == 0 {
		return nothing
	}
	landing, err := land.Run(ctx, plan.landPlan(), delivery)
	if err != nil {
		return fault.In("land", err)
	}
	night, err := plan.night(asOf, landing)
	if err != nil {
		return err
	}
	scratch, err := os.MkdirTemp(filepath.Join(plan.Home, "cache"), "unpublished-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	m := night.model(Watch{})
	m.Path = filepath.Join(scratch, "warehouse.duckdb")
	m.TempDir = m.Path + ".tmp"
	w, err := model.Run(ctx, m, landing)
	if err != nil {
		return fault.In("model", err)
	}
	defer w.Close()
	return do(w)
}

// Returned writes the workbooks of returned rows of a night into a folder.
func Returned(ctx context.Context, plan Plan, w *duck.Warehouse, asOf time.Time, folder string) ([]handoff.Document, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	return render.Plan{Books: plan.Books, Config: plan.Config, AsOf: asOf, Staging: folder}.Returned(ctx, w)
}
