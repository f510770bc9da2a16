package land

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/handoff"
)

// mended makes the table of the rows that mend others: by what date a row is judged must be known before it is.
func (t *task) mended(ctx context.Context) error {
	back := t.layout.back
	if back == nil {
		return nil
	}
	if err := back.read(t.layout); err != nil {
		return err
	}
	t.layout.notes = append(t.layout.notes, back.resolve(t.plan, t.file.Kind)...)
	if err := back.judgeWhole(); err != nil {
		return err
	}
	var rows [][]any
	for _, m := range back.mends {
		if date, known := back.date(m); known {
			rows = append(rows, []any{m.row, m.Digest, m.Row, date.AddDate(0, 0, 2)})
		}
	}
	if err := t.db.Exec(ctx, "drop table if exists main.mends"); err != nil { // of the file before: engines go from file to file
		return err
	}
	return t.db.Fill(ctx, "main.mends", []duck.Column{{Name: "mending_row", Type: "BIGINT"}, {Name: "mended_digest", Type: "VARCHAR"},
		{Name: "mended_row", Type: "BIGINT"}, {Name: "too_late", Type: "TIMESTAMP"}}, rows)
}

// tooLate is the moment from which on nothing can have happened yet, row by row: a mended row has the file date of the row it mends.
func (b *handBack) tooLate(own string) string {
	if b.entire != nil {
		return duck.Literal(b.entire.Date.AddDate(0, 0, 2))
	}
	return "coalesce((select too_late from mends where mending_row = n), " + own + ")"
}

// writeMends writes which rows of which exports the file's rows mend, good ones and bad ones.
func (t *task) writeMends(ctx context.Context, landed *handoff.Landed) error {
	back := t.layout.back
	if back == nil {
		return nil
	}
	if back.entire != nil {
		landed.Replaces = back.entire.Digest
	}
	landed.From = map[string]string{}
	for _, m := range back.mends {
		landed.From[m.Digest] = ""
		if export, known := back.from[m.Digest]; known {
			landed.From[m.Digest] = t.plan.identity(export)
		}
	}
	landed.Mends = t.path("mends")
	return t.db.Exec(ctx, statement("mends", "{landed}", fmt.Sprintf("%d::bigint", t.key), "{kind}", duck.Literal(t.layout.kind.Name), "{path}", duck.Literal(landed.Mends)))
}

// identity is what of an export decides how its returned rows are read: its date, and the key of how it is read itself.
func (p Plan) identity(f handoff.File) string {
	return f.Date.Format(time.DateOnly) + " " + fmt.Sprint(p.key(f, p.source(f)))
}

// stillFrom tells whether references that were resolved when a file was landed would be resolved in the same way now.
func (p Plan) stillFrom(landed handoff.Landed, kind string) bool {
	for _, digest := range slices.Sorted(maps.Keys(landed.From)) {
		now := ""
		if export, known := p.exports[[2]string{kind, digest}]; known {
			now = p.identity(export)
		}
		if now != landed.From[digest] {
			return false
		}
	}
	return true
}
