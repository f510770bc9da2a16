package land

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
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
	list := []arrow.Field{arrowField("n", arrow.PrimitiveTypes.Int64), arrowField("line", arrow.PrimitiveTypes.Int32), arrowField("within", arrow.BinaryTypes.String)}
	for _, c := range columns {
		list = append(list, c.fields()...)
	}
	return arrow.NewSchema(list, nil)
}

// newColumns makes the columns of one pass: what they remember belongs to it.
func (f *feed) newColumns() []column {
	var list []column
	named := map[string]column{}
	for _, field := range f.fields {
		c := f.layout.columnOf(field, f.stamps, &f.doubts)
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

func hasLost(cell string) bool { return strings.ContainsRune(cell, utf8.RuneError) }

// pass decodes and reads all rows.
func (f *feed) pass(put func(arrow.RecordBatch) error) (err error) {
	b := newBatch(mallocator.NewMallocator(), rowSchema(f.columns), f.columns)
	f.drop()
	f.hidden, f.lost = 0, places{}
	keep, now := true, decode.Record{}
	again := len(f.layout.kindsIn()) > 1
	var all, group, odd int // bytes: of the batches before, of those in the group that the engine gathers, of the rows in odd
	flush := func() error {
		all, group = all+b.size(), group+b.size()
		batch := b.record()
		if keep = keep && (again || f.sawMidnights()) && b.rows <= keptRows && all <= keptBytes; keep {
			batch.Retain()
			f.kept = append(f.kept, batch)
		} else {
			f.drop()
		}
		return put(batch)
	}
	f.gathered, err = f.layout.gatherAhead(f.through(func(n int64, r decode.Record) error {
		if r.Hidden {
			f.hidden++
		}
		if f.layout.lossy && slices.ContainsFunc(r.Cells, hasLost) {
			f.lost.add(r.Place())
		}
		now = r
		if err := b.take(n, &now); err != nil {
			return err
		}
		if b.isOdd && len(f.odd) < keptRejects && odd < keptBytes {
			odd += r.Size()
			f.odd = append(f.odd, kept(n, r))
		}
		size, full := b.size(), b.rows%batchRows == 0
		if group+size > f.most {
			return f.tooLarge(int((b.rows-1)%batchRows)+1, r.Place())
		}
		if !full && size < batchBytes {
			return nil
		}
		err := flush()
		if full {
			group = 0
		}
		return err
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
