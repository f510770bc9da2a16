package land

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"golang.org/x/text/unicode/norm"

	"noticeboard/pipeline/decode"
	"noticeboard/pipeline/period"
)

// stamp is what a cell says of a moment: a date, with a time of day or without.
type stamp struct {
	micros int64 // of the local wall clock, from 1970 on
	day    bool  // there is no time of day
}

func stampAt(t time.Time, day bool) stamp { return stamp{t.UnixMicro(), day} }

func (s stamp) time() time.Time { return time.UnixMicro(s.micros).UTC() }

// date counts the days from 1970 on.
func (s stamp) date() int32 { return int32(arrow.Date32FromTime(s.time())) }

type verdict int

const (
	readable verdict = iota
	unreadable
	ambiguous // day-first or month-first, and nobody said which
	minguo    // a year of the Republic, and nobody said so
)

// stampReader reads the moments of one export.
type stampReader struct {
	order string          // ymd, dmy, mdy, roc
	zone  *time.Location  // of stamps that carry an offset
	timed map[string]bool // fields some of whose stamps have a time of day: a whole day shown with hours is a midnight there
}

func (r stampReader) read(text string) (stamp, verdict) {
	s, v := r.parse(plainStamp(text))
	if v == readable && (s.time().Year() < period.FirstYear || s.time().Year() > 9999) {
		return stamp{}, unreadable
	}
	return s, v
}

var (
	weekday = regexp.MustCompile(`\(?(?:星期|週|周|礼拜|禮拜)[一二三四五六日天]\)?|\b(?:MON|TUE|TUES|WED|WEDNES|THU|THUR|THURS|FRI|SAT|SATUR|SUN)(?:DAY)?\b,?|\([一二三四五六日]\)`)
	spaces  = regexp.MustCompile(`\s+`)
	signs   = strings.NewReplacer("年", "-", "月", "-", "日", " ", "号", " ", "號", " ", "时", ":", "時", ":", "点", ":", "點", ":", "分", ":", "秒", "")
)

// plainStamp brings the signs of three writing habits down to one: 2026-6-30 下午 2:05:.
func plainStamp(text string) string {
	s := strings.ToUpper(norm.NFKC.String(text))
	s = weekday.ReplaceAllString(s, " ") // before 日 becomes a sign: 星期日
	s = signs.Replace(s)
	return strings.TrimSpace(spaces.ReplaceAllString(s, " "))
}

var (
	yearFirst  = regexp.MustCompile(`^(\d{4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(.*)$`)
	compact    = regexp.MustCompile(`^(\d{4})(\d\d)(\d\d)(?:\s?T?\s?(\d\d)(\d\d)(\d\d)?)?$`)
	compactAt  = regexp.MustCompile(`^(\d{4})(\d\d)(\d\d)[T ](\d{1,2}:.*)$`)
	yearLast   = regexp.MustCompile(`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(.*)$`)
	shortYear  = regexp.MustCompile(`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{2})(?:\s|$)(.*)$`)
	rocYear    = regexp.MustCompile(`^(\d{2,3})[-/.](\d{1,2})[-/.](\d{1,2})(.*)$`)
	rocCompact = regexp.MustCompile(`^(1\d\d)(\d\d)(\d\d)(?:\s(.*))?$`)
	rocNamed   = regexp.MustCompile(`^(?:中華民國|中华民国|民國|民国)\s?(\d{1,3})-(\d{1,2})-(\d{1,2})(.*)$`)
	serial     = regexp.MustCompile(`^\d{5}(?:\.\d+)?$`)
)

func (r stampReader) parse(s string) (stamp, verdict) {
	if m := yearFirst.FindStringSubmatch(s); m != nil {
		return r.at(m[1], m[2], m[3], m[4])
	}
	if m := rocNamed.FindStringSubmatch(s); m != nil {
		return r.at(fromROC(m[1]), m[2], m[3], m[4])
	}
	if m := compact.FindStringSubmatch(s); m != nil {
		clock := ""
		if m[4] != "" {
			clock = m[4] + ":" + m[5]
			if m[6] != "" {
				clock += ":" + m[6]
			}
		}
		return r.at(m[1], m[2], m[3], clock)
	}
	if m := compactAt.FindStringSubmatch(s); m != nil {
		return r.at(m[1], m[2], m[3], m[4])
	}
	if serial.MatchString(s) {
		return ofSerial(s)
	}
	return r.ordered(s)
}

// ordered reads dates whose order somebody must have told.
func (r stampReader) ordered(s string) (stamp, verdict) {
	if m := yearLast.FindStringSubmatch(s); m != nil {
		switch r.order {
		case "dmy":
			return r.at(m[3], m[2], m[1], m[4])
		case "mdy":
			return r.at(m[3], m[1], m[2], m[4])
		}
		return stamp{}, ambiguous
	}
	if m := shortYear.FindStringSubmatch(s); m != nil && r.order == "dmy" {
		return r.at("20"+m[3], m[2], m[1], m[4])
	} else if m != nil && r.order == "mdy" {
		return r.at("20"+m[3], m[1], m[2], m[4])
	} else if m != nil && r.order == "" && s[len(m[1])] != '-' { // with hyphens it may be the year that is first
		return stamp{}, ambiguous
	}
	if m := rocYear.FindStringSubmatch(s); m != nil && r.order == "roc" {
		return r.at(fromROC(m[1]), m[2], m[3], m[4])
	} else if m != nil && len(m[1]) == 3 && r.order == "" {
		return stamp{}, minguo
	}
	if m := rocCompact.FindStringSubmatch(s); m != nil && r.order == "roc" {
		return r.at(fromROC(m[1]), m[2], m[3], m[4])
	}
	return named(s)
}

func fromROC(year string) string {
	n, _ := strconv.Atoi(year)
	return strconv.Itoa(n + 1911)
}

// namedMonths are the forms in which a month's name leaves no doubt about the order.
var namedMonths = []struct {
	layout string
	day    bool
}{
	{"2 JAN 2006", true}, {"2-JAN-2006", true}, {"JAN 2, 2006", true}, {"2 JANUARY 2006", true}, {"JANUARY 2, 2006", true},
	{"2 JAN 2006 15:04", false}, {"2-JAN-2006 15:04", false}, {"JAN 2, 2006 15:04", false}, {"2 JAN 2006 15:04:05", false}, {"2-JAN-2006 15:04:05", false}, {"JAN 2, 2006 15:04:05", false},
	{"JAN 2, 2006 3:04 PM", false}, {"JAN 2, 2006, 3:04 PM", false}, {"JAN 2, 2006 3:04:05 PM", false},
}

func named(s string) (stamp, verdict) {
	for _, f := range namedMonths {
		if t, err := time.Parse(strings.NewReplacer("JANUARY", "January", "JAN", "Jan").Replace(f.layout), title(s)); err == nil {
			return stampAt(t, f.day), readable
		}
	}
	return stamp{}, unreadable
}

// title gives back to a month the case in which Go reads it.
func title(s string) string {
	lower := strings.ToLower(s)
	for i, c := range lower {
		if c >= 'a' && c <= 'z' {
			return lower[:i] + strings.ToUpper(lower[i:i+1]) + strings.NewReplacer("am", "AM", "pm", "PM").Replace(lower[i+1:])
		}
	}
	return lower
}

func ofSerial(s string) (stamp, verdict) {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return stamp{}, unreadable
	}
	return stampAt(decode.DateOfSerial(n, false), n == math.Floor(n)), readable
}

func (r stampReader) at(year, month, day, rest string) (stamp, verdict) {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	date := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if date.Day() != d || int(date.Month()) != m || date.Year() != y {
		return stamp{}, unreadable
	}
	rest = strings.TrimPrefix(strings.TrimSpace(rest), "T")
	if rest == "" {
		return stampAt(date, true), readable
	}
	return r.clock(date, rest)
}

var clock = regexp.MustCompile(`^(上午|下午|凌晨|早上|早晨|中午|傍晚|晚上|AM|PM)?\s?(\d{1,2})(?::(\d{1,2}))?(?::(\d{1,2})(?:[.,](\d{1,9}))?)?:?\s?(AM|PM|A\.M\.|P\.M\.)?\s?(Z|UTC|GMT|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d\d)?)?$`)

func (r stampReader) clock(date time.Time, text string) (stamp, verdict) {
	// After its own character an hour may stand alone: 14时 has become 14:.
	m := clock.FindStringSubmatch(text)
	if m != nil && strings.HasPrefix(m[7], "-") && m[4] == "" {
		m = nil // 09:00-11:00 is a stretch of time, and not eleven hours west of Greenwich
	}
	if m == nil || m[3] == "" && m[1] == "" && m[6] == "" && !strings.HasSuffix(text, ":") {
		return stamp{}, unreadable
	}
	hour, _ := strconv.Atoi(m[2])
	minute, _ := strconv.Atoi(m[3])
	second, _ := strconv.Atoi(m[4])
	nanos, _ := strconv.Atoi((m[5] + "000000000")[:9])
	half := m[1]
	if half == "" {
		half = strings.ReplaceAll(m[6], ".", "")
	}
	hour, ok := onTheDay(hour, half)
	if !ok || minute > 59 || second > 59 || hour == 24 && (minute > 0 || second > 0 || nanos > 0) {
		return stamp{}, unreadable
	}
	at := date.Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second + time.Duration(nanos/1000)*time.Microsecond)
	if m[7] != "" {
		return r.moved(at, m[7])
	}
	return stampAt(at, false), readable
}

var (
	slot    = regexp.MustCompile(`^(.*\d\D)(\d{1,2}:\d\d)\s?[-~—–至到]\s?(\d{1,2}:\d\d)$`)
	halfDay = regexp.MustCompile(`^(.*\d)\s*\(?(?:上午|下午|早上|中午|傍晚|晚上|全天|AM|PM)\)?$`)
)

// readSlot reads what is only planned as a stretch of a day: 2026-06-30 09:00-11:00 is kept until its end, and of half a day the day is
// kept.
func (r stampReader) readSlot(text string) (stamp, verdict) {
	s := plainStamp(text)
	if m := slot.FindStringSubmatch(s); m != nil {
		return r.parse(m[1] + m[3])
	}
	if m := halfDay.FindStringSubmatch(s); m != nil {
		if s, v := r.parse(m[1]); v == readable && s.day {
			return s, v
		}
	}
	return stamp{}, unreadable
}

// onTheDay gives the hour of the day that an hour of half a day means; 24 is the next day's 0.
func onTheDay(hour int, half string) (int, bool) {
	switch half {
	case "":
		return hour, hour <= 24
	case "上午", "早上", "早晨", "凌晨", "AM":
		if hour == 12 {
			hour = 0
		}
		return hour, hour < 12
	case "中午":
		if hour < 11 {
			hour += 12
		}
		return hour, hour < 15
	default: // afternoon and evening; some write 下午14:05
		if hour < 12 {
			hour += 12
		}
		return hour, hour < 24
	}
}

// moved brings a stamp with an offset to the clock of the configured zone.
func (r stampReader) moved(at time.Time, offset string) (stamp, verdict) {
	minutes, ok := minutesOf(offset)
	if !ok {
		return stamp{}, unreadable
	}
	y, m, d := at.Date()
	moment := time.Date(y, m, d, at.Hour(), at.Minute(), at.Second(), at.Nanosecond(), time.UTC).Add(-time.Duration(minutes) * time.Minute).In(r.zone)
	y, m, d = moment.Date()
	return stampAt(time.Date(y, m, d, moment.Hour(), moment.Minute(), moment.Second(), moment.Nanosecond(), time.UTC), false), readable
}

func minutesOf(offset string) (int, bool) {
	offset = strings.TrimPrefix(strings.TrimPrefix(offset, "UTC"), "GMT")
	if offset == "" || offset == "Z" {
		return 0, true
	}
	sign := 1
	if offset[0] == '-' {
		sign = -1
	}
	digits := strings.ReplaceAll(offset[1:], ":", "")
	hours, minutes := digits, "0"
	if len(digits) > 2 {
		hours, minutes = digits[:len(digits)-2], digits[len(digits)-2:]
	}
	h, _ := strconv.Atoi(hours)
	m, _ := strconv.Atoi(minutes)
	return sign * (h*60 + m), h <= 14 && m <= 59
}
