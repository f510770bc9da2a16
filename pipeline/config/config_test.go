package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func load(t *testing.T, text string) (Config, []string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "noticeboard.yaml")
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(text, "\t", "  ")), 0o600); err != nil {
		t.Fatal(err)
	}
	c, problems := Load(path)
	var lines []string
	for _, p := range problems {
		lines = append(lines, strings.ReplaceAll(p.String(), "\n  → ", " → "))
	}
	return c, lines
}

var values = cmpopts.IgnoreUnexported(Config{})

func TestMissingFileIsTheDefault(t *testing.T) {
	c, problems := Load(filepath.Join(t.TempDir(), "noticeboard.yaml"))
	if len(problems) > 0 || !cmp.Equal(c, Default(), values) {
		t.Errorf("%v %s", problems, cmp.Diff(Default(), c, values))
	}
}

func TestDefaultHasNoProblems(t *testing.T) {
	if problems := Default().check(); len(problems) > 0 {
		t.Error(problems)
	}
}

func TestFolderInPlaceOfTheFileIsAProblem(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "noticeboard.yaml")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, problems := Load(dir); len(problems) != 1 || !strings.HasPrefix(problems[0].String(), "noticeboard.yaml: can't be read") {
		t.Error(problems)
	}
}

func TestEmptyFileAndCommentedOutGroupsAreTheDefault(t *testing.T) {
	for _, text := range []string{"", "# nothing yet\n", "---\n", "version: 1\nsources:\n# - kind: tickets\nmetrics:\n"} {
		c, problems := load(t, text)
		if len(problems) > 0 || !cmp.Equal(c, Default(), values) {
			t.Errorf("%q: %v %s", text, problems, cmp.Diff(Default(), c, values))
		}
	}
}

func TestFileChangesOnlyWhatItNames(t *testing.T) {
	c, problems := load(t, "metrics:\n\tloop_days: 7\n\tzone_weights: {on_time: 40, rework: 0}\n\tkpis: [complaints]\nlimits: {settle: 0s}\n")
	want := Default()
	want.Metrics.LoopDays = 7
	want.Metrics.ZoneWeights["on_time"] = 40
	delete(want.Metrics.ZoneWeights, "rework")
	want.Metrics.KPIs = []string{"complaints"}
	want.Limits.Settle = 0
	if len(problems) > 0 || !cmp.Equal(c, want, values) {
		t.Errorf("%v %s", problems, cmp.Diff(want, c, values))
	}
}

func TestSourceIsReadWhole(t *testing.T) {
	c, problems := load(t, `
property: P02
properties:
	- code: P02
		names: {zh-Hans: 锦绣花园}
		posting: {telephone: 4008001234, web: "https://example.org"}
sources:
	- kind: tickets
		columns: {ticket_id: 单号, called_at: 回访时间, zone: "-"}
		constants: {kind: repair}
		values: {status: {已办结: closed, 1: new}}
		header_row: 3
		delimiter: tab
		encoding: GB18030
		date_order: mdy
		fresh_within: 30h
	- {name: old, kind: tickets, path: inbox/old, files: "*_20??.csv", file_date: 2025-12-31, property: P02}
`)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	want := []Source{
		{Name: "tickets", Kind: "tickets", Path: "inbox/tickets", Columns: map[string]string{"ticket_id": "单号", "called_at": "回访时间", "zone": "-"},
			Constants: map[string]string{"kind": "repair"}, Values: map[string]map[string]string{"status": {"已办结": "closed", "1": "new"}},
			HeaderRow: 3, Delimiter: "tab", Encoding: "GB18030", DateOrder: "mdy", FreshWithin: 30 * time.Hour},
		{Name: "old", Kind: "tickets", Path: "inbox/old", Files: "*_20??.csv", FileDate: "2025-12-31", Property: "P02"},
	}
	if diff := cmp.Diff(want, c.Sources); diff != "" {
		t.Error(diff)
	}
	if got := c.PostingOf("P02").Telephone; got != "4008001234" {
		t.Errorf("a telephone number is a text, got %q", got)
	}
	if c.PropertyName("P02", "zh-Hant") != "锦绣花园" || c.PropertyName("P09", "en") != "P09" {
		t.Error("a name falls back to the language that is there, then to the code")
	}
}

func TestProblemsComeAllAtOnceWithLineAndPath(t *testing.T) {
	_, got := load(t, `time_zone: Asia/Shangai
regoin: CN
languages: [zh-Hant, fr, zh-Hant]
sources:
	- kind: ticket
		path: ../inbox
	- kind: callbacks
		colums: {ticket_id: 单号}
		date_order: us
		header_row: 0
metrics:
	close_day: third
	loop_days: 0
	working_hours: ["08:30-12:00", "11:00-17:30", "22:00-06:00"]
`)
	want := []string{
		`noticeboard.yaml:1: time_zone: "Asia/Shangai" is not a time zone → an IANA name such as Asia/Shanghai, Asia/Taipei or Asia/Hong_Kong`,
		`noticeboard.yaml:2: regoin is no setting → did you mean region?`,
		`noticeboard.yaml:3: languages[2]: "fr" is no language that reports come in → one of zh-Hant, zh-Hans, en`,
		`noticeboard.yaml:3: languages[3]: zh-Hant stands in the list twice → name each language once`,
		`noticeboard.yaml:5: sources[1].kind: "ticket" is no kind of record → did you mean tickets?`,
		`noticeboard.yaml:6: sources[1].path: "../inbox" leads out of the home folder → a folder below the home folder, such as inbox/ticket; a link inside it may lead elsewhere`,
		`noticeboard.yaml:8: sources[2].colums is no setting → did you mean columns?`,
		`noticeboard.yaml:9: sources[2].date_order: "us" is no order of dates → one of ymd, dmy, mdy, roc`,
		`noticeboard.yaml:10: sources[2].header_row: 0 is out of range → from 1 to 1000`,
		`noticeboard.yaml:12: metrics.close_day: "third" is not a whole number`,
		`noticeboard.yaml:13: metrics.loop_days: 0 is out of range → from 1 to 365`,
		`noticeboard.yaml:14: metrics.working_hours[2]: 11:00-17:30 begins before the stretch above it ends → in the order of the day, each after the one before`,
		`noticeboard.yaml:14: metrics.working_hours[3]: "22:00-06:00" is not a stretch of working hours → such as 08:30-12:00, within one day; a night shift is two stretches, the first of them from 00:00`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWrongLinesAreNamed(t *testing.T) {
	for name, c := range map[string]struct{ given, want string }{
		"not YAML":                        {"sources:\n- kind: tickets\n   name: a\n", ":3: mapping values are not allowed in this context, so this isn't YAML"},
		"a list where a group belongs":    {"metrics: [1]\n", ":1: metrics must be a group of settings"},
		"a text where a list belongs":     {"languages: en\n", ":1: languages must be a list"},
		"a list where a value belongs":    {"region: [CN]\n", ":1: region must be a single value"},
		"a list as the whole":             {"- 1\n", ":1: the configuration must be a group of settings"},
		"a setting twice":                 {"region: CN\nregion: TW\n", ":2: region is set twice → keep this one or that of line 1"},
		"a second list of sources":        {"sources:\n- {kind: tickets}\nsources:\n- {kind: callbacks}\n", ":3: sources is set twice → take this line out and put its entries below those of line 1"},
		"a second document":               {"region: CN\n---\nregion: TW\n", ": a second document begins here"},
		"a reference within the file":     {"languages: &l [en]\nreports: {R3: {languages: *l}}\n", ":2: reports.R3.languages refers to another place"},
		"a default property not listed":   {"properties:\n- code: A\n", `property: "P01" is not the code of any of the properties → one of A`},
		"one spelling for two properties": {"property: A\nproperties:\n- {code: A, aliases: [花园]}\n- {code: B, names: {zh-Hans: 花园}}\n", `:4: properties[2].names.zh-Hans: "花园" is already properties[1].aliases[1]`},
		"a property that breaks names":    {"property: a/b\n", `:1: property: "a/b" can't be the code`},
		"a source of no property":         {"sources:\n- {kind: tickets, property: B}\nproperty: A\nproperties: [{code: A}]\n", `:2: sources[1].property: "B" is not the code of any`},
		"two sources of one name":         {"sources:\n- {kind: tickets}\n- {kind: tickets, path: b}\n", `:3: sources[2].name: "tickets" is already the name of sources[1]`},
		"a field of another kind":         {"sources:\n- {kind: works, columns: {ticket_id: 单号}}\n", "sources[1].columns.ticket_id: \"ticket_id\" is no field of works"},
		"a misspelt field":                {"sources:\n- {kind: tickets, columns: {completd_at: 完工}}\n", "did you mean completed_at?"},
		"a field with column and value":   {"sources:\n- {kind: tickets, columns: {kind: 类}, constants: {kind: repair}}\n", "sources[1].constants.kind: kind has a column already (line 2)"},
		"a value map of no field":         {"sources:\n- {kind: tickets, values: {state: {a: b}}}\n", `sources[1].values.state: "state" is no field of tickets`},
		"an absolute path":                {"sources:\n- {kind: tickets, path: /srv/in}\n", "leads out of the home folder"},
		"a broken pattern of files":       {"sources:\n- {kind: tickets, files: \"[a\"}\n", "is not a pattern of file names"},
		"a negative freshness":            {"sources:\n- {kind: tickets, fresh_within: -1h}\n", "sources[1].fresh_within"},
		"a duration without a unit":       {"limits: {settle: 5}\n", `limits.settle: "5" is not a duration such as 48h`},
		"a share in per cent":             {"limits: {max_reject_share: 5}\n", "0.05 is 5 %"},
		"yes for true":                    {"reports: {R7: {bilingual: yes}}\n", `"yes" is not true or false`},
		"a number that is none":           {"limits: {max_reject_share: .nan}\n", "is not a number"},
		"a count that shows households":   {"metrics: {public_min_count: 1}\n", "metrics.public_min_count: 1 is out of range"},
		"no weight left":                  {"metrics: {zone_weights: {complaints_per_100_households: 0, missed_orders: 0, on_time: 0, rework: 0, callback_on_time: 0, satisfied: 0, inspection_score: 0}}\n", "every indicator of the zone ranking is left out"},
		"an address without a scheme":     {"property: A\nproperties: [{code: A, posting: {web: example.org}}]\n", "begin with https://"},
		"the clock of the machine":        {"time_zone: Local\n", `"Local" is not a time zone`},
	} {
		t.Run(name, func(t *testing.T) {
			_, got := load(t, c.given)
			if len(got) != 1 || !strings.Contains(got[0], c.want) {
				t.Errorf("given %q\ngot  %q\nwant %q", c.given, got, c.want)
			}
		})
	}
}

func TestAnotherVersionIsTheOnlyProblem(t *testing.T) {
	_, got := load(t, "version: 2\nshape: new\nregoin: CN\n")
	if len(got) != 1 || !strings.HasPrefix(got[0], `noticeboard.yaml:1: version "2" is not known to this release of noticeboard, which reads version 1 → run the release`) {
		t.Error(got)
	}
}

func TestTimeZonesAreKnownWithoutZoneFilesOfTheMachine(t *testing.T) {
	t.Setenv("ZONEINFO", filepath.Join(t.TempDir(), "none"))
	if _, got := load(t, "time_zone: Asia/Taipei\n"); len(got) > 0 {
		t.Error(got)
	}
}

func TestMetricsAndReportsThatNobodyHasAreUnknown(t *testing.T) {
	c, problems := load(t, "reports:\n\tR33: {languages: [en]}\nmetrics:\n\tkpis: [complaints, on_tim]\n\tzone_weights: {tidiness: 5}\n")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	metrics := append([]string{"complaints"}, sorted(Default().Metrics.ZoneWeights)...)
	var got []string
	for _, p := range c.Unknown(metrics, []string{"R3", "R9"}) {
		got = append(got, p.String())
	}
	want := []string{
		"noticeboard.yaml:2: reports.R33: \"R33\" is no report\n  → did you mean R3?",
		"noticeboard.yaml:4: metrics.kpis[2]: \"on_tim\" is no metric\n  → did you mean on_time?",
		"noticeboard.yaml:5: metrics.zone_weights.tidiness: \"tidiness\" is no metric\n  → one of complaints, callback_on_time, complaints_per_100_households, inspection_score, missed_orders, on_time, rework, satisfied",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNamesAndTelephonesAreShownWhereTheWorkNeedsThem(t *testing.T) {
	c, problems := load(t, "reports:\n\tR1: {languages: [en]}\n\tR4: {personal: shown}\n\tR11: {personal: hidden}\n")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for report, want := range map[string]bool{"R1": true, "R3": false, "R4": true, "R11": false} {
		if c.Personal(report) != want {
			t.Errorf("%s: %v", report, !want)
		}
	}
	if _, problems := load(t, "reports:\n\tR1: {personal: maybe}\n"); len(problems) != 1 || !strings.Contains(problems[0], "neither shown nor hidden") {
		t.Error(problems)
	}
}

func TestAPasswordMustBeThereAndNotOnANotice(t *testing.T) {
	c, problems := load(t, "reports:\n\tR3: {password_env: R3_PASSWORD}\n\tR4: {password_env: R4_PASSWORD}\n\tR6: {password_env: R4_PASSWORD}\n\tR11: {password_env: R4_PASSWORD}\n")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	found := c.Passwords(func(name string) string { return map[string]string{"R4_PASSWORD": "open sesame"}[name] }, []string{"R6"})
	if len(found) != 3 || !strings.Contains(found[0].String(), "noticeboard.yaml:2: reports.R3.password_env: the environment variable R3_PASSWORD is not set") ||
		!strings.Contains(found[1].String(), ":4: reports.R6.password_env: R6 is a notice") ||
		!strings.Contains(found[2].String(), ":5: reports.R11.password_env: R11 comes back corrected") {
		t.Error(found)
	}
}
