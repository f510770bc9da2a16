package workbook

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"noticeboard/pipeline/duck"
)

// source reads relations, cut to the edition.
type source struct {
	ctx       context.Context
	warehouse *duck.Warehouse
	edition   Edition
}

// row is one row of a relation. Values are nil, string, bool, int64, float64 or time.Time.
type row struct {
	at     map[string]int
	values []any
}

func (r row) value(column string) any {
	if i, there := r.at[column]; there {
		return r.values[i]
	}
	return nil
}

func (r row) text(column string) string {
	if v := r.value(column); v != nil {
		return fmt.Sprint(v)
	}
	return ""
}

func (r row) is(column string) bool { b, _ := r.value(column).(bool); return b }

func number(v any) (float64, bool) {
	switch x := v.(type) {
	case int64:
		return float64(x), true
	case float64:
		return x, true
	default:
		return 0, false
	}
}

// cut keeps the rows of the edition. The whole is written * where a relation also has rows for its parts.
func (s *source) cut(from From) duck.Cut {
	cut := duck.Cut{Property: s.edition.Property, Zone: s.edition.Zone, Period: s.edition.Period, Where: from.Where}
	switch {
	case cut.Property == "*" && !from.Whole:
		cut.Property = ""
	case cut.Zone == "" && from.Whole:
		cut.Zone = "*"
	}
	return cut
}

// count asks the engine how many rows there are; it is what the rows shown are checked against.
func (s *source) count(from From) (int64, error) {
	return s.warehouse.Count(s.ctx, from.Relation, s.cut(from))
}

func (s *source) each(from From, do func(row) error) error {
	return s.read(from.Relation, s.cut(from), do)
}

// rows reads a small relation whole.
func (s *source) rows(from From) ([]row, error) {
	var list []row
	err := s.each(from, func(r row) error { list = append(list, r); return nil })
	return list, err
}

func (s *source) read(relation string, cut duck.Cut, do func(row) error) error {
	return s.batches(relation, cut, func(batch arrow.RecordBatch) error {
		at := placesOf(batch)
		for i := range int(batch.NumRows()) {
			if err := do(rowOf(batch, at, i)); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *source) batches(relation string, cut duck.Cut, each func(arrow.RecordBatch) error) error {
	if err := s.warehouse.Read(s.ctx, relation, cut, each); err != nil {
		return fmt.Errorf("%s: %w", relation, err)
	}
	return nil
}

func placesOf(batch arrow.RecordBatch) map[string]int {
	at := map[string]int{}
	for i, f := range batch.Schema().Fields() {
		at[f.Name] = i
	}
	return at
}

func rowOf(batch arrow.RecordBatch, at map[string]int, i int) row {
	values := make([]any, batch.NumCols())
	for j := range values {
		values[j] = plain(batch.Column(j), i)
	}
	return row{at, values}
}

// plain takes one value out of Arrow. A batch is released soon, so texts are copied.
func plain(column arrow.Array, i int) any {
	if column.IsNull(i) {
		return nil
	}
	switch c := column.(type) {
	case *array.String:
		return string([]byte(c.Value(i)))
	case *array.Boolean:
		return c.Value(i)
	case *array.Int64:
		return c.Value(i)
	case *array.Int32:
		return int64(c.Value(i))
	case *array.Float64:
		return c.Value(i)
	case *array.Date32:
		return c.Value(i).ToTime()
	case *array.Timestamp:
		return c.Value(i).ToTime(c.DataType().(*arrow.TimestampType).Unit)
	case *array.Decimal128:
		return decimal(c.Value(i).ToString(c.DataType().(*arrow.Decimal128Type).Scale))
	default:
		return other(column.ValueStr(i))
	}
}

// decimal gives money and sums of counts the number that a cell can hold: 15 digits.
func decimal(text string) any {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n
	}
	f, _ := strconv.ParseFloat(text, 64)
	return f
}

// other reads the types that relations seldom have, small integers among them, from their text.
func other(text string) any {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n
	}
	if t, err := time.Parse(time.DateOnly, text); err == nil {
		return t
	}
	return text
}
