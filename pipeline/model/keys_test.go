package model

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"noticeboard/pipeline/duck"
)

// TestKeysAndChecksHoldOnRandomWorlds builds every relation on a few random worlds: its key tells its rows apart, and no check
// finds a bad one.
func TestKeysAndChecksHoldOnRandomWorlds(t *testing.T) {
	w := emptyWorld(t)
	for seed := uint64(101); seed <= 103; seed++ {
		t.Run(fmt.Sprintf("world_%d", seed), func(t *testing.T) { w.hold(t, seed) })
	}
}

func (w *world) hold(t *testing.T, seed uint64) {
	d := &draw{rand.New(rand.NewPCG(seed, 7))}
	w.must(t, "begin")
	defer w.restore(t)
	given := map[string]bool{}
	tables := d.tables()
	tables["stg.tickets"] = d.zoned(tables["stg.tickets"])
	tables["ref.zones"], tables["ref.targets"], tables["stg.inspections"] = d.zones(), d.targets(), d.inspections()
	for relation, rows := range tables {
		given[relation] = true
		if err := w.insert(relation, rows); err != nil {
			t.Fatal(err)
		}
	}
	var all []string
	for _, q := range w.catalog.Queries {
		all = append(all, q.Relation())
	}
	if err := w.derive(given, all...); err != nil {
		t.Fatal(err)
	}
	for _, q := range w.catalog.Queries {
		w.keyed(t, q)
	}
	for _, check := range w.catalog.Checks {
		bad, err := w.Query(context.Background(), check.SQL)
		if err != nil || len(bad.Values) > 0 {
			t.Errorf("%s: %d rows, such as %v (%v)", check.File, len(bad.Values), first(bad), err)
		}
	}
}

func first(rows duck.Rows) []any {
	if len(rows.Values) == 0 {
		return nil
	}
	return rows.Values[0]
}

func (w *world) keyed(t *testing.T, q Query) {
	t.Helper()
	key := strings.Join(q.Key, ", ")
	bad, err := w.Query(context.Background(), "select "+key+", count(*) from "+duck.Name(q.Relation())+" group by "+key+" having count(*) > 1 or "+strings.Join(q.Key, " is null or ")+" is null")
	if err != nil || len(bad.Values) > 0 {
		t.Errorf("%s: its key (%s) is empty or not unique in %v (%v)", q.File, key, first(bad), err)
	}
}

// zoned gives tickets a zone, a channel and words to infer a cause from.
func (d *draw) zoned(t table) table {
	t.columns = append(t.columns, "zone", "channel", "root_cause", "technician", "fee_charged")
	for i := range t.rows {
		t.rows[i] = append(t.rows[i], d.rarely(2, "A", "B", "C"), d.rarely(2, "app", "phone"), d.rarely(2, "noise", "leak"), d.rarely(2, "Wang", "Li、Wang"), d.rarely(2, "0", "12.50"))
	}
	return t
}

func (d *draw) zones() table {
	return table{file: "zones", columns: []string{"property", "zone", "building", "households"}, lines: []int{2, 3, 4},
		rows: [][]string{{"P01", "A", "1", "100"}, {"P01", "B", "2", ""}, {"P02", "A", "1", "40"}}}
}

func (d *draw) targets() table {
	return table{file: "targets", columns: []string{"metric", "target", "floor", "is_default"}, lines: []int{2, 3, 4, 5},
		rows: [][]string{{"on_time", "0.98", "0.8", "true"}, {"rework", "0.02", "0.12", "true"}, {"callback_on_time", "0.98", "0.7", "true"}, {"inspection_score", "95", "75", "true"}}}
}

func (d *draw) inspections() table {
	t := table{file: "inspections", columns: strings.Split("property,inspection_id,domain,zone,touchpoint,planned_at,inspected_at,result,score,max_score,issue,rectified_at", ",")}
	for i := range 30 {
		planned := d.time()
		row := []string{d.one("P01", "P02"), fmt.Sprintf("I%d", i+1), d.one("lighting", "traffic", "other"), d.rarely(2, "A", "B"), d.rarely(2, "gate", "hall"), d.stamp(planned), "", d.one("pass", "fail", ""),
			d.one("", "3", "4.5"), d.one("", "5", "0"), d.rarely(3, "無", "broken"), ""}
		if d.IntN(4) > 0 {
			row[6] = d.stamp(d.later(planned))
			row[11] = d.rarely(2, d.stamp(d.later(planned).Add(24*time.Hour)))
		}
		t.rows, t.lines = append(t.rows, row), append(t.lines, i+2)
	}
	return t
}
