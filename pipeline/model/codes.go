package model

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"noticeboard/pipeline/duck"
)

// Codes are columns with few different values, such as zone, category and period: queries/code/ lists the values of each. On a large night
// they are stored as the engine's enumerations, which are written, joined and sorted in a third of the time that text takes; whoever
// reads them sees text, in the order of text. On other nights the gain is less than what it takes to look up the columns of each query.

// mostCodes is how many values a code may have. Each column that is stored so carries the list of its values.
const mostCodes = 10_000

// makeCode makes the enumeration of a code from the relation that lists its values, if there are some, and not too many. made tells whether
// there are.
func (q Query) makeCode(ctx context.Context, w *duck.DB) (made bool, err error) {
	rows, err := w.Query(ctx, "select count(*) from "+duck.Name(q.Relation()))
	if err != nil || rows.Values[0][0].(int64) == 0 || rows.Values[0][0].(int64) > mostCodes {
		return false, err
	}
	return true, w.Exec(ctx, fmt.Sprintf("create type %s as enum (select %s from %s order by all)", duck.Name(q.Relation()), duck.Name(q.Table), duck.Name(q.Relation())))
}

// storage is how a large night stores what a query gives: codes as such, and ids as they are. To look for repetitions among ids, which have
// none, takes longer than all else about storing them.
type storage struct {
	casts   []string // of columns that are codes, and come as text
	columns []string // the definition of each column; nil where none is an id, or one has a type that can't be named
}

// storageOf asks the engine for the columns of a query. A query that is wrong has none: building it will say why.
func storageOf(ctx context.Context, w *duck.DB, sql string, codes []string) storage {
	described, err := w.Query(ctx, "describe "+sql)
	if err != nil {
		return storage{}
	}
	var s storage
	ids, nameless := false, false
	for _, column := range described.Values {
		name, kind := column[0].(string), column[1].(string)
		text, enumeration := kind == "VARCHAR", strings.Contains(kind, "ENUM(")
		switch isCode := slices.Contains(codes, name); {
		case isCode && text:
			s.casts = append(s.casts, duck.Name(name)+"::"+duck.Name("code."+name)+" as "+duck.Name(name))
			kind = duck.Name("code." + name)
		case isCode && enumeration && strings.HasSuffix(kind, ")"):
			kind = duck.Name("code." + name)
		case enumeration, strings.Contains(kind, `"`):
			nameless = true
		case text && (name == "id" || strings.HasSuffix(name, "_id")):
			ids = true
			kind += " using compression uncompressed"
		}
		s.columns = append(s.columns, duck.Name(name)+" "+kind)
	}
	if !ids || nameless {
		s.columns = nil
	}
	return s
}

// store makes the table of a query so.
func (s storage) store(ctx context.Context, w *duck.DB, relation, sql string) error {
	if s.casts != nil {
		sql = "select * replace (" + strings.Join(s.casts, ", ") + ") from (" + sql + "\n)"
	}
	if s.columns == nil {
		return w.Exec(ctx, "create table "+duck.Name(relation)+" as "+sql)
	}
	if err := w.Exec(ctx, "create table "+duck.Name(relation)+" ("+strings.Join(s.columns, ", ")+")"); err != nil {
		return err
	}
	err := w.Exec(ctx, "insert into "+duck.Name(relation)+" "+sql)
	if err != nil {
		return errors.Join(err, w.Exec(context.WithoutCancel(ctx), "drop table "+duck.Name(relation)))
	}
	return nil
}
