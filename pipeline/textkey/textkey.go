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

// Append adds the key of a text to bytes: the same as Of, without making a string of what must be folded.
func Append(b []byte, s string) []byte {
	if s == "" || s[0] == ' ' || s[len(s)-1] == ' ' {
		return append(b, Of(s)...)
	}
	whole, from := s, len(b)
	for {
		n := foldedTo(s)
		b, s = append(b, s[:n]...), s[n:]
		switch {
		case s == "":
			return b
		case s[0] >= 'A' && s[0] <= 'Z':
			b, s = append(b, s[0]+'a'-'A'), s[1:]
		default:
			return append(b[:from], Of(whole)...)
		}
	}
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
	if foldedTo(s) == len(s) {
		return strings.Trim(s, " "), true
	}
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

// foldedTo gives the length of the beginning that is its own key: printable ASCII without capitals, and common Han.
func foldedTo(s string) int {
	i := 0
	for i < len(s) {
		switch c := s[i]; {
		case c >= ' ' && c < 'A', c > 'Z' && c <= '~':
			i++
		case (c > 0xE4 && c <= 0xE9 || c == 0xE4 && i+1 < len(s) && s[i+1] >= 0xB8) && i+2 < len(s) && follows(s[i+1]) && follows(s[i+2]):
			i += 3
		default:
			return i
		}
	}
	return i
}

func follows(c byte) bool { return c&0xC0 == 0x80 }

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
