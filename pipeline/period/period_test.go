package period

import (
	"testing"
	"time"
)

func TestParseGivesBackWhatStringWrites(t *testing.T) {
	for _, s := range []string{"2026-06-30", "2024-02-29", "2026-W26", "2020-W53", "2025-W01", "2026-06", "2026Q2", "2026H1", "2025H2", "2026"} {
		p, err := Parse(s)
		if err != nil || p.String() != s {
			t.Errorf("%s: %v, %v", s, p, err)
		}
	}
}

func TestParseRefusesWhatIsNoPeriod(t *testing.T) {
	for _, s := range []string{"", "2026-6", "2026-13", "2026-W54", "2025-W53", "2026Q5", "2026H3", "2026-02-30", "26H1", "2026-00"} {
		if p, err := Parse(s); err == nil {
			t.Errorf("%q was read as %v", s, p)
		}
	}
}

func TestPeriodsAreHalfOpenAndMeet(t *testing.T) {
	day := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	want := map[Kind]string{Day: "2026-06-30", Week: "2026-W26", Month: "2026-06", Quarter: "2026Q2", Half: "2026H1", Year: "2025"}
	for kind, label := range want {
		p := Of(kind, day)
		if q := p.Previous(); q.String() != label || !q.End.Equal(p.Start) {
			t.Errorf("before %v comes %v, which ends %v; want %s", p, q, q.End, label)
		}
	}
}

func TestWeekOneMayBeginInDecember(t *testing.T) {
	p, err := Parse("2025-W01")
	if err != nil || p.Start.Format(time.DateOnly) != "2024-12-30" {
		t.Errorf("%v, %v", p.Start, err)
	}
}
