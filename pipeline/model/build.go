package model

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"time"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/record"
)

// Plan is what the model room needs beside the landed files.
type Plan struct {
	Catalog   Catalog
	Tables    []handoff.Table // ref.*
	Variables []duck.Variable
	Property  map[string]string // source → property of rows that name none
	AsOf      time.Time
	Path      string // of the warehouse to be
	Landed    string // the folder of landed files
	Published []handoff.Published
	Reachable []string // the folders beside Landed that SQL may reach
	TempDir   string
	MemoryMB  int
	Threads   int                                       // of one query; 0: as suits the number of rows
	LargeFrom int64                                     // landed rows from which on a night is large; 0: where it was measured to pay
	Observe   func(relation string, took time.Duration) // may be nil
}

// Run builds the warehouse and seals it before the first query runs. On an error the file is removed.
func Run(ctx context.Context, plan Plan, landing handoff.Landing) (*duck.Warehouse, error) {
	if err := os.MkdirAll(filepath.Dir(plan.Path), 0o700); err != nil {
		return nil, err
	}
	os.Remove(plan.Path)
	w, err := duck.Create(plan.options(landing))
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(plan.Path, 0o600); err != nil {
		w.Close()
		return nil, err
	}
	if err := fill(ctx, w, plan, landing); err != nil {
		w.Close()
		os.Remove(plan.Path)
		return nil, err
	}
	return w, nil
}

// Open opens the warehouse of a night again, read-only, with the variables that its queries and checks read.
func Open(plan Plan) (*duck.Warehouse, error) {
	return duck.OpenReading(plan.Path, plan.Reachable, plan.variables()...)
}

func (p Plan) variables() []duck.Variable {
	var cohorts []string
	for _, q := range p.Catalog.Queries {
		if q.Schema == "cohort" {
			cohorts = append(cohorts, q.Relation())
		}
	}
	sort.Strings(cohorts)
	return append([]duck.Variable{{Name: "as_of", Value: p.AsOf}, {Name: "cohorts", Value: cohorts}}, p.Variables...)
}

func fill(ctx context.Context, w *duck.Warehouse, plan Plan, landing handoff.Landing) error {
	for _, schema := range []string{"raw", "ref", "stg", "int", "code", "cohort", "mart", "rpt", "public", "kept"} {
		if err := w.Exec(ctx, "create schema "+schema); err != nil {
			return err
		}
	}
	if err := w.Seal(ctx, append([]string{plan.Landed}, plan.Reachable...)); err != nil {
		return err
	}
	if err := raw(ctx, w, plan, landing); err != nil {
		return err
	}
	for _, t := range append(plan.Tables, plan.Catalog.metrics()) {
		if err := w.Fill(ctx, t.Name, columns(t.Columns), t.Rows); err != nil {
			return err
		}
	}
	for _, p := range plan.Published {
		if err := w.Past(ctx, "ref.published_"+p.Table, append([]duck.Column{{Name: "published_on", Type: "DATE"}}, columns(p.Columns)...), p.Files); err != nil {
			return err
		}
	}
	if err := macros(ctx, w, plan.Catalog.Macros); err != nil {
		return err
	}
	if err := plan.build(ctx, w.Hands(), plan.isLarge(landing)); err != nil {
		return err
	}
	return w.Save(ctx)
}

func columns(from []handoff.Column) []duck.Column {
	to := make([]duck.Column, len(from))
	for i, c := range from {
		to[i] = duck.Column(c)
	}
	return to
}

// raw makes the landed files readable as raw.<kind>, and tells of the files themselves.
func raw(ctx context.Context, w *duck.Warehouse, plan Plan, landing handoff.Landing) error {
	for _, kind := range record.Kinds() {
		if err := view(ctx, w, "raw."+kind.Name, kind.Relation(), kind.Keys(), paths(landing, func(f handoff.Landed) string { return f.Tables[kind.Name] })); err != nil {
			return err
		}
	}
	for _, beside := range []struct {
		name string
		cols []record.Column
		of   func(handoff.Landed) string
	}{
		{"raw.rejects", record.RejectColumns(), func(f handoff.Landed) string { return f.Rejects }},
		{"raw.refused_rows", record.RowColumns(), func(f handoff.Landed) string { return f.Rows }},
		{"raw.mends", record.MendColumns(), func(f handoff.Landed) string { return f.Mends }},
	} {
		if err := view(ctx, w, beside.name, beside.cols, nil, paths(landing, beside.of)); err != nil {
			return err
		}
	}
	for _, t := range filesOf(landing, plan.Property) {
		if err := w.Fill(ctx, t.Name, columns(t.Columns), t.Rows); err != nil {
			return err
		}
	}
	return nil
}

// paths lists each landed file once: two deliveries of the same bytes share one.
func paths(landing handoff.Landing, of func(handoff.Landed) string) []string {
	seen := map[string]bool{}
	var list []string
	for _, f := range landing.Files {
		if p := of(f); p != "" && !seen[p] {
			seen[p] = true
			list = append(list, p)
		}
	}
	return list
}

// view makes landed files readable as one relation with those columns. A column that a file's export doesn't have is empty; a
// column of keys that says nothing says what its text does; src_line is put together of its parts.
func view(ctx context.Context, w *duck.Warehouse, name string, cols []record.Column, keys map[string]string, files []string) error {
	if len(files) == 0 {
		list := make([]duck.Column, len(cols))
		for i, c := range cols {
			list[i] = duck.Column(c)
		}
		return w.Fill(ctx, name, list, nil)
	}
	literal := strings.TrimSuffix(duck.Literal(files), "::varchar[]")
	found, err := w.Query(ctx, "select name, count(distinct file_name) from parquet_schema("+literal+") group by name")
	if err != nil {
		return err
	}
	there := map[any]bool{}
	options := ""
	for _, r := range found.Values {
		there[r[0]] = true
		if r[1].(int64) < int64(len(files)) {
			options = ", union_by_name = true" // not always: every statement would open every file to be planned
		}
	}
	list := make([]string, len(cols))
	for i, c := range cols {
		name := duck.Name(c.Name)
		text, own := keys[c.Name]
		switch {
		case c.Name == "src_line" && there["src_within"]:
			list[i] = "coalesce(src_within, '') || src_line_no as src_line"
		case c.Name == "src_line" && there["src_line_no"]:
			list[i] = "src_line_no::varchar as src_line"
		case !there[c.Name]:
			list[i] = "null::" + c.Type + " as " + name
		case own:
			list[i] = "coalesce(" + name + ", " + duck.Name(text) + ") as " + name
		default:
			list[i] = name
		}
	}
	return w.Exec(ctx, "create view "+name+" as select "+strings.Join(list, ", ")+" from read_parquet("+literal+options+")")
}

// filesOf gives raw.files (file_no counts in the fixed order: file date, source, name, digest), raw.file_fields, raw.unmapped and raw.notes.
func filesOf(landing handoff.Landing, property map[string]string) []handoff.Table {
	files := handoff.Table{Name: "raw.files", Columns: []handoff.Column{
		{Name: "file_no", Type: "INTEGER"}, {Name: "source", Type: "VARCHAR"}, {Name: "kind", Type: "VARCHAR"}, {Name: "name", Type: "VARCHAR"}, {Name: "digest", Type: "VARCHAR"},
		{Name: "file_date", Type: "DATE"}, {Name: "landed", Type: "BIGINT"}, {Name: "property", Type: "VARCHAR"}, {Name: "read", Type: "BIGINT"}, {Name: "good", Type: "BIGINT"},
		{Name: "rejected", Type: "BIGINT"}, {Name: "refused", Type: "VARCHAR"},
		{Name: "replaced", Type: "VARCHAR"}, {Name: "handed_in", Type: "TIMESTAMP"}, {Name: "header", Type: "VARCHAR"}}}
	fields := handoff.Table{Name: "raw.file_fields", Columns: []handoff.Column{{Name: "landed", Type: "BIGINT"}, {Name: "kind", Type: "VARCHAR"}, {Name: "fields", Type: "VARCHAR[]"}}}
	unmapped := handoff.Table{Name: "raw.unmapped", Columns: []handoff.Column{{Name: "landed", Type: "BIGINT"}, {Name: "field", Type: "VARCHAR"}, {Name: "value", Type: "VARCHAR"}, {Name: "rows", Type: "BIGINT"}}}
	notes := handoff.Table{Name: "raw.notes", Columns: []handoff.Column{{Name: "landed", Type: "BIGINT"}, {Name: "issue", Type: "VARCHAR"}, {Name: "rows", Type: "BIGINT"}, {Name: "message", Type: "VARCHAR"}}}
	sorted := append([]handoff.Landed{}, landing.Files...)
	sort.SliceStable(sorted, func(i, j int) bool { return before(sorted[i].File, sorted[j].File) })
	seen := map[int64]bool{}
	for i, f := range sorted {
		var refused, replaced, handedIn any
		if f.Refused != nil {
			refused = f.Refused.Message
		}
		if f.Replaced != "" {
			replaced = f.Replaced
		}
		if !f.HandedIn.IsZero() {
			handedIn = f.HandedIn
		}
		files.Rows = append(files.Rows, []any{i + 1, f.Source, f.Kind, f.Name, f.Digest, f.Date, f.Key, property[f.Source], f.Read, f.Good, f.Rejected, refused, replaced, handedIn, headerText(f.Layout)})
		if seen[f.Key] {
			continue
		}
		seen[f.Key] = true
		for _, kind := range record.Kinds() {
			if list, there := f.Fields[kind.Name]; there {
				fields.Rows = append(fields.Rows, []any{f.Key, kind.Name, list})
			}
		}
		for _, u := range f.Unmapped {
			unmapped.Rows = append(unmapped.Rows, []any{f.Key, u.Field, u.Value, u.Rows})
		}
		for _, n := range f.Notes {
			if n.Issue != "" {
				notes.Rows = append(notes.Rows, []any{f.Key, n.Issue, n.Rows, n.Message})
			}
		}
	}
	return []handoff.Table{files, fields, unmapped, notes}
}

// headerText is the header of an export as JSON: its rows of cells, and the field of each column.
func headerText(l handoff.Layout) any {
	if len(l.Header) == 0 {
		return nil
	}
	header := struct {
		Rows   [][]string `json:"rows"`
		Fields []string   `json:"fields"`
	}{Rows: l.Header}
	for _, c := range l.Columns {
		header.Fields = append(header.Fields, c.Field)
	}
	text, err := json.Marshal(header)
	if err != nil {
		panic(err) // texts
	}
	return string(text)
}

func before(a, b handoff.File) bool {
	for _, c := range []int{a.Date.Compare(b.Date), strings.Compare(a.Source, b.Source), strings.Compare(a.Name, b.Name)} {
		if c != 0 {
			return c < 0
		}
	}
	return a.Digest < b.Digest
}

// metrics lists what the headers of the queries say of figures, as ref.metrics.
func (c Catalog) metrics() handoff.Table {
	t := handoff.Table{Name: "ref.metrics", Columns: []handoff.Column{
		{Name: "metric", Type: "VARCHAR"}, {Name: "cohort", Type: "VARCHAR"}, {Name: "entity", Type: "VARCHAR"}, {Name: "aggregate", Type: "VARCHAR"},
		{Name: "unit", Type: "VARCHAR"}, {Name: "direction", Type: "VARCHAR"}, {Name: "position", Type: "INTEGER"}}}
	for i, name := range c.Metrics() {
		q, f, _ := c.Feeding(name)
		var cohort, entity any
		if q.Schema == "cohort" {
			cohort, entity = q.Table, q.Of
		}
		t.Rows = append(t.Rows, []any{f.Metric, cohort, entity, f.Aggregate, f.Unit, f.Direction, i + 1})
	}
	return t
}

// macros creates the shared formulas. One may use another, so those that fail are tried again after the rest.
func macros(ctx context.Context, w *duck.Warehouse, list []Macro) error {
	for len(list) > 0 {
		var left []Macro
		var problems []fault.Problem
		for _, m := range list {
			if err := w.Exec(ctx, "create macro "+m.Name+"("+m.Args+") as ("+m.SQL+"\n)"); err != nil {
				left = append(left, m)
				problems = append(problems, located(m.File, err))
			}
		}
		if len(left) == len(list) {
			return fault.New(fault.Configuration, problems)
		}
		list = left
	}
	return nil
}

// standard lists the columns of every cohort, so that all of them read alike; those that a cohort doesn't have are empty.
const standard = "union all by name select null::varchar as technician, null::boolean as hit, null::double as hits, null::double as value, null::double as weight, null::boolean as provisional where false"

// build runs one query into its table; what is kept is a view, since it is read once, where it is written for later nights. The
// statement begins on the file's own first line, so that an error's line is the file's. A large night stores tables in a way of its own.
func (q Query) build(ctx context.Context, w *duck.DB, large bool, codes []string) error {
	as, sql := "table", q.SQL
	switch q.Schema {
	case "cohort":
		sql = "select " + duck.Literal(q.Table) + " as cohort, * from ((" + q.SQL + "\n) " + standard + ")"
	case "kept":
		as, sql = "view", "select "+typed(q.Columns)+" from ("+q.SQL+"\n)"
	}
	var stored storage
	if large && as == "table" {
		stored = storageOf(ctx, w, sql, codes)
	}
	var err error
	if as == "view" {
		err = w.Exec(ctx, "create view "+duck.Name(q.Relation())+" as "+sql)
	} else {
		err = stored.store(ctx, w, q.Relation(), sql)
	}
	if err != nil && stored.casts != nil && strings.Contains(err.Error(), "Conversion Error") { // a value that no list knows, such as one that a company's own query adds
		err = storage{}.store(ctx, w, q.Relation(), sql)
	}
	if err != nil {
		return fault.New(blame(err), []fault.Problem{located(q.File, err)})
	}
	return w.Exec(ctx, "comment on "+as+" "+duck.Name(q.Relation())+" is "+duck.Literal(q.What))
}

// typed lists columns, each cast to its type.
func typed(list []handoff.Column) string {
	casts := make([]string, len(list))
	for i, c := range list {
		casts[i] = duck.Name(c.Name) + "::" + c.Type + " as " + duck.Name(c.Name)
	}
	return strings.Join(casts, ", ")
}

// blame tells a query that is wrong from a machine that is too small: a full disk is nobody's configuration.
func blame(err error) fault.Kind {
	for _, sign := range []string{"IO Error", "Out of Memory", "INTERRUPT"} {
		if strings.Contains(err.Error(), sign) {
			return fault.Internal
		}
	}
	return fault.Configuration
}

var lineOf = regexp.MustCompile(`LINE (\d+):`)

func located(file string, err error) fault.Problem {
	p := fault.Problem{File: file, Message: strings.TrimSpace(err.Error())}
	if strings.Contains(p.Message, "No space left on device") {
		p.Hint = "free some space and run the night again; nothing was published"
	}
	if m := lineOf.FindStringSubmatch(p.Message); m != nil {
		p.Line, _ = strconv.Atoi(m[1])
		p.Message = strings.TrimSpace(p.Message[:strings.Index(p.Message, m[0])])
	}
	return p
}

// Variables turns settings into the parameters that queries read.
func Variables(settings map[string]any) []duck.Variable {
	names := make([]string, 0, len(settings))
	for n := range settings {
		names = append(names, n)
	}
	sort.Strings(names)
	list := make([]duck.Variable, len(names))
	for i, n := range names {
		list[i] = duck.Variable{Name: n, Value: settings[n]}
	}
	return list
}
