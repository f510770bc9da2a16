package model

import "time"

// A second implementation of three figures, in plain loops: minute by minute, date by date, ticket by ticket. It shares nothing
// with the queries but the page that both are written from.

// moment is a stamp: a time, or a date alone.
type moment struct {
	at  time.Time
	day bool
}

func (m moment) there() bool     { return !m.at.IsZero() }
func (m moment) date() time.Time { return m.at.Truncate(24 * time.Hour) }

// notBefore tells whether m lies at or after n; by date where either is a day.
func (m moment) notBefore(n moment) bool {
	if m.day || n.day {
		return !m.date().Before(n.date())
	}
	return !m.at.Before(n.at)
}

type job struct {
	property, id, kind, scope, room, location, category, subcategory, priority, outcome, status, reworkOf, mergedInto string
	registered, appointment, completed                                                                                moment
	undated                                                                                                           bool
}

func (j job) counts() bool    { return j.status != "void" && j.mergedInto == "" }
func (j job) serviced() bool  { return j.kind == "repair" || j.kind == "complaint" }
func (j job) household() bool { return j.scope == "household" || (j.scope == "" && j.room != "") }

func (j job) place() string {
	if j.household() {
		if j.room == "" {
			return ""
		}
		return "room " + j.room
	}
	if j.location == "" {
		return ""
	}
	return "location " + j.location
}

type limit struct {
	property, kind, scope, category, subcategory, priority, clock string
	validFrom                                                     time.Time
	minutes                                                       int
}

type call struct {
	id, property, ticket, method string
	at                           moment
}

type decision struct {
	property, ticket, returned string
	counts                     bool
	on                         time.Time
}

// estate is a small world as the loops see it.
type estate struct {
	jobs      []job
	limits    []limit
	calls     []call
	decisions []decision
	window    map[string]int // category → days
	silent    map[string]bool
	flipped   map[time.Time]bool // days off that are worked, working days that are off
	end       time.Time          // D 00:00
}

func (e estate) working(day time.Time) bool {
	weekday := day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
	return weekday != e.flipped[day]
}

func (e estate) open(minute time.Time) bool {
	of := minute.Hour()*60 + minute.Minute()
	inHours := (of >= 8*60+30 && of < 12*60) || (of >= 13*60+30 && of < 17*60+30)
	return inHours && e.working(minute.Truncate(24*time.Hour))
}

const workingMinutes = 450

// verdict is what a figure says of a member: the date it counts for and "yes", "no" or "" for not measurable.
type verdict struct{ on, hit string }

func answer(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

func (e estate) limitOf(j job) (limit, bool) {
	scope := j.scope
	if scope == "" {
		scope = map[bool]string{true: "household", false: "common"}[j.household()]
	}
	fits := func(asked, is string) bool { return asked == "" || asked == is }
	same := func(a, b limit) bool {
		a.validFrom, a.minutes, a.clock = b.validFrom, b.minutes, b.clock
		return a == b
	}
	var best limit
	filled := -1
	for i, l := range e.limits {
		if !fits(l.property, j.property) || !fits(l.kind, j.kind) || !fits(l.scope, scope) || !fits(l.category, j.category) || !fits(l.subcategory, j.subcategory) || !fits(l.priority, j.priority) || l.validFrom.After(j.registered.at) {
			continue
		}
		superseded := false
		for k, o := range e.limits {
			newer := o.validFrom.After(l.validFrom) || (o.validFrom.Equal(l.validFrom) && k < i)
			superseded = superseded || (same(l, o) && newer && k != i && !o.validFrom.After(j.registered.at))
		}
		n := 0
		for _, field := range []string{l.property, l.kind, l.scope, l.category, l.subcategory, l.priority} {
			if field != "" {
				n++
			}
		}
		if !superseded && n > filled {
			best, filled = l, n
		}
	}
	return best, filled >= 0
}

// deadline walks the clock. A due date is its date with day set.
func (e estate) deadline(j job, l limit) moment {
	if !j.registered.day {
		at, left := j.registered.at, l.minutes
		if l.clock != "working" {
			return moment{at: at.Add(time.Duration(left) * time.Minute)}
		}
		for ; left > 0 || (l.minutes == 0 && !e.open(at)); at = at.Add(time.Minute) {
			if e.open(at) {
				left--
			}
		}
		return moment{at: at}
	}
	day, per := j.registered.date(), 1440
	if l.clock == "working" {
		per = workingMinutes
	}
	for days := (l.minutes + per - 1) / per; days > 0; {
		day = day.AddDate(0, 0, 1)
		if l.clock != "working" || e.working(day) {
			days--
		}
	}
	return moment{day, true}
}

func (e estate) onTime(j job) (verdict, bool) {
	if !j.counts() || !j.serviced() {
		return verdict{}, false
	}
	l, found := e.limitOf(j)
	if !found {
		return verdict{}, false
	}
	due, short := e.deadline(j, l), l.minutes < map[bool]int{true: workingMinutes, false: 1440}[l.clock == "working"]
	if a := j.appointment; a.there() {
		if !a.day {
			a.at = a.at.Add(120 * time.Minute)
		}
		later := a.date().After(due.date()) || (a.date().Equal(due.date()) && a.day) // by date
		if !a.day && !due.day {
			later = a.at.After(due.at)
		}
		if later {
			due, short = a, short && !a.day
		}
	}
	past := due.at.Before(e.end)
	if due.day {
		past = due.at.AddDate(0, 0, 1).Compare(e.end) <= 0
	}
	if !past {
		return verdict{}, false
	}
	return verdict{due.date().Format(time.DateOnly), j.judge(due, short)}, true
}

func (j job) judge(due moment, short bool) string {
	c := j.completed
	if j.undated {
		return ""
	}
	if !c.there() {
		return "no"
	}
	if !due.day && !c.day {
		return answer(!c.at.After(due.at))
	}
	if c.date().After(due.date()) {
		return "no"
	}
	if due.day || c.date().Equal(due.date()) {
		if short {
			return ""
		}
	}
	return "yes"
}
