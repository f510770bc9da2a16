package model

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

// TestRankingAgreesWithASecondOpinion compares shrunk values, points, standing, scores and ranks with plain loops, on figures of
// zones large and small, missing, and not measurable.
func TestRankingAgreesWithASecondOpinion(t *testing.T) {
	w := emptyWorld(t)
	for seed := uint64(1); seed <= randomWorlds; seed++ {
		t.Run(fmt.Sprintf("world_%d", seed), func(t *testing.T) { w.rank(t, seed) })
	}
}

var ratedZones = []string{"A", "B", "C", "unassigned"}

// indicator is one that zones are compared by: its weight, by how much small zones are drawn, target and floor.
type indicator struct {
	metric                   string
	weight, k, target, floor float64
}

var ratedBy = []indicator{
	{"complaints_per_100_households", 15, 500, 0.5, 3}, {"missed_orders", 10, 20, 0, 0.05}, {"on_time", 20, 20, 0.98, 0.8}, {"rework", 15, 20, 0.02, 0.12},
	{"callback_on_time", 10, 20, 0.98, 0.7}, {"satisfied", 15, 20, 0.95, 0.75}, {"inspection_score", 15, 4, 95, 75},
}

// figure is one of mart.figures; s is the spread of the members of a mean. Without value it is not measurable.
type figure struct {
	x, n, value, s float64
	measured       bool
}

// rating is what a zone gets in an indicator.
type rating struct {
	shrunk, points, variance float64
	standing                 string
}

func (w *world) rank(t *testing.T, seed uint64) {
	d := &draw{rand.New(rand.NewPCG(seed, 17))}
	figures, tickets := d.figures()
	w.must(t, "begin")
	defer w.restore(t)
	given := map[string]table{"mart.figures": figuresAsTable(figures, tickets), "mart.comparisons": targetsAsTable(),
		"int.zones":   drawnTable("property,zone", ratedZones, func(z string) []string { return []string{"P01", z} }),
		"int.periods": drawnTable("period,period_kind,period_start,period_end,complete", []string{"2026-06"}, func(p string) []string { return []string{p, "month", "2026-06-01", "2026-07-01", "true"} }),
	}
	names := map[string]bool{}
	for relation, rows := range given {
		names[relation] = true
		if err := w.insert(relation, rows); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.derive(names, "mart.zone_indicators", "mart.zone_ranking"); err != nil {
		t.Fatal(err)
	}
	w.rated(t, figures)
	w.ranked(t, figures, tickets)
}

func (w *world) rated(t *testing.T, figures map[string]figure) {
	found, err := w.Query(t.Context(), "select zone, metric, shrunk, points, weighted_variance, standing from mart.zone_indicators")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]rating{}
	for _, row := range found.Values {
		got[row[0].(string)+" "+row[1].(string)] = rating{row[2].(float64), row[3].(float64), row[4].(float64), row[5].(string)}
	}
	wanted := 0
	for _, i := range ratedBy {
		for _, zone := range ratedZones {
			want, rates := i.rate(figures[zone+" "+i.metric], figures["* "+i.metric])
			if !rates {
				continue
			}
			wanted++
			g := got[zone+" "+i.metric]
			if !near(want.shrunk, g.shrunk) || !near(want.points, g.points) || !near(want.variance, g.variance) || want.standing != g.standing {
				t.Errorf("%s %s: the loops say %v, the query %v", zone, i.metric, want, g)
			}
		}
	}
	if len(got) != wanted {
		t.Errorf("the loops rate %d, the query %d", wanted, len(got))
	}
}

// rate draws the zone's figure towards the property's.
func (i indicator) rate(zone, property figure) (rating, bool) {
	if !property.measured {
		return rating{}, false
	}
	r := rating{property.value, i.of(property.value), 0, "as expected"}
	if !zone.measured {
		return r, true
	}
	r.shrunk = (zone.n*zone.value + i.k*property.value) / (zone.n + i.k)
	r.points = (zone.n*i.of(zone.value) + i.k*i.of(property.value)) / (zone.n + i.k)
	slope := i.weight * 100 / math.Abs(i.target-i.floor) * zone.n / (zone.n + i.k)
	r.variance = slope * slope * i.spread(zone, property, r.shrunk) / zone.n
	if low, high, there := i.funnel(zone); there && (property.value < low || property.value > high) {
		r.standing = map[bool]string{true: "better", false: "worse"}[(property.value < low) == (i.target > i.floor)]
	}
	return r, true
}

func (i indicator) of(value float64) float64 {
	return math.Min(100, math.Max(0, 100*(value-i.floor)/(i.target-i.floor)))
}

// spread is the variance of one member, of the value that the zone is taken to have.
func (i indicator) spread(zone, property figure, shrunk float64) float64 {
	switch i.metric {
	case "complaints_per_100_households":
		return 100 * shrunk
	case "inspection_score":
		if zone.n < 2 {
			return property.s * property.s
		}
		return zone.s * zone.s
	}
	return shrunk * (1 - shrunk)
}

// funnel is the interval that holds the property's value 998 times in 1000 if the zone is like the others.
func (i indicator) funnel(zone figure) (low, high float64, there bool) {
	const z = 3.090232306167813
	switch {
	case i.metric == "complaints_per_100_households":
		byar := func(x, z float64) float64 { return x * math.Pow(1-1/(9*x)+z/(3*math.Sqrt(x)), 3) * 100 / zone.n }
		if zone.x > 0 {
			low = byar(zone.x, -z)
		}
		return low, byar(zone.x+1, z), true
	case i.metric == "inspection_score":
		half := z * zone.s / math.Sqrt(zone.n)
		return zone.value - half, zone.value + half, zone.n >= 2
	}
	// Wilson: the shares p for which the one seen lies within z of its own standard error, found by halving.
	edge := func(from, to float64) float64 {
		for range 200 {
			middle := (from + to) / 2
			if math.Abs(zone.value-middle) > z*math.Sqrt(middle*(1-middle)/zone.n) {
				from = middle
			} else {
				to = middle
			}
		}
		return from
	}
	return edge(0, zone.value), edge(1, zone.value), true
}

// scored is a zone's place: empty ranks where it has too few tickets.
type scored struct {
	score, variance     float64
	rank, least, utmost int
}

func (w *world) ranked(t *testing.T, figures map[string]figure, tickets map[string]int) {
	found, err := w.Query(t.Context(), "select zone, score, coalesce(rank, 0), coalesce(rank_low, 0), coalesce(rank_high, 0) from mart.zone_ranking")
	if err != nil {
		t.Fatal(err)
	}
	want := places(figures, tickets)
	if len(found.Values) != len(want) {
		t.Errorf("the loops know %d zones, the query %d", len(want), len(found.Values))
	}
	for _, row := range found.Values {
		s := want[row[0].(string)]
		got := scored{row[1].(float64), s.variance, int(row[2].(int64)), int(row[3].(int64)), int(row[4].(int64))}
		if !near(got.score, s.score) || got.rank != s.rank || got.least != s.least || got.utmost != s.utmost {
			t.Errorf("%v: the loops say %v, the query %v", row[0], s, got)
		}
	}
}

func places(figures map[string]figure, tickets map[string]int) map[string]scored {
	all := map[string]scored{}
	for _, zone := range ratedZones {
		var s scored
		weights := 0.0
		for _, i := range ratedBy {
			if r, rates := i.rate(figures[zone+" "+i.metric], figures["* "+i.metric]); rates {
				weights, s.score, s.variance = weights+i.weight, s.score+i.weight*r.points, s.variance+r.variance
			}
		}
		if weights > 0 {
			all[zone] = scored{score: s.score / weights, variance: s.variance / weights / weights}
		}
	}
	ranks := func(zone string) bool { return zone != "unassigned" && tickets[zone] >= 5 }
	for zone, s := range all {
		if !ranks(zone) {
			continue
		}
		s.rank, s.least = 1, 1
		for other, o := range all {
			if !ranks(other) {
				continue
			}
			s.utmost++
			apart := 1.645 * math.Sqrt(s.variance+o.variance)
			if math.Round(o.score*10) > math.Round(s.score*10) {
				s.rank++
			}
			if o.score-s.score > apart {
				s.least++
			}
			if s.score-o.score > apart {
				s.utmost--
			}
		}
		all[zone] = s
	}
	return all
}

// figures draws the indicators of the property and its zones, some of them missing or not measurable, and how many tickets there were.
func (d *draw) figures() (map[string]figure, map[string]int) {
	drawn, tickets := map[string]figure{}, map[string]int{}
	for _, zone := range append([]string{"*"}, ratedZones...) {
		tickets[zone] = 3 + d.IntN(6)
		for _, i := range ratedBy {
			f := figure{n: float64(1 + d.IntN(60)), measured: d.IntN(8) > 0}
			f.x = float64(d.IntN(int(f.n) + 1))
			if i.k == 20 && d.IntN(2) == 0 { // many figures lie near their target
				f.x = math.Round(f.n * i.target)
			}
			f.value = f.x / f.n
			switch i.k {
			case 500:
				f.n *= 37.5
				f.value = 100 * f.x / f.n
			case 4:
				f.value, f.s = 60+float64(d.IntN(40)), float64(d.IntN(15))
			}
			if d.IntN(6) > 0 {
				drawn[zone+" "+i.metric] = f
			}
		}
	}
	return drawn, tickets
}

func drawnTable(columns string, of []string, row func(string) []string) table {
	t := table{file: "drawn", columns: strings.Split(columns, ",")}
	for i, one := range of {
		t.rows, t.lines = append(t.rows, row(one)), append(t.lines, i+1)
	}
	return t
}

func targetsAsTable() table {
	t := table{file: "drawn", columns: strings.Split("metric,property,zone,category,period,target,floor", ",")}
	for n, i := range ratedBy {
		t.rows, t.lines = append(t.rows, []string{i.metric, "P01", "*", "*", "2026-06", decimal(i.target), decimal(i.floor)}), append(t.lines, n+1)
	}
	return t
}

func figuresAsTable(figures map[string]figure, tickets map[string]int) table {
	t := table{file: "drawn", columns: strings.Split("metric,property,zone,category,period,period_kind,x,n,value,low,high", ",")}
	add := func(row ...string) { t.rows, t.lines = append(t.rows, row), append(t.lines, len(t.rows)+1) }
	for _, zone := range append([]string{"*"}, ratedZones...) {
		add("repairs", "P01", zone, "*", "2026-06", "month", strconv.Itoa(tickets[zone]), "", "", "", "")
		for _, i := range ratedBy {
			f, there := figures[zone+" "+i.metric]
			if !there {
				continue
			}
			row := []string{i.metric, "P01", zone, "*", "2026-06", "month", decimal(f.x), decimal(f.n), "", "", ""}
			if f.measured {
				row[8] = decimal(f.value)
			}
			if half := 1.959963984540054 * f.s / math.Sqrt(f.n); f.measured && i.k == 4 && f.n >= 2 {
				row[9], row[10] = decimal(f.value-half), decimal(f.value+half)
			}
			add(row...)
		}
	}
	return t
}

func decimal(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
