package decode

import (
	"encoding/binary"
	"math"
	"strconv"
	"unicode/utf16"
)

// biffText reads strings that may go on in the next part of a record. Reading past the end panics; guarded says what that means.
type biffText struct {
	parts [][]byte
}

func (t *biffText) byte() byte {
	for len(t.parts[0]) == 0 {
		t.parts = t.parts[1:]
	}
	b := t.parts[0][0]
	t.parts[0] = t.parts[0][1:]
	return b
}

func (t *biffText) u16() int    { return int(t.byte()) | int(t.byte())<<8 }
func (t *biffText) u32() uint32 { return uint32(t.u16()) | uint32(t.u16())<<16 }

func (t *biffText) skip(n int) {
	for n > 0 {
		if len(t.parts[0]) == 0 {
			t.parts = t.parts[1:]
			continue
		}
		step := min(n, len(t.parts[0]))
		t.parts[0] = t.parts[0][step:]
		n -= step
	}
}

// string reads the characters of a string of that length, after its flags. Where it goes on in the next part, a byte there says
// anew whether characters take one byte or two.
func (t *biffText) string(length int) string {
	if length == 0 && len(t.parts) == 1 && len(t.parts[0]) == 0 {
		return ""
	}
	flags := t.byte()
	runs, extension := 0, 0
	if flags&8 != 0 {
		runs = t.u16()
	}
	if flags&4 != 0 {
		extension = int(t.u32())
	}
	units := make([]uint16, 0, length)
	wide := flags&1 != 0
	for len(units) < length {
		if len(t.parts[0]) == 0 {
			t.parts = t.parts[1:]
			wide = t.byte()&1 != 0
			continue
		}
		if wide {
			units = append(units, uint16(t.u16()))
		} else {
			units = append(units, uint16(t.byte()))
		}
	}
	t.skip(4*runs + extension)
	return string(utf16.Decode(units))
}

// biffRow gathers the cells of a row; they come in the order of rows, and of columns in a row.
type biffRow struct {
	book     *biffBook
	sheet    string
	record   Record
	visit    func(Record) error
	pending  int // column of a formula whose text is in the next record; -1: none
	finished int

	hiddenRows    map[int]bool // by line; they are told before the cells of their rows
	hiddenColumns []int
	merged        merged
}

// rows streams the rows of a sheet.
func (b *biffBook) rows(s biffSheetAt, visit func(Record) error) error {
	row := &biffRow{book: b, sheet: s.name, visit: visit, pending: -1, hiddenRows: map[int]bool{}}
	if err := row.readMerged(s.at); err != nil {
		return err
	}
	if err := biffRecords(b.stream, s.at, row.take); err != nil {
		return err
	}
	return row.flush()
}

// readMerged reads which cells reach downwards; that stands behind the rows.
func (r *biffRow) readMerged(at int) error {
	r.merged.last = map[position]int{}
	return biffRecords(r.book.stream, at, func(rec biffRecord) error {
		if rec.kind != biffMerged {
			return nil
		}
		body := rec.body()
		for at := 2; at+8 <= len(body); at += 8 {
			if first, last := u16(body[at:]), u16(body[at+2:]); last > first {
				r.merged.last[position{first + 1, u16(body[at+4:])}] = last + 1
			}
		}
		return nil
	})
}

func (r *biffRow) flush() error {
	if r.record.Line == 0 {
		return nil
	}
	r.finished = r.record.Line
	r.record.Above = r.merged.above(r.record.Line)
	return r.visit(r.record)
}

// move goes to the row of a cell.
func (r *biffRow) move(line int) error {
	if line == r.record.Line {
		return nil
	}
	if line < r.record.Line {
		return damaged("the workbook") // rows out of order: none of the writers known does that
	}
	err := r.flush()
	r.record = Record{Line: line, Cells: r.record.Cells[:0], Hidden: r.hiddenRows[line], HiddenColumns: r.hiddenColumns}
	delete(r.hiddenRows, line)
	return err
}

func (r *biffRow) put(column int, text string, midnight bool) {
	for len(r.record.Cells) <= column {
		r.record.Cells = append(r.record.Cells, "")
	}
	r.record.Cells[column] = text
	r.merged.put(r.record.Line, column, text)
	if midnight {
		r.record.Midnights = append(r.record.Midnights, column)
	}
}

func (r *biffRow) take(rec biffRecord) error {
	body := rec.body()
	switch rec.kind {
	case biffString:
		if r.pending >= 0 {
			text := biffText{parts: rec.parts}
			r.put(r.pending, text.string(text.u16()), false)
			r.pending = -1
		}
		return nil
	case biffRowInfo:
		if len(body) > 12 && body[12]&0x20 != 0 {
			r.hiddenRows[u16(body)+1] = true
		}
		return nil
	case biffColumns:
		if len(body) > 8 && body[8]&1 != 0 {
			r.hide(u16(body), u16(body[2:]))
		}
		return nil
	case biffLabelSST, biffLabel, biffRString, biffNumber, biffRK, biffMulRK, biffFormula, biffBoolErr:
	default:
		return nil
	}
	if err := r.move(u16(body) + 1); err != nil {
		return err
	}
	column := u16(body[2:])
	last := column
	if rec.kind == biffMulRK {
		last += (len(body)-6)/6 - 1
	}
	if last > biffLastColumn {
		return damaged("the workbook")
	}
	switch rec.kind {
	case biffLabelSST:
		r.put(column, r.book.strings[u32(body[6:])], false)
	case biffLabel, biffRString:
		text := biffText{parts: append([][]byte{body[6:]}, rec.parts[1:]...)}
		r.put(column, text.string(text.u16()), false)
	case biffNumber:
		r.number(column, u16(body[4:]), math.Float64frombits(binary.LittleEndian.Uint64(body[6:])))
	case biffRK:
		r.number(column, u16(body[4:]), ofRK(u32(body[6:])))
	case biffMulRK:
		for at := 4; at+6 <= len(body)-2; at += 6 {
			r.number(column, u16(body[at:]), ofRK(u32(body[at+2:])))
			column++
		}
	case biffFormula:
		r.formula(column, body)
	case biffBoolErr:
		r.boolOrError(column, body[6], body[7])
	}
	return nil
}

// hide keeps which columns aren't shown. A stretch may reach to the last column of the format.
func (r *biffRow) hide(from, to int) {
	for i := from; i <= min(to, biffLastColumn) && len(r.hiddenColumns) <= biffLastColumn; i++ {
		r.hiddenColumns = append(r.hiddenColumns, i)
	}
}

const biffLastColumn = 255 // of the format

// formula takes the value that the formula had when the file was saved.
func (r *biffRow) formula(column int, body []byte) {
	if body[12] != 0xFF || body[13] != 0xFF {
		r.number(column, u16(body[4:]), math.Float64frombits(binary.LittleEndian.Uint64(body[6:])))
		return
	}
	switch body[6] {
	case 0:
		r.pending = column
	case 1, 2:
		r.boolOrError(column, body[8], body[6]-1)
	}
}

func (r *biffRow) boolOrError(column int, value, isError byte) {
	switch {
	case isError != 0:
		r.put(column, "#N/A", false)
	case value != 0:
		r.put(column, "TRUE", false)
	default:
		r.put(column, "FALSE", false)
	}
}

func (r *biffRow) number(column, format int, n float64) {
	var f numberFormat
	if format < len(r.book.formats) {
		f = r.book.formats[format]
	}
	text, midnight := f.text(strconv.FormatFloat(n, 'g', -1, 64), r.book.epoch)
	r.put(column, text, midnight)
}

// ofRK unpacks a number of 30 bits: whole or the upper half of a float, perhaps a hundredfold.
func ofRK(rk uint32) float64 {
	var n float64
	if rk&2 != 0 {
		n = float64(int32(rk) >> 2)
	} else {
		n = math.Float64frombits(uint64(rk&^3) << 32)
	}
	if rk&1 != 0 {
		n /= 100
	}
	return n
}
