package land

import (
	"slices"

	"noticeboard/pipeline/decode"
)

// A bundle is rows on their way from the decoder to the engine: as many as make the handing over cheap. Few bundles go round, and none
// holds much more than bundleBytes, so memory stays bounded whatever the cells hold.
type bundle struct {
	rows   []row
	cells  []string // of all rows, one after the other
	bytes  int
	weight int           // bytes that a row takes beside its cells
	piece  *piece        // what the reader made of the rows
	failed error         // of reading them, after those before
	done   chan struct{} // holds a token once they are read
}

const (
	bundleRows   = 512
	bundleBytes  = 1 << 20
	bundlesRound = 4
)

func newBundle(weight int) *bundle { return &bundle{weight: weight, done: make(chan struct{}, 1)} }

// add copies a row: the decoder's own is valid only until the next.
func (b *bundle) add(n int64, r decode.Record) {
	from := len(b.cells)
	b.cells = append(b.cells, r.Cells...)
	r.Cells = b.cells[from:len(b.cells):len(b.cells)]
	r.Midnights, r.Cut = slices.Clone(r.Midnights), slices.Clone(r.Cut)
	b.bytes += r.Size() + b.weight
	b.rows = append(b.rows, row{n, r})
}

// isFull: also where a batch ends.
func (b *bundle) isFull() bool {
	return len(b.rows) >= bundleRows || b.bytes >= bundleBytes || b.rows[len(b.rows)-1].n%batchRows == 0
}

func (b *bundle) empty() { b.rows, b.cells, b.bytes, b.failed = b.rows[:0], b.cells[:0], 0, nil }

// gatherAhead does what gather does with several hands: the decoder is at the next rows while readers, each on a goroutine of its own, are
// at bundles of those before, and take gets the bundles in the order of their rows. Whatever fails first in that order is the error.
// through stands between the decoder and the readers.
func (l layout) gatherAhead(through func(taker) taker, readers []func(*bundle) error, take func(*bundle) error) (gathered, error) {
	round, weight := bundlesRound+len(readers), l.repeated()
	work, order, free, stop := make(chan *bundle, round+1), make(chan *bundle, round+1), make(chan *bundle, round), make(chan struct{})
	for range round {
		free <- newBundle(weight)
	}
	for _, read := range readers {
		go func() {
			for b := range work {
				b.failed = decode.Guarded("rows", func() error { return read(b) })
				b.done <- struct{}{}
			}
		}()
	}
	var found gathered
	var failed error // both to be read once order is closed
	go func() {
		defer close(work)
		defer close(order)
		now := <-free
		failed = decode.Guarded("text", func() (err error) {
			found, err = l.gather(through(func(n int64, r decode.Record) error {
				now.add(n, r)
				if !now.isFull() {
					return nil
				}
				work <- now
				order <- now
				select {
				case now = <-free:
					return nil
				case <-stop:
					now = newBundle(weight)
					return errStopped
				}
			}))
			return err
		})
		work <- now // what came before a failure is read before it counts
		order <- now
	}()
	for b := range order {
		<-b.done
		if err := decode.Guarded("rows", func() error { return take(b) }); err != nil {
			close(stop)
			for b := range order { // the decoder and the readers have ended when nothing comes any more
				<-b.done
			}
			return gathered{}, err
		}
		b.empty()
		free <- b
	}
	return found, failed
}
