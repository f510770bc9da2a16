package pull

import (
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"noticeboard/pipeline/period"
)

// DateInName gives the last full day of the date, month or range in a file's name; of several, the latest.
func DateInName(name string) (time.Time, bool) {
	base := path.Base(name)
	rest := norm.NFKC.String(strings.TrimSuffix(base, path.Ext(base)))
	var latest time.Time
	for _, f := range nameForms {
		for {
			at := f.pattern.FindStringSubmatchIndex(rest)
			if at == nil {
				break
			}
			if last, ok := f.last(numbers(rest, at)); ok && last.After(latest) {
				latest = last
			}
			// What was read is struck out, so that a shorter form doesn't read a part of it; the characters around it stay.
			rest = rest[:at[2]] + strings.Repeat("#", at[3]-at[2]) + rest[at[3]:]
		}
	}
	return latest, !latest.IsZero()
}

type nameForm struct {
	pattern *regexp.Regexp // group 1 is what is read; the groups inside it are numbers
	last    func([]string) (time.Time, bool)
}

func form(pattern string, last func([]string) (time.Time, bool)) nameForm {
	return nameForm{regexp.MustCompile(`(?i)(?:^|[^0-9])(` + pattern + `)(?:$|[^0-9])`), last}
}

const (
	year  = `((?:19|20)\d\d)`
	to    = `\s*(?:-|~|–|—|至|到)\s*`
	dash  = `[-._/ ]`
	month = `(1[0-2]|0?[1-9])`
	day   = `(3[01]|[12]\d|0?[1-9])`
)

// nameForms stand from the longest to the shortest.
var nameForms = []nameForm{
	form(year+`年`+month+`月`+day+`日?`+to+month+`月`+day+`日?`, func(n []string) (time.Time, bool) { return dayOf(n[0], n[3], n[4]) }),
	form(year+`年`+month+`月`+day+`日?`+to+day+`日`, func(n []string) (time.Time, bool) { return dayOf(n[0], n[1], n[3]) }),
	form(year+`年`+month+`月?`+to+month+`月份?`, func(n []string) (time.Time, bool) { return monthOf(n[0], n[2]) }),
	form(year+`(0[1-9]|1[0-2])([0-3]\d)`+to+`(0[1-9]|1[0-2])([0-3]\d)`, func(n []string) (time.Time, bool) { return dayOf(n[0], n[3], n[4]) }),
	form(year+`(0[1-9]|1[0-2])([0-3]\d)[ _-]?(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d(?:\d{3})?)?`, func(n []string) (time.Time, bool) { return dayOf(n[0], n[1], n[2]) }),
	form(year+`年`+month+`月`+day+`日?`, func(n []string) (time.Time, bool) { return dayOf(n[0], n[1], n[2]) }),
	form(year+dash+month+dash+day, func(n []string) (time.Time, bool) { return dayOf(n[0], n[1], n[2]) }),
	form(year+`(0[1-9]|1[0-2])([0-3]\d)`, func(n []string) (time.Time, bool) { return dayOf(n[0], n[1], n[2]) }),
	form(year+`[-_ ]?W([0-5]\d)`, func(n []string) (time.Time, bool) { return periodOf(n[0] + "-W" + n[1]) }),
	form(year+`年第?([0-5]?\d)[周週]`, func(n []string) (time.Time, bool) { return periodOf(n[0] + "-W" + two(n[1])) }),
	form(year+`[-_ ]?Q([1-4])`, func(n []string) (time.Time, bool) { return periodOf(n[0] + "Q" + n[1]) }),
	form(year+`年第?([1-4一二三四])季度?`, func(n []string) (time.Time, bool) { return periodOf(n[0] + "Q" + digit(n[1])) }),
	form(year+`[-_ ]?H([12])`, func(n []string) (time.Time, bool) { return periodOf(n[0] + "H" + n[1]) }),
	form(year+`年(上|下)半年?`, func(n []string) (time.Time, bool) { return periodOf(n[0] + "H" + digit(n[1])) }),
	form(year+`年`+month+`月份?`, func(n []string) (time.Time, bool) { return monthOf(n[0], n[1]) }),
	form(year+`[-._]`+month, func(n []string) (time.Time, bool) { return monthOf(n[0], n[1]) }),
	form(year+`(0[1-9]|1[0-2])`, func(n []string) (time.Time, bool) { return monthOf(n[0], n[1]) }),
}

func numbers(s string, at []int) []string {
	var found []string
	for i := 4; i+1 < len(at); i += 2 {
		found = append(found, s[at[i]:at[i+1]])
	}
	return found
}

func digit(s string) string {
	if i := strings.Index("一二三四", s); i >= 0 {
		return strconv.Itoa(i/len("一") + 1)
	}
	return strings.NewReplacer("上", "1", "下", "2").Replace(s)
}

func two(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

func dayOf(y, m, d string) (time.Time, bool) {
	return periodOf(y + "-" + two(m) + "-" + two(d))
}

func monthOf(y, m string) (time.Time, bool) {
	return periodOf(y + "-" + two(m))
}

func periodOf(s string) (time.Time, bool) {
	p, err := period.Parse(s)
	return p.End.AddDate(0, 0, -1), err == nil
}
