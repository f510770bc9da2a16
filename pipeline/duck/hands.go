package duck

import (
	"sync"
	"sync/atomic"
)

// Hands are the connections to the database: each for one goroutine at a time, all of them side by side.
func (d *DB) Hands() []*DB { return append([]*DB{d}, d.hands...) }

// Share does n pieces of work on all hands. After a failure no further piece is begun; the error is that of the lowest number.
func (d *DB) Share(n int, do func(hand *DB, i int) error) error {
	failures := make([]error, n)
	var taken atomic.Int64
	var failed atomic.Bool
	var work sync.WaitGroup
	for _, hand := range d.Hands() {
		work.Go(func() {
			for i := int(taken.Add(1)) - 1; i < n && !failed.Load(); i = int(taken.Add(1)) - 1 {
				if failures[i] = do(hand, i); failures[i] != nil {
					failed.Store(true)
				}
			}
		})
	}
	work.Wait()
	for _, err := range failures {
		if err != nil {
			return err
		}
	}
	return nil
}
