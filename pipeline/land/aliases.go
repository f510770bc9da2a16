package land

import (
	"embed"
	"encoding/csv"
	"io/fs"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"noticeboard/pipeline/record"
	"noticeboard/pipeline/textkey"
)

// aliases/<kind>.csv lists the names under which exports bring a field. The one that stands first wins; reads says how a column is
// read that isn't the field itself:
//
//	unique           only where each row has another value: a running number
//	yes=… no=…       a question whose answer is the field's code
//	filled=…, yes=…  a further column that decides the code where it is filled, or says yes
//	part             of several columns that are added up
//
//go:embed aliases/*.csv
var aliasFiles embed.FS

type alias struct {
	field string
	reads string
	names []string // folded
}

var aliases = sync.OnceValue(func() map[string][]alias {
	all := map[string][]alias{}
	for _, kind := range record.Kinds() {
		content, err := fs.ReadFile(aliasFiles, "aliases/"+kind.Name+".csv")
		if err != nil {
			panic(err)
		}
		rows, err := csv.NewReader(strings.NewReader(string(content))).ReadAll()
		if err != nil {
			panic("aliases/" + kind.Name + ".csv: " + err.Error()) // embedded, and read by a test
		}
		all[kind.Name] = aliasesOf(kind, rows[1:])
	}
	return all
})

// aliasesOf puts the field's own name before all others.
func aliasesOf(kind record.Kind, rows [][]string) []alias {
	var list []alias
	named := map[string]bool{}
	for _, r := range rows {
		a := alias{field: r[0], reads: r[1]}
		if a.reads == "" {
			a.names, named[a.field] = []string{fold(a.field)}, true
		}
		for _, name := range strings.Split(r[2], "|") {
			a.names = append(a.names, fold(name))
		}
		list = append(list, a)
	}
	for _, f := range kind.Fields {
		if !named[f.Name] {
			list = append(list, alias{field: f.Name, names: []string{fold(f.Name)}})
		}
	}
	return list
}

// fold leaves of a header its letters and digits: Ticket_No, ticket no. and TICKET-NO are one name.
func fold(header string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, textkey.Of(beginning(header)))
}

// longestName is how much of a header is looked at, in bytes: the longest questions of forms are half as long. Any cell of the first rows is
// looked at as a header, and may be a megabyte long.
const longestName = 2000

func beginning(header string) string {
	if len(header) <= longestName {
		return header
	}
	return strings.ToValidUTF8(header[:longestName], "")
}

var bracketed = regexp.MustCompile(`\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|\{[^{}]*\}`)

// spellings gives a header folded whole, and without what stands in brackets (mostly a unit).
func spellings(header string) []string {
	header = beginning(header)
	whole := fold(header)
	forms := []string{whole}
	if bare := fold(bracketed.ReplaceAllString(norm.NFKC.String(header), "")); bare != "" && bare != whole {
		forms = append(forms, bare)
	}
	return append(forms, bothNames(header)...)
}

var (
	englishFirst = regexp.MustCompile(`^([A-Za-z][A-Za-z ./_-]+?)[\s/|(]+(\p{Han}.*)$`)
	chineseFirst = regexp.MustCompile(`^(.*\p{Han})[\s/|(]+([A-Za-z][A-Za-z ./_-]+)\)?$`)
)

// bothNames reads a header in two languages, 類型 Type, where both name the same: of Target 完成時間 half would mean something else.
func bothNames(header string) []string {
	m := bilingual(header)
	if m == nil {
		return nil
	}
	one, other := fold(m[0]), fold(m[1])
	if !sameField()[one+"\x00"+other] {
		return nil
	}
	return []string{one, other}
}

// bilingual parts a text in English and Chinese; nil for any other, and for what is too long to be a name or a word.
func bilingual(text string) []string {
	if len(text) > longestName {
		return nil
	}
	text = strings.TrimSpace(norm.NFKC.String(text))
	for _, form := range []*regexp.Regexp{englishFirst, chineseFirst} {
		if m := form.FindStringSubmatch(text); m != nil {
			return m[1:]
		}
	}
	return nil
}

// sameField holds each two names of one field, in every kind of record.
var sameField = sync.OnceValue(func() map[string]bool {
	pairs := map[string]bool{}
	for _, list := range aliases() {
		for _, a := range list {
			for _, one := range a.names {
				for _, other := range a.names {
					if isLatin(one) != isLatin(other) {
						pairs[one+"\x00"+other] = true
					}
				}
			}
		}
	}
	return pairs
})

func isLatin(name string) bool { return name != "" && name[0] < utf8.RuneSelf }
