package render

import (
	"context"
	"time"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/period"
	"noticeboard/pipeline/render/head"
)

// edition is one document to be made: a template cut to a property or zone, a period and a language.
type edition struct {
	property, zone         string
	propertyName, zoneName string
	period                 period.Period
	language               string
	severalLanguages       bool
	final                  bool
	paper                  string // of a notice: A4 or A3
	approved               bool   // due because it was approved
}

// due tells whether a report is due on the date, of which period, and as which edition.
func due(h head.Head, asOf time.Time, closeDay bool) (p period.Period, final, yes bool) {
	last := period.Of(h.Period, asOf).Previous()
	if h.Period == period.Day {
		last = period.Of(period.Day, asOf.AddDate(0, 0, -1))
	}
	switch {
	case h.On(head.PeriodEnd) && last.End.Equal(asOf):
		return last, h.Period == period.Day || h.Period == period.Week || h.On(head.CloseDay) && closeDay, true
	case h.On(head.CloseDay) && closeDay && sameMonth(last.End, asOf):
		return last, true, true
	case h.On(head.Rows) || h.On(head.Change):
		return last, true, true
	default:
		return last, false, false
	}
}

// sameMonth tells whether two dates lie in one month: a quarter closes with its last month, not again in the two after it.
func sameMonth(a, b time.Time) bool { return a.Year() == b.Year() && a.Month() == b.Month() }

func (p Plan) editions(t Template, estate estate) []edition {
	of, final, yes := due(t.Head, p.AsOf, p.CloseDay)
	if p.Wanted != nil {
		of, final, yes = p.Wanted.Period, p.Wanted.Final, p.Wanted.Report == t.Head.Report
	}
	if !yes {
		return nil
	}
	return p.editionsOf(t, estate, of, final)
}

// editionsOf lists the documents of a report for a period.
func (p Plan) editionsOf(t Template, estate estate, of period.Period, final bool) []edition {
	languages := p.languages(t.Head.Report, t.Head.Languages)
	var list []edition
	for _, subject := range estate.subjects(t.Head) {
		if p.Wanted != nil && p.Wanted.Property != "" && p.Wanted.Property != subject.property {
			continue
		}
		for _, l := range languages {
			e := edition{property: subject.property, zone: subject.zone, period: of, language: l, severalLanguages: len(languages) > 1, final: final}
			e.propertyName = p.propertyName(subject.property, l)
			e.zoneName = estate.names.in("zone", subject.property, subject.zone, l)
			for _, e.paper = range p.papers(t) {
				list = append(list, e)
			}
		}
	}
	return list
}

// languages gives those of a report: its own of the configuration, else its template's, else those of all reports.
func (p Plan) languages(report string, ofTemplate []string) []string {
	if own := p.Config.Reports[report].Languages; len(own) > 0 {
		return own
	}
	if len(ofTemplate) > 0 {
		return ofTemplate
	}
	return p.Config.Languages
}

func (p Plan) papers(t Template) []string {
	if own := p.Config.Reports[t.Head.Report].Papers; t.notice != nil && len(own) > 0 {
		return own
	}
	return []string{"A4"}
}

func (p Plan) propertyName(code, language string) string {
	if code == "*" {
		return p.Config.Company.In(language)
	}
	return p.Config.PropertyName(code, language)
}

// estate is what there is to report on: the properties with tickets, their zones, and names.
type estate struct {
	properties []string
	zones      map[string][]string
	names      names
}

type subject struct{ property, zone string }

// noZone is the zone of what has none: nobody is the head of it, so it has no workbook of its own.
const noZone = "unassigned"

func (e estate) subjects(h head.Head) []subject {
	var list []subject
	if h.For(head.Company) && len(e.properties) > 1 {
		list = append(list, subject{"*", ""})
	}
	for _, p := range e.properties {
		if h.For(head.Property) {
			list = append(list, subject{p, ""})
		}
		if h.For(head.Zone) {
			for _, z := range e.zones[p] {
				if z != noZone {
					list = append(list, subject{p, z})
				}
			}
		}
	}
	return list
}

type names map[[4]string]string

// in gives the name of a code in a language; the code itself where there is none.
func (n names) in(kind, property, code, language string) string {
	if name := n[[4]string{kind, property, code, language}]; name != "" {
		return name
	}
	return code
}

func estateOf(ctx context.Context, w *duck.Warehouse) (estate, error) {
	e := estate{zones: map[string][]string{}, names: names{}}
	rows, err := w.Rows(ctx, "mart.properties", duck.Cut{})
	if err != nil {
		return e, err
	}
	for _, r := range rows.Values {
		e.properties = append(e.properties, r[0].(string))
	}
	if rows, err = w.Rows(ctx, "mart.zones", duck.Cut{}); err != nil {
		return e, err
	}
	for _, r := range rows.Values {
		property, zone := r[0].(string), r[1].(string)
		e.zones[property] = append(e.zones[property], zone)
	}
	if rows, err = w.Rows(ctx, "mart.names", duck.Cut{}); err != nil {
		return e, err
	}
	for _, r := range rows.Values {
		for i, language := range []string{"zh-Hant", "zh-Hans", "en"} {
			if name, ok := r[3+i].(string); ok {
				e.names[[4]string{r[0].(string), r[1].(string), r[2].(string), language}] = name
			}
		}
	}
	return e, nil
}
