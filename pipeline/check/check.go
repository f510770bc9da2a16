// Package check asks the built warehouse whether its figures can be published: every relation's key, and every check query.
//
// It repairs nothing and knows no metric: a check is a query for the bad rows.
//
// Invariant: a check that returns rows is never passed over; a stop-check that does ends the night with nothing published.
package check

import (
	"context"
	"fmt"
	"strings"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/model"
)

// Finding is a check that found bad rows.
type Finding struct {
	File    string   // the query file
	Rule    string   // its name, or "key"
	Stop    bool     // it ends the night
	What    string   // what the rows are
	Rows    int64    // how many there are
	Columns []string // of Sample
	Sample  [][]any  // the first rows
}

// Verdict is what the checks found.
type Verdict struct {
	Stops    []Finding
	Warnings []Finding
}

// sampled is how many bad rows a finding shows.
const sampled = 5

// Run runs every check. The error is for what could not be asked; what was found is in the verdict.
func Run(ctx context.Context, w *duck.Warehouse, catalog model.Catalog) (Verdict, error) {
	keys := len(catalog.Queries)
	findings := make([]Finding, keys+len(catalog.Checks))
	err := w.Share(len(findings), func(hand *duck.DB, i int) (err error) {
		if i < keys {
			findings[i], err = keyOf(ctx, hand, catalog.Queries[i])
		} else {
			findings[i], err = ask(ctx, hand, catalog.Checks[i-keys])
		}
		return err
	})
	var v Verdict
	for _, f := range findings {
		switch {
		case f.Rows == 0:
		case f.Stop:
			v.Stops = append(v.Stops, f)
		default:
			v.Warnings = append(v.Warnings, f)
		}
	}
	return v, err
}

// keyOf finds rows of a relation that its key doesn't tell apart, or that lack a part of it.
func keyOf(ctx context.Context, w *duck.DB, q model.Query) (Finding, error) {
	names := make([]string, len(q.Key))
	empty := make([]string, len(q.Key))
	for i, k := range q.Key {
		names[i] = duck.Name(k)
		empty[i] = duck.Name(k) + " is null"
	}
	keys, lacking := strings.Join(names, ", "), strings.Join(empty, " or ")
	var f Finding
	told, err := tells(ctx, w, q, keys, lacking)
	if err == nil && !told {
		f, err = found(ctx, w, fmt.Sprintf("select %s, count(*) as rows from %s group by %s having count(*) > 1 or %s order by all", keys, duck.Name(q.Relation()), keys, lacking))
	}
	if err != nil {
		return f, fault.New(fault.Configuration, []fault.Problem{{File: q.File, Message: "its key can't be tested: " + err.Error(), Hint: "name columns of the relation after \"-- Key:\""}})
	}
	f.File, f.Rule, f.Stop, f.What = q.File, "key", true, "rows that the key ("+strings.Join(q.Key, ", ")+") doesn't tell apart, or that lack a part of it"
	return f, nil
}

// tells is a quick proof that a key tells all rows apart: there are as many hashes of keys as rows. Where two keys share a hash it
// fails, and the keys themselves must be compared.
func tells(ctx context.Context, w *duck.DB, q model.Query, keys, lacking string) (bool, error) {
	rows, err := w.Query(ctx, fmt.Sprintf("select count(*) = count(distinct hash(%s)) and not coalesce(bool_or(%s), false) from %s", keys, lacking, duck.Name(q.Relation())))
	if err != nil {
		return false, err
	}
	return rows.Values[0][0].(bool), nil
}

func ask(ctx context.Context, w *duck.DB, c model.Query) (Finding, error) {
	f, err := found(ctx, w, c.SQL)
	if err != nil {
		return f, fault.New(fault.Configuration, []fault.Problem{{File: c.File, Message: err.Error()}})
	}
	f.File, f.Rule, f.Stop, f.What = c.File, c.Rule, c.Stop, c.What
	return f, nil
}

func found(ctx context.Context, w *duck.DB, query string) (Finding, error) {
	total, err := w.Query(ctx, "select count(*) from (\n"+query+"\n)")
	if err != nil {
		return Finding{}, err
	}
	f := Finding{Rows: total.Values[0][0].(int64)}
	if f.Rows == 0 {
		return f, nil
	}
	rows, err := w.Query(ctx, fmt.Sprintf("select * from (\n%s\n) limit %d", query, sampled))
	f.Columns, f.Sample = rows.Columns, rows.Values
	return f, err
}

// Fault turns the stops of a verdict into the error that ends the night; nil when there are none.
func (v Verdict) Fault() error {
	var problems []fault.Problem
	for _, f := range v.Stops {
		problems = append(problems, f.Problem())
	}
	return fault.New(fault.Check, problems)
}

// Problem says in a person's words what a finding found.
func (f Finding) Problem() fault.Problem {
	lines := []string{fmt.Sprintf("%s (%d)", f.What, f.Rows)}
	for _, row := range f.Sample {
		parts := make([]string, len(row))
		for i, v := range row {
			parts[i] = fmt.Sprintf("%s=%v", f.Columns[i], shown(v))
		}
		lines = append(lines, "    "+strings.Join(parts, " "))
	}
	if f.Rows > int64(len(f.Sample)) {
		lines = append(lines, "    …")
	}
	hint := "look at these rows in the exports, or mend the query"
	if f.Stop {
		hint = "yesterday's reports stay as they are; " + hint
	}
	return fault.Problem{File: f.File, Message: strings.Join(lines, "\n"), Hint: hint}
}

func shown(v any) any {
	if v == nil {
		return "—"
	}
	return v
}
