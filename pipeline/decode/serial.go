package decode

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// epoch is the day 0 of a spreadsheet's dates.
type epoch int

const (
	epoch1900 epoch = iota
	epoch1904
)

// numberFormat is what the format of a cell says of the number in it.
type numberFormat struct {
	date, hours bool
	zeros       int // shown with so many digits: 000123 is an id, not 123
}

// formatOf reads a format: the numbered ones of all spreadsheets, or its code.
func formatOf(id int, code string) numberFormat {
	if code == "" {
		switch {
		case id == 22:
			return numberFormat{date: true, hours: true}
		case id >= 18 && id <= 21, id >= 45 && id <= 47, id >= 32 && id <= 35, id == 55, id == 56:
			return numberFormat{date: true, hours: true}
		case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
			return numberFormat{date: true}
		}
		return numberFormat{}
	}
	return formatOfCode(code)
}

// formatOfCode looks for the letters of dates outside quotes, brackets and escapes.
func formatOfCode(code string) numberFormat {
	var letters strings.Builder
	quoted, bracket := false, false
	runes := []rune(code)
	for i := 0; i < len(runes); i++ {
		switch r := runes[i]; {
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '[':
			bracket = true
			if i+1 < len(runes) && strings.ContainsRune("hmsHMS", runes[i+1]) {
				letters.WriteRune('h') // [h]:mm is a duration
			}
		case r == ']':
			bracket = false
		case bracket:
		case r == '\\' || r == '_' || r == '*':
			i++
		case r == ';':
			i = len(runes) // further sections are for negative numbers and text
		default:
			letters.WriteRune(r)
		}
	}
	bare := strings.ToLower(letters.String())
	if bare != "" && strings.Trim(bare, "0") == "" {
		return numberFormat{zeros: len(bare)}
	}
	if strings.Contains(bare, "general") || strings.ContainsAny(bare, "#0?") && !strings.ContainsAny(bare, "ydh") {
		return numberFormat{}
	}
	hours := strings.ContainsAny(bare, "h") || strings.Contains(bare, "ss") || strings.Contains(bare, "上午") || strings.Contains(bare, "am/pm")
	return numberFormat{date: hours || strings.ContainsAny(bare, "yde") || strings.Contains(bare, "mm"), hours: hours}
}

// text writes a number as a person sees it: dates as 2026-06-30 or 2026-06-30 14:05:06, others plainly. midnight: a whole day
// whose format shows hours.
func (f numberFormat) text(raw string, e epoch) (shown string, midnight bool) {
	n, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return raw, false
	}
	if f.date && n >= 1 && n < 2958466 {
		day := n == math.Floor(n)
		t := DateOfSerial(n, e == epoch1904)
		if day {
			return t.Format(time.DateOnly), f.hours
		}
		return t.Format("2006-01-02 15:04:05"), false
	}
	if f.date && n >= 0 && n < 1 {
		return DateOfSerial(n, false).Format("15:04:05"), false
	}
	shown = plainNumber(raw, n)
	if f.zeros > 0 && n == math.Floor(n) && n >= 0 {
		shown = strings.Repeat("0", max(0, f.zeros-len(shown))) + shown
	}
	return shown, false
}

// plainNumber writes 2.0260630001E+11 as 202606300010 and drops the noise of binary fractions.
func plainNumber(raw string, n float64) string {
	digits := strings.Trim(raw, "-0123456789")
	if digits == "" {
		return raw
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 15, 64), 64)
	if err != nil || math.Abs(n) >= 1e15 {
		rounded = n
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// DateOfSerial gives the time that a spreadsheet's day number means, to the second.
func DateOfSerial(serial float64, from1904 bool) time.Time {
	day0 := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case from1904:
		day0 = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case serial >= 1 && serial < 60:
		day0 = day0.AddDate(0, 0, 1) // the 29 February 1900 that spreadsheets believe in comes after these days
	}
	days := math.Floor(serial)
	seconds := math.Round((serial - days) * 86400)
	return day0.AddDate(0, 0, int(days)).Add(time.Duration(seconds) * time.Second)
}
