package pipeline

import (
	"context"
	"os"
	"time"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/land"
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

// Returned writes the workbooks of returned rows of a published night into a folder.
func Returned(ctx context.Context, plan Plan, w *duck.Warehouse, asOf time.Time, folder string) ([]handoff.Document, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	return render.Plan{Books: plan.Books, Config: plan.Config, AsOf: asOf, Staging: folder}.Returned(ctx, w)
}
