package model

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sort"
	"strconv"
	"testing"
	"time"
)

// TestWarningsAgreeWithASecondOpinion compares tails, q and shifts with plain loops: each tail term by term, each q from the
// thresholds that would let its cell pass, each shift month by month.
func TestWarningsAgreeWithASecondOpinion(t *testing.T) {
	w := emptyWorld(t)
	for seed := uint64(1); seed <= randomWorlds; seed++ {
		t.Run(fmt.Sprintf("world_%d", seed), func(t *testing.T) { w.warn(t, seed) })
	}
}

// series is a cell's complaints, month by month, from its first whole month to June 2026.
type series struct {
	zone, category string
	x              []int
}

// tailed is what is said of a cell in a month.
type tailed struct {
	tail, q float64
	shift   bool
}

func (w *world) warn(t *testing.T, seed uint64) {
	drawn := drawSeries(rand.New(rand.NewPCG(seed, 13)))
	w.must(t, "begin")
	defer w.restore(t)
	if err := w.insert("int.complaint_months", monthsOf(drawn)); err != nil {
		t.Fatal(err)
	}
	if err := w.derive(map[string]bool{"int.complaint_months": true}, "mart.complaint_tails"); err != nil {
		t.Fatal(err)
	}
	found, err := w.Query(t.Context(), "select zone || ' ' || category || ' ' || period, tail, q, shift from mart.complaint_tails")
	if err != nil {
		t.Fatal(err)
	}
	want := opinions(drawn)
	for _, row := range found.Values {
		cell := row[0].(string)
		o, there := want[cell]
		delete(want, cell)
		if got := (tailed{row[1].(float64), row[2].(float64), row[3].(bool)}); !there || !near(o.tail, got.tail) || !near(o.q, got.q) || o.shift != got.shift {
			t.Errorf("%s: the loops say %v, the query %v", cell, o, got)
		}
	}
	if len(found.Values) == 0 || len(want) > 0 {
		t.Errorf("%d rows; the query lacks %v", len(found.Values), want)
	}
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Max(math.Abs(a), math.Abs(b)) }

func drawSeries(d *rand.Rand) []series {
	var all []series
	for _, zone := range []string{"*", "A", "B", "unassigned"} {
		length := 5 + d.IntN(20) // zones begin when their first ticket came
		for _, category := range []string{"lift", "water", "noise"} {
			s := series{zone: zone, category: category, x: make([]int, length)}
			usual := d.IntN(4)
			for i := range s.x {
				if i == length/2 && d.IntN(3) == 0 {
					usual += 3
				}
				s.x[i] = max(0, usual-2+d.IntN(4)) * (1 + d.IntN(2)*d.IntN(2)*3)
			}
			all = append(all, s)
		}
	}
	return all
}

// month gives the period that lies so many months before June 2026.
func month(before int) time.Time {
	return time.Date(2026, time.Month(6-before), 1, 0, 0, 0, 0, time.UTC)
}

func monthsOf(all []series) table {
	t := table{file: "drawn", columns: []string{"property", "zone", "category", "period", "period_start", "x", "places"}}
	for _, s := range all {
		for i, x := range s.x {
			start := month(len(s.x) - 1 - i)
			row := []string{"P01", s.zone, s.category, start.Format("2006-01"), start.Format(time.DateOnly), strconv.Itoa(x), strconv.Itoa(x)}
			t.rows, t.lines = append(t.rows, row), append(t.lines, len(t.rows)+1)
		}
	}
	return t
}

func opinions(all []series) map[string]tailed {
	said := map[string]tailed{}
	for before := range 30 {
		for _, ofProperty := range []bool{true, false} {
			family := map[string]tailed{}
			for _, s := range all {
				at := len(s.x) - 1 - before
				if (s.zone == "*") != ofProperty || at < 6 {
					continue
				}
				if tail, counted := unusual(s.x[max(0, at-12):at], s.x[at]); counted {
					family[s.zone+" "+s.category+" "+month(before).Format("2006-01")] = tailed{tail: tail, shift: shifted(s.x[:at+1])}
				}
			}
			for cell, o := range family {
				o.q = discoveries(family, o.tail)
				said[cell] = o
			}
		}
	}
	return said
}

// unusual is the probability of so many complaints or more, given the months before.
func unusual(baseline []int, x int) (float64, bool) {
	n, sum := float64(len(baseline)), 0
	for _, b := range baseline {
		sum += b
	}
	if x+sum == 0 {
		return 0, false
	}
	mean, squares := float64(sum)/n, 0.0
	for _, b := range baseline {
		squares += (float64(b) - mean) * (float64(b) - mean)
	}
	mu := math.Max(mean, 0.1)
	v := math.Max(squares/(n-1), mu) * (1 + 1/n)
	r := mu * mu / (v - mu)
	p := r / (r + mu)
	term, tail := math.Pow(p, r), 0.0 // of k = 0, and then of each k from the one before
	for k := range 4000 {
		if k >= x {
			tail += term
		}
		term *= (float64(k) + r) / float64(k+1) * (1 - p)
	}
	return tail, true
}

// discoveries is the least share of false discoveries at which a cell of that tail would pass: over every threshold that lets
// it pass, the number that chance alone would put below, as a share of those that are there.
func discoveries(family map[string]tailed, tail float64) float64 {
	least := 1.0
	for _, threshold := range family {
		if threshold.tail < tail {
			continue
		}
		below := 0
		for _, o := range family {
			if o.tail <= threshold.tail {
				below++
			}
		}
		least = math.Min(least, threshold.tail*float64(len(family))/float64(below))
	}
	return least
}

// shifted tells whether the last seven months all lie above the median of the up to twelve before them.
func shifted(x []int) bool {
	if len(x) < 13 {
		return false
	}
	seven := len(x) - 7
	earlier := append([]int{}, x[max(0, seven-12):seven]...)
	sort.Ints(earlier)
	middle := float64(earlier[(len(earlier)-1)/2]+earlier[len(earlier)/2]) / 2
	for _, month := range x[seven:] {
		if float64(month) <= middle {
			return false
		}
	}
	return true
}
