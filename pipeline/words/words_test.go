package words

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"noticeboard/templates"
)

func TestTextFillsSlotsAndRemembersHoles(t *testing.T) {
	fsys := fstest.MapFS{"text/en/a.yaml": {Data: []byte("summary:\n  better: \"{metric} rose to {to}\"\n  plain: nothing\n")}}
	b, problems := Load(fsys, "en")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if got := b.Text("summary.better", "metric", "Rework", "to", "8 %"); got != "Rework rose to 8 %" {
		t.Error(got)
	}
	b.Text("summary.better", "metric", "Rework")
	b.Text("summary.worse")
	if diff := cmp.Diff([]string{"summary.better {to}", "summary.worse"}, b.Missing()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"summary.plain"}, b.Unused()); diff != "" {
		t.Error(diff)
	}
}

func TestKeyGivenTwiceNamesBothPlaces(t *testing.T) {
	fsys := fstest.MapFS{"text/en/a.yaml": {Data: []byte("a: {b: one}\n")}, "text/en/b.yaml": {Data: []byte("x: y\na:\n  b: two\n")}}
	_, problems := Load(fsys, "en")
	if len(problems) != 1 || problems[0].File != "templates/text/en/b.yaml" || problems[0].Line != 3 || !strings.Contains(problems[0].Hint, "a.yaml:1") {
		t.Errorf("%+v", problems)
	}
}

func TestAllLanguagesHaveTheSameKeys(t *testing.T) {
	first, problems := Load(templates.Files, Languages[0])
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, language := range Languages[1:] {
		other, problems := Load(templates.Files, language)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		if diff := cmp.Diff(first.Keys(), other.Keys()); diff != "" {
			t.Errorf("%s against %s:\n%s", language, Languages[0], diff)
		}
	}
}
