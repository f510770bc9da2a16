package duck

import (
	"context"
	"strings"
)

// Part is a relation of a copy, and which of its columns are in it.
type Part struct {
	Relation string
	Columns  []Column
}

// Copy writes those relations, in their stored order and with their comments, to a new database file. Its folder must be one that the seal leaves open.
func (w *Warehouse) Copy(ctx context.Context, parts []Part, target string) error {
	// Without a log, as the warehouse itself: see settings.
	if err := w.Exec(ctx, "attach "+Literal(target)+" as published (recovery_mode no_wal_writes)"); err != nil {
		return err
	}
	err := w.copy(ctx, parts)
	if detached := w.Exec(ctx, "detach published"); err == nil {
		err = detached
	}
	return err
}

func (w *Warehouse) copy(ctx context.Context, parts []Part) error {
	made := map[string]bool{}
	for _, p := range parts {
		schema, _, _ := strings.Cut(p.Relation, ".")
		if made[schema] {
			continue
		}
		made[schema] = true
		if err := w.Exec(ctx, "create schema published."+Name(schema)); err != nil {
			return err
		}
	}
	said, err := w.comments(ctx)
	if err != nil {
		return err
	}
	err = w.Share(len(parts), func(hand *DB, i int) error { return hand.copyPart(ctx, parts[i], said[parts[i].Relation]) })
	if err != nil {
		return err
	}
	return w.Exec(ctx, "checkpoint published")
}

func (d *DB) copyPart(ctx context.Context, p Part, comment string) error {
	names := make([]string, len(p.Columns))
	for i, c := range p.Columns {
		names[i] = c.value() + " as " + Name(c.Name)
	}
	// Rows leave a table in their order by themselves. To ask for it would sort them all.
	if err := d.Exec(ctx, "create table published."+Name(p.Relation)+" as select "+strings.Join(names, ", ")+" from "+Name(p.Relation)); err != nil || comment == "" {
		return err
	}
	return d.Exec(ctx, "comment on table published."+Name(p.Relation)+" is "+Literal(comment))
}

// comments is what relations say of themselves.
func (w *Warehouse) comments(ctx context.Context) (map[string]string, error) {
	rows, err := w.Query(ctx, "select schema_name || '.' || table_name, comment from duckdb_tables() where database_name = current_database() and comment is not null")
	said := map[string]string{}
	for _, r := range rows.Values {
		said[r[0].(string)] = r[1].(string)
	}
	return said, err
}
