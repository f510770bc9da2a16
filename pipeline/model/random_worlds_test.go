package model

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sort"
	"strings"
	"testing"
	"time"
)

const randomWorlds = 12

// TestTheQueriesAgreeWithASecondOpinion lets both implementations judge the same small worlds, drawn by fixed seeds with stamps
// that like to fall on openings, closings and the ends of windows.
func TestTheQueriesAgreeWithASecondOpinion(t *testing.T) {
	w := emptyWorld(t)
	for seed := uint64(1); seed <= randomWorlds; seed++ {
		t.Run(fmt.Sprintf("world_%d", seed), func(t *testing.T) { w.agree(t, seed) })
	}
}

func (w *world) agree(t *testing.T, seed uint64) {
	d := &draw{rand.New(rand.NewPCG(seed, 7))}
	tables := d.tables()
	flipped := d.flipped()
	w.must(t, "begin")
	defer w.restore(t)
	given := map[string]bool{"ref.calendar": true}
	for relation, rows := range tables {
		given[relation] = true
		if err := w.insert(relation, rows); err != nil {
			t.Fatal(err)
		}
	}
	for day := range flipped {
		w.must(t, "update ref.calendar set working = not working where date = date '"+day.Format(time.DateOnly)+"'")
	}
	e := readEstate(tables, flipped)
	want := map[string]map[string]verdict{"cohort.on_time": {}, "cohort.rework": {}, "cohort.callback_on_time": {}}
	back := e.reworked()
	for _, j := range e.jobs {
		name := j.property + " " + j.id
		if v, counted := e.onTime(j); counted {
			want["cohort.on_time"][name] = v
		}
		if on, over := e.windowOver(j); over {
			want["cohort.rework"][name] = verdict{on, answer(back[name])}
		}
		if v, counted := e.calledBack(j); counted {
			want["cohort.callback_on_time"][name] = v
		}
	}
	if err := w.derive(given, "cohort.on_time", "cohort.rework", "cohort.callback_on_time"); err != nil {
		t.Fatal(err)
	}
	for relation, verdicts := range want {
		if difference := w.differ(t, relation, verdicts); difference != "" {
			t.Errorf("%s\n%s%s", relation, difference, shown(tables))
		}
	}
}

func (w *world) differ(t *testing.T, relation string, want map[string]verdict) string {
	t.Helper()
	found, err := w.Query(context.Background(), "select property || ' ' || id, counted_on::varchar, case hit when true then 'yes' when false then 'no' else '' end from "+relation)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]verdict{}
	for _, row := range found.Values {
		got[row[0].(string)] = verdict{row[1].(string), row[2].(string)}
	}
	var lines []string
	for name, v := range want {
		if got[name] != v {
			lines = append(lines, fmt.Sprintf("%s: the loops say %v, the query %v\n", name, v, got[name]))
		}
	}
	for name, v := range got {
		if _, there := want[name]; !there {
			lines = append(lines, fmt.Sprintf("%s: the loops don't count it, the query says %v\n", name, v))
		}
	}
	sort.Strings(lines)
	return strings.Join(lines, "")
}

func shown(tables map[string]table) string {
	var b strings.Builder
	for name, t := range tables {
		b.WriteString(name + "\n" + strings.Join(t.columns, ",") + "\n")
		for _, row := range t.rows {
			b.WriteString(strings.Join(row, ",") + "\n")
		}
	}
	return b.String()
}

// draw makes worlds.
type draw struct{ *rand.Rand }

func (d *draw) one(of ...string) string { return of[d.IntN(len(of))] }

// rarely gives nothing but once in n times.
func (d *draw) rarely(n int, of ...string) string {
	if d.IntN(n) > 0 {
		return ""
	}
	return d.one(of...)
}

func (d *draw) id() string { return fmt.Sprintf("T%d", 1+d.IntN(40)) }

const minuteForm = "2006-01-02 15:04"

// stamp writes a time to the minute, sometimes only its date.
func (d *draw) stamp(at time.Time) string {
	if d.IntN(5) == 0 {
		return at.Format(time.DateOnly)
	}
	return at.Format(minuteForm)
}

func (d *draw) time() time.Time {
	hour := []int{0, 510, 540, 690, 720, 750, 810, 1020, 1050, 1080, 1439}
	return time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, d.IntN(50)).Add(time.Duration(hour[d.IntN(len(hour))]) * time.Minute)
}

// later adds a stretch that limits and windows end on.
func (d *draw) later(at time.Time) time.Time {
	minutes := []int{-1, 0, 0, 30, 60, 450, 720, 1439, 1440, 2880, 4320, 7199, 7200, 43199, 43200}
	return at.Add(time.Duration(minutes[d.IntN(len(minutes))]) * time.Minute)
}

func (d *draw) flipped() map[time.Time]bool {
	days := map[time.Time]bool{}
	for range 12 {
		days[time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, d.IntN(75))] = true
	}
	return days
}

func (d *draw) tables() map[string]table {
	tickets := d.tickets()
	return map[string]table{
		"stg.tickets": tickets, "stg.callbacks": d.callbacks(tickets), "ref.time_limits": d.limits(), "ref.rework_decisions": d.decisions(tickets),
		"ref.categories": {file: "categories", columns: []string{"code", "rework_window_days", "callback_required"}, rows: [][]string{{"lift", "", "true"}, {"water", "5", ""}, {"paint", "1", "false"}}, lines: []int{2, 3, 4}},
	}
}

// tickets draws jobs, and between them tickets that could be their returns: of the same place, about when a window ends.
func (d *draw) tickets() table {
	t := table{file: "tickets", columns: strings.Split("property,ticket_id,kind,scope,room,location,category,subcategory,priority,outcome,status,rework_of,merged_into,registered_at,appointment_at,completed_at,closed_at", ",")}
	for i := range 40 {
		registered := d.time()
		row := []string{d.one("P01", "P01", "P02"), fmt.Sprintf("T%d", i+1), d.one("repair", "repair", "repair", "repair", "complaint", "enquiry"),
			d.rarely(2, "household", "common", "external"), d.rarely(2, "1", "2"), d.rarely(2, "roof", "gate"), d.one("", "lift", "water", "water", "paint"), d.rarely(2, "a", "b"),
			d.rarely(3, "planned", "urgent"), d.rarely(5, "fixed", "no access", "cancelled", "follow-on"), d.rarely(8, "void", "completed", "closed"), d.rarely(6, d.id()), d.rarely(9, d.id()),
			"", "", "", ""}
		if before := d.IntN(i + 1); before < i && d.IntN(3) > 0 {
			registered = d.returnTo(row, t.rows[before], registered)
		}
		row[13] = d.stamp(registered)
		if d.IntN(5) == 0 {
			row[14] = d.stamp(d.later(registered))
		}
		if d.IntN(5) > 0 {
			row[15] = d.stamp(d.later(registered).Add(time.Minute))
		}
		if d.IntN(4) == 0 {
			row[16] = d.stamp(d.later(registered))
		}
		t.rows, t.lines = append(t.rows, row), append(t.lines, i+2)
	}
	return t
}

// returnTo makes a row a likely return of a job, and gives when it comes.
func (d *draw) returnTo(row, job []string, otherwise time.Time) time.Time {
	done := momentOf(job[15])
	if !done.there() {
		return otherwise
	}
	job[9], job[10], job[12] = "", "", ""
	row[0], row[11] = job[0], d.rarely(4, job[1], d.id())
	copy(row[2:8], job[2:8])
	if d.IntN(4) == 0 {
		row[6+d.IntN(2)] = ""
	}
	return d.later(done.at)
}

// callbacks draws calls about when they fall due.
func (d *draw) callbacks(tickets table) table {
	t := table{file: "callbacks", columns: []string{"property", "callback_id", "ticket_id", "called_at", "method"}}
	for i := range 60 {
		ticket := tickets.rows[d.IntN(len(tickets.rows))]
		called := d.time()
		if done := momentOf(ticket[15]); done.there() && d.IntN(8) > 0 {
			called = d.later(done.at)
		}
		row := []string{ticket[0], fmt.Sprintf("C%d", i+1), ticket[1], d.stamp(called), d.rarely(4, "系統", "自动回访", "電話")}
		t.rows, t.lines = append(t.rows, row), append(t.lines, i+2)
	}
	return t
}

func (d *draw) limits() table {
	t := table{file: "limits", columns: []string{"property", "kind", "scope", "category", "subcategory", "priority", "valid_from", "complete_minutes", "clock"}}
	for i := range 8 {
		row := []string{d.rarely(6, "P01", "P02"), d.rarely(3, "repair", "complaint"), d.rarely(4, "household", "common", "external"), d.rarely(3, "lift", "water"), d.rarely(6, "a", "b"), d.rarely(6, "urgent"),
			d.rarely(3, "2026-05-20", "2026-06-01"), d.one("0", "30", "60", "450", "720", "900", "1440", "1441", "2880"), d.one("", "calendar", "working", "working")}
		t.rows, t.lines = append(t.rows, row), append(t.lines, i+2)
	}
	return t
}

// decisions draws some on any two tickets, and some on what is linked.
func (d *draw) decisions(tickets table) table {
	t := table{file: "decisions", columns: []string{"property", "ticket_id", "returned_ticket_id", "counts", "decided_on"}}
	for i := range 16 {
		back := tickets.rows[d.IntN(len(tickets.rows))]
		row := []string{back[0], d.id(), back[1], d.one("true", "false"), d.rarely(2, "2026-06-01", "2026-06-02")}
		if back[11] != "" {
			row[1] = back[11]
		}
		t.rows, t.lines = append(t.rows, row), append(t.lines, i+2)
	}
	return t
}
