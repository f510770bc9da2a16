package notice

import (
	"testing"
	"time"
)

func TestFiguresReadAsPeopleSayThem(t *testing.T) {
	v, en := values{book(t, "zh-Hant")}, values{book(t, "en")}
	day := time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct{ edge, got, want string }{
		{"thousands_have_commas", v.count(1234567), "1,234,567"},
		{"hundreds_have_none", v.count(208), "208"},
		{"below_zero_has_a_true_minus", v.count(-1208), "−1,208"},
		{"eighty_three_in_a_hundred", v.tenths(0.83), "八成三"},
		{"eighty_in_a_hundred", v.tenths(0.8), "八成"},
		{"all", v.tenths(1), "十成"},
		{"below_a_tenth_stays_per_cent", v.tenths(0.08), "8%"},
		{"other_languages_say_per_cent", en.tenths(0.83), "83%"},
		{"date", v.date(day), "2026年6月30日"},
		{"date_in_english", en.date(day), "30 June 2026"},
		{"date_without_its_year", v.day(day), "6月30日"},
		{"an_empty_cell", v.format(row{"a": nil}, "a", "count"), "—"},
		{"a_word_in_place_of_a_rate", v.format(row{"a": nil, "a_reading": "almost_all"}, "a", "rate"), "幾乎全部"},
		{"nothing_at_all_is_not_almost_none", v.format(row{"a": 0.0, "a_reading": nil}, "a", "rate"), "0%"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", c.edge, c.got, c.want)
		}
	}
}
