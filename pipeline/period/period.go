// Package period knows the periods that reports are made for: days, ISO weeks, months, quarters, halves and years.
//
// It is not a calendar: working days and holidays are for package calendar.
//
// Invariant: a period is half-open, and Parse(p.String()) == p.
package period

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// FirstYear is the first that a date coming from outside may have: 0202-06-01 is a slip of the finger, and would make periods for
// eighteen centuries.
const FirstYear = 1900

// Kind is the length of a period.
type Kind string

// The kinds, short to long.
const (
	Day     Kind = "day"
	Week    Kind = "week"
	Month   Kind = "month"
	Quarter Kind = "quarter"
	Half    Kind = "half"
	Year    Kind = "year"
)

// Period is half-open: [Start, End), both midnight UTC standing for local dates.
type Period struct {
	Kind       Kind
	Start, End time.Time
}

// Of gives the period of that kind that holds the date t.
func Of(kind Kind, t time.Time) Period {
	y, m, d := t.Date()
	date := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	switch kind {
	case Week:
		monday := date(y, m, d-(int(t.Weekday())+6)%7)
		return Period{kind, monday, monday.AddDate(0, 0, 7)}
	case Month:
		return Period{kind, date(y, m, 1), date(y, m+1, 1)}
	case Quarter:
		first := (m-1)/3*3 + 1
		return Period{kind, date(y, first, 1), date(y, first+3, 1)}
	case Half:
		first := (m-1)/6*6 + 1
		return Period{kind, date(y, first, 1), date(y, first+6, 1)}
	case Year:
		return Period{kind, date(y, 1, 1), date(y+1, 1, 1)}
	default:
		return Period{Day, date(y, m, d), date(y, m, d+1)}
	}
}

// Previous is the period of the same kind that ends where this one starts.
func (p Period) Previous() Period { return Of(p.Kind, p.Start.AddDate(0, 0, -1)) }

// String writes 2026-06-30, 2026-W26, 2026-06, 2026Q2, 2026H1 or 2026.
func (p Period) String() string {
	y, m := p.Start.Year(), int(p.Start.Month())
	switch p.Kind {
	case Week:
		wy, w := p.Start.ISOWeek()
		return fmt.Sprintf("%04d-W%02d", wy, w)
	case Month:
		return fmt.Sprintf("%04d-%02d", y, m)
	case Quarter:
		return fmt.Sprintf("%04dQ%d", y, (m+2)/3)
	case Half:
		return fmt.Sprintf("%04dH%d", y, (m+5)/6)
	case Year:
		return fmt.Sprintf("%04d", y)
	default:
		return p.Start.Format(time.DateOnly)
	}
}

var forms = []struct {
	kind    Kind
	pattern *regexp.Regexp
}{
	{Week, regexp.MustCompile(`^(\d{4})-W(\d{2})$`)},
	{Month, regexp.MustCompile(`^(\d{4})-(\d{2})$`)},
	{Quarter, regexp.MustCompile(`^(\d{4})Q([1-4])$`)},
	{Half, regexp.MustCompile(`^(\d{4})H([12])$`)},
	{Year, regexp.MustCompile(`^(\d{4})$`)},
}

// Parse reads a period as String writes it.
func Parse(s string) (Period, error) {
	bad := fmt.Errorf("%q is not a period: write 2026-06-30, 2026-W26, 2026-06, 2026Q2, 2026H1 or 2026", s)
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return Of(Day, t), nil
	}
	for _, f := range forms {
		m := f.pattern.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		year, _ := strconv.Atoi(m[1])
		p := Of(f.kind, firstDay(f.kind, year, m))
		if p.String() != s {
			return Period{}, bad
		}
		return p, nil
	}
	return Period{}, bad
}

func firstDay(kind Kind, year int, match []string) time.Time {
	n := 1
	if len(match) > 2 {
		n, _ = strconv.Atoi(match[2])
	}
	switch kind {
	case Week:
		// 4 January always lies in week 1.
		return time.Date(year, 1, 4+7*(n-1), 0, 0, 0, 0, time.UTC)
	case Quarter:
		return time.Date(year, time.Month(3*n-2), 1, 0, 0, 0, 0, time.UTC)
	case Half:
		return time.Date(year, time.Month(6*n-5), 1, 0, 0, 0, 0, time.UTC)
	case Year:
		return time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
	default:
		return time.Date(year, time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	}
}
