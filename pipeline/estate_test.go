package pipeline

import (
	"context"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/explain"
)

// TestNightOfTheEstate makes one night of the invented estate and looks at it from all sides.
func TestNightOfTheEstate(t *testing.T) {
	fonts(t)
	home := estate(t)
	outcome := run(t, home, "2026-07-01")
	w, err := duck.Open(filepath.Join(home, outcome.Receipt.Manifest.Warehouse))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	t.Run("every row is accounted for", func(t *testing.T) { everyRowIsAccountedFor(t, outcome) })
	t.Run("relations have the columns that are documented", func(t *testing.T) { relationsHaveTheirColumns(t, w) })
	t.Run("members agree with their figures and effects add up to the change", func(t *testing.T) { explanationsAgree(t, home, w) })
}

func everyRowIsAccountedFor(t *testing.T, outcome Outcome) {
	if len(outcome.Landing.Files) < 20 {
		t.Fatalf("only %d files landed", len(outcome.Landing.Files))
	}
	for _, f := range outcome.Landing.Files {
		if f.Refused != nil {
			t.Errorf("%s was refused: %s", f.Name, f.Refused.Message)
		}
		if f.Read != f.Good+f.Rejected {
			t.Errorf("%s: %d read, %d good, %d rejected", f.Name, f.Read, f.Good, f.Rejected)
		}
	}
}

// The columns that are promised to whoever writes SQL of their own; they stand first, in this order, and more may follow.
var promised = map[string]string{
	"mart.figures":               "metric property zone category period period_kind period_start period_end complete x n value low high not_measurable provisional",
	"mart.comparisons":           "metric property zone category period value previous year_before target floor light unsure",
	"mart.complaint_root_causes": "property zone period root_cause complaints share cumulative_share position inferred still_open median_hours_to_close",
	"mart.rework_jobs":           "property ticket_id zone category technician completed_at returned_ticket_id returned_at linked_by days_between counted_on",
	"mart.overdue_tickets":       "property ticket_id zone category kind owner deadline overdue_hours delay_reason",
	"mart.open_tickets":          "property ticket_id kind zone place category age_days deadline overdue_hours owner root_cause stage delay_reason",
	"mart.callbacks_due":         "property ticket_id zone owner completed_at due_on attempted_at state",
	"mart.callback_problems":     "property callback_id problem ticket_id zone owner called_at issue",
	"mart.loop_gaps":             "property ticket_id missing_stage zone later_stage",
	"mart.missed_orders":         "property register_id zone desk entered_at place summary",
	"mart.altered_tickets":       "property ticket_id what was now seen_in owner",
	"mart.charges":               "property ticket_id zone category completed_at fee_quoted fee_charged fee_gap fee_reasonable",
	"mart.promises":              "property ticket_id promised_on root_cause solution responsible_person completed_at state",
	"mart.channels":              "property period channel tickets share",
	"mart.ageing":                "property kind bucket tickets",
	"mart.zone_indicators":       "property zone period metric x n raw low high shrunk points weight standing",
	"mart.zone_ranking":          "property zone period score rank rank_low rank_high movement too_few",
	"mart.complaint_warnings":    "property zone category period x places mean tail q usual_to level shift top_root_cause",
	"mart.daily_inventory":       "property kind owner opening registered completed closing corrections",
	"mart.technician_appraisal":  "property technician period completed workload on_time_x on_time_n rework_x rework_n satisfied_x satisfied_n score rank rank_low rank_high too_few",
	"mart.demand":                "property zone period weekday hour tickets per_week peak",
	"mart.touchpoints":           "property period domain touchpoint inspections score findings position",
	"mart.traffic_locations":     "property period location violations",
	"mart.scorecard":             "property period quality heading metric value target floor points",
	"mart.measures":              "property period measure evidence expected found last_on state measure_state",
	"mart.works":                 "property work_id",
	"mart.topics":                "property topic_id",
	"mart.freshness":             "source newest_event hours_old fresh_within stale",
	"mart.restatements":          "metric property zone category period was published_on now because",
	"mart.data_quality":          "source file_date digest file issue rows",
}

func relationsHaveTheirColumns(t *testing.T, w *duck.Warehouse) {
	for relation, columns := range promised {
		cols, err := w.Columns(context.Background(), relation)
		if err != nil {
			t.Error(err)
			continue
		}
		want := strings.Fields(columns)
		var got []string
		for _, c := range cols[:min(len(want), len(cols))] {
			got = append(got, c.Name)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", relation, diff)
		}
	}
}

var julyFirst = time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)

// explanationsAgree explains every metric of a property that has a figure in June.
func explanationsAgree(t *testing.T, home string, w *duck.Warehouse) {
	ctx := context.Background()
	plan, err := Read(ctx, home)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := w.Query(ctx, "select metric from mart.figures where property = 'P01' and zone = '*' and category = '*' and period = '2026-06' order by metric")
	if err != nil || len(rows.Values) < 50 {
		t.Fatalf("%d metrics, %v", len(rows.Values), err)
	}
	effects := 0
	for _, r := range rows.Values {
		e, err := explain.Run(ctx, w, plan.Catalog, explain.Cell{Metric: r[0].(string), Property: "P01", Zone: "*", Category: "*", Period: "2026-06"}, julyFirst)
		if err != nil {
			t.Errorf("%s: %v", r[0], err)
			continue
		}
		membersAgree(t, e)
		if e.Why, err = explain.Ask(ctx, w, plan.Catalog, e, julyFirst); err == nil { // a metric may have no figure in May
			effects += effectsAddUp(t, e)
		}
	}
	if effects < 100 {
		t.Errorf("only %d effects were compared", effects)
	}
}

func membersAgree(t *testing.T, e explain.Explanation) {
	var x, n float64
	for _, m := range e.Members.Values {
		if m[e.Members.Column("file")] == nil {
			t.Errorf("%s: nobody knows where %v stands", e.Metric, m)
		}
		if m[e.Members.Column("x")] != nil {
			x, n = x+number(m[e.Members.Column("x")]), n+number(m[e.Members.Column("n")])
		}
	}
	switch e.Figure.Aggregate {
	case "per_100":
		n = 0
		for _, h := range e.Households.Values {
			n += number(h[e.Households.Column("household_months")])
		}
	case "ratio":
		x, n = math.NaN(), number(e.Values["n"]) // members there, weights here
	}
	if e.Values["x"] != nil && math.Abs(x-number(e.Values["x"])) > 1e-6 || math.Abs(n-number(e.Values["n"])) > 1e-6 {
		t.Errorf("%s: members come to %v of %v, the figure to %v of %v", e.Metric, x, n, e.Values["x"], e.Values["n"])
	}
}

func effectsAddUp(t *testing.T, e explain.Explanation) (compared int) {
	if e.Values["value"] == nil || e.Why.Values["value"] == nil {
		return 0
	}
	sum := 0.0
	for _, p := range e.Why.Parts.Values {
		if p[0] == "category" && p[6] != nil {
			sum, compared = sum+number(p[6]), compared+1
		}
	}
	if change := number(e.Values["value"]) - number(e.Why.Values["value"]); compared > 0 && math.Abs(sum-change) > 1e-6 {
		t.Errorf("%s: effects add up to %v, the change is %v", e.Metric, sum, change)
	}
	return compared
}

func number(v any) float64 {
	switch x := v.(type) {
	case float64:
		return x
	case int64:
		return float64(x)
	case int32:
		return float64(x)
	case duck.Decimal:
		f, _ := strconv.ParseFloat(x.Text, 64)
		return f
	default:
		return math.NaN()
	}
}
