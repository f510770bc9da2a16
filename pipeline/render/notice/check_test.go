package notice

import (
	"bytes"
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/words"
	"noticeboard/templates"
)

func columnsOf(w *duck.Warehouse) func(string) ([]duck.Column, bool) {
	return func(relation string) ([]duck.Column, bool) {
		columns, err := w.Columns(context.Background(), relation)
		return columns, err == nil
	}
}

func TestShippedTemplatesNameOnlyWhatIsThere(t *testing.T) {
	w := world(t, "world.sql")
	for _, language := range words.Languages {
		for _, file := range []string{"r6_half_year.yaml", "r7_works.yaml", "r8_topics.yaml"} {
			for _, p := range template(t, file).Check(book(t, language), columnsOf(w), nil) {
				t.Error(p)
			}
		}
	}
}

// readme is what staff are told of notices.
func readme(t *testing.T) string {
	t.Helper()
	content, err := templates.Files.ReadFile("notices/README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestTheNoticeOfTheReadmeCanBeMade(t *testing.T) {
	_, rest, _ := strings.Cut(readme(t), "```yaml\n")
	example, _, _ := strings.Cut(rest, "```")
	parsed, problems := Parse("notice.yaml", []byte(example))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	w := world(t, "world.sql")
	for _, p := range parsed.Check(book(t, "zh-Hant"), columnsOf(w), nil) {
		t.Error(p)
	}
	var out bytes.Buffer
	result, err := parsed.Render(context.Background(), w, book(t, "zh-Hant"), fonts(t), firstHalf("zh-Hant"), &out)
	if err != nil || result.Pages > 2 {
		t.Errorf("%d pages, %v", result.Pages, err)
	}
}

func TestTheReadmeTellsOfEveryField(t *testing.T) {
	text := readme(t)
	seen := map[reflect.Type]bool{}
	var look func(reflect.Type)
	look = func(of reflect.Type) {
		for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
			of = of.Elem()
		}
		if of.Kind() != reflect.Struct || seen[of] {
			return
		}
		seen[of] = true
		for i := range of.NumField() {
			name, _, _ := strings.Cut(of.Field(i).Tag.Get("yaml"), ",")
			if name != "" && name != "languages" && !strings.Contains(text, "`"+name) && !strings.Contains(text, name+":") {
				t.Errorf("%s has a field %q that templates/notices/README.md doesn't name", of.Name(), name)
			}
			if of.Field(i).IsExported() {
				look(of.Field(i).Type)
			}
		}
	}
	look(reflect.TypeFor[Template]())
}

// languages have the same keys and the same slots, so that no notice has a hole in one of them.
func TestEveryLanguageSaysTheSameThings(t *testing.T) {
	first := book(t, words.Languages[0])
	for _, language := range words.Languages[1:] {
		other := book(t, language)
		for _, key := range first.Keys() {
			if strings.HasPrefix(key, "notice.") && !other.Has(key) {
				t.Errorf("%s has no %s", language, key)
			}
		}
		for _, key := range other.Keys() {
			if strings.HasPrefix(key, "notice.") && !first.Has(key) {
				t.Errorf("only %s has %s", language, key)
			}
		}
	}
}

const whole = `report: R9
file: "{report}_{period}_{property}"
for_each: [property]
period: half
`

func TestEachMistakeIsNamedWithItsLine(t *testing.T) {
	for _, c := range []struct {
		edge, template string
		line           int
		says           string
	}{
		{"an_unknown_field", whole + "title: t\nblocks:\n  - table: {relation: public.zones, colour: red}\n", 7, "colour"},
		{"two_things_in_one_block", whole + "title: t\nblocks:\n  - heading: {word: t}\n    spacer: {lines: 1}\n", 7, "this one is 2"},
		{"nothing_in_a_block", whole + "title: t\nblocks:\n  - paper: A4\n", 7, "this one is 0"},
		{"no_title", whole + "blocks: []\n", 1, "no title"},
		{"a_relation_that_is_not_public", whole + "title: t\nblocks:\n  - table: {relation: mart.open_tickets, columns: [{column: zone, head: t}]}\n", 7, "can't read \"mart.open_tickets\""},
		{"a_relation_that_is_not_there", whole + "title: t\nblocks:\n  - chart: {kind: bars, relation: public.nothing, label: a, value: b}\n", 7, "no relation public.nothing"},
		{"a_column_that_is_not_there", whole + "title: t\nblocks:\n  - table:\n      relation: public.zones\n      columns:\n        - {column: room, head: t}\n", 10, "no column \"room\""},
		{"a_word_that_is_not_there", whole + "title: nothing.of.that\nblocks: []\n", 5, "nothing.of.that"},
		{"a_case_without_a_word", whole + "title: t\nblocks:\n  - text: {relation: public.zones, sentences: [{word: s, case: zone, cases: [more, fewer]}]}\n", 7, "s.fewer"},
		{"a_slot_that_no_column_fills", whole + "title: t\nblocks:\n  - text: {relation: public.zones, sentences: [{word: s, case: zone, cases: [more]}]}\n", 3, "{phone}"},
		{"an_unknown_format", whole + "title: t\nblocks:\n  - table:\n      relation: public.zones\n      columns:\n        - {column: zone, head: t, format: money}\n", 10, "money"},
		{"an_unknown_kind_of_chart", whole + "title: t\nblocks:\n  - chart: {kind: pie, relation: public.zones, label: zone, value: complaints}\n", 7, "pie"},
		{"columns_are_looked_into", whole + "title: t\nblocks:\n  - columns:\n      - - heading: {word: nowhere}\n      - []\n", 8, "nowhere"},
	} {
		found := mistakes(t, c.template)
		if !strings.Contains(found, c.says) || !strings.Contains(found, fmt.Sprintf(":%d: ", c.line)) {
			t.Errorf("%s: want line %d and %q in\n%s", c.edge, c.line, c.says, found)
		}
	}
}

// mistakes lists what is wrong with a template beside words of its own, the frame's words left aside.
func mistakes(t *testing.T, content string) string {
	t.Helper()
	own := fstest.MapFS{"text/zh-Hant/own.yaml": {Data: []byte("t: 標題\ns:\n  more: 多了{phone}\n")}}
	b, problems := words.Load(own, "zh-Hant")
	parsed, bad := Parse("notice.yaml", []byte(content))
	problems = append(problems, bad...)
	if len(bad) == 0 {
		problems = append(problems, parsed.Check(b, columnsOf(world(t, "world.sql")), nil)...)
	}
	var lines []string
	for _, p := range problems {
		if !strings.Contains(p.Message, `the word "notice.`) {
			lines = append(lines, p.String())
		}
	}
	return strings.Join(lines, "\n")
}

func TestColumnsThatPointAtPeopleAreRefused(t *testing.T) {
	w := world(t, "world.sql")
	if err := w.Exec(context.Background(), "create table public.own (property varchar, zone varchar, technician varchar, ticket_id varchar, trees integer)"); err != nil {
		t.Fatal(err)
	}
	parsed, _ := Parse("notice.yaml", []byte(whole+"title: t\nblocks:\n  - table: {relation: public.own, columns: [{column: zone, head: t}]}\n"))
	refused := func(more ...string) string {
		var lines []string
		for _, p := range parsed.Check(book(t, "en"), columnsOf(w), more) {
			lines = append(lines, p.String())
		}
		return strings.Join(lines, "\n")
	}
	if got := refused(); !strings.Contains(got, `"technician", which points`) || !strings.Contains(got, `"ticket_id", which points`) || !strings.Contains(got, "notices: {columns: [trees]}") {
		t.Error(got)
	}
	if got := refused("trees", "technician"); strings.Contains(got, "trees") || !strings.Contains(got, `"technician", which points`) {
		t.Error(got)
	}
}
