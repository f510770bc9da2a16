package model

import (
	"errors"
	"testing"
	"time"
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
		i, ok := s.next()
		if !ok || s.queries[i].Table != want {
			t.Fatalf("handed out %d, %v; want %s", i, ok, want)
		}
	}
	s.done(1, 0, nil)
	if i, ok := s.next(); !ok || s.queries[i].Table != "chained" {
		t.Fatalf("handed out %d, %v; want chained", i, ok)
	}
	s.done(0, 0, nil)
	s.done(2, 0, nil)
	if i, ok := s.next(); !ok || s.queries[i].Table != "last" {
		t.Fatalf("handed out %d, %v; want last", i, ok)
	}
	if _, ok := s.next(); ok {
		t.Error("a fifth query was handed out")
	}
}

func TestScheduleEndsAtAFailureAndNamesTheFirst(t *testing.T) {
	var observed []string
	s := relations(nil, "a", "b", "c").schedule(false)
	s.observe = func(relation string, _ time.Duration) { observed = append(observed, relation) }
	s.next()
	s.next()
	later, earlier := errors.New("b"), errors.New("a")
	s.done(1, 0, later)
	s.done(0, 0, earlier)
	if _, ok := s.next(); ok {
		t.Error("a query was handed out after one had failed")
	}
	if err := s.fault(); !errors.Is(err, earlier) {
		t.Errorf("got %v", err)
	}
	if len(observed) > 0 {
		t.Errorf("%v failed, and were observed", observed)
	}
}
