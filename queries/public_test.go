package queries

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"testing"

	"noticeboard/pipeline/duck"
)

const k = 5 // public_min_count

// public opens a world of properties that hold what public relations read, and builds public.halves in it.
func public(t *testing.T, properties int) *duck.Warehouse {
	t.Helper()
	w, err := duck.Create(duck.Options{Variables: []duck.Variable{{Name: "public_min_count", Value: k}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	macros(t, w)
	for _, s := range []string{
		"create schema mart", "create schema public",
		"create table mart.periods (period varchar, period_kind varchar, period_start date, period_end date, complete boolean, previous varchar, year_before varchar)",
		"insert into mart.periods values ('2025H2', 'half', '2025-07-01', '2026-01-01', true, '2025H1', '2024H2'), ('2026H1', 'half', '2026-01-01', '2026-07-01', true, '2025H2', '2025H1')",
		fmt.Sprintf("create table mart.properties as select 'P' || range as property, date '2025-07-01' as first_on from range(%d)", properties),
		"create table mart.names (kind varchar, property varchar, code varchar)",
		"create table mart.complaint_root_causes (property varchar, zone varchar, period varchar, root_cause varchar, complaints bigint)",
		"create table mart.zones (property varchar, zone varchar)",
		"create table mart.household_months (property varchar, zone varchar, period varchar, households bigint)",
		"create table mart.posted_rows (report varchar, property varchar, period varchar, relation varchar, position bigint, edition bigint, cells json)",
		"create table mart.figures (metric varchar, property varchar, zone varchar, category varchar, period varchar, x double, n double, value double, not_measurable bigint)",
	} {
		must(t, w, s)
	}
	build(t, w, "public.halves")
	return w
}

func must(t *testing.T, w *duck.Warehouse, statement string) {
	t.Helper()
	if err := w.Exec(context.Background(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// rowsOf collects rows for one insert: one statement a row would take most of a test's time.
type rowsOf struct{ values []string }

func (r *rowsOf) add(format string, args ...any) {
	r.values = append(r.values, "("+fmt.Sprintf(format, args...)+")")
}

func (r *rowsOf) into(t *testing.T, w *duck.Warehouse, table string) {
	t.Helper()
	must(t, w, "insert into "+table+" values "+strings.Join(r.values, ", "))
}

func build(t *testing.T, w *duck.Warehouse, table string) {
	t.Helper()
	sql, err := Files.ReadFile(strings.Replace(table, ".", "/", 1) + ".sql")
	if err != nil {
		t.Fatal(err)
	}
	must(t, w, "create table "+table+" as\n"+string(sql))
}

// macros creates the formulas that public relations use.
func macros(t *testing.T, w *duck.Warehouse) {
	t.Helper()
	for _, name := range []string{"is_small", "public_reading", "public_rate"} {
		sql, err := fs.ReadFile(Files, path.Join("fn", name+".sql"))
		if err != nil {
			t.Fatal(err)
		}
		_, args, _ := strings.Cut(string(sql), "-- Args: ")
		args, _, _ = strings.Cut(args, "\n")
		must(t, w, "create macro "+name+"("+args+") as (\n"+string(sql)+")")
	}
}

func rows(t *testing.T, w *duck.Warehouse, query string) [][]any {
	t.Helper()
	found, err := w.Query(context.Background(), query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return found.Values
}

func small(n int64) bool { return n >= 1 && n < k }

// TestNoMixOfCausesShowsASmallCount draws 500 properties and looks at all that is shown of them.
func TestNoMixOfCausesShowsASmallCount(t *testing.T) {
	const properties = 500
	w := public(t, properties)
	random := rand.New(rand.NewPCG(13, 2026))
	given := map[string]map[string][2]int64{} // property → cause → now, before
	var registered rowsOf
	for p := range properties {
		property := fmt.Sprint("P", p)
		given[property] = map[string][2]int64{}
		for c := range 1 + random.IntN(12) {
			cause := fmt.Sprint("c", c)
			counts := [2]int64{random.Int64N(4) * random.Int64N(8), random.Int64N(4) * random.Int64N(8)}
			given[property][cause] = counts
			for i, period := range []string{"2026H1", "2025H2"} {
				if counts[i] > 0 {
					registered.add("'%s', '*', '%s', '%s', %d", property, period, cause, counts[i])
				}
			}
		}
	}
	registered.into(t, w, "mart.complaint_root_causes")
	// The last cause is one that no list knows.
	must(t, w, "insert into mart.names select 'root_cause', '*', 'c' || range from range(11)")
	for _, table := range []string{"mart.group_counts", "public.merged_counts", "public.complaint_causes"} {
		build(t, w, table)
	}
	shown := map[string]map[string][2]int64{}
	for _, r := range rows(t, w, "select property, root_cause, complaints, complaints_before from public.complaint_causes where period = '2026H1'") {
		property := r[0].(string)
		if shown[property] == nil {
			shown[property] = map[string][2]int64{}
		}
		shown[property][r[1].(string)] = [2]int64{r[2].(int64), r[3].(int64)}
	}
	groups := map[string]map[string]group{}
	for _, r := range rows(t, w, "select property, code, is_named, amount, amount_before from mart.group_counts where period = '2026H1' and dimension = 'root_cause'") {
		property := r[0].(string)
		if groups[property] == nil {
			groups[property] = map[string]group{}
		}
		groups[property][r[1].(string)] = group{r[2].(bool), [2]int64{r[3].(int64), r[4].(int64)}}
	}
	for property := range given {
		if want := merged(groups[property]); !maps.Equal(want, shown[property]) {
			t.Errorf("%s: shown %v, want %v of %v", property, shown[property], want, groups[property])
		}
	}
	for property, causes := range shown {
		checkCauses(t, property, given[property], causes)
	}
	if len(shown) < properties/4 {
		t.Errorf("only %d of %d properties show anything", len(shown), properties)
	}
}

// group is a cause with what was counted of it, now and before.
type group struct {
	named  bool
	counts [2]int64
}

// merged is a second opinion on what a table shows, as its rule is worded: small groups and nameless ones go into "other", and those that
// are zero throughout with the small ones; then further ones, smallest first, until one that isn't small is among them and no sum is. Of more
// than seven the smallest go there too. Nothing beside "other" is nothing at all.
func merged(groups map[string]group) map[string][2]int64 {
	isSmall := func(g group) bool { return small(g.counts[0]) || small(g.counts[1]) }
	isZero := func(g group) bool { return g.counts == [2]int64{} }
	hidesSmall := slices.ContainsFunc(slices.Collect(maps.Values(groups)), isSmall)
	var others, rest []string
	for code, g := range groups {
		if !g.named || isSmall(g) || isZero(g) && hidesSmall {
			others = append(others, code)
		} else {
			rest = append(rest, code)
		}
	}
	slices.SortFunc(rest, func(a, b string) int {
		return cmp.Or(cmp.Compare(groups[a].counts[0], groups[b].counts[0]), strings.Compare(a, b))
	})
	sum := func() (s [2]int64) {
		for _, code := range others {
			s[0], s[1] = s[0]+groups[code].counts[0], s[1]+groups[code].counts[1]
		}
		return s
	}
	isSafe := func() bool {
		return len(others) == 0 || sum() == [2]int64{} || !isSmall(group{counts: sum()}) && slices.ContainsFunc(others, func(code string) bool { return !isSmall(groups[code]) && !isZero(groups[code]) })
	}
	for len(rest) > 0 && !isSafe() {
		others, rest = append(others, rest[0]), rest[1:]
	}
	slices.SortStableFunc(rest, func(a, b string) int { return cmp.Compare(groups[b].counts[0], groups[a].counts[0]) })
	most := 7
	if len(others) > 0 {
		most = 6
	}
	if len(rest) > most {
		others, rest = append(others, rest[6:]...), rest[:6]
	}
	if len(rest) == 0 || !slices.ContainsFunc(slices.Collect(maps.Values(groups)), func(g group) bool { return g.counts[0] > 0 }) {
		return nil
	}
	shown := map[string][2]int64{}
	for _, code := range rest {
		shown[code] = groups[code].counts
	}
	if len(others) > 0 {
		shown["other"] = sum()
	}
	return shown
}

func checkCauses(t *testing.T, property string, given, shown map[string][2]int64) {
	t.Helper()
	var total, left [2]int64
	hidesSolid, hidesSmall := false, false
	for cause, counts := range given {
		for i := range counts {
			total[i] += counts[i]
		}
		if own, there := shown[cause]; there {
			if own != counts {
				t.Errorf("%s: %s is shown as %v, it is %v", property, cause, own, counts)
			}
			continue
		}
		isSmall := small(counts[0]) || small(counts[1])
		hidesSmall = hidesSmall || isSmall
		hidesSolid = hidesSolid || !isSmall && counts != [2]int64{}
	}
	for cause, counts := range shown {
		for i := range counts {
			left[i] += counts[i]
			if small(counts[i]) {
				t.Errorf("%s: %s shows %v", property, cause, counts)
			}
		}
	}
	_, unknown := shown["c11"]
	if left != total || hidesSmall && !hidesSolid || len(shown) > 7 || unknown {
		t.Errorf("%s: shown %v of %v", property, shown, given)
	}
}

// TestNoMixOfZonesShowsASmallCount draws 500 properties of up to eight zones, some thin, one without a name.
func TestNoMixOfZonesShowsASmallCount(t *testing.T) {
	const properties = 500
	w := public(t, properties)
	random := rand.New(rand.NewPCG(14, 2026))
	var zones, households, names, figures rowsOf
	for p := range properties {
		for z := range 2 + random.IntN(7) {
			at := fmt.Sprintf("'P%d', 'z%d'", p, z)
			zones.add("%s", at)
			households.add("%s, '2026H1', %d", at, 5+random.IntN(60)*random.IntN(8))
			figures.add("'complaints', %s, '*', '2026H1', %[2]d, %[2]d, %[2]d, 0", at, random.IntN(4)*random.IntN(10))
			for _, metric := range []string{"repair_on_time", "rework", "satisfied"} {
				n := random.IntN(120)
				figures.add("'%s', %s, '*', '2026H1', %d, %d, 0.5, 0", metric, at, random.IntN(n+1), n)
			}
			if z < 7 || p%2 == 0 {
				names.add("'zone', %s", at)
			}
		}
	}
	zones.into(t, w, "mart.zones")
	households.into(t, w, "mart.household_months")
	names.into(t, w, "mart.names")
	figures.into(t, w, "mart.figures")
	build(t, w, "public.zones")
	for rule, query := range map[string]string{
		"a small count":          "select * from public.zones where period = '2026H1' and is_small(complaints)",
		"a zone without a name":  "select * from public.zones as z anti join mart.names as n on n.property = z.property and n.code = z.zone where z.zone <> 'other'",
		"a thin zone":            "select * from public.zones as z join mart.household_months as m using (property, zone, period) where m.households < 50",
		"a rate of too few":      "select * from public.zones as z join mart.figures as f using (property, zone, period) where f.metric = 'rework' and f.n between 1 and 19",
		"a rate beside its word": "select * from public.zones where rework is not null and rework_reading is not null",
		"a sum that is not the property's": `select property, any_value(s.complaints), sum(f.x) from (select property, sum(complaints) as complaints from public.zones where period = '2026H1' group by property) as s
			join mart.figures as f using (property) where f.metric = 'complaints' group by property having any_value(s.complaints) <> sum(f.x)`,
		"too few in what is joined": "select * from public.zones where zone = 'other' and (repair_on_time_reading = 'too_few' or rework_reading = 'too_few' or satisfied_reading = 'too_few')",
	} {
		if bad := rows(t, w, query); len(bad) > 0 {
			t.Errorf("%s: %d rows, such as %v", rule, len(bad), bad[0])
		}
	}
	if n := rows(t, w, "select count(distinct property) from public.zones where zone <> 'other'")[0][0].(int64); n < properties/5 {
		t.Errorf("only %d of %d properties show anything", n, properties)
	}
}
