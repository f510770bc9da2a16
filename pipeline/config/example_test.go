package config

import (
	"io/fs"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"noticeboard/templates"
)

// example reads the configuration that init writes.
func example(t *testing.T) string {
	t.Helper()
	content, err := fs.ReadFile(templates.Files, "init/noticeboard.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// A setting is commented out without a space behind the #, unless it is indented; prose has one space.
var commentedOut = regexp.MustCompile(`(?m)^#( {2,}|\S)`)

func TestTheExampleChangesNothing(t *testing.T) {
	if c, problems := load(t, example(t)); len(problems) > 0 || !cmp.Equal(c, Default(), values) {
		t.Errorf("%v %s", problems, cmp.Diff(Default(), c, values))
	}
}

func TestTheExampleReadsWhenNothingIsCommentedOut(t *testing.T) {
	c, problems := load(t, commentedOut.ReplaceAllString(example(t), "$1"))
	if len(problems) > 0 {
		t.Error(problems)
	}
	// Where it says "these are the defaults", they are.
	d := Default()
	for name, pair := range map[string][2]any{"metrics": {d.Metrics, c.Metrics}, "limits": {d.Limits, c.Limits}, "warehouse": {d.Warehouse, c.Warehouse},
		"posting_days": {d.Notices.PostingDays, c.Notices.PostingDays}, "time_zone": {d.TimeZone, c.TimeZone}, "region": {d.Region, c.Region}} {
		if diff := cmp.Diff(pair[0], pair[1]); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestTheExampleShowsEverySetting(t *testing.T) {
	text := example(t)
	for _, name := range settings(reflect.TypeFor[Config]()) {
		if !strings.Contains(text, name+":") {
			t.Errorf("%s isn't shown", name)
		}
	}
}

// settings lists the names of a struct's fields in YAML, and of those below them.
func settings(t reflect.Type) []string {
	switch t.Kind() {
	case reflect.Map, reflect.Slice:
		return settings(t.Elem())
	case reflect.Struct:
		var names []string
		for i := range t.NumField() {
			if name := t.Field(i).Tag.Get("yaml"); name != "" {
				names = append(append(names, name), settings(t.Field(i).Type)...)
			}
		}
		return names
	default:
		return nil
	}
}
