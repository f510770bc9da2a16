package duck

import (
	"context"
	"strings"
)

// Part is a relation of a copy, and which of its columns are in it.
type Part struct {
	Relation string
	Columns  []string
}

// Copy writes those relations, in their stored order and with their comments, to a new database file. Its folder must be one that the seal leaves open.
func (w *Warehouse) Copy(ctx context.Context, parts []Part, target string) error {
	if err := w.Exec(ctx, "attach "+Literal(target)+" as published"); err != nil {
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
		if !made[schema] {
			made[schema] = true
			if err := w.Exec(ctx, "create schema published."+Name(schema)); err != nil {
				return err
			}
		}
		names := make([]string, len(p.Columns))
		for i, c := range p.Columns {
			names[i] = Name(c)
		}
		if err := w.Exec(ctx, "create table published."+Name(p.Relation)+" as select "+strings.Join(names, ", ")+" from "+Name(p.Relation)+" order by rowid"); err != nil {
			return err
		}
		if err := w.comment(ctx, p.Relation); err != nil {
			return err
		}
	}
	return w.Exec(ctx, "checkpoint published")
}

// comment copies what a relation says of itself.
func (w *Warehouse) comment(ctx context.Context, relation string) error {
	schema, table, _ := strings.Cut(relation, ".")
	rows, err := w.Query(ctx, "select comment from duckdb_tables() where database_name = current_database() and schema_name = ? and table_name = ? and comment is not null", schema, table)
	if err != nil || len(rows.Values) == 0 {
		return err
	}
	return w.Exec(ctx, "comment on table published."+Name(relation)+" is "+Literal(rows.Values[0][0]))
}
