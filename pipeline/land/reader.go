package land

import (
	"runtime"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// piece is what a reader makes of a bundle: the values of its rows, and what is worth telling of them.
type piece struct {
	values    []gatherer // by column of the schema
	rows      int
	last      string // the place of the last row
	odd       []row  // in which something is missing or couldn't be read
	hidden    int64
	lost      []string // places of rows with characters that were lost where the text was decoded
	doubts    doubts
	midnights bool // the reader has seen whole days among times
}

func newPiece(schema *arrow.Schema) *piece {
	p := &piece{}
	for _, f := range schema.Fields() {
		p.values = append(p.values, gathererOf(f.Type))
	}
	return p
}

func (p *piece) empty() {
	for _, v := range p.values {
		v.empty()
	}
	*p = piece{values: p.values, odd: p.odd[:0], lost: p.lost[:0]}
}

// size is how many bytes the texts have: extra repeats the header in each row.
func (p *piece) size() int {
	size := 0
	for _, v := range p.values {
		if t, ok := v.(*texts); ok {
			size += len(t.bytes)
		}
	}
	return size
}

// reader reads cells into pieces. What its columns remember belongs to it: there may be several.
type reader struct {
	columns []column
	doubts  doubts
}

// readers tells how many read side by side. A number that must be unique is seen by one.
func (f *feed) readers() int {
	if slices.ContainsFunc(f.fields, func(f field) bool { return f.running }) {
		return 1
	}
	return min(runtime.GOMAXPROCS(0), mostReaders)
}

// mostReaders bounds what the bundles take that go round.
const mostReaders = 4

// readRows reads rows into a piece, as far as they can be. Odd ones are kept where keepsOdd.
func (f *feed) readRows(r *reader, rows []row, p *piece, keepsOdd bool) error {
	if r.columns == nil {
		r.columns = f.newColumns(&r.doubts)
	}
	r.doubts = doubts{}
	at := placeColumns
	for _, c := range r.columns {
		width := len(c.fields())
		c.fill(p.values[at : at+width])
		at += width
	}
	n, line, within := p.values[0].(*fixed), p.values[1].(*fixed), p.values[2].(*texts)
	defer func() { p.doubts, p.midnights = r.doubts, sawMidnights(r.columns) }()
	for i := range rows {
		now := &rows[i]
		n.put64(now.n)
		line.put32(int32(now.Line))
		within.put(now.Within)
		isOdd := false
		for _, c := range r.columns {
			fits, err := c.read(&now.Record)
			if err != nil {
				return err
			}
			isOdd = isOdd || !fits
		}
		if isOdd && keepsOdd {
			p.odd = append(p.odd, kept(now.n, now.Record))
		}
		if now.Hidden {
			p.hidden++
		}
		if f.layout.lossy && slices.ContainsFunc(now.Cells, hasLost) {
			p.lost = append(p.lost, now.Place())
		}
		p.rows++
	}
	if len(rows) > 0 {
		p.last = rows[len(rows)-1].Place()
	}
	return nil
}

func hasLost(cell string) bool { return strings.ContainsRune(cell, utf8.RuneError) }

// joined makes a batch of pieces.
func joined(from memory.Allocator, schema *arrow.Schema, pieces []*piece) arrow.RecordBatch {
	rows := 0
	for _, p := range pieces {
		rows += p.rows
	}
	arrays := make([]arrow.Array, schema.NumFields())
	parts := make([]gatherer, len(pieces))
	for i, f := range schema.Fields() {
		for j, p := range pieces {
			parts[j] = p.values[i]
		}
		arrays[i] = arrayOf(from, f.Type, parts)
	}
	batch := array.NewRecordBatch(schema, arrays, int64(rows))
	for _, a := range arrays {
		a.Release()
	}
	return batch
}
