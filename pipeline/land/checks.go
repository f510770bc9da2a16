package land

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/record"
)

// check is a reason for which a row is rejected: a condition over given (g) and the typed columns.
type check struct {
	reason, field, header, condition, value string
}

func (l layout) checks(fields []field, fileDate time.Time) []check {
	var list []check
	for _, f := range fields {
		list = append(list, f.checks(fileDate)...)
	}
	for _, f := range l.kind.Fields {
		if f.Required && !l.has(f.Name) {
			list = append(list, check{reason: "required_missing", field: f.Name, condition: "true", value: "null::varchar"})
		}
	}
	switch l.kind.Name {
	case "tickets":
		if l.has("completed_at") && l.has("registered_at") {
			completed := slices.IndexFunc(fields, func(f field) bool { return f.Name == "completed_at" })
			list = append(list, check{"completed_before_registered", "completed_at", fields[completed].header,
				"is_before(completed_at, completed_at_day, registered_at, registered_at_day)", duck.Name("r_completed_at")})
		}
	case "inspections":
		list = append(list, neither(fields))
	}
	return list
}

// neither finds an inspection that is neither planned nor done. A stamp that can't be read isn't missing, too.
func neither(fields []field) check {
	c := check{reason: "required_missing", field: "inspected_at", value: "null::varchar"}
	var empty []string
	for _, f := range fields {
		if f.Name == "inspected_at" || f.Name == "planned_at" {
			empty = append(empty, duck.Name("r_"+f.Name)+" is null")
			c.header = f.header
		}
	}
	c.condition = strings.Join(empty, " and ")
	return c
}

func (f field) checks(fileDate time.Time) []check {
	var list []check
	name, raw := duck.Name(f.Name), duck.Name("r_"+f.Name)
	add := func(reason, condition string) {
		list = append(list, check{reason, f.Name, f.header, condition, raw})
	}
	if f.Required {
		add("required_missing", raw+" is null")
	}
	switch f.Type {
	case record.Stamp, record.Date:
		add("unreadable_date", raw+" is not null and "+name+" is null")
		if f.Happened {
			add("after_file_date", name+" >= "+duck.Literal(fileDate.AddDate(0, 0, 2)))
		}
	case record.Count, record.Number, record.Money:
		if len(f.parts) == 0 {
			add("unreadable_number", raw+" is not null and "+name+" is null")
		}
		for _, p := range f.parts {
			list = append(list, check{"unreadable_number", f.Name, p.header, p.unreadable(), duck.Name("r_" + p.Name)})
		}
	}
	return list
}

// unreadable tells whether a part of a sum holds a text that is no number.
func (f field) unreadable() string {
	raw := duck.Name("r_" + f.Name)
	return fmt.Sprintf("%s is not null and figure(%s) is null and %s not in (select text from figures where field = %s)", raw, raw, raw, duck.Literal(f.Name))
}
