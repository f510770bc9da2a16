package land

import (
	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"noticeboard/pipeline/decode"
	"noticeboard/pipeline/textkey"
)

// texts gathers the texts of a column. Half of all cells are texts, and the library's builder takes five times as long for one.
type texts struct {
	bytes   []byte
	offsets []int32 // at which each begins
	valid   []byte  // a bit for each
	nulls   int
}

// put adds a text; an empty one says nothing.
func (t *texts) put(text string) { t.add(append(t.bytes, text...)) }

// putKey adds the key of a text; nothing where the text is plainly its own, as almost all are.
func (t *texts) putKey(text string) {
	if textkey.IsOwn(text) {
		t.add(t.bytes)
	} else {
		t.add(textkey.Append(t.bytes, text))
	}
}

// add takes in the bytes with a text behind them.
func (t *texts) add(longer []byte) {
	n := len(t.offsets)
	if n%8 == 0 {
		t.valid = append(t.valid, 0)
	}
	t.offsets = append(t.offsets, int32(len(t.bytes)))
	if len(longer) == len(t.bytes) {
		t.nulls++
		return
	}
	t.valid[n/8] |= 1 << (n % 8)
	t.bytes = longer
}

// array hands out what was gathered, in memory of the allocator, and begins anew.
func (t *texts) array(from memory.Allocator) arrow.Array {
	n := len(t.offsets)
	offsets := arrow.Int32Traits.CastToBytes(append(t.offsets, int32(len(t.bytes))))
	buffers := []*memory.Buffer{copied(from, t.valid), copied(from, offsets), copied(from, t.bytes)}
	list := array.NewData(arrow.BinaryTypes.String, n, buffers, nil, t.nulls, 0)
	for _, b := range buffers {
		b.Release()
	}
	defer list.Release()
	t.bytes, t.offsets, t.valid, t.nulls = t.bytes[:0], t.offsets[:0], t.valid[:0], 0
	return array.NewStringData(list)
}

func copied(from memory.Allocator, bytes []byte) *memory.Buffer {
	b := memory.NewResizableBuffer(from)
	b.Resize(len(bytes))
	copy(b.Bytes(), bytes)
	return b
}

// batch gathers rows. The engine reads batches where they lie, so they lie in memory that isn't Go's.
type batch struct {
	memory  memory.Allocator
	schema  *arrow.Schema
	texts   []*texts        // by column of the schema; nil for another
	others  []array.Builder // the same; nil for texts
	n       *array.Int64Builder
	line    *array.Int32Builder
	within  *texts
	columns []column
	rows    int64
	flushed int64
	isOdd   bool // something in the last row is missing, or couldn't be read
}

// cells are the places in a batch where a column puts what it reads: *texts, or a builder of the library.
type cells []any

func newBatch(from memory.Allocator, schema *arrow.Schema, columns []column) *batch {
	b := &batch{memory: from, schema: schema, columns: columns, texts: make([]*texts, schema.NumFields()), others: make([]array.Builder, schema.NumFields())}
	all := make(cells, schema.NumFields())
	for i, f := range schema.Fields() {
		if f.Type.ID() == arrow.STRING {
			b.texts[i] = &texts{}
			all[i] = b.texts[i]
		} else {
			b.others[i] = array.NewBuilder(from, f.Type)
			all[i] = b.others[i]
		}
	}
	b.n, b.line, b.within = all[0].(*array.Int64Builder), all[1].(*array.Int32Builder), all[2].(*texts)
	at := 3
	for _, c := range columns {
		width := len(c.fields())
		c.fill(all[at : at+width])
		at += width
	}
	return b
}

func (b *batch) take(n int64, r *decode.Record) error {
	b.rows++
	b.n.Append(n)
	b.line.Append(int32(r.Line))
	b.within.put(r.Within)
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

// size is how many bytes the texts gathered since the last time have: extra repeats the header in each row.
func (b *batch) size() int {
	size := 0
	for _, t := range b.texts {
		if t != nil {
			size += len(t.bytes)
		}
	}
	return size
}

// record hands out the rows gathered since the last time.
func (b *batch) record() arrow.RecordBatch {
	arrays := make([]arrow.Array, len(b.others))
	for i := range arrays {
		if b.texts[i] != nil {
			arrays[i] = b.texts[i].array(b.memory)
		} else {
			arrays[i] = b.others[i].NewArray()
		}
	}
	batch := array.NewRecordBatch(b.schema, arrays, b.rows-b.flushed)
	b.flushed = b.rows
	for _, a := range arrays {
		a.Release()
	}
	return batch
}

// drop gives back what wasn't handed out.
func (b *batch) drop() {
	for _, o := range b.others {
		if o != nil {
			o.Release()
		}
	}
}
