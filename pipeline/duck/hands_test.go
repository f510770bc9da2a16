package duck

import (
	"errors"
	"sync/atomic"
	"testing"
)

func TestShareDoesEachPieceOnceAndOnAnyHand(t *testing.T) {
	w, err := Create(Options{Hands: 3})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	var done [100]atomic.Int32
	if err := w.Share(len(done), func(_ *DB, i int) error { done[i].Add(1); return nil }); err != nil {
		t.Fatal(err)
	}
	for i := range done {
		if n := done[i].Load(); n != 1 {
			t.Errorf("piece %d was done %d times", i, n)
		}
	}
}

func TestShareEndsAtAFailure(t *testing.T) {
	w := memory(t)
	broken := errors.New("broken")
	done := 0
	err := w.Share(10, func(_ *DB, i int) error {
		done++
		if i == 3 {
			return broken
		}
		return nil
	})
	if !errors.Is(err, broken) || done != 4 {
		t.Errorf("%v after %d pieces, want the failure after 4", err, done)
	}
}
