package land

import (
	"slices"

	"noticeboard/pipeline/decode"
)

// A bundle is rows on their way from the decoder to the columns: as many as make the handing over cheap. Few bundles go round, and none
// holds much more than bundleBytes, so memory stays bounded whatever the cells hold.
type bundle struct {
	rows  []row
	cells []string // of all rows, one after the other
	bytes int
}

const (
	bundleRows   = 500
	bundleBytes  = 1 << 20
	bundlesRound = 4
)

// add copies a row: the decoder's own is valid only until the next.
func (b *bundle) add(n int64, r decode.Record) {
	from := len(b.cells)
	b.cells = append(b.cells, r.Cells...)
	r.Cells = b.cells[from:len(b.cells):len(b.cells)]
	r.Midnights, r.Cut = slices.Clone(r.Midnights), slices.Clone(r.Cut)
	b.bytes += r.Size()
	b.rows = append(b.rows, row{n, r})
}

func (b *bundle) isFull() bool { return len(b.rows) >= bundleRows || b.bytes >= bundleBytes }

func (b *bundle) empty() { b.rows, b.cells, b.bytes = b.rows[:0], b.cells[:0], 0 }

// gatherAhead does what gather does, with the decoder on a goroutine of its own: it decodes the next rows while take is at these. Whatever
// fails first in the order of the rows is the error.
func (l layout) gatherAhead(take taker) (gathered, error) {
	full, free, stop := make(chan *bundle, bundlesRound), make(chan *bundle, bundlesRound), make(chan struct{})
	for range bundlesRound {
		free <- &bundle{}
	}
	var found gathered
	var failed error // both to be read once full is closed
	go func() {
		defer close(full)
		now := <-free
		failed = decode.Guarded("text", func() (err error) {
			found, err = l.gather(func(n int64, r decode.Record) error {
				now.add(n, r)
				if !now.isFull() {
					return nil
				}
				full <- now
				select {
				case now = <-free:
					return nil
				case <-stop:
					now = &bundle{}
					return errStopped
				}
			})
			return err
		})
		full <- now // what came before a failure is read before it counts
	}()
	for b := range full {
		if err := decode.Guarded("rows", func() error { return b.each(take) }); err != nil {
			close(stop)
			for range full { // the decoder has ended when nothing comes any more
			}
			return gathered{}, err
		}
		b.empty()
		free <- b
	}
	return found, failed
}

func (b *bundle) each(take taker) error {
	for _, r := range b.rows {
		if err := take(r.n, r.Record); err != nil {
			return err
		}
	}
	return nil
}
