package model

import (
	"fmt"
	"math/rand/v2"
	"sort"
	"strconv"
	"strings"
	"testing"
)

// TestRegisterPairsAreThoseOfOneWalk compares the rounds of the query with one walk over all pairs, from the nearest to the farthest,
// on small worlds full of ties.
func TestRegisterPairsAreThoseOfOneWalk(t *testing.T) {
	w := emptyWorld(t)
	for seed := uint64(1); seed <= randomWorlds; seed++ {
		t.Run(fmt.Sprintf("world_%d", seed), func(t *testing.T) { w.walkRegister(t, seed) })
	}
}

// candidate is a pair that could be matched.
type candidate struct {
	entry, ticket string
	gap           int
}

func (w *world) walkRegister(t *testing.T, seed uint64) {
	pairs := drawCandidates(rand.New(rand.NewPCG(seed, 11)))
	w.must(t, "begin")
	defer w.restore(t)
	if err := w.insert("int.register_candidates", asTable(pairs)); err != nil {
		t.Fatal(err)
	}
	if err := w.derive(map[string]bool{"int.register_candidates": true}, "int.register_pairs"); err != nil {
		t.Fatal(err)
	}
	found, err := w.Query(t.Context(), "select register_id || ' ' || ticket_id from int.register_pairs order by all")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range found.Values {
		got = append(got, row[0].(string))
	}
	want := nearestFirst(pairs)
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("pairs %v\nthe walk makes %v\nthe query %v", pairs, want, got)
	}
}

func drawCandidates(d *rand.Rand) []candidate {
	var pairs []candidate
	for entry := range 2 + d.IntN(8) {
		for ticket := range 2 + d.IntN(8) {
			if d.IntN(3) > 0 {
				pairs = append(pairs, candidate{fmt.Sprintf("R%d", entry), fmt.Sprintf("T%d", ticket), d.IntN(6)})
			}
		}
	}
	return pairs
}

func asTable(pairs []candidate) table {
	t := table{file: "drawn", columns: []string{"property", "register_id", "ticket_id", "gap", "is_free"}}
	for i, p := range pairs {
		t.rows, t.lines = append(t.rows, []string{"P01", p.entry, p.ticket, strconv.Itoa(p.gap), "true"}), append(t.lines, i+1)
	}
	return t
}

func nearestFirst(pairs []candidate) []string {
	sorted := append([]candidate{}, pairs...)
	sort.Slice(sorted, func(i, j int) bool {
		a, b := sorted[i], sorted[j]
		if a.gap != b.gap {
			return a.gap < b.gap
		}
		if a.entry != b.entry {
			return a.entry < b.entry
		}
		return a.ticket < b.ticket
	})
	taken := map[string]bool{}
	var kept []string
	for _, p := range sorted {
		if !taken[p.entry] && !taken[p.ticket] {
			taken[p.entry], taken[p.ticket] = true, true
			kept = append(kept, p.entry+" "+p.ticket)
		}
	}
	sort.Strings(kept)
	return kept
}
