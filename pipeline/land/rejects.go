package land

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory/mallocator"

	"noticeboard/pipeline/decode"
	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/record"
	"noticeboard/pipeline/textkey"
)

// The statements say which rows can't be used, and why. A clerk needs the row as it stands in the export: its own cells are put beside
// the reasons.

// writeRejects writes the rows that can't be used, or refuses the file for their number.
func (t *task) writeRejects(ctx context.Context, landed *handoff.Landed) error {
	if landed.Good == landed.Read {
		return nil
	}
	found, err := t.missing(ctx, landed)
	if err != nil {
		return err
	}
	r := rejects{missing: found, whose: t.layout.whose(t.feed.fields)}
	landed.Rejects = t.path("rejects")
	if err := t.keep(ctx, record.RejectColumns(), r.pass, landed.Rejects); err != nil {
		return err
	}
	landed.Rejected, err = t.count(ctx, "(select distinct src_row from read_parquet("+duck.Literal(landed.Rejects)+"))")
	if err != nil {
		return err
	}
	refused := r.tooMany(landed)
	if refused == nil {
		return nil
	}
	landed.Rows = t.path("rows")
	if err := t.keep(ctx, record.RowColumns(), r.passWhole, landed.Rows); err != nil {
		return err
	}
	if err := t.writeMends(ctx, landed); err != nil {
		return err
	}
	return refused
}

// keep writes rows as they stand in the export.
func (t *task) keep(ctx context.Context, columns []record.Column, pass func(func(arrow.RecordBatch) error) error, path string) error {
	return pour(ctx, t.db, "kept", newPipe(schemaOf(columns), pass), statement("kept", "{path}", duck.Literal(path), "{rows}", fmt.Sprint(batchRows)))
}

// rejects writes rejected rows, and remembers what is said of them when there are too many.
type rejects struct {
	*missing
	whose    whose
	counts   []int    // of rows, by check
	examples []string // of a text at fault and its place, by check
}

func schemaOf(columns []record.Column) *arrow.Schema {
	var list []arrow.Field
	for _, c := range columns {
		kind := arrow.DataType(arrow.BinaryTypes.String)
		switch c.Type {
		case "BIGINT":
			kind = arrow.PrimitiveTypes.Int64
		case "INTEGER":
			kind = arrow.PrimitiveTypes.Int32
		}
		list = append(list, arrowField(c.Name, kind))
	}
	return arrow.NewSchema(list, nil)
}

// pass gives each rejected row as often as it has reasons.
func (r *rejects) pass(put func(arrow.RecordBatch) error) error {
	r.counts, r.examples = make([]int, len(r.checks)), make([]string, len(r.checks))
	return r.pour(record.RejectColumns(), r.each, put, func(b *array.RecordBuilder, n int64, row decode.Record) int {
		failed := r.failed[n]
		r.inOrder(failed)
		for _, i := range failed {
			r.add(b, n, row, r.checks[i])
			if r.counts[i]++; r.counts[i] == 1 {
				r.examples[i] = fmt.Sprintf("%q at %s", r.checks[i].value(row), row.Place())
			}
		}
		return len(failed)
	})
}

// passWhole gives every row once.
func (r *rejects) passWhole(put func(arrow.RecordBatch) error) error {
	return r.pour(record.RowColumns(), r.all, put, func(b *array.RecordBuilder, n int64, row decode.Record) int {
		r.addRow(b, n, row, 4)
		return 1
	})
}

func (r *rejects) all(take taker) error {
	_, err := r.layout.gather(take)
	return err
}

// pour hands on what add makes of each row: how many rows that are.
func (r *rejects) pour(columns []record.Column, each func(taker) error, put func(arrow.RecordBatch) error, add func(*array.RecordBuilder, int64, decode.Record) int) error {
	b := array.NewRecordBuilder(mallocator.NewMallocator(), schemaOf(columns))
	defer b.Release()
	written, size, group := 0, 0, 0
	err := each(func(n int64, row decode.Record) error {
		rows := add(b, n, row)
		written, size, group = written+rows, size+rows*row.Size(), group+rows*row.Size()
		if group > r.feed.most {
			return r.feed.tooLarge(written, row.Place())
		}
		if written >= batchRows {
			written, group = 0, 0
		} else if size < batchBytes {
			return nil
		}
		size = 0
		return put(b.NewRecordBatch())
	})
	if err != nil {
		return err
	}
	return put(b.NewRecordBatch())
}

// inOrder sorts the reasons of a row by field, header and reason; a reason without a header is the last of its field.
func (r *rejects) inOrder(failed []int) {
	slices.SortFunc(failed, func(i, j int) int {
		a, b := r.checks[i], r.checks[j]
		return cmp.Or(strings.Compare(a.field, b.field), lastIfEmpty(a.of.header, b.of.header), strings.Compare(a.reason, b.reason))
	})
}

func lastIfEmpty(a, b string) int {
	if a == "" || b == "" {
		return strings.Compare(b, a)
	}
	return strings.Compare(a, b)
}

// add adds a reason in the order of record.RejectColumns.
func (r *rejects) add(b *array.RecordBuilder, n int64, row decode.Record, c check) {
	for i, text := range []string{c.reason, c.field, c.of.header, c.value(row)} {
		appendText(b.Field(4+i).(*array.StringBuilder), text)
	}
	column := b.Field(8).(*array.Int32Builder)
	if c.of.column < 0 {
		column.AppendNull()
	} else {
		column.Append(int32(c.of.column))
	}
	r.addRow(b, n, row, 9)
}

// addRow adds a row in the order of record.RowColumns; whose it is stands from a column on.
func (r *rejects) addRow(b *array.RecordBuilder, n int64, row decode.Record, from int) {
	text := func(i int, text string) { appendText(b.Field(i).(*array.StringBuilder), text) }
	b.Field(0).(*array.Int64Builder).Append(r.key)
	text(1, r.layout.kind.Name)
	b.Field(2).(*array.Int64Builder).Append(n)
	text(3, row.Place())
	text(from, r.whose.id.text(row.Cells))
	text(from+1, r.whose.ticket.text(row.Cells))
	text(from+2, textkey.Of(r.whose.property.text(row.Cells)))
	text(from+3, r.cellsOf(row))
}

// whose are the fields that tell whose row it is; those that the file doesn't have say nothing.
type whose struct{ id, ticket, property field }

// whose leaves out the id of a kind whose records have none of their own.
func (l layout) whose(fields []field) whose {
	var w whose
	first := l.kind.Fields[0]
	for _, f := range fields {
		if f.Name == first.Name && first.Required {
			w.id = f
		}
		switch f.Name {
		case "ticket_id":
			w.ticket = f
		case "property":
			w.property = f
		}
	}
	return w
}

// cellsOf is the JSON array of a row's cells as they stand in the export. A whole day among times is written as the midnight it is:
// handed in again it stands alone.
func (r *rejects) cellsOf(row decode.Record) string {
	texts := make([]string, len(row.Cells))
	for i, c := range row.Cells {
		if slices.Contains(row.Midnights, i) && r.isTimed(i) {
			c += " 00:00"
		}
		texts[i] = jsonText(c)
	}
	return "[" + strings.Join(texts, ",") + "]"
}

// isTimed tells whether a column holds moments some of which have a time of day.
func (r *rejects) isTimed(column int) bool {
	return slices.ContainsFunc(r.feed.fields, func(f field) bool { return f.column == column && r.feed.stamps.timed[f.Name] })
}

// fewRejects is how many rejects no share makes too many.
const fewRejects = 5

// tooMany refuses a file most of which may have been misread.
func (r *rejects) tooMany(landed *handoff.Landed) error {
	n := landed.Rejected
	if r.layout.back.mendsRows() {
		return nil // what is still wrong of returned rows comes back alone: the mended ones count
	}
	if n < fewRejects || float64(n) <= r.plan.Limits.MaxRejectShare*float64(landed.Read) {
		return nil
	}
	return refusal("too_many_rejects", "correct the export, map its columns in the source, or raise limits.max_reject_share"+r.joined(),
		"%d of %d rows can't be used: %s", n, landed.Read, strings.Join(r.commonest(), "; "))
}

// joined says how a time of day is joined with its date, where one stands alone in a column of stamps.
func (r *rejects) joined() string {
	for i, c := range r.checks {
		if text, _, _ := strings.Cut(strings.TrimPrefix(r.examples[i], `"`), `"`); c.reason == "unreadable_date" && clock.MatchString(text) {
			return fmt.Sprintf("; where the date stands in a column of its own: columns: {%s: NAME OF THAT COLUMN + %s}", c.field, c.of.shownName())
		}
	}
	return ""
}

const mostReasons = 3

// commonest says which checks most rows fail.
func (r *rejects) commonest() []string {
	var failed []int
	for i, n := range r.counts {
		if n > 0 {
			failed = append(failed, i)
		}
	}
	slices.SortStableFunc(failed, func(i, j int) int { return r.counts[j] - r.counts[i] })
	var shown []string
	for _, i := range failed[:min(len(failed), mostReasons)] {
		shown = append(shown, fmt.Sprintf("%s of %s in %s (%s)", strings.ReplaceAll(r.checks[i].reason, "_", " "), r.checks[i].of.shownName(), rowsInWords(r.counts[i]), r.examples[i]))
	}
	return shown
}

func rowsInWords(n int) string {
	if n == 1 {
		return "1 row"
	}
	return fmt.Sprintf("%d rows", n)
}

func appendText(b *array.StringBuilder, text string) {
	if text == "" {
		b.AppendNull()
		return
	}
	b.Append(text)
}
