package pipeline

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"noticeboard/pipeline/approval"
	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/period"
	"noticeboard/pipeline/publish"
	"noticeboard/pipeline/render"
	"noticeboard/pipeline/render/returns"
)

// again stands in for the id of a night that publishes nothing.
const again = "made again  "

// Again makes one report of one period once more, from the warehouse of a night, into a folder. Nothing that was published changes;
// notices are read as closely as in a night, and those that say something of a person are left out.
func Again(ctx context.Context, plan Plan, w *duck.Warehouse, asOf time.Time, wanted render.Wanted, folder string) (handoff.Pack, []publish.Held, error) {
	if err := plan.canBeMade(&wanted, asOf); err != nil {
		return handoff.Pack{}, nil, err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return handoff.Pack{}, nil, err
	}
	staging, err := os.MkdirTemp(folder, ".report")
	if err != nil {
		return handoff.Pack{}, nil, err
	}
	defer os.RemoveAll(staging)
	approvals, err := approval.Read(plan.Home)
	if err != nil {
		return handoff.Pack{}, nil, err
	}
	night := night{plan: plan, asOf: asOf, id: again, approvals: approvals}
	how := night.render(Watch{})
	how.Staging, how.Wanted = staging, &wanted
	pack, err := render.Run(ctx, how, w)
	if err != nil {
		return pack, nil, fault.In("render", err)
	}
	pack, held, err := night.holdBack(ctx, w, pack, Watch{})
	if err != nil {
		return pack, nil, err
	}
	if len(pack.Documents)+len(held) == 0 {
		return pack, nil, fault.Hinted(fault.Usage, "see what there is: noticeboard show mart.properties", "%s of %s is about nothing that the night of %s knows", wanted.Report, wanted.Period, asOf.Format(time.DateOnly))
	}
	return pack, held, moved(&pack, folder)
}

// canBeMade finds the template of the report and says whether the night can know of the period.
func (p Plan) canBeMade(wanted *render.Wanted, asOf time.Time) error {
	kind := period.Day // that of R11, which has no template
	if i := slices.IndexFunc(p.Templates, func(t render.Template) bool { return t.Head.Report == wanted.Report }); i >= 0 {
		kind = p.Templates[i].Head.Period
	} else if wanted.Report != returns.Report {
		return fault.Hinted(fault.Usage, "one of "+strings.Join(reports(p.Templates), ", "), "there is no report %q", wanted.Report)
	}
	last := period.Of(kind, asOf.AddDate(0, 0, -1))
	if last.End.After(asOf) {
		last = last.Previous()
	}
	switch {
	case wanted.Period.Kind != kind:
		return fault.Hinted(fault.Usage, "for example: noticeboard report "+wanted.Report+" "+last.String(), "%s is made for each %s, and %s isn't one", wanted.Report, kind, wanted.Period)
	case wanted.Period.Start.After(last.Start):
		return fault.Newf(fault.Usage, "%s isn't over on %s", wanted.Period, asOf.Format(time.DateOnly))
	case (kind == period.Day || kind == period.Week) && wanted.Period != last:
		return fault.Hinted(fault.Usage, "noticeboard nightly --date "+wanted.Period.End.Format(time.DateOnly)+" makes it",
			"%s shows what is open on the date of its night; the last one is of %s and can only make it for %s", wanted.Report, asOf.Format(time.DateOnly), last)
	}
	wanted.Final = kind == period.Day || kind == period.Week || !asOf.Before(p.closes(wanted.Period.End))
	return nil
}

// closes gives the date on which the reports of a period that ends at the date become final.
func (p Plan) closes(end time.Time) time.Time {
	first := time.Date(end.Year(), end.Month(), 1, 0, 0, 0, 0, time.UTC)
	day := first
	for !p.isCloseDay(day) && day.Month() == first.Month() {
		day = day.AddDate(0, 0, 1)
	}
	return day
}

// moved puts the documents into their folder, each in one step.
func moved(pack *handoff.Pack, folder string) error {
	for _, d := range pack.Documents {
		if err := os.Rename(filepath.Join(pack.Folder, d.Name), filepath.Join(folder, d.Name)); err != nil {
			return err
		}
	}
	pack.Folder = folder
	return nil
}
