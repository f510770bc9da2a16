package pipeline

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"noticeboard/pipeline/approval"
	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/publish"
	"noticeboard/pipeline/published"
	"noticeboard/pipeline/render"
)

// Approve records that somebody with authority approved the newest draft of a notice: for one property, or for all that it was made
// for. It changes nothing that is published; the next night prints it without the mark.
func Approve(ctx context.Context, plan Plan, report, period, property, by string, on time.Time) ([]approval.Approval, error) {
	if strings.TrimSpace(by) == "" {
		return nil, fault.Hinted(fault.Usage, `--by "Chan Tai Man, manager"`, "an approval has a name")
	}
	t, err := plan.approvable(report)
	if err != nil {
		return nil, err
	}
	unlock, err := lock(plan.Home)
	if err != nil {
		return nil, err
	}
	defer unlock()
	manifest, properties, err := plan.drafts(report, period, property)
	if err != nil {
		return nil, err
	}
	w, err := duck.Open(filepath.Join(plan.Home, manifest.Warehouse))
	if err != nil {
		return nil, fault.Hinted(fault.Usage, "compute it again: noticeboard nightly --date "+manifest.AsOf, "the warehouse of %s is gone", manifest.AsOf)
	}
	defer w.Close()
	all, err := approval.Read(plan.Home)
	if err != nil {
		return nil, err
	}
	var list []approval.Approval
	for _, p := range properties {
		rows, err := published.Now(ctx, w, t.Relations(), p, period)
		if err != nil {
			return nil, err
		}
		before := approval.Of(all, report, period, p)
		list = append(list, approval.Approval{Report: report, Period: period, Property: p, Edition: len(before) + 1, By: by,
			On: on.Format(time.DateOnly), Night: manifest.AsOf, Rows: rows.Digest()})
		if is := func(a approval.Approval) bool { return a.Rows == rows.Digest() }; slices.ContainsFunc(before, is) {
			return nil, fault.Newf(fault.Usage, "%s %s %s is approved already; the next night prints it", report, period, p)
		}
	}
	for _, a := range list {
		if err := a.Write(plan.Home); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// approvable finds the template of a notice that needs an approval.
func (p Plan) approvable(report string) (render.Template, error) {
	var those []string
	for _, t := range p.Templates {
		if !t.NeedsApproval() {
			continue
		}
		if t.Head.Report == report {
			return t, nil
		}
		those = append(those, t.Head.Report)
	}
	return render.Template{}, fault.Hinted(fault.Usage, "reports that need one: "+strings.Join(those, ", "), "%s needs no approval", report)
}

// drafts finds the newest night that published the notice, and the properties whose notice was a draft there.
func (p Plan) drafts(report, period, property string) (publish.Manifest, []string, error) {
	entries, err := os.ReadDir(p.out())
	if err != nil && !os.IsNotExist(err) {
		return publish.Manifest{}, nil, err
	}
	slices.Reverse(entries) // dates sort as names
	approved := ""
	for _, e := range entries {
		if _, err := time.Parse(time.DateOnly, e.Name()); err != nil {
			continue
		}
		m, err := publish.Read(filepath.Join(p.out(), e.Name()))
		if err != nil {
			return m, nil, err
		}
		var list []string
		for _, d := range m.Documents {
			if d.Report != report || d.Period != period || property != "" && d.Property != property {
				continue
			}
			if !d.Draft {
				approved = e.Name()
			} else if !slices.Contains(list, d.Property) {
				list = append(list, d.Property)
			}
		}
		if len(list) > 0 {
			return m, list, nil
		}
	}
	if approved != "" {
		return publish.Manifest{}, nil, fault.Newf(fault.Usage, "the %s of %s that the night of %s published is no draft", report, period, approved)
	}
	what := strings.TrimSpace(fmt.Sprintf("%s %s %s", report, period, property))
	return publish.Manifest{}, nil, fault.Hinted(fault.Usage, "make it first: noticeboard nightly --date, the first day after "+period, "no night has published %s", what)
}
