package reference

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/textkey"
)

// crossing judges what the rows of one file say of other files, and of what the configuration and the queries know.
type crossing struct {
	contents map[string]content
	known    Known
	problems []fault.Problem
}

func cross(contents map[string]content, known Known) []fault.Problem {
	x := &crossing{contents: contents, known: known}
	for _, s := range sheets() {
		for _, r := range contents[s.name].rows {
			if r.line > 0 {
				x.judge(s, contents[s.name].file, r)
			}
		}
	}
	return x.problems
}

func (x *crossing) say(file string, line int, hint, format string, args ...any) {
	x.problems = append(x.problems, fault.Problem{File: file, Line: line, Message: fmt.Sprintf(format, args...), Hint: hint})
}

func (x *crossing) judge(s sheet, file string, r row) {
	if property := r.text("property"); property != "" {
		x.oneOf(file, r, "property", property, x.known.Properties, "noticeboard.yaml")
	}
	for _, name := range []string{"zone", "code"} {
		if r.text(name) == "*" {
			x.say(file, r.line, "write its code; a limit or a target without one already holds for all", "%s * stands for all of them in every figure", name)
		}
	}
	switch s.name {
	case "time_limits":
		x.refers(file, r, "category", "categories")
	case "staff":
		x.refers(file, r, "zone", "zones")
	case "targets":
		x.oneOf(file, r, "metric", r.text("metric"), x.known.Metrics, "the queries")
		if r.values["target"] == r.values["floor"] {
			x.say(file, r.line, "a figure at the target has 100 points, one at the floor 0", "target and floor of %s are the same", r.text("metric"))
		}
	case "measures":
		x.evidence(file, r)
	}
}

// refers asks that a cell names a row of another file, by code or by name.
func (x *crossing) refers(file string, r row, name, other string) {
	if value := r.text(name); value != "" {
		x.oneOf(file, r, name, value, x.spellings(other), base(x.contents[other].file))
	}
}

// spellings lists every code and name of a sheet; none where its file isn't there.
func (x *crossing) spellings(name string) []string {
	code := "code"
	if name == "zones" {
		code = "zone"
	}
	var list []string
	for _, r := range x.contents[name].rows {
		for _, f := range []string{code, "name_zh_hant", "name_zh_hans", "name_en"} {
			if s := r.text(f); s != "" && !slices.Contains(list, s) {
				list = append(list, s)
			}
		}
	}
	return list
}

func (x *crossing) oneOf(file string, r row, name, value string, list []string, where string) {
	key := textkey.Of(value)
	if len(list) == 0 || slices.ContainsFunc(list, func(s string) bool { return textkey.Of(s) == key }) {
		return
	}
	hint := "add it there, or correct the spelling"
	if nearest, ok := fault.Nearest(value, list); ok {
		hint += " (did you mean " + nearest + "?)"
	}
	x.say(file, r.line, hint, "%s %q is not in %s", name, value, where)
}

var (
	metricForm   = regexp.MustCompile(`^([a-z][a-z0-9_]*)(?:\[([^\[\]]+)\])?$`)
	activityForm = regexp.MustCompile(`^(\S+) ([1-9]\d*)/(week|month|quarter|half)$`)
)

// evidence judges what a measure is shown by: metrics, metrics of one domain or category, or activities held so often.
func (x *crossing) evidence(file string, r row) {
	if r.text("evidence") == "" {
		return
	}
	for _, part := range strings.Split(r.text("evidence"), "+") {
		part = trimmed(part)
		if m := metricForm.FindStringSubmatch(part); m != nil {
			x.oneOf(file, r, "evidence", m[1], x.known.Metrics, "the queries")
			if _, domain := meaning("domain", m[2]); m[2] != "" && !domain {
				x.oneOf(file, r, "evidence", m[2], x.spellings("categories"), "categories, nor is it a domain of inspections")
			}
			continue
		}
		if m := activityForm.FindStringSubmatch(part); m != nil {
			x.oneOf(file, r, "evidence", m[1], x.spellings("activity_types"), "activity_types")
			continue
		}
		x.say(file, r.line, "a metric (on_time), a metric of one domain or category (inspection_score[security]), or an activity and how often (contest 1/quarter); several joined by +",
			"evidence %q can't be read", part)
	}
}

// once finds rows of the same key and valid_from: a row that only repeats what an earlier one says is left out, one that says something else
// is a problem.
func (s sheet) once(c content) ([]row, []fault.Problem) {
	first := map[string]row{}
	var rows []row
	var problems []fault.Problem
	for _, r := range c.rows {
		earlier, twice := first[s.keyOf(r)]
		switch {
		case len(s.key) == 0 || r.line == 0 || !twice:
			rows, first[s.keyOf(r)] = append(rows, r), r
		case s.saying(r) != s.saying(earlier):
			problems = append(problems, fault.Problem{File: c.file, Line: r.line, Message: fmt.Sprintf("the same %s as line %d", strings.Join(s.keyNames(), ", "), earlier.line),
				Hint: s.remedy()})
		}
	}
	return rows, problems
}

// saying joins all that the row decides. Where a limit is written down decides nothing.
func (s sheet) saying(r row) string {
	var names []string
	for _, f := range s.fields {
		if f.name != "citation" {
			names = append(names, f.name)
		}
	}
	return joined(r, names)
}

func (s sheet) keyNames() []string {
	if s.has("valid_from") {
		return append(slices.Clone(s.key), "valid_from")
	}
	return s.key
}

func (s sheet) remedy() string {
	if s.has("valid_from") {
		return "keep one of the two, or give the newer one the date in valid_from from which it holds"
	}
	return "keep one of the two"
}

// keyOf joins what the row is found by. A zone without buildings is found by itself.
func (s sheet) keyOf(r row) string { return joined(r, s.keyNames()) }

func joined(r row, names []string) string {
	var parts []string
	for _, name := range names {
		value := r.values[name]
		if name == "building" && value == nil {
			value = "zone " + r.text("zone")
		}
		if text, ok := value.(string); ok {
			value = textkey.Of(text)
		}
		parts = append(parts, fmt.Sprint(value))
	}
	return strings.Join(parts, "\x00")
}
