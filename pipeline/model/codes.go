package model

import (
	"context"
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

// withCodes casts the columns of a query that are among the codes. A query that is wrong stays as it is: building it will say why.
func withCodes(ctx context.Context, w *duck.DB, sql string, codes []string) string {
	if len(codes) == 0 {
		return sql
	}
	described, err := w.Query(ctx, "describe "+sql)
	if err != nil {
		return sql
	}
	var casts []string
	for _, column := range described.Values {
		if name, kind := column[0].(string), column[1].(string); kind == "VARCHAR" && slices.Contains(codes, name) {
			casts = append(casts, duck.Name(name)+"::"+duck.Name("code."+name)+" as "+duck.Name(name))
		}
	}
	if casts == nil {
		return sql
	}
	return "select * replace (" + strings.Join(casts, ", ") + ") from (" + sql + "\n)"
}
