package reference

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"noticeboard/pipeline/period"
	"noticeboard/pipeline/textkey"
)

// form is how the cells of a field are read.
type form struct {
	sql  string
	read func(cell string) (any, bool)
	want string // "is not ..."
}

// empties are what people write into a cell to say that nothing belongs there.
var empties = map[string]bool{"": true, "-": true, "--": true, "—": true, "/": true, "无": true, "無": true, "n/a": true, "null": true, "&nbsp;": true}

func trimmed(cell string) string { return strings.TrimSpace(strings.ReplaceAll(cell, "\u3000", " ")) }

func isEmpty(cell string) bool { return empties[textkey.Of(cell)] }

var plain = form{"VARCHAR", func(cell string) (any, bool) { return trimmed(cell), true }, "a text"}

// list reads words joined by |.
var list = form{"VARCHAR[]", func(cell string) (any, bool) {
	words := []string{}
	for _, word := range strings.FieldsFunc(cell, func(r rune) bool { return r == '|' || r == '｜' }) {
		if word = trimmed(word); word != "" {
			words = append(words, word)
		}
	}
	return words, true
}, "a list of words joined by |"}

func whole(least int) form {
	return form{"INTEGER", func(cell string) (any, bool) {
		n, err := strconv.ParseInt(digits(cell), 10, 32)
		return int(n), err == nil && int(n) >= least
	}, fmt.Sprintf("a whole number from %d on", least)}
}

// digits writes a number as Go reads it: half-width, without thousands separators; 12.0, which spreadsheets make of 12, as 12.
func digits(cell string) string {
	s := strings.ReplaceAll(trimmed(norm.NFKC.String(cell)), ",", "")
	if whole, fraction, ok := strings.Cut(s, "."); ok && strings.Trim(fraction, "0") == "" && whole != "" {
		return whole
	}
	return s
}

var number = form{"DOUBLE", func(cell string) (any, bool) {
	s, percent := strings.CutSuffix(digits(cell), "%")
	f, err := strconv.ParseFloat(s, 64)
	if percent {
		f /= 100
	}
	return f, err == nil && !math.IsInf(f, 0) && !math.IsNaN(f)
}, "a number such as 0.95 or 95%"}

var decimalForm = regexp.MustCompile(`^\d{1,6}(\.\d{1,2})?$`)

var decimal = form{"DECIMAL(8,2)", func(cell string) (any, bool) {
	s := digits(cell)
	return s, decimalForm.MatchString(s)
}, "a number of hours such as 1.5"}

var dateForms = []string{time.DateOnly, "2006-1-2", "2006/1/2", "2006.1.2", "20060102", "2006年1月2日", time.DateTime, "2006-01-02T15:04:05", "2006-01-02 15:04"}

var date = form{"DATE", func(cell string) (any, bool) {
	s := trimmed(norm.NFKC.String(cell))
	for _, f := range dateForms {
		if t, err := time.Parse(f, s); err == nil && t.Year() >= period.FirstYear {
			return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC), true
		}
	}
	return nil, false
}, "a date such as 2026-06-30"}

var yesNo = form{"BOOLEAN", func(cell string) (any, bool) {
	code, ok := meaning("yes_no", cell)
	return code == "yes", ok
}, "yes or no"}

func coded(codes string) form {
	return form{"VARCHAR", func(cell string) (any, bool) {
		code, ok := meaning(codes, cell)
		return code, ok
	}, "one of " + strings.Join(codesOf(codes), ", ")}
}
