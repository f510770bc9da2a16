package land

import (
	"encoding/binary"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/bitutil"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"noticeboard/pipeline/textkey"
)

// gatherer gathers the values of a column, until those of several are joined to an array. The library's builders take 2.6 times as
// long for a text and 1.4 for a number, and cells come by the ten million.
type gatherer interface {
	validities() *validity
	empty()
}

func gathererOf(kind arrow.DataType) gatherer {
	switch kind := kind.(type) {
	case *arrow.StringType:
		return &texts{}
	case *arrow.BooleanType:
		return &flags{}
	case arrow.FixedWidthDataType:
		return &fixed{none: make([]byte, kind.BitWidth()/8)}
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

func (v *validity) validities() *validity { return v }

func (v *validity) empty() { v.bits, v.n, v.nulls = v.bits[:0], 0, 0 }

// arrayOf joins what gatherers of one type hold to an array in memory of the allocator. The engine reads it where it lies, so that memory
// isn't Go's.
func arrayOf(from memory.Allocator, kind arrow.DataType, parts []gatherer) arrow.Array {
	n, nulls := 0, 0
	for _, p := range parts {
		n, nulls = n+p.validities().n, nulls+p.validities().nulls
	}
	buffers := []*memory.Buffer{nil}
	if nulls > 0 {
		buffers[0] = bitsOf(from, n, parts, func(g gatherer) []byte { return g.validities().bits })
	}
	switch kind.(type) {
	case *arrow.StringType:
		buffers = append(buffers, offsetsOf(from, n, parts), bytesOf(from, parts, func(g gatherer) []byte { return g.(*texts).bytes }))
	case *arrow.BooleanType:
		buffers = append(buffers, bitsOf(from, n, parts, func(g gatherer) []byte { return g.(*flags).yes }))
	default:
		buffers = append(buffers, bytesOf(from, parts, func(g gatherer) []byte { return g.(*fixed).bytes }))
	}
	data := array.NewData(kind, n, buffers, nil, nulls, 0)
	defer data.Release()
	for _, b := range buffers {
		if b != nil {
			b.Release()
		}
	}
	return array.MakeFromData(data)
}

func bufferOf(from memory.Allocator, size int) *memory.Buffer {
	b := memory.NewResizableBuffer(from)
	b.Resize(size)
	return b
}

func bytesOf(from memory.Allocator, parts []gatherer, of func(gatherer) []byte) *memory.Buffer {
	size := 0
	for _, p := range parts {
		size += len(of(p))
	}
	b := bufferOf(from, size)
	at := b.Bytes()
	for _, p := range parts {
		at = at[copy(at, of(p)):]
	}
	return b
}

func bitsOf(from memory.Allocator, n int, parts []gatherer, of func(gatherer) []byte) *memory.Buffer {
	b := bufferOf(from, int(bitutil.BytesForBits(int64(n))))
	at := 0
	for _, p := range parts {
		bitutil.CopyBitmap(of(p), 0, p.validities().n, b.Bytes(), at)
		at += p.validities().n
	}
	return b
}

// offsetsOf gives where each text begins among all, and where the last one ends.
func offsetsOf(from memory.Allocator, n int, parts []gatherer) *memory.Buffer {
	b := bufferOf(from, arrow.Int32Traits.BytesRequired(n+1))
	offsets := arrow.Int32Traits.CastFromBytes(b.Bytes())
	i, begun := 0, int32(0)
	for _, p := range parts {
		t := p.(*texts)
		for _, o := range t.offsets {
			offsets[i] = begun + o
			i++
		}
		begun += int32(len(t.bytes))
	}
	offsets[i] = begun
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

func (t *texts) empty() {
	t.validity.empty()
	t.bytes, t.offsets = t.bytes[:0], t.offsets[:0]
	if cap(t.bytes) > bundleBytes {
		t.bytes = nil // of a long text: many pieces go round
	}
}

// fixed gathers values of one width: numbers and digests.
type fixed struct {
	validity
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

func (f *fixed) empty() {
	f.validity.empty()
	f.bytes = f.bytes[:0]
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

func (f *flags) empty() {
	f.validity.empty()
	f.yes = f.yes[:0]
}
