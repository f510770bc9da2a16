package land

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"noticeboard/pipeline/decode"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/record"
)

// controlTotals checks each number of a totals line against the sum of its column over the rows above it. Few exports have such a
// line, so the sums are made in a pass of their own.
func (t *task) controlTotals(landed *handoff.Landed) error {
	lines := t.feed.totals
	if len(lines) == 0 {
		return nil
	}
	sums, err := t.layout.sumUp(lines)
	if err != nil {
		return err
	}
	from := int64(0)
	for _, line := range lines {
		for _, column := range t.layout.loaded {
			total, ok := exact(cellAt(line.cells, column), record.Money)
			if !ok {
				continue
			}
			// The rows of the file, those of the sheet, and those since the totals line before.
			if shown, fits := sums[column].fit(total, line.above, []int64{0, line.above - line.sheet, from}); !fits {
				landed.Notes = append(landed.Notes, handoff.Note{Issue: "control_total", Rows: 1, Message: fmt.Sprintf("%s: the totals line says %s for %s, but its rows add up to %s",
					line.place, cellAt(line.cells, column), t.layout.header.names[column], shown)})
			}
		}
		from = line.above
	}
	return nil
}

// columnSum adds up the numbers of a column, and remembers the sum at the rows that count.
type columnSum struct {
	so  sumSoFar
	at  map[int64]sumSoFar
	all memo[*big.Rat]
}

type sumSoFar struct {
	sum             *big.Rat
	numbers, filled int64
}

// sumUp makes the sums of the columns for which a totals line has a number.
func (l layout) sumUp(lines []totals) (map[int]*columnSum, error) {
	marks, sums := []int64{}, map[int]*columnSum{}
	for _, line := range lines {
		marks = append(marks, line.above, line.above-line.sheet)
		for _, column := range l.loaded {
			if _, ok := exact(cellAt(line.cells, column), record.Money); ok {
				zero := sumSoFar{sum: new(big.Rat)}
				sums[column] = &columnSum{so: zero, at: map[int64]sumSoFar{0: zero}, all: memo[*big.Rat]{}}
			}
		}
	}
	_, err := l.gather(func(n int64, r decode.Record) error {
		for column, s := range sums {
			s.add(said(r.Cells, column, l.sense(column)))
			if slices.Contains(marks, n) {
				s.at[n] = s.so
			}
		}
		return nil
	})
	return sums, err
}

func (s *columnSum) add(text string) {
	if text == "" {
		return
	}
	s.so.filled++
	n := s.all.of(text, func(text string) *big.Rat {
		n, _ := exact(text, record.Money)
		return n
	})
	if n != nil {
		s.so.numbers++
		s.so.sum = new(big.Rat).Add(s.so.sum, n)
	}
}

// fit tries what a total may be over: the rows after one of several and up to the line. What is shown is the second sum, that of the
// sheet. A column of texts has their number for its total, or whatever stands below it.
func (s *columnSum) fit(total *big.Rat, upTo int64, after []int64) (shown string, fits bool) {
	for i, from := range after {
		sum := new(big.Rat).Sub(s.at[upTo].sum, s.at[from].sum)
		numbers, filled := s.at[upTo].numbers-s.at[from].numbers, s.at[upTo].filled-s.at[from].filled
		if i == 1 {
			shown = strings.TrimSuffix(sum.FloatString(2), ".00")
		}
		if sum.Cmp(total) == 0 || numbers < filled && new(big.Rat).SetInt64(filled).Cmp(total) == 0 || numbers == 0 && filled > 0 {
			return "", true
		}
	}
	return shown, false
}
