package model

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"time"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/handoff"
)

// large is from how many landed rows on the engine may split one query over several threads, and tables have a storage of their own. Below, most
// of some two hundred relations have a few thousand rows: splitting and waiting costs more than the work, and whole relations are built
// side by side.
const large = 100_000

func (p Plan) isLarge(landing handoff.Landing) bool {
	var rows int64
	for _, f := range landing.Files {
		rows += f.Good
	}
	if p.LargeFrom > 0 {
		return rows >= p.LargeFrom
	}
	return rows >= large
}

// options opens the warehouse for as many relations at a time as there are processors, two where one may take several.
func (p Plan) options(landing handoff.Landing) duck.Options {
	o := duck.Options{Path: p.Path, MemoryMB: p.MemoryMB, TempDir: p.TempDir, Variables: p.variables(), Threads: 1, Hands: runtime.GOMAXPROCS(0)}
	if p.isLarge(landing) {
		o.Threads, o.Hands = runtime.GOMAXPROCS(0), 2
	}
	if p.Threads > 0 {
		o.Threads = p.Threads
	}
	return o
}

// sharing has the engine leave a processor to each hand at work. A thread of its own beside as many hands as there are processors would
// take turns with theirs, and who waits for what another has begun is at work, too: it took a seventh of all time.
type sharing struct {
	ctx    context.Context
	busy   int
	failed error
}

// tell says how many hands are at work; nil shares nothing.
func (s *sharing) tell(hand *duck.DB, busy int) {
	if busy = min(max(busy, 1), runtime.GOMAXPROCS(0)); s != nil && busy != s.busy {
		s.busy, s.failed = busy, errors.Join(s.failed, hand.Busy(s.ctx, busy))
	}
}

// schedule hands out the queries of a catalog: each once all that it reads is built, of those the one on which the longest chain of
// others waits, of equal ones the first by order. What a relation holds doesn't depend on when it is built.
type schedule struct {
	lock    sync.Mutex
	changed *sync.Cond
	queries []Query
	readers [][]int  // query → those that read it
	waits   []int    // query → how many of those it reads aren't built yet; -1: handed out
	height  []int    // query → length of the longest chain of readers
	left    int      // not handed out yet
	busy    int      // being built
	shared  *sharing // nil: the engine keeps its threads
	failed  map[int]error
	codes   [][]string                                // query → the codes that come before it
	made    map[string]bool                           // codes that can be stored
	observe func(relation string, took time.Duration) // one call at a time; may be nil
}

func (c Catalog) schedule(coded bool) *schedule {
	n := len(c.Queries)
	s := &schedule{queries: c.Queries, readers: make([][]int, n), waits: make([]int, n), height: make([]int, n), left: n, failed: map[int]error{}, codes: make([][]string, n), made: map[string]bool{}}
	s.changed = sync.NewCond(&s.lock)
	number := map[string]int{}
	var cohorts []string
	for i, q := range c.Queries {
		number[q.Relation()] = i
		if q.Schema == "cohort" {
			cohorts = append(cohorts, q.Relation())
		}
	}
	for i, q := range c.Queries {
		for _, r := range q.needs(cohorts) {
			if j, built := number[r]; built {
				s.readers[j] = append(s.readers[j], i)
				s.waits[i]++
			}
		}
	}
	if coded {
		s.storeCodes()
	}
	for i := n - 1; i >= 0; i-- { // readers come later in the catalog's order
		for _, reader := range s.readers[i] {
			s.height[i] = max(s.height[i], s.height[reader]+1)
		}
	}
	return s
}

// storeCodes makes every query wait for the codes that come before it in the catalog's order.
func (s *schedule) storeCodes() {
	for i, code := range s.queries {
		if code.Schema != "code" {
			continue
		}
		for j := i + 1; j < len(s.queries); j++ {
			if schema := s.queries[j].Schema; schema != "code" && schema != "kept" {
				s.readers[i] = append(s.readers[i], j)
				s.waits[j]++
				s.codes[j] = append(s.codes[j], code.Table)
			}
		}
	}
}

// next waits for a query that a hand can build; there is none when all are handed out, or one has failed.
func (s *schedule) next(hand *duck.DB) (int, bool) {
	s.lock.Lock()
	defer s.lock.Unlock()
	for s.left > 0 && len(s.failed) == 0 {
		i, ok := s.ready()
		if ok {
			s.waits[i] = -1
			s.left--
			s.busy++
		}
		s.shared.tell(hand, s.busy)
		if ok {
			return i, true
		}
		s.changed.Wait()
	}
	s.shared.tell(hand, s.busy)
	return 0, false
}

// ready finds the query to be handed out next, if one can be built.
func (s *schedule) ready() (best int, ok bool) {
	for i, waits := range s.waits {
		if waits == 0 && (!ok || s.height[i] > s.height[best]) {
			best, ok = i, true
		}
	}
	return best, ok
}

// storable lists the codes that a query handed out can store.
func (s *schedule) storable(i int) []string {
	s.lock.Lock()
	defer s.lock.Unlock()
	var list []string
	for _, code := range s.codes[i] {
		if s.made[code] {
			list = append(list, code)
		}
	}
	return list
}

// store makes the code that a query lists the values of.
func (s *schedule) store(ctx context.Context, i int, hand *duck.DB) error {
	made, err := s.queries[i].makeCode(ctx, hand)
	s.lock.Lock()
	defer s.lock.Unlock()
	s.made[s.queries[i].Table] = made
	return err
}

func (s *schedule) done(i int, took time.Duration, err error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.busy--
	for _, reader := range s.readers[i] {
		s.waits[reader]--
	}
	if err != nil {
		s.failed[i] = err
	} else if s.observe != nil {
		s.observe(s.queries[i].Relation(), took)
	}
	s.changed.Broadcast()
}

// fault is that of the first query, by order, that failed.
func (s *schedule) fault() error {
	for i := range s.queries {
		if err := s.failed[i]; err != nil {
			return err
		}
	}
	return nil
}

// build builds every query, as many at a time as there are hands, with codes stored as such or as text.
func (p Plan) build(ctx context.Context, hands []*duck.DB, coded bool) error {
	s := p.Catalog.schedule(coded)
	s.observe = p.Observe
	if coded && p.Threads == 0 {
		s.shared = &sharing{ctx: ctx}
	}
	var work sync.WaitGroup
	for _, hand := range hands {
		work.Go(func() {
			for i, ok := s.next(hand); ok; i, ok = s.next(hand) {
				started := time.Now()
				err := s.queries[i].build(ctx, hand, coded, s.storable(i))
				if err == nil && coded && s.queries[i].Schema == "code" {
					err = s.store(ctx, i, hand)
				}
				s.done(i, time.Since(started), err)
			}
		})
	}
	work.Wait()
	if err := s.fault(); err != nil || s.shared == nil {
		return err
	}
	return s.shared.failed
}
