package land

import (
	"strings"

	"noticeboard/pipeline/period"
	"noticeboard/pipeline/record"
)

// Most cells are written in the plainest way. Those are read here, some twenty times as fast as by the patterns of stampReader and
// number; whatever isn't plain is left to them. The two must agree, and a test holds them to it.

// quickStamp reads 2026-06-30, 2026/6/3 9:05, 2026.06.30T14:05:06, 2026年6月30日 14时05分.
func quickStamp(s string) (stamp, bool) {
	year, s, ok := digits(s, 4, 4)
	if !ok {
		return stamp{}, false
	}
	mark, s := sign(s)
	if mark != "-" && mark != "/" && mark != "." && mark != "年" {
		return stamp{}, false
	}
	month, s, ok := digits(s, 1, 2)
	second, s := sign(s)
	if !ok || second != mark && (mark != "年" || second != "月") {
		return stamp{}, false
	}
	day, s, ok := digits(s, 1, 2)
	if !ok || month < 1 || month > 12 || day < 1 || year < period.FirstYear {
		return stamp{}, false
	}
	if mark == "年" {
		if s, ok = strings.CutPrefix(s, "日"); !ok {
			return stamp{}, false
		}
	}
	if day > daysIn(year, month) {
		return stamp{}, false
	}
	date := int64(daysBefore(year, month)+day-1) * microsOfDay
	switch {
	case s == "":
		return stamp{date, true}, true
	case s[0] == ' ', s[0] == 'T':
		s = s[1:]
	case mark != "年":
		return stamp{}, false
	}
	past, ok := quickClock(s)
	return stamp{date + past, false}, ok
}

// quickClock reads 14:05, 9:05:06 and 14时05分06秒.
func quickClock(s string) (micros int64, ok bool) {
	hour, s, ok := digits(s, 1, 2)
	mark, s := sign(s)
	if !ok || hour > 23 || mark != ":" && mark != "时" && mark != "時" {
		return 0, false
	}
	minute, s, ok := digits(s, 1, 2)
	if !ok || minute > 59 {
		return 0, false
	}
	past := int64(hour*60+minute) * 60_000_000
	end := ""
	if mark != ":" {
		if s, ok = strings.CutPrefix(s, "分"); !ok {
			return 0, false
		}
		end = "秒"
	}
	if s == "" {
		return past, true
	}
	if mark == ":" {
		if s, ok = strings.CutPrefix(s, ":"); !ok {
			return 0, false
		}
	}
	second, s, ok := digits(s, 1, 2)
	return past + int64(second)*1_000_000, ok && second <= 59 && s == end
}

const microsOfDay = 24 * 60 * 60 * 1_000_000

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// daysBefore counts the days from 1970 to the first of a month. Its years begin in March, so that a leap day is the last of one.
func daysBefore(year, month int) int {
	if month < 3 {
		year, month = year-1, month+12
	}
	return 365*year + year/4 - year/100 + year/400 + (153*(month-3)+2)/5 - 719_468
}

// digits reads a number of so many digits at the beginning.
func digits(s string, least, most int) (n int, rest string, ok bool) {
	i := 0
	for ; i < len(s) && i < most && s[i] >= '0' && s[i] <= '9'; i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n, s[i:], i >= least
}

// sign takes off the first character: of ASCII, or of three bytes as 年 is.
func sign(s string) (first, rest string) {
	switch {
	case s == "":
		return "", ""
	case isHanStart(s[0]) && len(s) >= 3:
		return s[:3], s[3:]
	}
	return s[:1], s[1:]
}

// quickFigure reads -12.5 where the field has at least as many decimals.
func quickFigure(s string, kind record.Type) (figure, bool) {
	negative := strings.HasPrefix(s, "-")
	if negative {
		s = s[1:]
	}
	whole, fraction, point := strings.Cut(s, ".")
	decimals := decimalsOf[kind]
	if whole == "" || len(whole) > digitsBeforeDot[kind] || len(fraction) > decimals || point && fraction == "" {
		return figure{}, false
	}
	units := int64(0)
	for _, part := range [2]string{whole, fraction} {
		for i := range len(part) {
			if part[i] < '0' || part[i] > '9' {
				return figure{}, false
			}
			units = units*10 + int64(part[i]-'0')
		}
	}
	for range decimals - len(fraction) {
		units *= 10
	}
	if negative {
		units = -units
	}
	return figure{units, true}, true
}
