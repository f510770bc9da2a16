// Package head is what all templates begin with: which report, for whom, of which period, when, and under which file name.
//
// It lays out nothing and renders nothing; what follows the head is for the packages workbook and notice.
//
// Invariant: two documents of one night that differ in report, period, property, zone or language differ in file name.
package head

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/period"
)

// Subject is what one document of a report is about.
type Subject string

// The subjects, wide to narrow.
const (
	Company  Subject = "company" // only where there is more than one property
	Property Subject = "property"
	Zone     Subject = "zone"
)

// Occasion is what makes a report due.
type Occasion string

// The occasions. The last two look at the relation named by watch.
const (
	PeriodEnd Occasion = "period_end" // the night after the period's last day
	CloseDay  Occasion = "close_day"  // besides, the night of the close day, as the final edition
	Rows      Occasion = "rows"       // every night in which the relation has rows
	Approved  Occasion = "approved"   // besides, the night after somebody approved it
	Change    Occasion = "change"     // every night in which the relation's rows differ from those published last
)

// Head is the common part of every template.
type Head struct {
	Report    string      `yaml:"report"`    // R1 … R11, or one of the house's own
	File      string      `yaml:"file"`      // file name without suffix; slots: report, period, property, zone
	ForEach   []Subject   `yaml:"for_each"`  // one document for each
	Period    period.Kind `yaml:"period"`    // day, week, month, quarter, half or year
	Due       []Occasion  `yaml:"due"`       // empty: on demand only
	Watch     string      `yaml:"watch"`     // relation for the occasions rows and change
	Languages []string    `yaml:"languages"` // empty: those of the configuration
}

// For tells whether the report is made for that subject.
func (h Head) For(s Subject) bool { return slices.Contains(h.ForEach, s) }

// On tells whether the occasion makes the report due.
func (h Head) On(o Occasion) bool { return slices.Contains(h.Due, o) }

var (
	slot   = regexp.MustCompile(`\{([a-z_]*)\}`)
	unsafe = regexp.MustCompile(`[\\/:*?"<>|\x00-\x1f\x7f]+`)
)

// CompanyInNames stands in file names where a property's code would.
const CompanyInNames = "company"

// FileName fills the slots of File. The zone is added where File has no slot for it, the language where it isn't empty.
func (h Head) FileName(period, property, zone, language, suffix string) string {
	if property == "*" {
		property = CompanyInNames
	}
	values := map[string]string{"report": h.Report, "period": period, "property": property, "zone": zone}
	name := slot.ReplaceAllStringFunc(h.File, func(s string) string { return values[s[1:len(s)-1]] })
	if zone != "" && !strings.Contains(h.File, "{zone}") {
		name += "_" + zone
	}
	if language != "" {
		name += "_" + language
	}
	return unsafe.ReplaceAllString(name, "-") + "." + suffix
}

// Problems lists what is wrong with the head. line gives the line of a field, 0 where it isn't there.
func (h Head) Problems(file string, line func(field string) int) []fault.Problem {
	var problems []fault.Problem
	wrong := func(field, hint, format string, args ...any) {
		problems = append(problems, fault.Problem{File: file, Line: line(field), Message: fmt.Sprintf(format, args...), Hint: hint})
	}
	if h.Report == "" {
		wrong("report", "report: R3, or an id of your own", "the template names no report")
	}
	if h.File == "" {
		wrong("file", `file: "{report}_monthly_{period}_{property}"`, "the template names no file")
	}
	for _, m := range slot.FindAllStringSubmatch(h.File, -1) {
		if !slices.Contains([]string{"report", "period", "property", "zone"}, m[1]) {
			wrong("file", "use {report}, {period}, {property} and {zone}", "%s is not a slot of a file name", m[0])
		}
	}
	for _, needed := range []string{"{period}", "{property}"} {
		if h.File != "" && !strings.Contains(h.File, needed) {
			wrong("file", "add it, or one file would overwrite another", "the file name has no slot %s", needed)
		}
	}
	if len(h.ForEach) == 0 {
		wrong("for_each", "for_each: [property], or company or zone", "the template doesn't say for whom the report is")
	}
	for _, s := range h.ForEach {
		if !slices.Contains([]Subject{Company, Property, Zone}, s) {
			wrong("for_each", "use company, property or zone", "%q is not a subject of reports", s)
		}
	}
	if !slices.Contains([]period.Kind{period.Day, period.Week, period.Month, period.Quarter, period.Half, period.Year}, h.Period) {
		wrong("period", "use day, week, month, quarter, half or year", "%q is not a kind of period", h.Period)
	}
	return append(problems, h.occasions(file, line)...)
}

func (h Head) occasions(file string, line func(field string) int) []fault.Problem {
	var problems []fault.Problem
	for _, o := range h.Due {
		if !slices.Contains([]Occasion{PeriodEnd, CloseDay, Rows, Approved, Change}, o) {
			problems = append(problems, fault.Problem{File: file, Line: line("due"),
				Message: fmt.Sprintf("%q is not an occasion", o), Hint: "use period_end, close_day, rows, approved or change"})
		}
	}
	if (h.On(Rows) || h.On(Change)) && h.Watch == "" {
		problems = append(problems, fault.Problem{File: file, Line: line("due"),
			Message: "the occasions rows and change need a relation to look at", Hint: "watch: rpt.rejected_rows, or whichever relation it is"})
	}
	return problems
}
