package land

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"noticeboard/pipeline/decode"
	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/record"
)

// check is a reason for which a row is rejected: a condition over the view given.
type check struct {
	reason, field, condition string
	of                       field // whose text is at fault: the field, or an addend of it
}

// value is the text at fault.
func (c check) value(r decode.Record) string {
	if c.reason == "required_missing" {
		return ""
	}
	return c.of.text(r.Cells)
}

// yearsAhead is how far plans reach: an appointment in 2206 is a slip of the finger, and would put a deadline off for good.
const yearsAhead = 10

func (l layout) checks(fields []field, fileDate time.Time) []check {
	var list []check
	tooLate := duck.Literal(fileDate.AddDate(0, 0, 2))
	if l.back != nil {
		tooLate = l.back.tooLate(tooLate)
	}
	farOff := duck.Literal(fileDate.AddDate(yearsAhead, 0, 0))
	for _, f := range fields {
		list = append(list, f.checks(tooLate, farOff)...)
	}
	for _, f := range l.kind.Fields {
		if f.Required && !l.has(f.Name) {
			list = append(list, check{"required_missing", f.Name, "true", field{Field: f, column: -1}})
		}
	}
	switch l.kind.Name {
	case "tickets":
		if l.has("completed_at") && l.has("registered_at") {
			completed := slices.IndexFunc(fields, func(f field) bool { return f.Name == "completed_at" })
			list = append(list, check{"completed_before_registered", "completed_at", "is_before(completed_at, completed_at_day, registered_at, registered_at_day)", fields[completed]})
		}
	case "inspections":
		list = append(list, neither(fields))
	}
	return list
}

// neither finds an inspection that is neither planned nor done. A stamp that can't be read isn't missing, too.
func neither(fields []field) check {
	c := check{reason: "required_missing", field: "inspected_at", of: field{column: -1}}
	var empty []string
	for _, f := range fields {
		if f.Name == "inspected_at" || f.Name == "planned_at" {
			empty, c.of = append(empty, f.missing()), f
		}
	}
	c.condition = strings.Join(empty, " and ")
	return c
}

// checks gives the reasons that lie in the field itself. tooLate is the moment from which on nothing can have happened yet, farOff that
// from which on nothing is planned.
func (f field) checks(tooLate, farOff string) []check {
	var list []check
	add := func(reason, condition string, of field) { list = append(list, check{reason, f.Name, condition, of}) }
	if f.Required {
		add("required_missing", f.missing(), f)
	}
	switch f.Type {
	case record.Stamp, record.Date:
		add("unreadable_date", f.unread(), f)
		if f.Happened {
			add("after_file_date", duck.Name(f.Name)+" >= "+tooLate, f)
		} else {
			add("unreadable_date", duck.Name(f.Name)+" >= "+farOff, f)
		}
	case record.Count, record.Number, record.Money:
		for _, a := range f.addends() {
			add("unreadable_number", a.unread(), a)
		}
	}
	return list
}

// missing is the condition that the row says nothing of the field.
func (f field) missing() string {
	switch f.Type {
	case record.Stamp, record.Date, record.Count, record.Number, record.Money:
		return fmt.Sprintf("(%s is null and not coalesce(%s, false))", duck.Name(f.Name), f.unread())
	}
	return duck.Name(f.Name) + " is null"
}

func (f field) unread() string { return duck.Name(f.Name + unreadSuffix) }

// addends are the columns that are added up, or the field's own.
func (f field) addends() []field {
	if len(f.parts) == 0 {
		return []field{f}
	}
	return f.parts
}
