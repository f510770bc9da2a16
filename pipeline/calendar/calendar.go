// Package calendar knows which days are working days: Monday to Friday, less holidays, plus the make-up working days of a region.
//
// It knows no hours and no periods, and it reads no files: a home's own days are handed in.
//
// Invariant: a date that nobody announced is taken as Monday to Friday and says so; it is never passed off as known.
package calendar

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strings"
	"time"
)

// FromFile is the region of a home whose own days are all there is.
const FromFile = "file"

// Each file holds the days of one region that differ from Monday to Friday or carry a name, with the source and the edition they were taken from:
// TW changes its calendar within a year. A year is in a file as a whole or not at all. TW is the calendar of government offices, which worked on
// 1 May until 2025: a company that didn't names those days in its own file.
//
//go:embed days/*.csv
var files embed.FS

// Day is one date. Working and Known are its answer; Name is that of the holiday or make-up day, empty for ordinary days.
type Day struct {
	Date    time.Time // midnight UTC, standing for the local date
	Working bool
	Known   bool
	Name    string
}

// Calendar answers for the dates of one region.
type Calendar struct {
	days  map[time.Time]Day
	years map[int]bool // those that are known as a whole
}

// Load gives the calendar of CN, TW or HK with the home's own days laid over it; of FromFile, those days alone.
func Load(region string, override []Day) (*Calendar, error) {
	c := &Calendar{days: map[time.Time]Day{}, years: map[int]bool{}}
	if region != FromFile {
		if err := c.read(region); err != nil {
			return nil, err
		}
	}
	for _, d := range override {
		d.Date, d.Known = midnight(d.Date), true
		c.days[d.Date] = d
		if region == FromFile {
			c.years[d.Date.Year()] = true
		}
	}
	return c, nil
}

func (c *Calendar) read(region string) error {
	content, err := files.ReadFile("days/" + region + ".csv")
	if err != nil {
		return fmt.Errorf("%q is no region whose working days are known: CN, TW, HK, or %s", region, FromFile)
	}
	rows, err := csv.NewReader(strings.NewReader(string(content))).ReadAll()
	if err != nil {
		return fmt.Errorf("days/%s.csv: %w", region, err)
	}
	for i, row := range rows[1:] {
		date, err := time.Parse(time.DateOnly, row[0])
		if err != nil || (row[1] != "off" && row[1] != "work") {
			return fmt.Errorf("days/%s.csv:%d: %s,%s is no day", region, i+2, row[0], row[1])
		}
		c.days[date] = Day{Date: date, Working: row[1] == "work", Known: true, Name: row[2]}
		c.years[date.Year()] = true
	}
	return nil
}

func midnight(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// day answers for one date, a midnight UTC.
func (c *Calendar) day(date time.Time) Day {
	if d, named := c.days[date]; named {
		return d
	}
	weekend := date.Weekday() == time.Saturday || date.Weekday() == time.Sunday
	return Day{Date: date, Working: !weekend, Known: c.years[date.Year()]}
}

// IsWorking tells whether the date is a working day, and whether that is known.
func (c *Calendar) IsWorking(date time.Time) (working, known bool) {
	d := c.day(midnight(date))
	return d.Working, d.Known
}

// NextWorking gives the first working day after the date; known is false where any day up to it isn't.
func (c *Calendar) NextWorking(date time.Time) (next time.Time, known bool) {
	known = true
	for next = midnight(date).AddDate(0, 0, 1); ; next = next.AddDate(0, 0, 1) {
		d := c.day(next)
		known = known && d.Known
		// A file of a home could call every day of its year off; beyond a year of them there is nothing to wait for.
		if d.Working || next.Sub(midnight(date)) > 366*24*time.Hour {
			return next, known
		}
	}
}

// Days lists every date in [from, to).
func (c *Calendar) Days(from, to time.Time) []Day {
	var list []Day
	for date, end := midnight(from), midnight(to); date.Before(end); date = date.AddDate(0, 0, 1) {
		list = append(list, c.day(date))
	}
	return list
}
