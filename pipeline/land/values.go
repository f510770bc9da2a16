package land

import (
	_ "embed"
	"encoding/csv"
	"strconv"
	"strings"
	"sync"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/record"
	"noticeboard/pipeline/textkey"
)

// values.csv lists, per list, each code and the words of both scripts and English that mean it.
//
//go:embed values.csv
var valuesFile string

// lists gives list → text key of a word → code.
var lists = sync.OnceValue(func() map[string]map[string]string {
	rows, err := csv.NewReader(strings.NewReader(valuesFile)).ReadAll()
	if err != nil {
		panic("values.csv: " + err.Error()) // embedded, and read by a test
	}
	all := map[string]map[string]string{}
	for _, r := range rows[1:] {
		list, code := r[0], r[1]
		if all[list] == nil {
			all[list] = map[string]string{}
		}
		for _, word := range append([]string{code, strings.ReplaceAll(code, " ", "_")}, strings.Split(r[2], "|")...) {
			all[list][textkey.Of(word)] = code
		}
	}
	return all
})

// listOf names the list of a coded field: the same name means another thing in works and in topics.
func listOf(kind string, f record.Field) string {
	switch {
	case f.Type == record.YesNo:
		return "yes_no"
	case f.Type == record.Score:
		return "score"
	case lists()[kind+"."+f.Name] != nil:
		return kind + "." + f.Name
	}
	return f.Name
}

// meaning gives the code that a text means in a list, the source's own values first.
func meaning(list, field, text string, source config.Source) (string, bool) {
	key := textkey.Of(text)
	for written, code := range source.Values[field] {
		if textkey.Of(written) == key {
			return known(list, code)
		}
	}
	code, ok := lists()[list][key]
	if one, other, both := inTwoLanguages(text); both && !ok {
		code, ok = lists()[list][one]
		ok = ok && code == lists()[list][other] // Repair 維修, but not Closed 待處理
		if !ok {
			code = ""
		}
	}
	if !ok && list == "score" {
		return wholeScore(text)
	}
	return code, ok
}

// inTwoLanguages parts a word of English from one of Chinese.
func inTwoLanguages(text string) (one, other string, both bool) {
	m := bilingual(text)
	if m == nil {
		return "", "", false
	}
	return textkey.Of(m[0]), textkey.Of(m[1]), true
}

// known lets the source's values name a code in another spelling of it.
func known(list, code string) (string, bool) {
	if canonical, ok := lists()[list][textkey.Of(code)]; ok {
		return canonical, true
	}
	return code, true
}

// wholeScore reads 1 to 5, as 5 or 5.0.
func wholeScore(text string) (string, bool) {
	n := figureOf(text, record.Count)
	if !n.readable || n.units < 1 || n.units > 5 {
		return "", false
	}
	return strconv.FormatInt(n.units, 10), true
}
