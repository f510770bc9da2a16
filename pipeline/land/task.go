package land

import (
	"context"
	"fmt"
	"os"
	"strings"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/record"
)

// task is one file on its way.
type task struct {
	plan    Plan
	file    handoff.File
	key     int64
	layout  layout
	db      *duck.DB
	through func(taker) taker // between decoder and loader; tests lose rows there

	feed   *feed
	checks []check
}

// mostTogether is how many bytes rows may hold together on any machine: the engine counts those of a column in 31 bits.
const mostTogether = 1 << 30

func (t *task) run(ctx context.Context) (handoff.Landed, error) {
	fields := t.layout.fieldsOf()
	t.feed = &feed{layout: t.layout, fields: fields, through: t.through, most: min(t.plan.Limits.MemoryMB<<20/8, mostTogether),
		stamps: stampReader{order: t.layout.source.DateOrder, zone: t.plan.Location, timed: map[string]bool{}}}
	defer t.feed.drop()
	landed := handoff.Landed{File: t.file, Key: t.key, Tables: map[string]string{}, Fields: t.layout.presentNames(fields), Layout: t.layout.described()}
	if err := t.mended(ctx); err != nil {
		return handoff.Landed{Layout: landed.Layout}, err
	}
	t.checks = t.layout.checks(fields, t.file.Date)
	for _, step := range []func(context.Context, *handoff.Landed) error{t.writeGood, t.writeRejects, t.writeMends, t.reconcile, t.describe} {
		if err := step(ctx, &landed); err != nil {
			return t.refused(landed), err
		}
	}
	return landed, nil
}

// refused is what is left of a file that is refused: its layout and, where it is refused for its rejects, what goes back to the clerk.
func (t *task) refused(landed handoff.Landed) handoff.Landed {
	for _, path := range landed.Tables {
		os.Remove(path)
	}
	left := handoff.Landed{Layout: landed.Layout}
	if landed.Rows != "" {
		left.Rejects, left.Rows, left.Mends, left.Replaces, left.From = landed.Rejects, landed.Rows, landed.Mends, landed.Replaces, landed.From
	}
	return left
}

func (t *task) path(what string) string {
	return t.plan.path(t.key, what+".parquet")
}

func (t *task) count(ctx context.Context, from string) (int64, error) {
	rows, err := t.db.Query(ctx, "select count(*) from "+from)
	if err != nil {
		return 0, err
	}
	return rows.Values[0][0].(int64), nil
}

// writeGood writes the rows that can be used, and counts them in what was written.
func (t *task) writeGood(ctx context.Context, landed *handoff.Landed) (err error) {
	for i, kind := range t.layout.kindsIn() {
		path := t.path(kind.Name)
		landed.Tables[kind.Name] = path
		write := t.layout.good(kind, t.feed.fields, t.checks, t.key, path)
		if err := t.feed.into(ctx, t.db, write); err != nil {
			return err
		}
		if i > 0 || !t.feed.learnt() {
			continue
		}
		if err := t.feed.into(ctx, t.db, write); err != nil {
			return err
		}
	}
	landed.Read = t.feed.read
	landed.Good, err = t.count(ctx, "read_parquet("+duck.Literal(landed.Tables[t.layout.kind.Name])+")")
	return err
}

// reconcile holds what was written to what the decoder counted: a row that was lost on the way ends the night.
func (t *task) reconcile(_ context.Context, landed *handoff.Landed) error {
	if landed.Read != landed.Good+landed.Rejected {
		return fmt.Errorf("%d rows were read, but %d good and %d rejected rows were written", landed.Read, landed.Good, landed.Rejected)
	}
	return nil
}

// describe adds what is worth telling of the file.
func (t *task) describe(ctx context.Context, landed *handoff.Landed) error {
	for _, n := range t.layout.notes {
		landed.Notes = append(landed.Notes, handoff.Note{Message: n})
	}
	landed.Notes = append(landed.Notes, t.layout.issues...)
	if passed := t.feed.passed; passed.lines > 0 {
		landed.Notes = append(landed.Notes, handoff.Note{Message: "lines that are no records, passed over: " + passed.list()})
	}
	if rounded := t.feed.rounded(); len(rounded) > 0 {
		landed.Notes = append(landed.Notes, handoff.Note{Message: "numbers that a spreadsheet program has rounded, kept as they are: " + strings.Join(rounded, ", ")})
	}
	if lost := t.feed.lost; lost.lines > 0 {
		landed.Notes = append(landed.Notes, handoff.Note{Issue: "unreadable_text", Rows: int64(lost.lines),
			Message: "bytes that are no characters of its encoding, shown as �, in the rows at " + lost.list() + ": save the file in one encoding and hand it in again"})
	}
	if t.feed.hidden > 0 {
		landed.Notes = append(landed.Notes, handoff.Note{Message: fmt.Sprintf("hidden rows, read like the others: %d", t.feed.hidden)})
	}
	if days := t.feed.dayOnly(); len(days) > 0 {
		landed.Notes = append(landed.Notes, handoff.Note{Issue: "day_precision", Rows: int64(len(days)),
			Message: "without a time of day, so hours can't be measured: " + strings.Join(days, ", ")})
	}
	if err := t.unmapped(ctx, landed); err != nil {
		return err
	}
	return t.controlTotals(landed)
}

// unmapped counts the words that no list knows, in the rows that were landed.
func (t *task) unmapped(ctx context.Context, landed *handoff.Landed) error {
	var parts []string
	for _, f := range t.feed.unmapped() {
		parts = append(parts, fmt.Sprintf("select %s as field, %s as value from %s where %s is not null and %s is null",
			duck.Literal(f.Name), duck.Name(f.Name), t.landedOf(f, landed), duck.Name(f.Name), duck.Name(f.Name+"_code")))
	}
	if len(parts) == 0 {
		return nil
	}
	rows, err := t.db.Query(ctx, "select field, value, count(*) from ("+strings.Join(parts, " union all ")+") group by all order by all")
	for _, r := range rows.Values {
		landed.Unmapped = append(landed.Unmapped, handoff.Unmapped{Field: r[0].(string), Value: r[1].(string), Rows: r[2].(int64)})
	}
	return err
}

// landedOf is the landed file that holds a field.
func (t *task) landedOf(f record.Field, landed *handoff.Landed) string {
	kind := t.layout.kind.Name
	if _, own := t.layout.kind.Field(f.Name); !own {
		kind = "callbacks"
	}
	return "read_parquet(" + duck.Literal(landed.Tables[kind]) + ")"
}
