package model

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"sort"
	"strings"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/layer"
	"noticeboard/pipeline/record"
)

// Catalog is every query of a night, in the order in which they are built.
type Catalog struct {
	Queries []Query // relations only, each after all it reads
	Checks  []Query
	Macros  []Macro
}

// reads says which schemas a schema may read: layers point one way.
var reads = map[string][]string{
	"stg":    {"raw", "ref", "stg"},
	"int":    {"stg", "ref", "int"},
	"code":   {"raw", "ref", "stg", "int"},
	"cohort": {"stg", "int", "ref"},
	"mart":   {"raw", "ref", "stg", "int", "cohort", "mart"},
	"rpt":    {"mart", "int", "ref", "rpt"},
	"public": {"mart", "ref", "public"},
	"kept":   {"int", "ref", "cohort", "mart", "kept"},
}

// Load reads and orders the queries of a folder: fn, stg, int, code, cohort, mart, rpt, public, kept. All problems come back at once.
func Load(ctx context.Context, fsys fs.FS) (Catalog, []fault.Problem) {
	parser, err := duck.Memory()
	if err != nil {
		return Catalog{}, []fault.Problem{{Message: err.Error()}}
	}
	defer parser.Close()
	var c Catalog
	var queries []Query
	problems := walk(fsys, func(file, schema, stem, sql string) []fault.Problem {
		if schema == "fn" {
			m, bad := parseMacro(file, stem, sql)
			c.Macros = append(c.Macros, m)
			return bad
		}
		table, rule, isCheck := strings.Cut(stem, ".check.")
		q, bad := parseQuery(file, schema, table, rule, sql)
		bad = append(bad, q.resolve(ctx, parser)...)
		if isCheck {
			c.Checks = append(c.Checks, q)
		} else {
			queries = append(queries, q)
		}
		return bad
	})
	problems = append(problems, c.order(queries)...)
	return c, append(problems, c.conflicts()...)
}

func walk(fsys fs.FS, each func(file, schema, stem, sql string) []fault.Problem) []fault.Problem {
	files, err := layer.Glob(fsys, ".", ".sql")
	if err != nil {
		return []fault.Problem{{File: "queries", Message: err.Error()}}
	}
	var problems []fault.Problem
	for _, name := range files {
		shown := "queries/" + name
		schema := path.Dir(name)
		if _, known := reads[schema]; !known && schema != "fn" {
			problems = append(problems, fault.Problem{File: shown, Message: fmt.Sprintf("%q is not a folder of queries", schema), Hint: "use fn, stg, int, code, cohort, mart, rpt, public or kept"})
			continue
		}
		sql, err := fs.ReadFile(fsys, name)
		if err != nil {
			problems = append(problems, fault.Problem{File: shown, Message: err.Error()})
			continue
		}
		problems = append(problems, each(shown, schema, strings.TrimSuffix(path.Base(name), ".sql"), string(sql))...)
	}
	return problems
}

// forbidden names functions whose result depends on when or where a query runs, or that reach outside the warehouse.
var forbidden = map[string]bool{
	"now": true, "today": true, "current_date": true, "current_timestamp": true, "current_time": true, "get_current_timestamp": true, "get_current_time": true,
	"transaction_timestamp": true, "current_localtime": true, "current_localtimestamp": true, "random": true, "setseed": true, "uuid": true, "uuidv4": true, "uuidv7": true, "gen_random_uuid": true,
	"getenv": true, "query": true,
}

var allowedTableFunctions = map[string]bool{"range": true, "generate_series": true, "unnest": true}

// resolve finds what the query reads, by DuckDB's own parser, and refuses what a night can't allow.
func (q *Query) resolve(ctx context.Context, parser *duck.Warehouse) []fault.Problem {
	refs, err := parser.Parse(ctx, q.SQL)
	if err != nil {
		return []fault.Problem{{File: q.File, Message: err.Error()}}
	}
	var problems []fault.Problem
	refuse := func(message, hint string) {
		problems = append(problems, fault.Problem{File: q.File, Message: message, Hint: hint})
	}
	for _, f := range refs.TableFunctions {
		if f == "query_table" && (q.Schema == "mart" || q.Schema == "kept") {
			q.Cohorts = true
			continue
		}
		if !allowedTableFunctions[f] {
			refuse(fmt.Sprintf("the table function %s is not allowed", f), "read relations; files come in as exports only")
		}
	}
	for _, f := range refs.Functions {
		if forbidden[f] {
			refuse(fmt.Sprintf("the function %s is not allowed: two runs of a night must give the same figures", f), "use getvariable('as_of') for the date of the run")
		}
	}
	ctes := map[string]bool{}
	for _, c := range refs.CTEs {
		ctes[c] = true
	}
	for _, t := range refs.Tables {
		schema, _, qualified := strings.Cut(t, ".")
		switch {
		case !qualified && ctes[t]:
		case !qualified:
			refuse(fmt.Sprintf("%s is neither a step of this query nor schema.table", t), "write the schema, such as stg."+t)
		case !allows(q.Schema, schema):
			refuse(fmt.Sprintf("%s may not read %s", q.Schema, t), "it may read "+strings.Join(reads[q.Schema], ", "))
		default:
			q.Reads = append(q.Reads, t)
		}
	}
	return problems
}

func allows(from, to string) bool {
	for _, s := range reads[from] {
		if s == to {
			return true
		}
	}
	return false
}

// order puts each query after all it reads. What reads the cohorts comes after every one of them.
func (c *Catalog) order(queries []Query) []fault.Problem {
	byName := map[string]*Query{}
	var cohorts []string
	for i := range queries {
		q := &queries[i]
		byName[q.Relation()] = q
		if q.Schema == "cohort" {
			cohorts = append(cohorts, q.Relation())
		}
	}
	state := map[string]int{} // 1: on the way, 2: done
	var problems []fault.Problem
	var visit func(q *Query, path []string)
	visit = func(q *Query, path []string) {
		name := q.Relation()
		if state[name] == 2 {
			return
		}
		if state[name] == 1 {
			problems = append(problems, fault.Problem{File: q.File, Message: "it reads itself: " + strings.Join(append(path, name), " → ")})
			return
		}
		state[name] = 1
		for _, r := range q.needs(cohorts) {
			next, there := byName[r]
			if there {
				visit(next, append(path, name))
			} else if !given(r) {
				problems = append(problems, fault.Problem{File: q.File, Message: "there is no relation " + r, Hint: closest(r, byName)})
			}
		}
		state[name] = 2
		c.Queries = append(c.Queries, *q)
	}
	for _, code := range codesFirst(byName) {
		visit(code, nil)
	}
	for i := range queries {
		visit(&queries[i], nil)
	}
	for _, check := range c.Checks {
		for _, r := range check.Reads {
			if byName[r] == nil && !given(r) {
				problems = append(problems, fault.Problem{File: check.File, Message: "there is no relation " + r, Hint: closest(r, byName)})
			}
		}
	}
	return problems
}

// codesFirst lists the codes, those with the fewest relations beneath them first: what comes after a code can be stored with it.
func codesFirst(byName map[string]*Query) []*Query {
	var list []*Query
	beneath := map[*Query]int{}
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		if q := byName[name]; q.Schema == "code" {
			seen := map[string]bool{}
			q.beneath(byName, seen)
			list, beneath[q] = append(list, q), len(seen)
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return beneath[list[i]] < beneath[list[j]] })
	return list
}

func (q *Query) beneath(byName map[string]*Query, seen map[string]bool) {
	for _, r := range q.Reads {
		if next := byName[r]; next != nil && !seen[r] {
			seen[r] = true
			next.beneath(byName, seen)
		}
	}
}

func (q *Query) needs(cohorts []string) []string {
	if !q.Cohorts {
		return q.Reads
	}
	return append(append([]string{}, q.Reads...), cohorts...)
}

// Inputs lists the relations that a query reads, all cohorts among them where it reads them by query_table.
func (c Catalog) Inputs(q Query) []string {
	var cohorts []string
	for _, other := range c.Queries {
		if other.Schema == "cohort" {
			cohorts = append(cohorts, other.Relation())
		}
	}
	return q.needs(cohorts)
}

// given tells whether a relation is filled by the model room itself, not by a query.
func given(relation string) bool {
	schema, table, _ := strings.Cut(relation, ".")
	if schema == "ref" {
		return true // the reader of reference files names its tables; a wrong name fails when the query is tried
	}
	if schema != "raw" {
		return false
	}
	if _, kind := record.Find(table); kind {
		return true
	}
	switch table {
	case "files", "file_fields", "unmapped", "notes", "rejects", "refused_rows", "mends":
		return true
	}
	return false
}

func closest(relation string, known map[string]*Query) string {
	best, distance := "", 4
	names := make([]string, 0, len(known))
	for n := range known {
		names = append(names, n)
	}
	sort.Strings(names)
	for _, n := range names {
		if d := fault.Distance(relation, n); d < distance {
			best, distance = n, d
		}
	}
	if best == "" {
		return ""
	}
	return "did you mean " + best + "?"
}

// conflicts finds metrics that two relations claim to feed.
func (c *Catalog) conflicts() []fault.Problem {
	var problems []fault.Problem
	owner := map[string]string{}
	for _, q := range c.Queries {
		for _, f := range q.Figures {
			if before, twice := owner[f.Metric]; twice {
				problems = append(problems, fault.Problem{File: q.File, Message: fmt.Sprintf("the metric %s is also fed by %s", f.Metric, before), Hint: "give one of them another name"})
			}
			owner[f.Metric] = q.File
		}
	}
	return problems
}

// Kept lists what a night keeps for later ones, as these will read it: ref.published_<table>.
func (c Catalog) Kept() []handoff.Published {
	var list []handoff.Published
	for _, q := range c.Queries {
		if q.Schema == "kept" {
			list = append(list, handoff.Published{Table: q.Table, Columns: q.Columns, Back: q.Back})
		}
	}
	return list
}

// Find gives the query of a relation.
func (c Catalog) Find(relation string) (Query, bool) {
	for _, q := range c.Queries {
		if q.Relation() == relation {
			return q, true
		}
	}
	return Query{}, false
}

// Feeding gives the query that feeds a metric.
func (c Catalog) Feeding(metric string) (Query, Figure, bool) {
	for _, q := range c.Queries {
		for _, f := range q.Figures {
			if f.Metric == metric {
				return q, f, true
			}
		}
	}
	return Query{}, Figure{}, false
}

// Metrics lists all metrics by name.
func (c Catalog) Metrics() []string {
	var names []string
	for _, q := range c.Queries {
		for _, f := range q.Figures {
			names = append(names, f.Metric)
		}
	}
	sort.Strings(names)
	return names
}
