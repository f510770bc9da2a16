package notice

import (
	"math"
	"strconv"
	"strings"
	"time"

	"noticeboard/pipeline/words"
)

// empty is printed where there is no value.
const empty = "—"

// values writes figures and dates in the words of a language.
type values struct {
	book *words.Book
}

// count writes a whole number with thousands commas.
func (v values) count(n float64) string {
	digits := strconv.FormatInt(int64(math.Abs(math.Round(n))), 10)
	var b strings.Builder
	if n <= -0.5 {
		b.WriteString("−")
	}
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return b.String()
}

func (v values) percent(share float64) string { return v.count(share*100) + "%" }

// tenths writes a share as people say it: 八成三. Below a tenth it stays per cent.
func (v values) tenths(share float64) string {
	p := int(math.Round(share * 100))
	if p < 10 || p > 100 {
		return v.percent(share)
	}
	tens, ones := v.book.Text("notice.digit."+strconv.Itoa(p/10)), p%10
	if ones == 0 {
		return v.book.Text("notice.tenths.whole", "tens", tens, "percent", v.percent(share))
	}
	return v.book.Text("notice.tenths.part", "tens", tens, "ones", v.book.Text("notice.digit."+strconv.Itoa(ones)), "percent", v.percent(share))
}

// date writes a date for a sentence; in tables and frames the plain form stands.
func (v values) date(t time.Time) string {
	return v.book.Text("notice.date", "year", strconv.Itoa(t.Year()), "month", v.month(t), "day", strconv.Itoa(t.Day()))
}

// day writes a date whose year goes without saying.
func (v values) day(t time.Time) string {
	return v.book.Text("notice.day", "month", v.month(t), "day", strconv.Itoa(t.Day()))
}

func (v values) month(t time.Time) string {
	return v.book.Text("notice.month." + strconv.Itoa(int(t.Month())))
}

// format writes the value of a column.
//
//	count   1,234
//	rate    83%, or the reading beside it (almost all, too few, …)
//	tenths  八成三, likewise
//	date    2026 年 6 月 30 日
//	plain   2026-06-30
//	day     6 月 30 日
//	month   6 月
//	text    as it stands
func (v values) format(r row, column, format string) string {
	if r[column] == nil {
		return v.reading(r, column)
	}
	if t, is := r[column].(time.Time); is {
		return v.time(t, format)
	}
	n, is := r.number(column)
	if !is {
		return r.text(column)
	}
	switch format {
	case "rate":
		return v.percent(n)
	case "tenths":
		return v.tenths(n)
	default:
		return v.count(n)
	}
}

func (v values) time(t time.Time, format string) string {
	switch format {
	case "date":
		return v.date(t)
	case "day":
		return v.day(t)
	case "month":
		return v.month(t)
	default:
		return t.Format(time.DateOnly)
	}
}

// reading says in a word what a rate may not say in figures. Its column is the rate's name with _reading; value has reading alone.
func (v values) reading(r row, column string) string {
	word := r.text(column + "_reading")
	if word == "" && column == "value" {
		word = r.text("reading")
	}
	if word == "" {
		return empty
	}
	return v.book.Text("notice.reading." + word)
}
