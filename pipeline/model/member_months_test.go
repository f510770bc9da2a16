package model

import (
	"context"
	"math/rand/v2"
	"testing"
)

// TestAMonthWhoseMembersSayTheSameIsKeptOnce keeps an edition of a random world twice: the second holds nothing, and after two
// members of one month have changed places, that month alone.
func TestAMonthWhoseMembersSayTheSameIsKeptOnce(t *testing.T) {
	w := emptyWorld(t)
	d := &draw{rand.New(rand.NewPCG(11, 7))}
	w.must(t, "insert into kept.editions values ('2026-06', 'first')")
	given := map[string]bool{"kept.editions": true}
	for relation, rows := range d.tables() {
		given[relation] = true
		if err := w.insert(relation, rows); err != nil {
			t.Fatal(err)
		}
	}
	build := func() int64 {
		t.Helper()
		if err := w.derive(given, "kept.member_months", "kept.members"); err != nil {
			t.Fatal(err)
		}
		return w.number(t, "select count(*) from kept.member_months")
	}
	if build() == 0 || w.number(t, "select count(*) from kept.members") == 0 {
		t.Fatal("the first edition is empty")
	}
	if of, all := w.number(t, "select sum(members) from kept.member_months"), w.number(t, "select count(*) from kept.members"); of != all {
		t.Errorf("months count %d members, and %d are kept", of, all)
	}
	w.must(t, "insert into ref.published_member_months by name select date '2026-07-01' as published_on, * from kept.member_months")
	given["ref.published_member_months"] = true
	if again := build(); again != 0 {
		t.Errorf("%d months of an edition that nothing has changed since are kept again", again)
	}

	given["cohort.tickets"] = true // stays as it is filled
	w.must(t, `create temp table pair as
		select a.property, date_trunc('month', a.counted_on)::date as month, a.id as a, b.id as b, a.category as a_is, b.category as b_is
		from cohort.tickets as a
		join cohort.tickets as b on b.property = a.property and date_trunc('month', b.counted_on) = date_trunc('month', a.counted_on) and b.category <> a.category
		where a.counted_on < '2026-07-01'
		order by all
		limit 1`)
	w.must(t, "update cohort.tickets as t set category = case t.id when p.a then p.b_is else p.a_is end from pair as p where t.property = p.property and t.id in (p.a, p.b)")
	build()
	if n := w.number(t, "select count(*) from kept.member_months as m join pair as p on m.cohort = 'tickets' and m.property = p.property and m.month = p.month"); n != 1 {
		t.Errorf("the month in which two members changed places is kept %d times", n)
	}
	if n := w.number(t, "select count(*) from kept.member_months"); n != 1 {
		t.Errorf("%d months are kept, and members of one changed places", n)
	}
}

func (w *world) number(t *testing.T, query string) int64 {
	t.Helper()
	rows, err := w.Query(context.Background(), "select ("+query+")::bigint")
	if err != nil {
		t.Fatal(err)
	}
	n, _ := rows.Values[0][0].(int64)
	return n
}
