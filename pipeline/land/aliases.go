package land

import (
	"embed"
	"encoding/csv"
	"io/fs"
	"regexp"
	"strings"
	"sync"
	"unicode"

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
	}, textkey.Of(header))
}

var bracketed = regexp.MustCompile(`\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|\{[^{}]*\}`)

// spellings gives a header folded whole, and without what stands in brackets (mostly a unit).
func spellings(header string) []string {
	whole := fold(header)
	bare := fold(bracketed.ReplaceAllString(norm.NFKC.String(header), ""))
	if bare == "" || bare == whole {
		return []string{whole}
	}
	return []string{whole, bare}
}
