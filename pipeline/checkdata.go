package pipeline

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"noticeboard/pipeline/check"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/model"
	"noticeboard/pipeline/publish"
)

// CheckData runs every check of the plan on the warehouse of the newest night. Its verdict comes with the date of that night.
func CheckData(ctx context.Context, p Plan) (check.Verdict, time.Time, error) {
	manifest, err := publish.Read(filepath.Join(p.out(), "latest"))
	if err != nil {
		return check.Verdict{}, time.Time{}, fault.Hinted(fault.Usage, "run: noticeboard nightly --home "+p.Home, "nothing was published in %s yet", p.Home)
	}
	asOf, err := time.Parse(time.DateOnly, manifest.AsOf)
	if err != nil {
		return check.Verdict{}, asOf, err
	}
	w, err := model.Open(p.modelPlan(asOf, filepath.Join(p.Home, manifest.Warehouse), "", nil))
	if os.IsNotExist(err) {
		return check.Verdict{}, asOf, fault.Hinted(fault.Usage, "compute it again: noticeboard nightly --home "+p.Home+" --date "+manifest.AsOf, "the warehouse of %s was deleted", manifest.AsOf)
	}
	if err != nil {
		return check.Verdict{}, asOf, err
	}
	defer w.Close()
	verdict, err := check.Run(ctx, w, p.Catalog)
	return verdict, asOf, err
}
