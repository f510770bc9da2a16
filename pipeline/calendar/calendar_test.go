package calendar

import (
	"testing"
	"time"
)

func load(t *testing.T, region string, override ...Day) *Calendar {
	t.Helper()
	c, err := Load(region, override)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func date(t *testing.T, s string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDaysOfEachRegion(t *testing.T) {
	for _, c := range []struct {
		region, date   string
		working, known bool
		why            string
	}{
		{"CN", "2026-06-29", true, true, "an ordinary Monday"},
		{"CN", "2026-06-28", false, true, "an ordinary Sunday"},
		{"CN", "2024-02-04", true, true, "a Sunday worked for the Spring Festival"},
		{"CN", "2020-01-31", false, true, "the festival that was prolonged by three days"},
		{"TW", "2024-02-17", true, true, "a Saturday worked"},
		{"TW", "2025-12-25", false, true, "a holiday that came within the year"},
		{"TW", "2024-12-25", true, true, "not yet a holiday"},
		{"HK", "2026-04-07", false, true, "Ching Ming on Easter Sunday pushes two days on"},
		{"HK", "2024-02-17", false, true, "no make-up days in Hong Kong"},
		{"CN", "2018-10-01", true, false, "before the data: taken as a Monday"},
		{"CN", "2027-10-01", true, false, "not announced: taken as a Friday"},
		{"CN", "2027-10-02", false, false, "not announced: taken as a Saturday"},
	} {
		working, known := load(t, c.region).IsWorking(date(t, c.date))
		if working != c.working || known != c.known {
			t.Errorf("%s %s (%s): working %v, known %v", c.region, c.date, c.why, working, known)
		}
	}
}

func TestTimeOfDayAndZoneDoNotMatter(t *testing.T) {
	shanghai := time.FixedZone("", 8*3600)
	if working, known := load(t, "CN").IsWorking(time.Date(2026, 10, 1, 0, 30, 0, 0, shanghai)); working || !known {
		t.Errorf("National Day at half past midnight: working %v, known %v", working, known)
	}
}

func TestOwnDaysLieOverTheRegion(t *testing.T) {
	c := load(t, "CN",
		Day{Date: date(t, "2026-06-29"), Working: false, Name: "停工"},
		Day{Date: date(t, "2027-01-02"), Working: true, Name: "補班"})
	if working, known := c.IsWorking(date(t, "2026-06-29")); working || !known {
		t.Error("an own day off is off")
	}
	if working, known := c.IsWorking(date(t, "2027-01-02")); !working || !known {
		t.Error("an own day is known, even in a year that isn't")
	}
	if _, known := c.IsWorking(date(t, "2027-01-04")); known {
		t.Error("one own day doesn't make its year known")
	}
}

func TestRegionOfOwnDaysKnowsTheYearsTheyLieIn(t *testing.T) {
	c := load(t, FromFile, Day{Date: date(t, "2026-12-20"), Name: "澳門特別行政區成立紀念日"})
	for day, want := range map[string][2]bool{"2026-12-20": {false, true}, "2026-10-01": {true, true}, "2027-01-01": {true, false}} {
		if working, known := c.IsWorking(date(t, day)); working != want[0] || known != want[1] {
			t.Errorf("%s: working %v, known %v", day, working, known)
		}
	}
}

func TestUnknownRegionSaysWhichThereAre(t *testing.T) {
	if _, err := Load("MO", nil); err == nil || err.Error() != `"MO" is no region whose working days are known: CN, TW, HK, or file` {
		t.Error(err)
	}
}

func TestNextWorkingDay(t *testing.T) {
	for _, c := range []struct {
		region, after, want string
		known               bool
		why                 string
	}{
		{"CN", "2026-06-29", "2026-06-30", true, "the next day, never the same"},
		{"CN", "2026-06-26", "2026-06-29", true, "over a weekend"},
		{"CN", "2024-02-09", "2024-02-18", true, "over a festival to the Sunday that is worked"},
		{"CN", "2026-12-31", "2027-01-01", false, "into a year that isn't announced"},
		{"HK", "2026-04-02", "2026-04-08", true, "over Easter and Ching Ming"},
	} {
		next, known := load(t, c.region).NextWorking(date(t, c.after))
		if next.Format(time.DateOnly) != c.want || known != c.known {
			t.Errorf("%s after %s (%s): %s, known %v", c.region, c.after, c.why, next.Format(time.DateOnly), known)
		}
	}
}

func TestNextWorkingDayOfAYearWithoutAnyEnds(t *testing.T) {
	var off []Day
	for d := date(t, "2026-01-01"); d.Year() < 2030; d = d.AddDate(0, 0, 1) {
		off = append(off, Day{Date: d})
	}
	load(t, FromFile, off...).NextWorking(date(t, "2026-06-01"))
}

func TestDaysAreHalfOpenAndCarryNames(t *testing.T) {
	days := load(t, "TW").Days(date(t, "2026-09-24"), date(t, "2026-09-27"))
	if len(days) != 3 || days[0].Name != "" || days[1].Name != "中秋節" || days[1].Working || !days[2].Known {
		t.Errorf("%+v", days)
	}
}
