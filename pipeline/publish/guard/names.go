package guard

import (
	"strings"
	"unicode"

	"noticeboard/pipeline/textkey"
)

// nameKey is how names are compared: folded, without the blanks between Chinese characters.
func nameKey(name string) string {
	key := []rune(textkey.Of(name))
	var b strings.Builder
	for i, r := range key {
		if r == ' ' && i > 0 && i+1 < len(key) && (unicode.Is(unicode.Han, key[i-1]) || unicode.Is(unicode.Han, key[i+1])) {
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// occurrences gives where a name stands in a text; one in Latin letters must stand as words of its own.
func occurrences(text, name string) []int {
	var at []int
	for from := 0; from < len(text); {
		i := strings.Index(text[from:], name)
		if i < 0 {
			break
		}
		if i += from; apart(text[:i], name, text[i+len(name):]) {
			at = append(at, i)
		}
		from = i + 1
	}
	return at
}

func apart(before, name, after string) bool {
	runes, b, a := []rune(name), []rune(before), []rune(after)
	joined := func(x, y rune) bool { return word(x) && word(y) }
	return (len(b) == 0 || !joined(b[len(b)-1], runes[0])) && (len(a) == 0 || !joined(runes[len(runes)-1], a[0]))
}

// word tells letters of scripts that part their words by blanks from those that don't.
func word(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// namesIn finds residents' names. It asks for each stretch of the text whether it is a name, so that a hundred thousand of them
// cost no more than one.
func (l *Lists) namesIn(property, text string) []string {
	known := l.names[property]
	if len(known) == 0 {
		return nil
	}
	runes := []rune(nameKey(text))
	var found []string
	for i := range runes {
		for j := min(i+l.longest, len(runes)); j >= i+2; j-- {
			if name := string(runes[i:j]); known[name] && apart(string(runes[:i]), name, string(runes[j:])) {
				found = append(found, name)
				break
			}
		}
	}
	return found
}
