package render

import (
	"testing"
	"time"

	"noticeboard/pipeline/period"
	"noticeboard/pipeline/render/head"
)

func TestDueOnTheFirstAndOnceMoreWhenThePeriodCloses(t *testing.T) {
	day := func(s string) time.Time {
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	closes := []head.Occasion{head.PeriodEnd, head.CloseDay}
	for _, c := range []struct {
		name       string
		kind       period.Kind
		due        []head.Occasion
		date       string
		isCloseDay bool
		want       string // period and edition, empty: not due
	}{
		{"the first of the month brings the first edition", period.Month, closes, "2026-07-01", false, "2026-06 first"},
		{"the close day brings the final one", period.Month, closes, "2026-07-03", true, "2026-06 final"},
		{"a close day on the first is final at once", period.Month, closes, "2026-07-01", true, "2026-06 final"},
		{"no other day brings any", period.Month, closes, "2026-07-02", false, ""},
		{"a half closes in July", period.Half, closes, "2026-07-03", true, "2026H1 final"},
		{"a half doesn't close again in August", period.Half, closes, "2026-08-05", true, ""},
		{"a quarter begins on the first of October", period.Quarter, closes, "2026-10-01", false, "2026Q3 first"},
		{"a week is done on Monday, and final", period.Week, []head.Occasion{head.PeriodEnd}, "2026-06-29", false, "2026-W26 final"},
		{"not on Tuesday", period.Week, []head.Occasion{head.PeriodEnd}, "2026-06-30", false, ""},
		{"a day every night", period.Day, []head.Occasion{head.PeriodEnd}, "2026-06-30", false, "2026-06-29 final"},
		{"on demand only", period.Month, nil, "2026-07-01", true, ""},
	} {
		of, final, yes := due(head.Head{Period: c.kind, Due: c.due}, day(c.date), c.isCloseDay)
		got := ""
		if yes {
			got = of.String() + map[bool]string{true: " final", false: " first"}[final]
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
