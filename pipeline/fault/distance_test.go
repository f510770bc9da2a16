package fault

import "testing"

func TestNearestIsTheWordThatWasMeant(t *testing.T) {
	list := []string{"tickets", "topics", "給排水", "電梯"}
	for word, want := range map[string]string{"ticket": "tickets", "TICKETS": "tickets", "給排水2": "給排水", "电梯": "電梯", "inspections": "", "綠化": ""} {
		if got, _ := Nearest(word, list); got != want {
			t.Errorf("%s: got %q, want %q", word, got, want)
		}
	}
}

func TestWordFarFromAllOfThemGetsTheWholeList(t *testing.T) {
	if got := Meant("fr", []string{"zh-Hant", "en"}); got != "one of zh-Hant, en" {
		t.Error(got)
	}
}
