package pipeline

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"sync"
	"time"

	"noticeboard/pipeline/approval"
	"noticeboard/pipeline/check"
	"noticeboard/pipeline/digest"
	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/layer"
	"noticeboard/pipeline/model"
	"noticeboard/pipeline/publish"
	"noticeboard/pipeline/published"
	"noticeboard/pipeline/render"
	"noticeboard/pipeline/render/head"
	"noticeboard/pipeline/render/notice"
	"noticeboard/pipeline/render/notice/typeset"
	"noticeboard/pipeline/textkey"
	"noticeboard/pipeline/words"
)

// night is a plan on a date with its inputs known.
type night struct {
	plan      Plan
	asOf      time.Time
	id        string
	before    []published.Night
	approvals []approval.Approval
}

func (p Plan) night(asOf time.Time, landing handoff.Landing) (night, error) {
	before, err := p.archive().Before(asOf)
	if err != nil {
		return night{}, err
	}
	approvals, err := approval.Read(p.Home)
	if err != nil {
		return night{}, err
	}
	id, err := p.nightID(asOf, landing, published.Digest(before), approvals)
	return night{p, asOf, id, before, approvals}, err
}

// archive is what nights of this home published.
func (p Plan) archive() published.Archive { return published.Of(p.Home) }

// publishedID gives the id of the night that readers see for a date; empty where there is none.
func (p Plan) publishedID(date string) string {
	manifest, err := publish.Read(filepath.Join(p.out(), date))
	if err != nil {
		return ""
	}
	return manifest.Night
}

func (n night) date() string      { return n.asOf.Format(time.DateOnly) }
func (n night) warehouse() string { return filepath.Join("cache", n.date()+"_"+n.id[:12]+".duckdb") }
func (n night) staging() string {
	return filepath.Join(n.plan.Home, "staging", n.date()+"_"+n.id[:12])
}

// published gives the receipt of the same night, if it was published and kept and its warehouse is still there.
func (n night) published() (publish.Receipt, bool) {
	folder := filepath.Join(n.plan.out(), n.date())
	manifest, err := publish.Read(folder)
	if err != nil || manifest.Night != n.id {
		return publish.Receipt{}, false
	}
	if _, err := os.Stat(filepath.Join(n.plan.Home, manifest.Warehouse)); err != nil {
		return publish.Receipt{}, false
	}
	if kept, err := n.plan.archive().Has(n.asOf, n.id); err != nil || !kept {
		return publish.Receipt{}, false
	}
	return publish.Receipt{Folder: folder, Manifest: manifest}, true
}

func (n night) model(watch Watch) model.Plan {
	p := n.plan.modelPlan(n.asOf, filepath.Join(n.plan.Home, n.warehouse()), n.plan.landedFolder(), n.before)
	p.Reachable = append(p.Reachable, n.staging())
	p.Observe = watch.Model
	return p
}

func (n night) render(watch Watch) render.Plan {
	return render.Plan{
		Templates: n.plan.Templates, Books: n.plan.Books, Config: n.plan.Config, Fonts: sync.OnceValues(func() (*notice.Fonts, error) {
			return typeset.LoadFonts(n.plan.files, n.plan.Config.Notices.FurtherFont)
		}),
		Approvals: n.approvals,
		AsOf:      n.asOf, CloseDay: n.plan.isCloseDay(n.asOf), Staging: n.staging(),
		Done: func(d handoff.Document) {
			if watch.Log != nil {
				watch.Log.Info("rendered", "document", d.Name)
			}
		},
	}
}

// isCloseDay tells whether D is the working day of its month on which first editions become final.
func (p Plan) isCloseDay(asOf time.Time) bool {
	count := 0
	for d := time.Date(asOf.Year(), asOf.Month(), 1, 0, 0, 0, 0, time.UTC); !d.After(asOf); d = d.AddDate(0, 0, 1) {
		working, _ := p.Calendar.IsWorking(d)
		if working {
			count++
		}
		if d.Equal(asOf) {
			return working && count == p.Config.Metrics.CloseDay
		}
	}
	return false
}

func (p Plan) modelPlan(asOf time.Time, path, landed string, before []published.Night) model.Plan {
	m := p.Config.Metrics
	return model.Plan{
		Catalog: p.Catalog, Tables: p.tables(asOf), Published: published.Tables(before, p.Catalog.Kept(), asOf), AsOf: asOf, Path: path, Landed: landed, Reachable: []string{p.archive().Root()},
		TempDir: path + ".tmp", MemoryMB: p.Config.Limits.MemoryMB, Property: p.sourceProperties(),
		Variables: model.Variables(map[string]any{
			"rework_window_days": m.ReworkWindowDays, "appointment_grace_minutes": m.AppointmentGrace, "loop_days": m.LoopDays, "detail_days": m.DetailDays,
			"public_min_count": m.PublicMinCount, "min_tickets": m.MinTickets, "min_jobs": m.MinJobs, "close_day": m.CloseDay, "kpis": m.KPIs,
		}),
	}
}

// sourceProperties gives each source the property of its rows that name none.
func (p Plan) sourceProperties() map[string]string {
	property := map[string]string{}
	for _, s := range p.sources() {
		property[s.Name] = p.Config.Property
		if s.Property != "" {
			property[s.Name] = s.Property
		}
	}
	return property
}

// horizon is how many years beyond D deadlines and due dates are worked out.
const horizon = 3

// tables gives ref.*: the reference files, and what the configuration and the calendar say.
func (p Plan) tables(asOf time.Time) []handoff.Table {
	tables := p.References.Handoff()
	days := handoff.Table{Name: "ref.calendar", Columns: columns("date", "DATE", "working", "BOOLEAN", "known", "BOOLEAN", "name", "VARCHAR")}
	for _, d := range p.Calendar.Days(time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC), asOf.AddDate(horizon, 0, 0)) {
		days.Rows = append(days.Rows, []any{d.Date, d.Working, d.Known, d.Name})
	}
	hours := handoff.Table{Name: "ref.working_hours", Columns: columns("opens", "TIME", "closes", "TIME")}
	for _, span := range p.Config.Metrics.WorkingHours {
		opens, closes := clockTimes(span)
		hours.Rows = append(hours.Rows, []any{opens, closes})
	}
	weights := handoff.Table{Name: "ref.zone_weights", Columns: columns("metric", "VARCHAR", "weight", "DOUBLE")}
	for _, metric := range sortedKeys(p.Config.Metrics.ZoneWeights) {
		weights.Rows = append(weights.Rows, []any{metric, p.Config.Metrics.ZoneWeights[metric]})
	}
	kpis := handoff.Table{Name: "ref.kpis", Columns: columns("position", "INTEGER", "metric", "VARCHAR")}
	for i, metric := range p.Config.Metrics.KPIs {
		kpis.Rows = append(kpis.Rows, []any{i + 1, metric})
	}
	return append(tables, p.allowedWords(), days, hours, weights, kpis, p.freshness(), p.properties(), p.propertyKeys())
}

// freshLimits are how old the newest event of a source may be before a night warns, in hours; other kinds have no limit.
var freshLimits = map[string]float64{"tickets": 48, "callbacks": 48, "inspections": 192, "register": 192}

func (p Plan) freshness() handoff.Table {
	t := handoff.Table{Name: "ref.sources", Columns: columns("source", "VARCHAR", "kind", "VARCHAR", "fresh_within_hours", "DOUBLE", "stop_after_hours", "DOUBLE")}
	for _, s := range p.sources() {
		var within, stop any
		if limit, there := freshLimits[s.Kind]; there {
			within = limit
		}
		if s.FreshWithin > 0 {
			within = s.FreshWithin.Hours()
		}
		if s.StopAfter > 0 {
			stop = s.StopAfter.Hours()
		}
		t.Rows = append(t.Rows, []any{s.Name, s.Kind, within, stop})
	}
	return t
}

func (p Plan) properties() handoff.Table {
	t := handoff.Table{Name: "ref.properties", Columns: columns("code", "VARCHAR", "zh_hant", "VARCHAR", "zh_hans", "VARCHAR", "en", "VARCHAR")}
	for _, one := range p.Config.Properties {
		t.Rows = append(t.Rows, []any{one.Code, one.Names.In("zh-Hant"), one.Names.In("zh-Hans"), one.Names.In("en")})
	}
	return t
}

// propertyKeys maps every spelling that the configuration knows to the property's code; the first property to claim one has it.
func (p Plan) propertyKeys() handoff.Table {
	t := handoff.Table{Name: "ref.property_keys", Columns: columns("property_key", "VARCHAR", "property", "VARCHAR")}
	seen := map[string]bool{}
	for _, one := range p.Config.Properties {
		for _, spelling := range append([]string{one.Code, one.Names.ZhHant, one.Names.ZhHans, one.Names.En}, one.Aliases...) {
			key := textkey.Of(spelling)
			if key == "" || seen[key] {
				continue
			}
			seen[key] = true
			t.Rows = append(t.Rows, []any{key, one.Code})
		}
	}
	return t
}

// keep makes what the night keeps ready for the archive.
func (n night) keep(ctx context.Context, w *duck.Warehouse, pack handoff.Pack) error {
	shown := make([]published.Shown, len(pack.Documents))
	for i, d := range pack.Documents {
		sum, err := digest.File(filepath.Join(pack.Folder, d.Name))
		if err != nil {
			return err
		}
		shown[i] = published.Shown{Document: d, SHA256: sum, Relations: n.plan.publicRelations(d.Report), Watch: n.plan.watched(d.Report)}
	}
	return n.plan.archive().Prepare(ctx, w, n.asOf, n.id, n.plan.Catalog.Kept(), shown)
}

// watched is the relation whose change makes a notice due, where one does.
func (p Plan) watched(report string) string {
	for _, t := range p.Templates {
		if t.Head.Report == report && t.IsNotice() && t.Head.On(head.Change) {
			return t.Head.Watch
		}
	}
	return ""
}

// publicRelations lists what the notices of a report show; of workbooks, nothing.
func (p Plan) publicRelations(report string) []string {
	for _, t := range p.Templates {
		if t.Head.Report == report && t.IsNotice() {
			return t.Relations()
		}
	}
	return nil
}

func (n night) manifest(ctx context.Context, w *duck.Warehouse, landing handoff.Landing, verdict check.Verdict) (publish.Manifest, error) {
	m := publish.Manifest{Format: 1, Night: n.id, AsOf: n.date(), Version: Version, Warehouse: n.warehouse(), Allowed: n.plan.Config.Notices.Allow}
	for _, f := range landing.Files {
		e := publish.Export{Source: f.Source, Name: f.Name, Digest: f.Digest, FileDate: f.Date.Format(time.DateOnly), Read: f.Read, Good: f.Good, Rejected: f.Rejected}
		if f.Refused != nil {
			e.Refused = f.Refused.Message
		}
		m.Exports = append(m.Exports, e)
	}
	stale, err := w.Rows(ctx, "mart.freshness", duck.Cut{})
	if err != nil {
		return m, err
	}
	for _, r := range stale.Values {
		if is, _ := r[stale.Column("stale")].(bool); is {
			m.Stale = append(m.Stale, fmt.Sprint(r[stale.Column("source")]))
		}
	}
	for _, finding := range verdict.Warnings {
		m.Warnings = append(m.Warnings, finding.Problem().String())
	}
	m.Relations, err = digests(ctx, w, n.plan.Catalog)
	return m, err
}

// digests covers every relation that a person or a report reads, by name.
func digests(ctx context.Context, w *duck.Warehouse, catalog model.Catalog) ([]publish.Relation, error) {
	var list []publish.Relation
	for _, q := range catalog.Queries {
		if q.Schema == "mart" || q.Schema == "rpt" || q.Schema == "public" {
			list = append(list, publish.Relation{Name: q.Relation()})
		}
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Name < list[j].Name })
	return list, w.SideBySide(len(list), func(hand *duck.Warehouse, i int) (err error) {
		list[i].Rows, list[i].SHA256, err = hand.Digest(ctx, list[i].Name)
		return err
	})
}

// checkTemplates finds relations, columns and words that templates name and nobody has.
func (p Plan) checkTemplates(ctx context.Context, w *duck.Warehouse) []fault.Problem {
	known := map[string][]duck.Column{}
	columns := func(relation string) ([]duck.Column, bool) {
		if found, asked := known[relation]; asked {
			return found, found != nil
		}
		found, err := w.Columns(ctx, relation)
		known[relation] = found
		return found, err == nil
	}
	var problems []fault.Problem
	for _, t := range p.Templates {
		for _, l := range p.checkedIn(t) {
			problems = append(problems, t.Check(p.Books[l], columns, p.Config.Notices.Columns)...)
		}
	}
	return unique(problems)
}

// checkedIn lists the languages that a template must have words in: all of them, but for a home's own those in which it is made.
func (p Plan) checkedIn(t render.Template) []string {
	layers, layered := p.files.(layer.Over)
	if !layered || !layers.IsUpper(strings.TrimPrefix(t.File, "templates/")) {
		return words.Languages
	}
	if own := p.Config.Reports[t.Head.Report].Languages; len(own) > 0 {
		return own
	}
	if len(t.Head.Languages) > 0 {
		return t.Head.Languages
	}
	return p.Config.Languages
}

func unique(problems []fault.Problem) []fault.Problem {
	seen := map[fault.Problem]bool{}
	var list []fault.Problem
	for _, p := range problems {
		if !seen[p] {
			seen[p] = true
			list = append(list, p)
		}
	}
	return list
}

func columns(pairs ...string) []handoff.Column {
	var list []handoff.Column
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, handoff.Column{Name: pairs[i], Type: pairs[i+1]})
	}
	return list
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// clockTimes reads "08:30-12:00"; config.Load has refused what can't be read.
func clockTimes(span string) (opens, closes time.Time) {
	var h1, m1, h2, m2 int
	fmt.Sscanf(span, "%d:%d-%d:%d", &h1, &m1, &h2, &m2)
	at := func(h, m int) time.Time { return time.Date(1970, 1, 1, h, m, 0, 0, time.UTC) }
	return at(h1, m1), at(h2, m2)
}
