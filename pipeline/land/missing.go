package land

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/apache/arrow-go/v18/arrow/memory/mallocator"

	"noticeboard/pipeline/decode"
	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/handoff"
)

// missing are the rows that were read and aren't among the good ones. What is wrong with them is for the statements to say: a row that
// was lost on the way is missing, too.
type missing struct {
	*task
	numbers map[int64]bool
	failed  map[int64][]int // row → the checks that it fails, by their position
	rows    []row           // none where they are too many to be kept
}

// row is a data row with its number, kept beyond the decoder's next.
type row struct {
	n int64
	decode.Record
}

// keptRejects is how many rows are kept to be looked at again.
const keptRejects = 10_000

// kept copies a row with its cells: those of the decoder hold on to the lines around them.
func kept(n int64, r decode.Record) row {
	r.Cells, r.Midnights, r.Cut = slices.Clone(r.Cells), slices.Clone(r.Midnights), slices.Clone(r.Cut)
	for i, c := range r.Cells {
		r.Cells[i] = strings.Clone(c)
	}
	return row{n, r}
}

// missing finds the rows that were read and not written, and why.
func (t *task) missing(ctx context.Context, landed *handoff.Landed) (*missing, error) {
	m := &missing{task: t, numbers: map[int64]bool{}, failed: map[int64][]int{}}
	path := duck.Literal(landed.Tables[t.layout.kind.Name])
	seen, err := m.seen(ctx, landed, path)
	if err != nil {
		return nil, err
	}
	if seen {
		return m, m.judge(ctx, m.rows)
	}
	found, err := t.db.Query(ctx, statement("missing", "{read}", fmt.Sprint(landed.Read), "{path}", path))
	if err != nil {
		return nil, err
	}
	for _, r := range found.Values {
		m.numbers[r[0].(int64)] = true
	}
	return m, m.gather(ctx)
}

// seen tells whether all missing rows are among those that were kept because something in them couldn't be read. They almost always are,
// and a few rows are looked for in a tenth of the time that all take.
func (m *missing) seen(ctx context.Context, landed *handoff.Landed, path string) (bool, error) {
	if len(m.feed.odd) == 0 {
		return false, nil
	}
	numbers := make([]string, len(m.feed.odd))
	for i, r := range m.feed.odd {
		numbers[i] = strconv.FormatInt(r.n, 10)
	}
	written, err := m.db.Query(ctx, statement("written", "{path}", path, "{rows}", strings.Join(numbers, ", ")))
	if err != nil || int64(len(m.feed.odd)-len(written.Values)) != landed.Read-landed.Good {
		return false, err
	}
	good := map[int64]bool{}
	for _, r := range written.Values {
		good[r[0].(int64)] = true
	}
	for _, r := range m.feed.odd {
		if !good[r.n] {
			m.rows, m.numbers[r.n] = append(m.rows, r), true
		}
	}
	return true, nil
}

// gather decodes the export once more for the missing rows.
func (m *missing) gather(ctx context.Context) error {
	var some []row
	size := 0
	_, err := m.layout.gather(func(n int64, r decode.Record) error {
		if !m.numbers[n] {
			return nil
		}
		some, size = append(some, kept(n, r)), size+r.Size()
		if len(some) < batchRows && size < batchBytes {
			return nil
		}
		full := some
		some, size = nil, 0
		return m.judge(ctx, full)
	})
	if err != nil {
		return err
	}
	if len(some) == len(m.numbers) && len(some) <= keptRejects {
		m.rows = some
	}
	return m.judge(ctx, some)
}

// judge asks the statements what is wrong with rows.
func (m *missing) judge(ctx context.Context, rows []row) error {
	schema := rowSchema(m.feed.columns)
	p := newPiece(schema)
	if err := m.feed.readRows(&reader{}, rows, p, false); err != nil {
		return err
	}
	batch := joined(mallocator.NewMallocator(), schema, []*piece{p})
	defer batch.Release()
	if err := m.db.Stream(ctx, "given", once(batch), statement("bad", "{reasons}", reasons(m.checks), "{bad}", bad(m.checks))); err != nil {
		return err
	}
	found, err := m.db.Query(ctx, "select n, reasons from bad")
	for _, r := range found.Values {
		for _, reason := range r[1].([]any) {
			m.failed[r[0].(int64)] = append(m.failed[r[0].(int64)], int(reason.(int64)))
		}
	}
	return err
}

// each goes through the missing rows.
func (m *missing) each(take taker) error {
	if m.rows != nil {
		for _, r := range m.rows {
			if err := take(r.n, r.Record); err != nil {
				return err
			}
		}
		return nil
	}
	_, err := m.layout.gather(func(n int64, r decode.Record) error {
		if !m.numbers[n] {
			return nil
		}
		return take(n, r)
	})
	return err
}
