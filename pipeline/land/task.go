package land

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/record"
)

// task is one file on its way.
type task struct {
	plan    Plan
	file    handoff.File
	key     string
	layout  layout
	db      *duck.DB
	fields  []field
	dayOnly []string                  // headers of the stamps without any time of day
	through func(io.Writer) io.Writer // between decoder and loader; tests lose rows there
}

func (t *task) run(ctx context.Context) (handoff.Landed, error) {
	none := handoff.Landed{}
	got, err := load(ctx, t.db, t.layout, t.through)
	if err != nil {
		return none, err
	}
	loaded, err := t.count(ctx, "cells")
	if err != nil {
		return none, err
	}
	if loaded != got.read {
		return none, fmt.Errorf("%d rows were read and %d loaded", got.read, loaded)
	}
	if err := t.judge(ctx, got.read); err != nil {
		return none, err
	}
	bad, err := t.counts(ctx, got.read)
	if err != nil {
		return none, err
	}
	if err := t.tooMany(ctx, got.read, bad); err != nil {
		return none, err
	}
	return t.write(ctx, got, bad)
}

// counts holds the judged rows to the count of the decoder, and gives how many of them can't be used. In passing it finds the stamp
// columns without any time of day.
func (t *task) counts(ctx context.Context, read int64) (bad int64, err error) {
	columns, names := []string{"count(*)", "count(*) filter (where bad)"}, []string{"", ""}
	for _, f := range t.fields {
		if f.Type == record.Stamp {
			columns = append(columns, "coalesce(bool_and("+duck.Name(f.Name+"_day")+"), false)")
			names = append(names, headerOf(t.fields, f.Name))
		}
	}
	rows, err := t.db.Query(ctx, "select "+strings.Join(columns, ", ")+" from judged")
	if err != nil {
		return 0, err
	}
	counted := rows.Values[0]
	if judged := counted[0].(int64); judged != read {
		return 0, fmt.Errorf("%d rows were read and %d judged", read, judged)
	}
	for i, day := range counted[2:] {
		if day.(bool) {
			t.dayOnly = append(t.dayOnly, names[i+2])
		}
	}
	return counted[1].(int64), nil
}

func (t *task) count(ctx context.Context, from string) (int64, error) {
	rows, err := t.db.Query(ctx, "select count(*) from "+from)
	if err != nil {
		return 0, err
	}
	return rows.Values[0][0].(int64), nil
}

// manyRows is from how many rows on each is judged while it is written. Fewer are judged once and kept: then the engine's planning
// takes longer than its work.
const manyRows = 50_000

func (t *task) judge(ctx context.Context, read int64) error {
	if err := t.runningNumber(ctx); err != nil {
		return err
	}
	t.fields = t.layout.fieldsOf()
	if err := t.db.Exec(ctx, givenView(t.fields)); err != nil {
		return err
	}
	if err := recognise(ctx, t.db, t.fields); err != nil {
		return err
	}
	if err := t.layout.readings(ctx, t.db, t.fields, t.plan.Location); err != nil {
		return err
	}
	what := "table"
	if read > manyRows {
		what = "view"
	}
	return t.layout.judge(ctx, t.db, what, t.fields, t.file.Date)
}

// runningNumber takes a running number for the id only where it is one: unique.
func (t *task) runningNumber(ctx context.Context) error {
	for _, m := range t.layout.matches {
		if m.reads != "unique" {
			continue
		}
		cell := t.layout.cell(m.column)
		repeated, err := t.db.Query(ctx, fmt.Sprintf("select count(*) <> count(distinct %s) from cells", cell))
		if err != nil {
			return err
		}
		if repeated.Values[0][0].(bool) {
			return refusal("missing_column", "name the column of the id in the source's columns", "no column gives %s: %s isn't unique", m.field, t.layout.header.names[m.column])
		}
	}
	return nil
}

// fewRejects is how many rejects no share makes too many.
const fewRejects = 5

func (t *task) tooMany(ctx context.Context, read, n int64) error {
	if n < fewRejects || float64(n) <= t.plan.Limits.MaxRejectShare*float64(read) {
		return nil
	}
	if err := t.layout.reject(ctx, t.db, t.fields, t.file.Date, t.key); err != nil {
		return err
	}
	rows, err := t.db.Query(ctx, "select reason, coalesce(header, field), count(*), min_by(coalesce(value, ''), src_row), min_by(src_line, src_row) from rejected group by 1, 2 order by 3 desc, 1, 2 limit 3")
	if err != nil {
		return err
	}
	var most []string
	for _, r := range rows.Values {
		most = append(most, fmt.Sprintf("%s of %v in %v rows (%q at %v)", strings.ReplaceAll(fmt.Sprint(r[0]), "_", " "), r[1], r[2], r[3], r[4]))
	}
	return refusal("too_many_rejects", "correct the export, map its columns in the source, or raise limits.max_reject_share", "%d of %d rows can't be used: %s", n, read, strings.Join(most, "; "))
}

// write writes the landed files and counts what is in them.
func (t *task) write(ctx context.Context, got fed, bad int64) (handoff.Landed, error) {
	landed := handoff.Landed{File: t.file, Key: t.key, Tables: map[string]string{}, Fields: t.layout.presentNames(t.fields), Read: got.read}
	for _, kind := range t.layout.kindsIn() {
		path := t.path(kind.Name)
		if err := t.db.Exec(ctx, t.layout.good(kind, t.fields, t.key, path)); err != nil {
			return landed, err
		}
		landed.Tables[kind.Name] = path
	}
	if bad > 0 {
		if err := t.writeRejects(ctx, &landed); err != nil {
			return landed, err
		}
	}
	if err := t.reconcile(ctx, &landed); err != nil {
		return landed, err
	}
	return landed, t.describe(ctx, &landed, got.totals)
}

func (t *task) path(what string) string {
	return filepath.Join(t.plan.Folder, t.key+"."+what+".parquet")
}

func (t *task) writeRejects(ctx context.Context, landed *handoff.Landed) error {
	if err := t.layout.reject(ctx, t.db, t.fields, t.file.Date, t.key); err != nil {
		return err
	}
	landed.Rejects = t.path("rejects")
	return t.db.Exec(ctx, statement("rejects", "{path}", duck.Literal(landed.Rejects)))
}

// reconcile counts in the files themselves: a row that was lost on the way ends the night.
func (t *task) reconcile(ctx context.Context, landed *handoff.Landed) (err error) {
	good := "read_parquet(" + duck.Literal(landed.Tables[t.layout.kind.Name]) + ")"
	if landed.Good, err = t.count(ctx, good); err != nil {
		return err
	}
	if landed.Rejects != "" {
		if landed.Rejected, err = t.count(ctx, "(select distinct src_row from read_parquet("+duck.Literal(landed.Rejects)+"))"); err != nil {
			return err
		}
	}
	if landed.Read != landed.Good+landed.Rejected {
		return fmt.Errorf("%d rows were read, but %d good and %d rejected rows were written", landed.Read, landed.Good, landed.Rejected)
	}
	return nil
}

// describe adds what is worth telling of the file.
func (t *task) describe(ctx context.Context, landed *handoff.Landed, sums []totals) error {
	for _, n := range t.layout.notes {
		landed.Notes = append(landed.Notes, handoff.Note{Message: n})
	}
	if len(t.dayOnly) > 0 {
		landed.Notes = append(landed.Notes, handoff.Note{Issue: "day_precision", Rows: int64(len(t.dayOnly)),
			Message: "without a time of day, so hours can't be measured: " + strings.Join(t.dayOnly, ", ")})
	}
	if err := t.unmapped(ctx, landed); err != nil {
		return err
	}
	return t.controlTotals(ctx, landed, sums)
}

func (t *task) unmapped(ctx context.Context, landed *handoff.Landed) error {
	var parts []string
	for _, f := range t.fields {
		if f.Type == record.Code || f.Type == record.YesNo {
			parts = append(parts, fmt.Sprintf("select %s as field, %s as value from %s where %s is not null and %s is null",
				duck.Literal(f.Name), duck.Name(f.Name), t.landedOf(f, landed), duck.Name(f.Name), duck.Name(f.Name+"_code")))
		}
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
func (t *task) landedOf(f field, landed *handoff.Landed) string {
	kind := t.layout.kind.Name
	if _, own := t.layout.kind.Field(f.Name); !own {
		kind = "callbacks"
	}
	return "read_parquet(" + duck.Literal(landed.Tables[kind]) + ")"
}
