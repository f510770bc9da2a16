package land

import (
	"context"
	"sync/atomic"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/arrow/memory/mallocator"

	"noticeboard/pipeline/decode"
	"noticeboard/pipeline/duck"
)

// feed hands the rows of an export to the engine as the view given: n, line, within, what the columns read, extra. Each cell is read here,
// once; what the values mean for the row is for the statements to say.
type feed struct {
	layout  layout
	fields  []field
	stamps  stampReader
	through func(taker) taker // between decoder and loader; tests lose rows there
	most    int               // bytes that batchRows rows may hold together

	// What the first pass found.
	gathered
	hidden  int64  // rows that the file doesn't show
	lost    places // of rows with characters that were lost where the text was decoded
	columns []column
	doubts  doubts

	odd  []row               // the first rows of which something is missing or couldn't be read
	kept []arrow.RecordBatch // of a short export that a further pass may read: it isn't decoded again
	full bool                // kept holds all rows
}

// taker takes a data row with its number.
type taker func(n int64, r decode.Record) error

// The engine gets so many rows at once, fewer where they hold more bytes. They are a group of the landed file, too: then it writes them as
// they come.
const (
	batchRows  = 20_480
	batchBytes = 16 << 20
)

// An export of more rows or bytes is decoded again for a further statement.
const (
	keptRows  = 250_000
	keptBytes = 256 << 20
)

// into runs a statement over the view given.
func (f *feed) into(ctx context.Context, db *duck.DB, statement string) error {
	if f.full {
		return db.Stream(ctx, "given", once(f.kept...), statement)
	}
	f.columns = f.newColumns(&doubts{}) // they read nothing: what readers have seen is put together in them
	return pour(ctx, db, "given", newPipe(rowSchema(f.columns), f.pass), statement)
}

// once hands out batches that go on to belong to others.
func once(batches ...arrow.RecordBatch) array.RecordReader {
	reader, err := array.NewRecordReader(batches[0].Schema(), batches)
	if err != nil {
		panic(err) // one builder made them: they have one schema
	}
	return reader
}

// pour runs a statement over what comes through a pipe. An error in making the batches is the cause of what the engine says then.
func pour(ctx context.Context, db *duck.DB, view string, p *pipe, statement string) error {
	err := db.Stream(ctx, view, p, statement)
	if cause := p.close(); cause != nil {
		return cause
	}
	return err
}

// placeColumns is how many columns say where a row stands: n, line, within.
const placeColumns = 3

func rowSchema(columns []column) *arrow.Schema {
	list := []arrow.Field{arrowField("n", arrow.PrimitiveTypes.Int64), arrowField("line", arrow.PrimitiveTypes.Int32), arrowField("within", arrow.BinaryTypes.String)}
	for _, c := range columns {
		list = append(list, c.fields()...)
	}
	return arrow.NewSchema(list, nil)
}

// newColumns makes the columns of a reader: what they remember belongs to it.
func (f *feed) newColumns(doubts *doubts) []column {
	var list []column
	named := map[string]column{}
	for _, field := range f.fields {
		c := f.layout.columnOf(field, f.stamps, doubts)
		list, named[field.Name] = append(list, c), c
	}
	extra := f.layout.extras()
	list = append(list, extra)
	for i, kind := range f.layout.kindsIn() {
		if i == 0 {
			list = append(list, contentOf(kind, "content", named, extra))
		} else {
			list = append(list, contentOf(kind, kind.Name+"_content", named, nil))
		}
	}
	return list
}

// pass decodes and reads all rows.
func (f *feed) pass(put func(arrow.RecordBatch) error) (err error) {
	if f.layout.repeated() > f.most {
		return refusal("too_large", "give its columns shorter names, or raise limits.memory_mb", "the names of the columns that stay with each row take more than %d MB", f.most>>20)
	}
	f.drop()
	f.hidden, f.lost, f.doubts, f.odd = 0, places{}, doubts{}, nil
	a := &assembly{feed: f, put: put, memory: mallocator.NewMallocator(), schema: rowSchema(f.columns), spare: make(chan *piece, batchRows/bundleRows),
		keep: true, again: len(f.layout.kindsIn()) > 1}
	readers := make([]reader, f.readers())
	reads := make([]func(*bundle) error, len(readers))
	for i := range readers {
		reads[i] = func(b *bundle) error {
			b.piece = a.newPiece()
			return f.readRows(&readers[i], b.rows, b.piece, !a.enoughOdd.Load())
		}
	}
	if f.gathered, err = f.layout.gatherAhead(f.through, reads, a.take); err == nil {
		err = f.doubts.refusal()
	}
	if err == nil {
		err = a.flush()
	}
	for _, r := range readers {
		f.absorb(r.columns)
	}
	f.full = a.keep && err == nil
	return err
}

// assembly makes batches of what readers read.
type assembly struct {
	*feed
	put    func(arrow.RecordBatch) error
	memory memory.Allocator
	schema *arrow.Schema

	pieces      []*piece    // of the next batch
	spare       chan *piece // that can be filled anew
	size        int         // bytes of the pieces
	all, group  int         // bytes: of the batches before, of what the engine gathers with the pieces to a group
	rows, held  int         // rows: of all, of the group
	odd         int         // bytes of the odd rows
	enoughOdd   atomic.Bool // no more are kept
	keep, again bool        // the batches are kept while that may serve; a further pass is sure to come
}

func (a *assembly) newPiece() *piece {
	select {
	case p := <-a.spare:
		return p
	default:
		return newPiece(a.schema)
	}
}

// take takes the next rows as they were read.
func (a *assembly) take(b *bundle) error {
	p := b.piece
	for _, place := range p.lost {
		a.lost.add(place)
	}
	a.hidden += p.hidden
	if err := a.doubts.addAll(p.doubts); err != nil {
		return err
	}
	if b.failed != nil {
		return b.failed
	}
	for _, r := range p.odd {
		if len(a.feed.odd) < keptRejects && a.odd < keptBytes {
			a.odd += r.Size()
			a.feed.odd = append(a.feed.odd, r)
		} else {
			a.enoughOdd.Store(true)
		}
	}
	size := p.size()
	a.size, a.group, a.rows, a.held = a.size+size, a.group+size, a.rows+p.rows, a.held+p.rows
	if a.group > a.most {
		return a.tooLarge(a.held, p.last)
	}
	a.again = a.again || p.midnights
	a.pieces = append(a.pieces, p)
	full := len(b.rows) > 0 && b.rows[len(b.rows)-1].n%batchRows == 0
	if !full && a.size < batchBytes {
		return nil
	}
	err := a.flush()
	if full {
		a.group, a.held = 0, 0
	}
	return err
}

func (a *assembly) flush() error {
	batch := joined(a.memory, a.schema, a.pieces)
	for _, p := range a.pieces {
		p.empty()
		select {
		case a.spare <- p:
		default:
		}
	}
	a.all, a.size, a.pieces = a.all+a.size, 0, a.pieces[:0]
	if a.keep = a.keep && a.again && a.rows <= keptRows && a.all <= keptBytes; a.keep {
		batch.Retain()
		a.kept = append(a.kept, batch)
	} else {
		a.drop()
	}
	return a.put(batch)
}

func (f *feed) tooLarge(rows int, place string) error {
	return refusal("too_large", "take long texts and columns that nobody needs out of it, or raise limits.memory_mb", "%d rows that are held at once, the last of them at %s, take more than %d MB", rows, place, f.most>>20)
}

// drop gives back what was kept.
func (f *feed) drop() {
	for _, batch := range f.kept {
		batch.Release()
	}
	f.kept, f.full = nil, false
}
