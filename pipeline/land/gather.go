package land

import (
	"encoding/binary"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/bitutil"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"noticeboard/pipeline/decode"
	"noticeboard/pipeline/textkey"
)

// gatherer gathers the values of a column, in memory of Go until the batch is full. The library's builders take several times as long for
// one, and cells come by the ten million.
type gatherer interface {
	// array hands out what was gathered, in memory of the allocator, and begins anew.
	array(memory.Allocator) arrow.Array
}

func gathererOf(kind arrow.DataType) gatherer {
	switch kind := kind.(type) {
	case *arrow.StringType:
		return &texts{}
	case *arrow.BooleanType:
		return &flags{}
	case arrow.FixedWidthDataType:
		return &fixed{kind: kind, none: make([]byte, kind.BitWidth()/8)}
	}
	panic("no column has this type: " + kind.Name())
}

// validity tells which values of a column there are.
type validity struct {
	bits  []byte
	n     int
	nulls int
}

func (v *validity) add(there bool) {
	if v.n%8 == 0 {
		v.bits = append(v.bits, 0)
	}
	if there {
		v.bits[v.n/8] |= 1 << (v.n % 8)
	} else {
		v.nulls++
	}
	v.n++
}

// handOut makes an array of the type with the buffers behind the validity.
func (v *validity) handOut(from memory.Allocator, kind arrow.DataType, buffers ...[]byte) arrow.Array {
	list := []*memory.Buffer{nil}
	if v.nulls > 0 {
		list[0] = copied(from, v.bits)
	}
	for _, b := range buffers {
		list = append(list, copied(from, b))
	}
	data := array.NewData(kind, v.n, list, nil, v.nulls, 0)
	for _, b := range list {
		if b != nil {
			b.Release()
		}
	}
	defer data.Release()
	v.bits, v.n, v.nulls = v.bits[:0], 0, 0
	return array.MakeFromData(data)
}

func copied(from memory.Allocator, bytes []byte) *memory.Buffer {
	b := memory.NewResizableBuffer(from)
	b.Resize(len(bytes))
	copy(b.Bytes(), bytes)
	return b
}

// texts gathers texts; an empty one says nothing.
type texts struct {
	validity
	bytes   []byte
	offsets []int32 // at which each begins
}

func (t *texts) put(text string) { t.add(append(t.bytes, text...)) }

// putKey adds the key of a text; nothing where the text is plainly its own, as almost all are.
func (t *texts) putKey(text string) { t.add(textkey.Append(t.bytes, text)) }

// add takes in the bytes with a text behind them.
func (t *texts) add(longer []byte) {
	t.offsets = append(t.offsets, int32(len(t.bytes)))
	t.validity.add(len(longer) > len(t.bytes))
	t.bytes = longer
}

func (t *texts) array(from memory.Allocator) arrow.Array {
	list := t.handOut(from, arrow.BinaryTypes.String, arrow.Int32Traits.CastToBytes(append(t.offsets, int32(len(t.bytes)))), t.bytes)
	t.bytes, t.offsets = t.bytes[:0], t.offsets[:0]
	return list
}

// fixed gathers values of one width: numbers and digests.
type fixed struct {
	validity
	kind  arrow.DataType
	bytes []byte
	none  []byte // stands where there is no value
}

func (f *fixed) putNone() {
	f.bytes = append(f.bytes, f.none...)
	f.add(false)
}

func (f *fixed) put32(n int32) {
	f.bytes = binary.NativeEndian.AppendUint32(f.bytes, uint32(n))
	f.add(true)
}

func (f *fixed) put64(n int64) {
	f.bytes = binary.NativeEndian.AppendUint64(f.bytes, uint64(n))
	f.add(true)
}

// put128 adds a decimal without its point.
func (f *fixed) put128(n int64) {
	f.bytes = binary.NativeEndian.AppendUint64(f.bytes, uint64(n))
	f.put64(n >> 63) // the sign goes on
}

func (f *fixed) putBytes(b []byte) {
	f.bytes = append(f.bytes, b...)
	f.add(true)
}

func (f *fixed) array(from memory.Allocator) arrow.Array {
	list := f.handOut(from, f.kind, f.bytes)
	f.bytes = f.bytes[:0]
	return list
}

// flags gathers yes and no.
type flags struct {
	validity
	yes []byte
}

func (f *flags) put(yes bool) { f.next(yes, true) }
func (f *flags) putNone()     { f.next(false, false) }

func (f *flags) next(yes, there bool) {
	if f.n%8 == 0 {
		f.yes = append(f.yes, 0)
	}
	if yes {
		bitutil.SetBit(f.yes, f.n)
	}
	f.add(there)
}

func (f *flags) array(from memory.Allocator) arrow.Array {
	list := f.handOut(from, arrow.FixedWidthTypes.Boolean, f.yes)
	f.yes = f.yes[:0]
	return list
}

// batch gathers rows. The engine reads batches where they lie, so they are handed out in memory that isn't Go's.
type batch struct {
	memory  memory.Allocator
	schema  *arrow.Schema
	values  []gatherer // by column of the schema
	n       *fixed
	line    *fixed
	within  *texts
	columns []column
	rows    int64
	flushed int64
	isOdd   bool // something in the last row is missing, or couldn't be read
}

func newBatch(from memory.Allocator, schema *arrow.Schema, columns []column) *batch {
	b := &batch{memory: from, schema: schema, columns: columns}
	for _, f := range schema.Fields() {
		b.values = append(b.values, gathererOf(f.Type))
	}
	b.n, b.line, b.within = b.values[0].(*fixed), b.values[1].(*fixed), b.values[2].(*texts)
	at := 3
	for _, c := range columns {
		width := len(c.fields())
		c.fill(b.values[at : at+width])
		at += width
	}
	return b
}

func (b *batch) take(n int64, r *decode.Record) error {
	b.rows++
	b.n.put64(n)
	b.line.put32(int32(r.Line))
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
	for _, v := range b.values {
		if t, ok := v.(*texts); ok {
			size += len(t.bytes)
		}
	}
	return size
}

// record hands out the rows gathered since the last time.
func (b *batch) record() arrow.RecordBatch {
	arrays := make([]arrow.Array, len(b.values))
	for i, v := range b.values {
		arrays[i] = v.array(b.memory)
	}
	batch := array.NewRecordBatch(b.schema, arrays, b.rows-b.flushed)
	b.flushed = b.rows
	for _, a := range arrays {
		a.Release()
	}
	return batch
}
