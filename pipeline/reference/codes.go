package reference

import (
	_ "embed"
	"encoding/csv"
	"slices"
	"strings"
	"sync"

	"noticeboard/pipeline/textkey"
)

// codes.csv lists, per list, each code and the words of both scripts that mean it.
//
//go:embed codes.csv
var codesFile string

type wordOf struct{ list, code, word string }

var codeWords = sync.OnceValue(func() []wordOf {
	rows, err := csv.NewReader(strings.NewReader(codesFile)).ReadAll()
	if err != nil {
		panic("codes.csv: " + err.Error()) // embedded, and read by a test
	}
	var all []wordOf
	for _, r := range rows[1:] {
		for _, word := range append([]string{r[1]}, strings.Split(r[2], "|")...) {
			all = append(all, wordOf{r[0], r[1], textkey.Of(word)})
		}
	}
	return all
})

// meaning gives the code that a word of a list means; a code means itself.
func meaning(list, word string) (string, bool) {
	key := textkey.Of(word)
	for _, w := range codeWords() {
		if w.list == list && w.word == key {
			return w.code, true
		}
	}
	return "", false
}

func codesOf(list string) []string {
	var codes []string
	for _, w := range codeWords() {
		if w.list == list && !slices.Contains(codes, w.code) {
			codes = append(codes, w.code)
		}
	}
	return codes
}
