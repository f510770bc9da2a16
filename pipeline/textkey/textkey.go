// Package textkey folds a text to the form in which codes, names, words and places are compared.
//
// It is not for showing: what a person reads is the text as given.
//
// Invariant: Of(Of(s)) == Of(s), and two spellings that differ in width, case or outer space alone have one key.
package textkey

import (
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Of gives the key of a text: NFKC, trimmed (of ideographic and non-breaking spaces too), case folded.
func Of(s string) string {
	if plain(s) {
		return strings.ToLower(strings.Trim(s, " "))
	}
	// Folding can leave a text that NFKC would compose again (ẞ, Greek with iota), so the pair is repeated until it rests.
	for {
		folded := strings.TrimSpace(norm.NFKC.String(cases.Fold().String(norm.NFKC.String(s))))
		if folded == s {
			return folded
		}
		s = folded
	}
}

// plain tells whether s is printable ASCII and common Han alone: then NFKC changes nothing.
func plain(s string) bool {
	for _, r := range s {
		if (r < ' ' || r > '~') && (r < 0x4E00 || r > 0x9FFF) {
			return false
		}
	}
	return true
}
