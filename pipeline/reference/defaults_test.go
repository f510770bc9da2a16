package reference

import (
	"testing"
)

func TestDefaultsAreReadWhole(t *testing.T) {
	for _, s := range sheets() {
		content, err := defaults.ReadFile("defaults/" + s.name + ".csv")
		if err != nil {
			continue
		}
		dir := folder(t, s.name+".csv", string(content))
		_, problems := Read(dir, Known{})
		for _, p := range problems {
			t.Error(p)
		}
	}
}

func TestEvidenceOfTheDefaultMeasuresHasActivityTypes(t *testing.T) {
	x := &crossing{contents: map[string]content{}}
	for _, s := range sheets() {
		x.contents[s.name] = content{rows: s.fallback()}
	}
	for _, r := range x.contents["measures"].rows {
		x.evidence("measures.csv", r)
	}
	for _, p := range x.problems {
		t.Error(p)
	}
}

func TestEveryCodeMeansItself(t *testing.T) {
	for _, list := range []string{"kind", "scope", "priority", "domain", "clock", "per", "day", "yes_no"} {
		codes := codesOf(list)
		if len(codes) == 0 {
			t.Errorf("%s has no codes", list)
		}
		for _, code := range codes {
			if got, ok := meaning(list, code); !ok || got != code {
				t.Errorf("%s: %s means %s", list, code, got)
			}
		}
	}
}

func TestNoWordMeansTwoCodesOfAList(t *testing.T) {
	seen := map[[2]string]string{}
	for _, w := range codeWords() {
		at := [2]string{w.list, w.word}
		if other, twice := seen[at]; twice && other != w.code {
			t.Errorf("%s: %q means %s and %s", w.list, w.word, other, w.code)
		}
		seen[at] = w.code
	}
}
