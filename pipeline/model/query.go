package model

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/handoff"
)

// Query is one file of queries/: the SQL of one relation, or of a check of it, and what its header says.
type Query struct {
	File    string // queries/mart/figures.sql
	Schema  string
	Table   string
	Rule    string // of a check: the part between ".check." and ".sql"; empty for a relation
	SQL     string
	What    string
	Grain   string
	Key     []string
	Of      string // entity of a cohort's members
	Figures []Figure
	Spec    string
	Stop    bool             // of a check: whether its rows end the night
	Columns []handoff.Column // of what is kept for later nights: declared, since they read it before it is first there
	Back    int              // of what is kept: how many nights back it is read; 0: all
	Reads   []string         // relations, schema.table, sorted
	Cohorts bool             // reads every cohort
}

// Figure is a metric that a relation feeds.
type Figure struct {
	Metric    string
	Aggregate string // count, sum, share, mean, ratio, median, p90, per_100
	Unit      string // count, percent, hours, yuan, score, points, per_100
	Direction string // higher, lower, none
}

// Macro is a formula that queries share: queries/fn/<name>.sql.
type Macro struct {
	File string
	Name string
	Args string
	SQL  string
}

// Relation gives schema.table.
func (q Query) Relation() string { return q.Schema + "." + q.Table }

var units = map[string]string{
	"count": "count", "sum": "yuan", "share": "percent", "mean": "score", "ratio": "points", "median": "hours", "p90": "hours", "per_100": "per_100",
}

var figureForm = regexp.MustCompile(`^([a-z][a-z0-9_]*) = ([a-z0-9_]+)(?: in ([a-z]+))?(?:, (higher|lower) is better)?$`)

// headerLines gives the fields of a header, each with the number of its first line; lines that continue a field are joined by newlines.
func headerLines(sql string) (fields map[string]string, lines map[string]int) {
	fields, lines = map[string]string{}, map[string]int{}
	last := ""
	for i, line := range strings.Split(sql, "\n") {
		rest, isComment := strings.CutPrefix(line, "--")
		if !isComment {
			break
		}
		name, value, named := strings.Cut(strings.TrimSpace(rest), ":")
		if named && headerFields[name] {
			last = name
			fields[name], lines[name] = strings.TrimSpace(value), i+1
		} else if last != "" {
			fields[last] += "\n" + strings.TrimSpace(rest)
		}
	}
	return fields, lines
}

var headerFields = map[string]bool{"What": true, "Grain": true, "Key": true, "Of": true, "Figures": true, "Spec": true, "Stop": true, "Args": true, "Columns": true, "Back": true}

// parseQuery reads the header of a relation or check.
func parseQuery(file, schema, table, rule, sql string) (Query, []fault.Problem) {
	fields, lines := headerLines(sql)
	q := Query{File: file, Schema: schema, Table: table, Rule: rule, SQL: sql, What: oneLine(fields["What"]), Grain: oneLine(fields["Grain"]), Of: fields["Of"], Spec: oneLine(fields["Spec"]), Stop: fields["Stop"] == "yes"}
	var problems []fault.Problem
	missing := func(field, hint string) {
		problems = append(problems, fault.Problem{File: file, Line: 1, Message: "the header has no line \"-- " + field + ":\"", Hint: hint})
	}
	if q.What == "" {
		missing("What", "say in one sentence what a row is about")
	}
	if rule != "" {
		return q, problems
	}
	if q.Grain == "" {
		missing("Grain", "say what one row stands for")
	}
	if fields["Key"] == "" {
		missing("Key", "name the columns that tell rows apart, separated by commas")
	}
	for _, k := range strings.Split(fields["Key"], ",") {
		q.Key = append(q.Key, strings.TrimSpace(k))
	}
	if schema == "cohort" && (q.Of == "" || fields["Figures"] == "") {
		missing("Of and -- Figures", "a cohort says what its members are (ticket, callback, …) and which metrics it feeds")
	}
	figures, bad := parseFigures(file, fields["Figures"], lines["Figures"])
	q.Figures = figures
	problems = append(problems, bad...)
	if schema == "kept" {
		problems = append(problems, q.parseKept(fields, lines)...)
	}
	return q, problems
}

// parseKept reads what only relations have that are kept for later nights.
func (q *Query) parseKept(fields map[string]string, lines map[string]int) []fault.Problem {
	var problems []fault.Problem
	for _, pair := range strings.Split(oneLine(fields["Columns"]), ",") {
		name, kind, ok := strings.Cut(strings.TrimSpace(pair), " ")
		if !ok {
			problems = append(problems, fault.Problem{File: q.File, Line: max(1, lines["Columns"]), Message: fmt.Sprintf("%q is no column with its type", strings.TrimSpace(pair)),
				Hint: "write \"-- Columns: period varchar, x double\": later nights read what is kept before there is any"})
			continue
		}
		q.Columns = append(q.Columns, handoff.Column{Name: name, Type: strings.ToUpper(kind)})
	}
	if text, there := fields["Back"]; there {
		back, err := strconv.Atoi(text)
		if err != nil || back < 1 {
			problems = append(problems, fault.Problem{File: q.File, Line: lines["Back"], Message: fmt.Sprintf("%q is no number of nights", text), Hint: "leave the line out for all nights"})
		}
		q.Back = back
	}
	return problems
}

func oneLine(s string) string { return strings.ReplaceAll(s, "\n", " ") }

func parseFigures(file, text string, line int) ([]Figure, []fault.Problem) {
	var figures []Figure
	var problems []fault.Problem
	for i, entry := range strings.Split(text, "\n") {
		if entry == "" {
			continue
		}
		m := figureForm.FindStringSubmatch(entry)
		if m == nil || units[m[2]] == "" {
			problems = append(problems, fault.Problem{File: file, Line: line + i,
				Message: fmt.Sprintf("%q is not a figure", entry),
				Hint:    "write \"metric = share, higher is better\" (share, count, sum, mean, ratio, median or p90; a unit may follow: \"= median in hours\")"})
			continue
		}
		f := Figure{Metric: m[1], Aggregate: m[2], Unit: m[3], Direction: m[4]}
		if f.Unit == "" {
			f.Unit = units[f.Aggregate]
		}
		if f.Direction == "" {
			f.Direction = "none"
		}
		figures = append(figures, f)
	}
	return figures, problems
}

// parseMacro reads a formula. Its body starts after the header, on its own line, so that an error's line is the file's.
func parseMacro(file, name, sql string) (Macro, []fault.Problem) {
	fields, _ := headerLines(sql)
	if _, there := fields["Args"]; !there {
		return Macro{}, []fault.Problem{{File: file, Line: 1, Message: "the header has no line \"-- Args:\"", Hint: "name the arguments, separated by commas; none may be"}}
	}
	return Macro{File: file, Name: name, Args: oneLine(fields["Args"]), SQL: sql}, nil
}
