package model

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"noticeboard/pipeline/duck"
)

// What must stay the same when a world is told differently. None of these tests knows a figure; each knows how two must be related.

// told is a world, and the date on which it is looked at.
type told struct {
	tables map[string]table
	asOf   time.Time
}

var lookedAt = time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)

// drawn is the world that all of them tell: limits hold for every property, so that one can be split.
func drawn() told {
	d := &draw{rand.New(rand.NewPCG(2027, 7))}
	tables := d.tables()
	tables["stg.tickets"] = d.zoned(tables["stg.tickets"])
	tables["ref.zones"], tables["ref.targets"], tables["stg.inspections"] = d.zones(), d.targets(), d.inspections()
	limits := tables["ref.time_limits"]
	for _, row := range limits.rows {
		row[slices.Index(limits.columns, "property")] = ""
	}
	return told{tables, lookedAt}
}

// each gives the world with every cell changed by a function of its relation, column and text.
func (w told) each(change func(relation, column, cell string) string) told {
	changed := told{map[string]table{}, w.asOf}
	for relation, t := range w.tables {
		copied := t
		copied.rows = nil
		for _, row := range t.rows {
			cells := make([]string, len(row))
			for j, cell := range row {
				cells[j] = change(relation, t.columns[j], cell)
			}
			copied.rows = append(copied.rows, cells)
		}
		changed.tables[relation] = copied
	}
	return changed
}

// says builds the world and gives, for each question, the rows of its answer in stored order.
func (w *world) says(t *testing.T, of told, questions ...string) [][]string {
	t.Helper()
	w.must(t, "begin")
	defer w.restore(t)
	w.must(t, "set variable as_of = "+duck.Literal(of.asOf))
	given := map[string]bool{"variables": true}
	for relation, rows := range of.tables {
		given[relation] = true
		if err := w.insert(relation, rows); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.derive(given, "mart.figures", "mart.rework_jobs", "mart.complaint_root_causes", "mart.zone_ranking"); err != nil {
		t.Fatal(err)
	}
	answers := make([][]string, len(questions))
	for i, q := range questions {
		rows, err := w.Query(context.Background(), "select to_json(q)::varchar from ("+q+") as q")
		if err != nil {
			t.Fatalf("%s: %v", q, err)
		}
		for _, r := range rows.Values {
			answers[i] = append(answers[i], r[0].(string))
		}
		if len(answers[i]) == 0 {
			t.Fatalf("nothing to compare: %s", q)
		}
	}
	return answers
}

func agreed(t *testing.T, got, want [][]string) {
	t.Helper()
	for i := range want {
		for _, line := range want[i] {
			if !slices.Contains(got[i], line) {
				t.Errorf("missing: %s", line)
			}
		}
		if len(got[i]) != len(want[i]) {
			t.Errorf("%d rows, want %d", len(got[i]), len(want[i]))
		}
	}
}

const (
	allFigures = "select metric, property, zone, category, period, x, n, value, low, high, not_measurable from mart.figures"
	allReturns = "select property, ticket_id, returned_ticket_id, returned_at, linked_by, counted_on from mart.rework_jobs"
	allCauses  = "select property, zone, period, root_cause, complaints, position from mart.complaint_root_causes"
	allRanks   = "select property, zone, period, score, rank, rank_low, rank_high from mart.zone_ranking"
)

func TestFiguresStayWhatTheyAreWhenAWorldIsToldDifferently(t *testing.T) {
	w := emptyWorld(t)
	base := drawn()
	t.Run("rows_in_another_order", func(t *testing.T) { w.shuffled(t, base) })
	t.Run("zones_by_other_names", func(t *testing.T) { w.renamed(t, base) })
	t.Run("everything_364_days_earlier", func(t *testing.T) { w.shifted(t, base) })
	t.Run("a_property_split_in_two", func(t *testing.T) { w.split(t, base) })
	t.Run("every_file_delivered_twice", w.doubled)
}

// shuffled: the order of records says nothing, and the relations come in the same order.
func (w *world) shuffled(t *testing.T, base told) {
	shuffled := base.each(func(_, _, cell string) string { return cell })
	for relation, rows := range shuffled.tables {
		if strings.HasPrefix(relation, "stg.") {
			rand.New(rand.NewPCG(1, 2)).Shuffle(len(rows.rows), func(i, j int) { rows.rows[i], rows.rows[j] = rows.rows[j], rows.rows[i] })
		}
	}
	questions := []string{allFigures, allReturns, allCauses, allRanks}
	want, got := w.says(t, base, questions...), w.says(t, shuffled, questions...)
	for i := range want {
		if !slices.Equal(got[i], want[i]) {
			t.Errorf("%s differs", questions[i])
		}
	}
}

// renamed: a zone's name is a name.
func (w *world) renamed(t *testing.T, base told) {
	names := map[string]string{"A": "南區", "B": "b 2", "C": "0"}
	other := base.each(func(relation, column, cell string) string {
		if column == "zone" && names[cell] != "" {
			return names[cell]
		}
		return cell
	})
	rename := "case zone when 'A' then '南區' when 'B' then 'b 2' when 'C' then '0' else zone end as zone"
	questions := []string{allFigures, allReturns, allCauses, allRanks}
	asked := make([]string, len(questions))
	for i, q := range questions {
		asked[i] = strings.Replace(q, " zone,", " "+rename+",", 1)
	}
	agreed(t, w.says(t, other, questions...), w.says(t, base, asked...))
}

// shifted: 364 days earlier is the same day of the week; without holidays, days and weeks are what they were.
func (w *world) shifted(t *testing.T, base told) {
	earlier := base.each(func(_, _, cell string) string {
		if m := momentOf(cell); m.there() {
			form := minuteForm
			if m.day {
				form = time.DateOnly
			}
			return m.at.AddDate(0, 0, -364).Format(form)
		}
		return cell
	})
	earlier.asOf = base.asOf.AddDate(0, 0, -364)
	figures := "select metric, property, zone, category, period_kind, period_start + %d as starts, x, n, value, low, high, not_measurable from mart.figures where period_kind in ('day', 'week')"
	returns := "select property, ticket_id, returned_ticket_id, returned_at + interval %d days as returned, linked_by, counted_on + %d as counted from mart.rework_jobs"
	by := func(days string) []string {
		return []string{strings.ReplaceAll(figures, "%d", days), strings.ReplaceAll(returns, "%d", days)}
	}
	agreed(t, w.says(t, earlier, by("364")...), w.says(t, base, by("0")...))
}

// split: who is counted for the company doesn't depend on how its tickets are spread over properties, where no pair is torn apart.
func (w *world) split(t *testing.T, base told) {
	ids := base.tables["stg.tickets"]
	at := slices.Index(ids.columns, "ticket_id")
	moved := map[string]bool{}
	for i, row := range ids.rows {
		moved[row[at]] = i%2 == 0 && row[slices.Index(ids.columns, "property")] == "P01"
	}
	parted := base.each(func(_, _, cell string) string { return cell })
	for _, relation := range []string{"stg.tickets", "stg.callbacks"} {
		rows := parted.tables[relation]
		for _, row := range rows.rows {
			if moved[row[slices.Index(rows.columns, "ticket_id")]] {
				row[slices.Index(rows.columns, "property")] = "P03"
			}
		}
	}
	company := allFigures + ` where property = '*' and metric in ('tickets', 'complaints', 'repairs', 'completed_repairs', 'on_time', 'repair_on_time', 'callback_on_time',
		'callback_coverage', 'hours_to_complete_median', 'open_tickets', 'overdue', 'void_share', 'inspection_score', 'findings')`
	got, want := w.says(t, parted, company), w.says(t, base, company)
	agreed(t, got, want)
}

// doubled: what is delivered twice on the same day, under another name, is known once.
func (w *world) doubled(t *testing.T) {
	d := &draw{rand.New(rand.NewPCG(5, 11))}
	sightings := d.sightings()
	once := asTables(sightings)
	twice := asTables(sightings)
	files, fields, rows := twice["raw.files"], twice["raw.file_fields"], twice["raw.tickets"]
	for _, f := range once["raw.files"].rows {
		files.add("1"+f[0], f[1], f[2], "1000"+f[3], f[4])
	}
	for _, f := range once["raw.file_fields"].rows {
		fields.add(f[0], "1000"+f[1], f[2])
	}
	for _, r := range once["raw.tickets"].rows {
		rows.add(append([]string{"1000" + r[0]}, r[1:]...)...)
	}
	twice["raw.files"], twice["raw.file_fields"], twice["raw.tickets"] = files, fields, rows
	read := func(tables map[string]table) []string {
		w.must(t, "begin")
		defer w.restore(t)
		given := map[string]bool{}
		for relation, rows := range tables {
			given[relation] = true
			if err := w.insert(relation, rows); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.derive(given, "stg.tickets"); err != nil {
			t.Fatal(err)
		}
		found, err := w.Query(context.Background(), "select concat_ws('|', ticket_id, coalesce(kind, ''), coalesce(technician, ''), coalesce(channel, '')) from stg.tickets order by ticket_id")
		if err != nil || len(found.Values) == 0 {
			t.Fatal(found.Values, err)
		}
		var lines []string
		for _, r := range found.Values {
			lines = append(lines, r[0].(string))
		}
		return lines
	}
	if got, want := read(twice), read(once); !slices.Equal(got, want) {
		t.Errorf("twice %v, once %v", got, want)
	}
}
