package decode

import (
	"encoding/binary"
	"math"
	"slices"
	"testing"
)

// biffStream puts records, each a kind and a body, one after the other.
func biffStream(records ...[]byte) []byte { return slices.Concat(records...) }

func biffRecordOf(kind int, body ...byte) []byte {
	head := binary.LittleEndian.AppendUint16(nil, uint16(kind))
	return append(binary.LittleEndian.AppendUint16(head, uint16(len(body))), body...)
}

func biffNumberAt(row, column byte, value float64) []byte {
	return biffRecordOf(biffNumber, binary.LittleEndian.AppendUint64([]byte{row, 0, column, 0, 0, 0}, math.Float64bits(value))...)
}

// Some writers shorten records of which spreadsheet programs read the beginning only. What a row looks like isn't worth a file.
func TestShortRecordsOfHiddenRowsHideNothing(t *testing.T) {
	stream := biffStream(
		biffRecordOf(biffRowInfo, 0, 0, 0, 0, 1, 0),
		biffRecordOf(biffColumns, 0, 0, 0, 0),
		biffNumberAt(0, 0, 7),
		biffRecordOf(biffRowInfo, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0x20, 0, 0, 0),
		biffNumberAt(1, 0, 8),
		biffRecordOf(biffEOF))
	b := &biffBook{stream: stream}
	var got []string
	hidden := 0
	err := b.rows(biffSheetAt{}, func(r Record) error {
		got = append(got, r.Cells...)
		if r.Hidden {
			hidden++
		}
		return nil
	})
	if err != nil || !slices.Equal(got, []string{"7", "8"}) || hidden != 1 {
		t.Errorf("%q, %d hidden, %v", got, hidden, err)
	}
}

func TestACellBeyondTheLastColumnOfTheFormatIsDamage(t *testing.T) {
	number := func(column ...byte) []byte {
		return biffRecordOf(biffNumber, append([]byte{0, 0, column[0], column[1], 0, 0}, make([]byte, 8)...)...)
	}
	rks := func(first byte, cells int) []byte {
		return biffRecordOf(biffMulRK, append([]byte{0, 0, first, 0}, make([]byte, 6*cells+2)...)...)
	}
	for name, c := range map[string]struct {
		record  []byte
		damaged bool
	}{
		"the_last":                 {number(255, 0), false},
		"the_first_beyond":         {number(0, 1), true},
		"several_up_to_the_last":   {rks(250, 6), false},
		"several_one_too_many":     {rks(250, 7), true},
		"the_last_that_is_written": {number(255, 255), true},
	} {
		t.Run(name, func(t *testing.T) {
			b := &biffBook{stream: biffStream(c.record, biffRecordOf(biffEOF))}
			width := 0
			err := b.rows(biffSheetAt{}, func(r Record) error { width = len(r.Cells); return nil })
			if !c.damaged {
				if err != nil || width != biffLastColumn+1 {
					t.Errorf("%d cells, %v", width, err)
				}
				return
			}
			refusedFor(t, err, "damaged")
		})
	}
}
