package render

import (
	"context"
	"fmt"
	"slices"
	"time"

	"noticeboard/pipeline/approval"
	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/period"
	"noticeboard/pipeline/published"
	"noticeboard/pipeline/render/head"
)

// standing is where a notice stands among its editions: which one it is, whether it may be posted, and whose rows it shows.
type standing struct {
	number   int
	draft    bool
	corrects time.Time      // the day from which the edition before was posted; zero: none was
	posted   time.Time      // from when it is posted
	rowsOf   time.Time      // the date of the night whose rows it shows
	rows     published.Rows // kept by an earlier night; nil: those of this one
	warnings []string
}

// standingOf finds it. A notice that needs an approval shows the rows that were approved, and no others.
func (p Plan) standingOf(ctx context.Context, w *duck.Warehouse, t Template, e edition) (standing, error) {
	now, err := published.Now(ctx, w, t.Relations(), e.property, e.period.String())
	if err != nil {
		return standing{}, err
	}
	last, kept, err := published.Last(ctx, w, t.Head.Report, t.Relations(), e.property, e.period.String())
	if err != nil {
		return standing{}, err
	}
	if !t.notice.Approval {
		return p.unapproved(ctx, w, t, e, kept && now.Digest() != last.Digest())
	}
	approvals := approval.Of(p.Approvals, t.Head.Report, e.period.String(), e.property)
	is := func(rows published.Rows) func(approval.Approval) bool {
		digest := rows.Digest()
		return func(a approval.Approval) bool { return a.Rows == digest }
	}
	if i := slices.IndexFunc(approvals, is(now)); i >= 0 {
		return approved(approvals, i, nil), nil
	}
	if i := slices.IndexFunc(approvals, is(last)); e.approved && i >= 0 {
		return approved(approvals, i, last), nil
	}
	s := standing{number: len(approvals) + 1, draft: true, posted: p.AsOf, rowsOf: p.AsOf}
	if n := len(approvals); n > 0 {
		s.corrects = postedOn(approvals[n-1])
		s.warnings = []string{fmt.Sprintf("its figures are not those that %s approved on %s: it is a draft of edition %d until somebody approves it", approvals[n-1].By, approvals[n-1].On, n+1)}
	}
	return s, nil
}

func approved(list []approval.Approval, i int, rows published.Rows) standing {
	s := standing{number: list[i].Edition, posted: postedOn(list[i]), rowsOf: list[i].NightDate(), rows: rows}
	if i > 0 {
		s.corrects = postedOn(list[i-1])
	}
	return s
}

// postedOn is the day from which an approved notice hangs: not before it was approved, nor before its night.
func postedOn(a approval.Approval) time.Time {
	if a.Date().After(a.NightDate()) {
		return a.Date()
	}
	return a.NightDate()
}

// unapproved counts the editions of a notice that is posted as it comes.
func (p Plan) unapproved(ctx context.Context, w *duck.Warehouse, t Template, e edition, differs bool) (standing, error) {
	s := standing{number: 1, posted: p.AsOf, rowsOf: p.AsOf}
	rows, err := w.Rows(ctx, "mart.posted_editions", duck.Cut{Property: e.property, Period: e.period.String()})
	if err != nil {
		return s, err
	}
	for _, r := range rows.Values {
		if r[rows.Column("report")] != t.Head.Report {
			continue
		}
		edition, _ := r[rows.Column("edition")].(int64)
		s.number = int(edition)
		if differs {
			s.corrects, _ = r[rows.Column("posted_on")].(time.Time)
			s.number++
		}
	}
	return s, nil
}

// allEditions are those that are due for the date, and those whose approval nobody has printed yet.
func (p Plan) allEditions(ctx context.Context, w *duck.Warehouse, t Template, estate estate) ([]edition, error) {
	list := p.editions(t, estate)
	if p.Wanted != nil || !t.Head.On(head.Approved) {
		return list, nil
	}
	printed, err := w.Rows(ctx, "mart.posted_editions", duck.Cut{})
	if err != nil {
		return nil, err
	}
	for _, a := range p.Approvals {
		of, err := period.Parse(a.Period)
		if err != nil || a.Report != t.Head.Report || !a.NightDate().Before(p.AsOf) || isPrinted(printed, a) || isListed(list, a) {
			continue
		}
		for _, e := range p.editionsOf(t, estate, of, true) {
			if e.approved = true; e.property == a.Property {
				list = append(list, e)
			}
		}
	}
	return list, nil
}

func isPrinted(rows duck.Rows, a approval.Approval) bool {
	return slices.ContainsFunc(rows.Values, func(r []any) bool {
		edition, _ := r[rows.Column("edition")].(int64)
		return r[rows.Column("report")] == a.Report && r[rows.Column("property")] == a.Property && r[rows.Column("period")] == a.Period && int(edition) >= a.Edition
	})
}

func isListed(list []edition, a approval.Approval) bool {
	return slices.ContainsFunc(list, func(e edition) bool { return e.property == a.Property && e.period.String() == a.Period })
}
