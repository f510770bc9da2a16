package head

import (
	"strings"
	"testing"

	"noticeboard/pipeline/period"
)

func TestFileNamesDifferWhereDocumentsDo(t *testing.T) {
	monthly := Head{Report: "R3", File: "{report}_monthly_{period}_{property}"}
	for _, c := range []struct{ property, zone, language, want string }{
		{"P01", "", "", "R3_monthly_2026-06_P01.xlsx"},
		{"*", "", "", "R3_monthly_2026-06_company.xlsx"},
		{"P01", "A/1", "en", "R3_monthly_2026-06_P01_A-1_en.xlsx"},
	} {
		if got := monthly.FileName("2026-06", c.property, c.zone, c.language, "xlsx"); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

func TestAnUnknownFieldIsNamedWithItsLine(t *testing.T) {
	var h Head
	_, problems := Decode("r3.yaml", []byte("report: R3\nfor_each: [property]\npaper: A4\n"), &h)
	if len(problems) != 1 || problems[0].Line != 3 || !strings.Contains(problems[0].Message, "paper") {
		t.Errorf("%v", problems)
	}
}

func TestAllProblemsOfAHeadComeAtOnce(t *testing.T) {
	text := "report: R3\nfile: \"{report}_{week}\"\nfor_each: [estate]\nperiod: fortnight\ndue: [rows, tuesday]\n"
	var h Head
	source, problems := Decode("r3.yaml", []byte(text), &h)
	problems = append(problems, h.Problems("r3.yaml", func(field string) int { return source.Line(field) })...)
	lines := map[int]int{}
	for _, p := range problems {
		lines[p.Line]++
	}
	if len(problems) != 7 || lines[2] != 3 || lines[3] != 1 || lines[4] != 1 || lines[5] != 2 {
		t.Errorf("%d problems: %v", len(problems), problems)
	}
}

func TestAWholeHeadHasNoProblem(t *testing.T) {
	h := Head{Report: "R1", File: "{report}_{period}_{property}", ForEach: []Subject{Property}, Period: period.Day, Due: []Occasion{PeriodEnd}}
	if problems := h.Problems("r1.yaml", func(string) int { return 0 }); problems != nil {
		t.Error(problems)
	}
}
