// Package reference reads the files that staff keep in reference/: zones, limits, categories, targets and the like, as typed tables.
//
// It maps no property and picks no row by date; queries do, since both depend on the exports. It knows the defaults of the files that have some.
//
// Invariant: every table is there with all its columns, whether or not its file is; and a file with one wrong cell gives no table at all, but every
// problem of every file.
package reference

import (
	"noticeboard/pipeline/calendar"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/handoff"
)

// Known is what reference files may refer to and don't hold themselves. An empty list isn't checked against.
type Known struct {
	Metrics    []string // of the queries in force
	Properties []string // every spelling that the configuration knows
	Property   string   // of rows that name none; empty: a row has to
}

// Tables is what the reference files say.
type Tables struct {
	Missing []string // files that aren't there and have no default, by name without suffix
	list    []handoff.Table
	days    []calendar.Day
}

// Handoff gives ref.zones, ref.time_limits and so on, in the order of the exports' description. row_no counts the rows of a file from 1.
func (t Tables) Handoff() []handoff.Table { return t.list }

// Days gives the home's own days, to be laid over the calendar of its region.
func (t Tables) Days() []calendar.Day { return t.days }

// Read reads the folder, which need not exist. With problems, the tables are not for use.
func Read(dir string, known Known) (Tables, []fault.Problem) {
	found, problems := files(dir)
	contents := map[string]content{}
	for _, s := range sheets() {
		c, wrong := s.content(found[s.name], known)
		contents[s.name] = c
		problems = append(problems, wrong...)
	}
	problems = append(problems, cross(contents, known)...)
	return tables(contents), inOrder(problems)
}

// content is what one sheet says: the rows of its file, or the defaults.
type content struct {
	file string // as problems name it; empty when the file isn't there
	rows []row
}

// content reads the sheet's file and adds its defaults: those of targets hold beside the file's rows, all others in place of a file.
func (s sheet) content(path string, known Known) (content, []fault.Problem) {
	if path == "" {
		return content{rows: s.fallback()}, nil
	}
	c := content{file: "reference/" + base(path)}
	records, problem := open(path)
	if problem != nil {
		return c, []fault.Problem{*problem}
	}
	var problems []fault.Problem
	c.rows, problems = s.read(c.file, records, known.Property)
	if s.name == "targets" {
		c.rows = append(c.rows, s.fallback()...)
	}
	var twice []fault.Problem
	c.rows, twice = s.once(c)
	return c, append(problems, twice...)
}

func tables(contents map[string]content) Tables {
	var t Tables
	for _, s := range sheets() {
		c := contents[s.name]
		if c.file == "" && len(c.rows) == 0 && s.name != "calendar" {
			t.Missing = append(t.Missing, s.name)
		}
		if s.name == "calendar" {
			t.days = days(c.rows)
			continue
		}
		t.list = append(t.list, s.table(c.rows))
	}
	return t
}

func days(rows []row) []calendar.Day {
	var list []calendar.Day
	for _, r := range rows {
		list = append(list, calendar.Day{Date: r.date("date"), Working: r.text("kind") == "work", Known: true, Name: r.text("name")})
	}
	return list
}
