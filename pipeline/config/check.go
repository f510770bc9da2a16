package config

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"time"
	_ "time/tzdata" // a machine without zone files must judge a time zone like any other

	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/textkey"
	"noticeboard/pipeline/words"
)

// Regions lists the calendars of working days that region may name.
var Regions = []string{"CN", "TW", "HK", "file"}

var reportID = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*$`)

// checker judges a configuration that was read: values that are well written and still can't be meant.
type checker struct {
	Config
	problems []fault.Problem
}

func (c Config) check() []fault.Problem {
	k := &checker{Config: c}
	k.general()
	k.properties()
	for i := range c.Sources {
		k.source(fmt.Sprintf("sources[%d]", i+1), c.Sources[i])
	}
	k.sourceNames()
	for _, id := range sorted(c.Reports) {
		k.report(id)
	}
	k.metrics()
	k.oneOf("warehouse.publish", c.Warehouse.Publish, []string{PublishFigures, PublishAll, PublishNothing}, "nothing that can be published")
	k.limits()
	return k.problems
}

// line gives the line of a path, or of the nearest setting around it.
func (c Config) line(path string) int {
	for path != "" {
		if line, there := c.lines[path]; there {
			return line
		}
		path = path[:max(0, strings.LastIndexAny(path, ".["))]
	}
	return c.lines[""]
}

func (k *checker) say(path, hint, format string, args ...any) {
	k.problems = append(k.problems, fault.Problem{File: k.file, Line: k.line(path), Message: path + ": " + fmt.Sprintf(format, args...), Hint: hint})
}

// oneOf judges a word of a closed list.
func (k *checker) oneOf(path, word string, list []string, what string) {
	if !slices.Contains(list, word) {
		k.say(path, fault.Meant(word, list), "%q is %s", word, what)
	}
}

func (k *checker) within(path string, value, least, most int64) {
	if value < least || value > most {
		k.say(path, fmt.Sprintf("from %d to %d", least, most), "%d is out of range", value)
	}
}

func (k *checker) general() {
	if _, err := time.LoadLocation(k.TimeZone); err != nil || k.TimeZone == "" || k.TimeZone == "Local" {
		k.say("time_zone", "an IANA name such as Asia/Shanghai, Asia/Taipei or Asia/Hong_Kong", "%q is not a time zone", k.TimeZone)
	}
	k.oneOf("region", k.Region, Regions, "no region whose working days are known")
	k.languages("languages", k.Languages)
	if len(k.Languages) == 0 {
		k.say("languages", "one of "+strings.Join(words.Languages, ", "), "no language is named")
	}
	k.property("property", k.Property)
}

func (k *checker) languages(path string, list []string) {
	for i, language := range list {
		at := fmt.Sprintf("%s[%d]", path, i+1)
		k.oneOf(at, language, words.Languages, "no language that reports come in")
		if slices.Index(list, language) < i {
			k.say(at, "name each language once", "%s stands in the list twice", language)
		}
	}
}

// property judges the code of a property that must be one of the configured ones, where there are any.
func (k *checker) property(path, code string) {
	if !codeForm.MatchString(code) {
		k.say(path, codeHint, "%q can't be the code of a property", code)
		return
	}
	var codes []string
	for _, p := range k.Properties {
		codes = append(codes, p.Code)
	}
	if len(codes) > 0 && !slices.Contains(codes, code) {
		k.say(path, fault.Meant(code, codes), "%q is not the code of any of the properties", code)
	}
}

// codeForm is what can stand in a file name of every office: no separator, no space, no leading dot.
var codeForm = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$`)

const codeHint = "letters and digits, - and _ between them, 40 at most; it becomes a part of file names"

func (k *checker) properties() {
	spelled := map[string]string{}
	for i, p := range k.Properties {
		path := fmt.Sprintf("properties[%d]", i+1)
		if !codeForm.MatchString(p.Code) {
			k.say(path+".code", codeHint, "%q can't be the code of a property", p.Code)
		}
		k.spellings(path, p, spelled)
		if web := p.Posting.Web; web != "" && !strings.HasPrefix(web, "https://") && !strings.HasPrefix(web, "http://") {
			k.say(path+".posting.web", "begin with https://", "%q is not an address of the web", web)
		}
	}
}

// spellings sees to it that no spelling of an export could mean two properties.
func (k *checker) spellings(path string, p Property, taken map[string]string) {
	list := map[string]string{path + ".code": p.Code, path + ".names.zh-Hant": p.Names.ZhHant, path + ".names.zh-Hans": p.Names.ZhHans, path + ".names.en": p.Names.En}
	for i, alias := range p.Aliases {
		list[fmt.Sprintf("%s.aliases[%d]", path, i+1)] = alias
	}
	for _, at := range sorted(list) {
		key := textkey.Of(list[at])
		other, twice := taken[key]
		if key != "" && twice && !strings.HasPrefix(other, path+".") {
			k.say(at, "one spelling can mean one property only", "%q is already %s", list[at], other)
		}
		if !twice {
			taken[key] = at
		}
	}
}

func (k *checker) report(id string) {
	if !reportID.MatchString(id) {
		k.say("reports."+id, "such as R3", "%q is not a report id", id)
	}
	k.languages("reports."+id+".languages", k.Reports[id].Languages)
	for i, paper := range k.Reports[id].Papers {
		k.oneOf(fmt.Sprintf("reports.%s.papers[%d]", id, i+1), paper, []string{"A4", "A3"}, "no paper that notices come on")
	}
	if personal := k.Reports[id].Personal; personal != "" {
		k.oneOf("reports."+id+".personal", personal, []string{Shown, Hidden}, "neither shown nor hidden")
	}
}

// Passwords lists the reports whose password can't be had: an empty one would lock nothing, and a notice is there for everybody.
func (c Config) Passwords(variable func(string) string, notices []string) []fault.Problem {
	k := &checker{Config: c}
	for _, id := range sorted(c.Reports) {
		name, at := c.Reports[id].PasswordEnv, "reports."+id+".password_env"
		switch {
		case name == "":
		case slices.Contains(notices, id):
			k.say(at, "take it out", "%s is a notice, which everybody may read", id)
		case id == "R11":
			k.say(at, "take it out; leave names and telephones out by personal: hidden, or keep the folder to those who correct rows", "R11 comes back corrected, and a workbook with a password can't be read")
		case variable(name) == "":
			k.say(at, "set it where the night is started, in the environment of the scheduler", "the environment variable %s is not set", name)
		}
	}
	return inOrder(k.problems)
}

// Unknown lists the metrics and reports that the configuration names and that are not in the lists given: those of the queries and templates in force.
func (c Config) Unknown(metrics, reports []string) []fault.Problem {
	k := &checker{Config: c}
	for _, metric := range sorted(c.Metrics.ZoneWeights) {
		k.oneOf("metrics.zone_weights."+metric, metric, metrics, "no metric")
	}
	for i, metric := range c.Metrics.KPIs {
		k.oneOf(fmt.Sprintf("metrics.kpis[%d]", i+1), metric, metrics, "no metric")
	}
	for _, id := range sorted(c.Reports) {
		k.oneOf("reports."+id, id, reports, "no report")
	}
	return inOrder(k.problems)
}

// insideHome tells whether a path stays within the home folder.
func insideHome(path string) bool { return filepath.IsLocal(filepath.FromSlash(path)) }

// inOrder sorts problems by line, so that a person can go through the file once.
func inOrder(problems []fault.Problem) []fault.Problem {
	sort.SliceStable(problems, func(i, j int) bool { return problems[i].Line < problems[j].Line })
	return problems
}
