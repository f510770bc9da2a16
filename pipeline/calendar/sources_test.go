package calendar

import (
	"encoding/csv"
	"sort"
	"strings"
	"testing"
	"time"

	lunar "github.com/6tail/lunar-go/calendar"

	holidays "github.com/6tail/lunar-go/HolidayUtil"
)

const firstYear, lastYear = 2019, 2026

type row struct{ date, kind, name, source, edition string }

func rowsOf(t *testing.T, region string) []row {
	t.Helper()
	content, err := files.ReadFile("days/" + region + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(strings.NewReader(string(content))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var list []row
	for _, r := range records[1:] {
		list = append(list, row{r[0], r[1], r[2], r[3], r[4]})
	}
	return list
}

func TestEveryRowIsDatedInOrderAndSaysWhereItComesFrom(t *testing.T) {
	for _, region := range []string{"CN", "TW", "HK"} {
		before := ""
		for _, r := range rowsOf(t, region) {
			if r.date <= before || r.name == "" || r.source == "" || !strings.Contains(r.edition, "年") {
				t.Errorf("%s %+v", region, r)
			}
			before = r.date
		}
	}
}

func TestMainlandDaysAgreeWithAnIndependentSource(t *testing.T) {
	c := load(t, "CN")
	for _, day := range c.Days(date(t, "2019-01-01"), date(t, "2027-01-01")) {
		want := day.Date.Weekday() != time.Saturday && day.Date.Weekday() != time.Sunday
		if h := holidays.GetHoliday(day.Date.Format(time.DateOnly)); h != nil {
			want = h.IsWork()
		}
		if !day.Known || day.Working != want {
			t.Errorf("%s: working %v, known %v", day.Date.Format(time.DateOnly), day.Working, day.Known)
		}
	}
}

// lunarDate gives the date of a day of the lunar year that begins in that year.
func lunarDate(year, month, day int) time.Time {
	s := lunar.NewLunarFromYmd(year, month, day).GetSolar()
	return time.Date(s.GetYear(), time.Month(s.GetMonth()), s.GetDay(), 0, 0, 0, 0, time.UTC)
}

func clearBrightness(year int) time.Time {
	s := lunar.NewLunarFromYmd(year, 3, 1).GetJieQiTable()["清明"]
	return time.Date(s.GetYear(), time.Month(s.GetMonth()), s.GetDay(), 0, 0, 0, 0, time.UTC)
}

// easter is the Gregorian computus.
func easter(y int) time.Time {
	a, b, c := y%19, y/100, y%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return time.Date(y, time.Month(n/31), n%31+1, 0, 0, 0, 0, time.UTC)
}

// generalHolidays works the law of Hong Kong out: one that falls on a Sunday or on another is moved to the next day that is neither.
func generalHolidays(year int) []string {
	on := func(m time.Month, d int) time.Time { return time.Date(year, m, d, 0, 0, 0, 0, time.UTC) }
	newYear, sunday := lunarDate(year, 1, 1), easter(year)
	list := []time.Time{sunday.AddDate(0, 0, -2), sunday.AddDate(0, 0, -1), on(1, 1), newYear, newYear.AddDate(0, 0, 1), newYear.AddDate(0, 0, 2),
		clearBrightness(year), sunday.AddDate(0, 0, 1), on(5, 1), lunarDate(year, 4, 8), lunarDate(year, 5, 5), on(7, 1), on(10, 1),
		lunarDate(year, 8, 15).AddDate(0, 0, 1), lunarDate(year, 9, 9), on(12, 25), on(12, 26)}
	taken := map[string]bool{}
	for _, d := range list {
		for d.Weekday() == time.Sunday || taken[d.Format(time.DateOnly)] {
			d = d.AddDate(0, 0, 1)
		}
		taken[d.Format(time.DateOnly)] = true
	}
	var dates []string
	for d := range taken {
		dates = append(dates, d)
	}
	sort.Strings(dates)
	return dates
}

func TestHongKongDaysFollowTheLaw(t *testing.T) {
	var got, want []string
	for _, r := range rowsOf(t, "HK") {
		got = append(got, r.date)
	}
	for year := firstYear; year <= lastYear; year++ {
		want = append(want, generalHolidays(year)...)
	}
	if g, w := strings.Join(got, " "), strings.Join(want, " "); g != w {
		t.Errorf("got  %s\nwant %s", g, w)
	}
}

func TestTaiwanFestivalsLieOnTheirLunarDays(t *testing.T) {
	c := load(t, "TW")
	for year := firstYear; year <= lastYear; year++ {
		newYear := lunarDate(year, 1, 1)
		for _, d := range []time.Time{newYear.AddDate(0, 0, -1), newYear, newYear.AddDate(0, 0, 1), newYear.AddDate(0, 0, 2),
			clearBrightness(year), lunarDate(year, 5, 5), lunarDate(year, 8, 15)} {
			if working, _ := c.IsWorking(d); working {
				t.Errorf("%s should be a holiday", d.Format(time.DateOnly))
			}
		}
	}
}

func TestTaiwanWorksASaturdayForEveryDayThatWasMoved(t *testing.T) {
	moved, worked := map[string]int{}, map[string]int{}
	for _, r := range rowsOf(t, "TW") {
		year := r.date[:4]
		switch {
		case r.kind == "work":
			worked[year]++
			if date(t, r.date).Weekday() != time.Saturday {
				t.Errorf("%s is worked and no Saturday", r.date)
			}
		// The eve of New Year's Eve was moved to until 2025; since 2026 it is a holiday of its own.
		case r.name == "調整放假" || r.name == "小年夜" && year < "2026":
			moved[year]++
		}
	}
	for year := firstYear; year <= lastYear; year++ {
		y := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Format("2006")
		if moved[y] != worked[y] {
			t.Errorf("%s: %d days moved, %d Saturdays worked", y, moved[y], worked[y])
		}
	}
}

func TestTaiwanDaysOffAddUpToTheAnnouncedNumber(t *testing.T) {
	// 2025 was announced with 115; three came with the law on memorial days of that May.
	for year, want := range map[string]int{"2019": 115, "2020": 115, "2021": 116, "2022": 115, "2023": 116, "2024": 115, "2025": 118, "2026": 120} {
		off := 0
		for _, d := range load(t, "TW").Days(date(t, year+"-01-01"), date(t, year+"-12-31").AddDate(0, 0, 1)) {
			if !d.Working {
				off++
			}
		}
		if off != want {
			t.Errorf("%s: %d days off, announced %d", year, off, want)
		}
	}
}
