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
)

// The statements find which rows can't be used, and why. A clerk needs the row as it stands in the export, so the export is decoded
// once more and the reasons are put beside its cells.

// writeRejects writes the rows that can't be used, or refuses the file for their number.
func (t *task) writeRejects(ctx context.Context, landed *handoff.Landed) error {
	if landed.Good == landed.Read {
		return nil
	}
	found, err := t.bad(ctx)
	if err != nil {
		return err
	}

	r := rejects{task: t, failed: found}
	landed.Rejects = t.path("rejects")
	if err := pour(ctx, t.db, "rejected", newPipe(rejectSchema(), r.pass), statement("rejects", "{path}", duck.Literal(landed.Rejects))); err != nil {
		return err
	}
	landed.Rejected, err = t.count(ctx, "(select distinct src_row from read_parquet("+duck.Literal(landed.Rejects)+"))")
	if err != nil {
		return err
	}
	return r.tooMany(landed)
}

// bad gives the checks that each row fails which fails any.
func (t *task) bad(ctx context.Context) (map[int64][]int, error) {
	err := t.feed.into(ctx, t.db, statement("bad", "{reasons}", reasons(t.checks), "{bad}", bad(t.checks)))
	if err != nil {
		return nil, err
	}
	rows, err := t.db.Query(ctx, "select n, reasons from bad")
	found := make(map[int64][]int, len(rows.Values))
	for _, r := range rows.Values {
		for _, reason := range r[1].([]any) {
			found[r[0].(int64)] = append(found[r[0].(int64)], int(reason.(int64)))
		}
	}
	return found, err
}

// rejects writes rejected rows, and remembers what is said of them when there are too many.
type rejects struct {
	*task
	failed   map[int64][]int
	counts   []int    // of rows, by check
	examples []string // of a text at fault and its place, by check
}

func rejectSchema() *arrow.Schema {
	var list []arrow.Field
	for _, c := range record.RejectColumns() {
		kind := arrow.DataType(arrow.BinaryTypes.String)
		if c.Type == "BIGINT" {
			kind = arrow.PrimitiveTypes.Int64
		}
		list = append(list, arrowField(c.Name, kind))
	}
	return arrow.NewSchema(list, nil)
}

// pass goes through the export once more.
func (r *rejects) pass(put func(arrow.RecordBatch) error) error {
	b := array.NewRecordBuilder(mallocator.NewMallocator(), rejectSchema())
	defer b.Release()
	r.counts, r.examples = make([]int, len(r.checks)), make([]string, len(r.checks))
	written := 0
	_, _, err := r.layout.gather(func(n int64, row decode.Record) error {
		failed, there := r.failed[n]
		if !there {
			return nil
		}
		r.inOrder(failed)
		cells := r.layout.cellsOf(row)
		for _, i := range failed {
			r.add(b, n, row, r.checks[i], cells)
			if r.counts[i]++; r.counts[i] == 1 {
				r.examples[i] = fmt.Sprintf("%q at %s", r.checks[i].value(row), row.Place)
			}
		}
		if written += len(failed); written < batchRows {
			return nil
		}
		written = 0
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
func (r *rejects) add(b *array.RecordBuilder, n int64, row decode.Record, c check, cells string) {
	b.Field(2).(*array.Int64Builder).Append(n)
	for i, text := range []string{r.key, r.layout.kind.Name, "", row.Place, c.reason, c.field, c.of.header, c.value(row), cells} {
		if i != 2 {
			appendText(b.Field(i).(*array.StringBuilder), text)
		}
	}
}

// cellsOf is the JSON array of a row's cells as they stand in the columns with a name.
func (l layout) cellsOf(r decode.Record) string {
	texts := make([]string, len(l.loaded))
	for i, column := range l.loaded {
		texts[i] = jsonText(cellAt(r.Cells, column))
	}
	return "[" + strings.Join(texts, ",") + "]"
}

// fewRejects is how many rejects no share makes too many.
const fewRejects = 5

// tooMany refuses a file most of which may have been misread.
func (r *rejects) tooMany(landed *handoff.Landed) error {
	n := landed.Rejected
	if n < fewRejects || float64(n) <= r.plan.Limits.MaxRejectShare*float64(landed.Read) {
		return nil
	}
	return refusal("too_many_rejects", "correct the export, map its columns in the source, or raise limits.max_reject_share",
		"%d of %d rows can't be used: %s", n, landed.Read, strings.Join(r.commonest(), "; "))
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
		shown = append(shown, fmt.Sprintf("%s of %s in %d rows (%s)", strings.ReplaceAll(r.checks[i].reason, "_", " "), r.checks[i].of.shownName(), r.counts[i], r.examples[i]))
	}
	return shown
}
