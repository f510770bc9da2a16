// Package textkey folds a text to the form in which codes, names, words and places are compared.
//
// It is not for showing: what a person reads is the text as given.
//
// Invariant: Of(Of(s)) == Of(s), and two spellings that differ in width, case or outer space alone have one key.
package textkey

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Of gives the key of a text: NFKC, trimmed (of ideographic and non-breaking spaces too), case folded.
func Of(s string) string {
	n := foldedTo(s)
	if isOwn(s, n) {
		return s
	}
	return string(other(nil, s, n))
}

// Append adds the key of a text to bytes; nothing where the text is plainly its own, as almost all are.
func Append(b []byte, s string) []byte {
	n := foldedTo(s)
	if isOwn(s, n) {
		return b
	}
	return other(b, s, n)
}

// isOwn tells whether a text is plainly its own key, of which so many bytes are. It may be where the answer is no.
func isOwn(s string, folded int) bool {
	return folded == len(s) && !strings.HasPrefix(s, " ") && !strings.HasSuffix(s, " ")
}

// other adds the key of a text that isn't plainly its own, of which so many bytes are.
func other(b []byte, s string, folded int) []byte {
	if longer, ok := quick(b, s, folded); ok {
		return longer
	}
	return append(b, rest(s)...)
}

// rest folds any text. Folding can leave a text that NFKC would compose again (ẞ, Greek with iota), so the pair is repeated until it
// rests: three times at most by today's tables. No cell may hold the night up, so it ends after ten whatever later tables say.
func rest(s string) string {
	for range 10 {
		folded := strings.TrimSpace(norm.NFKC.String(cherokee(cases.Fold().String(norm.NFKC.String(s)))))
		if folded == s {
			break
		}
		s = folded
	}
	return s
}

// cherokee mends what cases.Fold does to one script: small letters fold to capitals there, but it also turns capitals to small ones, back
// and forth for ever.
func cherokee(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0xAB70 && r <= 0xABBF:
			return r - 0xAB70 + 0x13A0
		case r >= 0x13F8 && r <= 0x13FD:
			return r - 8
		}
		return r
	}, s)
}

// quick adds the key of what almost all texts are: printable ASCII, its full-width forms, common Han and their punctuation, each of which
// folds to one character by itself.
func quick(b []byte, s string, folded int) (longer []byte, ok bool) {
	from := len(b)
	for n := folded; ; n = foldedTo(s) {
		b, s = append(b, s[:n]...), s[n:]
		if s == "" {
			return append(b[:from], bytes.Trim(b[from:], " ")...), true
		}
		r, size := utf8.DecodeRuneInString(s)
		folded, ok := one(r)
		if !ok {
			return nil, false
		}
		b, s = utf8.AppendRune(b, folded), s[size:]
	}
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
