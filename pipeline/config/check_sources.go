package config

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"noticeboard/pipeline/record"
	"noticeboard/pipeline/textkey"
)

// DateOrders are the orders in which a source may say that its dates are written.
var DateOrders = []string{"ymd", "dmy", "mdy", "roc"}

var (
	encodings  = []string{"utf-8", "utf-16le", "utf-16be", "gb18030", "gbk", "big5"}
	delimiters = []string{",", ";", "\t", "|", "tab"}
)

// source judges one source block. What its exports hold is not known here; land says so when it reads them.
func (k *checker) source(at string, s Source) {
	k.place(at, s)
	if s.Property != "" {
		k.property(at+".property", s.Property)
	}
	if s.Encoding != "" {
		k.oneOf(at+".encoding", strings.ToLower(s.Encoding), encodings, "no encoding that is read")
	}
	if s.Delimiter != "" && !slices.Contains(delimiters, s.Delimiter) {
		k.say(at+".delimiter", `one of "," ";" "|" or tab`, "%q is no delimiter", s.Delimiter)
	}
	if s.DateOrder != "" {
		k.oneOf(at+".date_order", s.DateOrder, DateOrders, "no order of dates")
	}
	k.sourceNumbers(at, s)
	if kind, known := record.Find(s.Kind); known {
		k.fields(at, s, kind)
		return
	}
	k.oneOf(at+".kind", s.Kind, kinds(), "no kind of record")
}

func kinds() []string {
	var names []string
	for _, kind := range record.Kinds() {
		names = append(names, kind.Name)
	}
	return names
}

func (k *checker) place(at string, s Source) {
	if s.Name != "" && !codeForm.MatchString(s.Name) {
		k.say(at+".name", strings.Replace(codeHint, "file names", "folder names", 1), "%q can't be the name of a source", s.Name)
	}
	if !insideHome(s.Path) {
		k.say(at+".path", "a folder below the home folder, such as inbox/"+s.Kind+"; a link inside it may lead elsewhere", "%q leads out of the home folder", s.Path)
	}
	if _, err := path.Match(s.Files, ""); err != nil {
		k.say(at+".files", "such as *.csv or 報事*_20??????.xlsx; each [ needs its ]", "%q is not a pattern of file names", s.Files)
	}
}

func (k *checker) sourceNumbers(at string, s Source) {
	if _, named := k.lines[at+".header_row"]; named {
		k.within(at+".header_row", int64(s.HeaderRow), 1, 1000)
	}
	if s.FileDate != "" {
		if _, err := time.Parse(time.DateOnly, s.FileDate); err != nil {
			k.say(at+".file_date", "", "%q is not a date such as 2026-06-30", s.FileDate)
		}
	}
	if _, named := k.lines[at+".fresh_within"]; named && s.FreshWithin <= 0 {
		k.say(at+".fresh_within", "such as 48h; leave it out for the default", "%s is no time in which an export could arrive", s.FreshWithin)
	}
	if _, named := k.lines[at+".stop_after"]; named && s.StopAfter <= s.FreshWithin {
		k.say(at+".stop_after", "longer than fresh_within, such as 240h; leave it out for never", "%s would end the night before anybody was warned", s.StopAfter)
	}
}

// fields judges the names of canonical fields on the left of columns, constants and values.
func (k *checker) fields(at string, s Source, kind record.Kind) {
	known := fieldNames(kind)
	for _, field := range sorted(s.Columns) {
		k.oneOf(at+".columns."+field, field, known, "no field of "+kind.Name)
		if s.Columns[field] == "" {
			k.say(at+".columns."+field, `write the header as it stands in the export, or "-" for none`, "names no header")
		}
		if _, both := s.Constants[field]; both {
			k.say(at+".constants."+field, "keep one of the two", "%s has a column already (line %d)", field, k.line(at+".columns."+field))
		}
	}
	for _, field := range sorted(s.Constants) {
		k.oneOf(at+".constants."+field, field, known, "no field of "+kind.Name)
	}
	for _, field := range sorted(s.Values) {
		k.oneOf(at+".values."+field, field, known, "no field of "+kind.Name)
		for _, written := range sorted(s.Values[field]) {
			if written == "" || !utf8.ValidString(written) {
				k.say(at+".values."+field, "an empty cell stays empty", "a value is empty")
			}
		}
	}
}

// fieldNames lists the fields that a source of the kind may name: a row of tickets can hold a callback, too.
func fieldNames(kind record.Kind) []string {
	list := []record.Kind{kind}
	if kind.Name == "tickets" {
		callbacks, _ := record.Find("callbacks")
		list = append(list, callbacks)
	}
	var names []string
	for _, k := range list {
		for _, f := range k.Fields {
			if !slices.Contains(names, f.Name) {
				names = append(names, f.Name)
			}
		}
	}
	return names
}

// sourceNames sees to it that each source has a folder of its own in the archive.
func (k *checker) sourceNames() {
	first := map[string]int{}
	for i, s := range k.Sources {
		key := textkey.Of(s.Name)
		if before, twice := first[key]; twice && key != "" {
			k.say(fmt.Sprintf("sources[%d].name", i+1), "give each source a name of its own; without one it is named after its kind", "%q is already the name of sources[%d]", s.Name, before+1)
			continue
		}
		first[key] = i
	}
}
