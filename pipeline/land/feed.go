package land

import (
	"context"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/arrow/memory/mallocator"

	"noticeboard/pipeline/decode"
	"noticeboard/pipeline/duck"
)

// feed hands the rows of an export to the engine as the view given: n, place, what the columns read, extra. Each cell is read here,
// once; what the values mean for the row is for the statements to say.
type feed struct {
	layout  layout
	fields  []field
	stamps  stampReader
	through func(taker) taker // between decoder and loader; tests lose rows there

	// What the first pass found.
	gathered
	hidden  int64 // rows that the file doesn't show
	columns []column
	doubts  doubts

	odd  []row               // the first rows of which something is missing or couldn't be read
	kept []arrow.RecordBatch // of a short export: the passes after the first don't decode it again
	full bool                // kept holds all rows
}

// taker takes a data row with its number.
type taker func(n int64, r decode.Record) error

// batchRows is how many rows the engine gets at once, keptRows from how many on an export is decoded again for a further statement.
const (
	batchRows = 10_000
	keptRows  = 250_000
)

// into runs a statement over the view given.
func (f *feed) into(ctx context.Context, db *duck.DB, statement string) error {
	if f.full {
		return db.Stream(ctx, "given", once(f.kept...), statement)
	}
	f.columns, f.doubts, f.odd = f.newColumns(), doubts{}, nil
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

func rowSchema(columns []column) *arrow.Schema {
	list := []arrow.Field{arrowField("n", arrow.PrimitiveTypes.Int64), arrowField("place", arrow.BinaryTypes.String)}
	for _, c := range columns {
		list = append(list, c.fields()...)
	}
	return arrow.NewSchema(list, nil)
}

// newColumns makes the columns of one pass: what they remember belongs to it.
func (f *feed) newColumns() []column {
	var list []column
	for _, field := range f.fields {
		list = append(list, f.layout.columnOf(field, f.stamps, &f.doubts))
	}
	return append(list, f.layout.extras())
}

// pass decodes and reads all rows.
func (f *feed) pass(put func(arrow.RecordBatch) error) (err error) {
	b := newBatch(mallocator.NewMallocator(), rowSchema(f.columns), f.columns)
	defer b.Release()
	f.drop()
	f.hidden = 0
	keep := true
	flush := func() error {
		batch := b.NewRecordBatch()
		if keep = keep && b.rows <= keptRows; keep {
			batch.Retain()
			f.kept = append(f.kept, batch)
		} else {
			f.drop()
		}
		return put(batch)
	}
	f.gathered, err = f.layout.gather(f.through(func(n int64, r decode.Record) error {
		if r.Hidden {
			f.hidden++
		}
		if err := b.take(n, r); err != nil {
			return err
		}
		if b.isOdd && len(f.odd) < keptRejects {
			f.odd = append(f.odd, kept(n, r))
		}
		if b.rows%batchRows != 0 {
			return nil
		}
		return flush()
	}))
	if err == nil {
		err = f.doubts.refusal()
	}
	if err == nil {
		err = flush()
	}
	f.full = keep && err == nil
	return err
}

// drop gives back what was kept.
func (f *feed) drop() {
	for _, batch := range f.kept {
		batch.Release()
	}
	f.kept, f.full = nil, false
}

// batch gathers rows.
type batch struct {
	*array.RecordBuilder
	n       *array.Int64Builder
	place   *array.StringBuilder
	columns []column
	rows    int64
	isOdd   bool // something in the last row is missing, or couldn't be read
}

// The engine reads batches where they lie, so they lie in memory that isn't Go's.
func newBatch(memory memory.Allocator, schema *arrow.Schema, columns []column) *batch {
	b := &batch{RecordBuilder: array.NewRecordBuilder(memory, schema), columns: columns}
	builders := b.Fields()
	b.n, b.place = builders[0].(*array.Int64Builder), builders[1].(*array.StringBuilder)
	at := 2
	for _, c := range columns {
		width := len(c.fields())
		c.fill(builders[at : at+width])
		at += width
	}
	return b
}

func (b *batch) take(n int64, r decode.Record) error {
	b.rows++
	b.n.Append(n)
	b.place.Append(r.Place)
	b.isOdd = false
	for _, c := range b.columns {
		fits, err := c.read(r)
		if err != nil {
			return err
		}
		b.isOdd = b.isOdd || !fits
	}
	return nil
}
