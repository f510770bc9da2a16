package land

import (
	"regexp"
	"strings"
)

// shape is a way of writing moments that the engine reads set-wise, without doubt about what it means. All other ways are read
// one distinct text at a time (stampReader).
type shape struct {
	format  string // of strptime
	pattern *regexp.Regexp
	day     bool
}

var shapes = listShapes()

func listShapes() []shape {
	var all []shape
	add := func(format string, day bool) {
		pattern := strings.NewReplacer(".", `\.`, "%Y", `\d{4}`, "%f", `\d{1,6}`, "%m", `\d{1,2}`, "%d", `\d{1,2}`, "%H", `\d{1,2}`, "%M", `\d{1,2}`, "%S", `\d{1,2}`).Replace(format)
		all = append(all, shape{format, regexp.MustCompile("^" + pattern + "$"), day})
	}
	for _, date := range []string{"%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"} {
		add(date, true)
		for _, joint := range []string{" ", "T", ""} {
			if joint == "" && !strings.HasSuffix(date, "日") {
				continue
			}
			for _, clock := range []string{"%H:%M", "%H:%M:%S", "%H:%M:%S.%f", "%H时%M分", "%H时%M分%S秒", "%H時%M分", "%H時%M分%S秒"} {
				add(date+joint+clock, false)
			}
		}
	}
	all = append(all, shape{"%Y%m%d", regexp.MustCompile(`^\d{8}$`), true}, shape{"%Y%m%d%H%M%S", regexp.MustCompile(`^\d{14}$`), false})
	return all
}

// mostShapes bounds how often the engine tries a cell: a column has one or two ways of writing, seldom three.
const mostShapes = 3

// shapesOf gives the shapes of a sample, those of moments with a time of day apart.
func shapesOf(sample []string) (clocks, days []string) {
	found := 0
	for _, s := range shapes {
		if found == mostShapes {
			break
		}
		for _, text := range sample {
			if s.pattern.MatchString(text) {
				found++
				if s.day {
					days = append(days, s.format)
				} else {
					clocks = append(clocks, s.format)
				}
				break
			}
		}
	}
	return clocks, days
}
