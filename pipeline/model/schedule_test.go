package model

import (
	"context"
	"errors"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"noticeboard/pipeline/duck"
)

func relations(reads map[string][]string, order ...string) Catalog {
	var c Catalog
	for _, name := range order {
		c.Queries = append(c.Queries, Query{Schema: "mart", Table: name, Reads: reads[name]})
	}
	return c
}

func TestScheduleHandsOutTheLongestChainFirst(t *testing.T) {
	s := relations(map[string][]string{"chained": {"mart.first"}, "last": {"mart.chained", "mart.alone"}}, "alone", "first", "chained", "last").schedule(false)
	for _, want := range []string{"first", "alone"} {
		i, ok := s.next(nil)
		if !ok || s.queries[i].Table != want {
			t.Fatalf("handed out %d, %v; want %s", i, ok, want)
		}
	}
	s.done(1, 0, nil)
	if i, ok := s.next(nil); !ok || s.queries[i].Table != "chained" {
		t.Fatalf("handed out %d, %v; want chained", i, ok)
	}
	s.done(0, 0, nil)
	s.done(2, 0, nil)
	if i, ok := s.next(nil); !ok || s.queries[i].Table != "last" {
		t.Fatalf("handed out %d, %v; want last", i, ok)
	}
	if _, ok := s.next(nil); ok {
		t.Error("a fifth query was handed out")
	}
}

func TestScheduleEndsAtAFailureAndNamesTheFirst(t *testing.T) {
	var observed []string
	s := relations(nil, "a", "b", "c").schedule(false)
	s.observe = func(relation string, _ time.Duration) { observed = append(observed, relation) }
	s.next(nil)
	s.next(nil)
	later, earlier := errors.New("b"), errors.New("a")
	s.done(1, 0, later)
	s.done(0, 0, earlier)
	if _, ok := s.next(nil); ok {
		t.Error("a query was handed out after one had failed")
	}
	if err := s.fault(); !errors.Is(err, earlier) {
		t.Errorf("got %v", err)
	}
	if len(observed) > 0 {
		t.Errorf("%v failed, and were observed", observed)
	}
}

// Two hands at work on two processors are all that work; one alone is helped.
func TestTheEngineLeavesAProcessorToEachHandAtWork(t *testing.T) {
	if runtime.GOMAXPROCS(0) < 2 {
		t.Skip("one processor has nothing to share")
	}
	ctx, dir := context.Background(), t.TempDir()
	w, err := duck.Create(duck.Options{Path: filepath.Join(dir, "w.duckdb"), Threads: 2, Hands: 2})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := w.Seal(ctx, []string{dir}); err != nil {
		t.Fatal(err)
	}
	hands := w.Hands()
	s := relations(nil, "a", "b").schedule(false)
	s.shared = &sharing{ctx: ctx}
	step := func(what string, want int64) {
		t.Helper()
		rows, err := w.Query(ctx, "select current_setting('external_threads')::bigint")
		if err != nil || s.shared.failed != nil {
			t.Fatal(err, s.shared.failed)
		}
		if got := rows.Values[0][0]; got != want {
			t.Errorf("%s: %v threads are left to hands, want %d", what, got, want)
		}
	}
	s.next(hands[0])
	step("one is at work", 1)
	s.next(hands[1])
	step("both are", 2)
	s.done(0, 0, nil)
	s.next(hands[0])
	step("one has ended and finds nothing more", 1)
}
