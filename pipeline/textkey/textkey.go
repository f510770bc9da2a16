// Package textkey folds a text to the form in which codes, names, words and places are compared.
//
// It is not for showing: what a person reads is the text as given.
//
// Invariant: Of(Of(s)) == Of(s), and two spellings that differ in width, case or outer space alone have one key.
package textkey

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Of gives the key of a text: NFKC, trimmed (of ideographic and non-breaking spaces too), case folded.
func Of(s string) string {
	if key, ok := quick(s); ok {
		return key
	}
	return rest(s)
}

// rest folds any text. Folding can leave a text that NFKC would compose again (ẞ, Greek with iota), so the pair is repeated until it
// rests.
func rest(s string) string {
	for {
		folded := strings.TrimSpace(norm.NFKC.String(cases.Fold().String(norm.NFKC.String(s))))
		if folded == s {
			return folded
		}
		s = folded
	}
}

// quick folds what almost all texts are: printable ASCII, its full-width forms, common Han and their punctuation, each of which
// folds to one character by itself.
func quick(s string) (key string, ok bool) {
	for i, r := range s {
		folded, ok := one(r)
		if !ok {
			return "", false
		}
		if folded != r {
			return quickFrom(s, i)
		}
	}
	return strings.Trim(s, " "), true
}

// quickFrom folds a text whose beginning is folded already.
func quickFrom(s string, from int) (key string, ok bool) {
	folded := append(make([]byte, 0, len(s)), s[:from]...)
	for _, r := range s[from:] {
		r, ok := one(r)
		if !ok {
			return "", false
		}
		folded = utf8.AppendRune(folded, r)
	}
	return strings.Trim(string(folded), " "), true
}

func one(r rune) (folded rune, ok bool) {
	switch {
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A', true
	case r >= ' ' && r <= '~', r >= 0x4E00 && r <= 0x9FFF:
		return r, true
	case r >= '！' && r <= '～':
		return one(r - '！' + '!')
	case r == '\u3000':
		return ' ', true
	}
	return r, strings.ContainsRune("、。〈〉《》「」『』【】", r)
}
