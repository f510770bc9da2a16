package land

import (
	"context"
	"fmt"
	"math/big"
	"strings"

	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/record"
)

// controlTotals checks each number of a totals line against the sum of its column over the rows above it.
func (t *task) controlTotals(ctx context.Context, landed *handoff.Landed, sums []totals) error {
	from := int64(0)
	for _, s := range sums {
		for i, column := range t.layout.loaded {
			total, ok := exact(cellAt(s.cells, column), record.Money)
			if !ok {
				continue
			}
			sum, fits, err := t.fits(ctx, fmt.Sprintf("c%d", i), total, s, from)
			if err != nil {
				return err
			}
			if !fits {
				landed.Notes = append(landed.Notes, handoff.Note{Issue: "control_total", Rows: 1, Message: fmt.Sprintf("%s: the totals line says %s for %s, but its rows add up to %s",
					s.place, cellAt(s.cells, column), t.layout.header.names[column], sum)})
			}
		}
		from = s.above
	}
	return nil
}

// fits tries what a total may be over: the rows of the file, those of the sheet, and those since the totals line before. A column
// of texts has their number for its total.
func (t *task) fits(ctx context.Context, cell string, total *big.Rat, s totals, from int64) (shown string, fits bool, err error) {
	spans := []int64{0, s.above - s.sheet, from}
	for i, after := range spans {
		sum, numbers, filled, err := t.sum(ctx, cell, after, s.above)
		if err != nil {
			return "", false, err
		}
		if i == 0 {
			shown = strings.TrimSuffix(sum.FloatString(2), ".00")
		}
		if sum.Cmp(total) == 0 || numbers < filled && new(big.Rat).SetInt64(filled).Cmp(total) == 0 {
			return shown, true, nil
		}
		if numbers == 0 && filled > 0 {
			return shown, true, nil // a column of texts: whatever stands below it is no sum
		}
	}
	return shown, false, nil
}

// sum adds up the numbers of a column in the rows after one and up to another.
func (t *task) sum(ctx context.Context, cell string, after, upTo int64) (sum *big.Rat, numbers, filled int64, err error) {
	rows, err := t.db.Query(ctx, fmt.Sprintf("select %s, count(*) from cells where n > ? and n <= ? and %s is not null group by 1", cell, cell), after, upTo)
	sum = new(big.Rat)
	if err != nil {
		return sum, 0, 0, err
	}
	for _, r := range rows.Values {
		times := r[1].(int64)
		filled += times
		if n, ok := exact(r[0].(string), record.Money); ok {
			numbers += times
			sum.Add(sum, n.Mul(n, new(big.Rat).SetInt64(times)))
		}
	}
	return sum, numbers, filled, nil
}
