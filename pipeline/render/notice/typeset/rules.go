package typeset

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// What may not begin a line and what may not end one, on top of UAX #14.
const (
	noStart = "、。，．・：；？！）］｝〕〉》」』】〗〙’”…—～·‧％‰℃°%,.:;?!)]}"
	noEnd   = "（［｛〔〈《「『【〖〘‘“([{¥￥$#＃第"
	opening = "（［｛〔〈《「『【〖〘‘“"
	closing = "）］｝〕〉》」』】〗〙’”"
	stops   = "、。，．：；？！"
)

// together holds what is never broken: dates, half-years, addresses of pages, and a number with the word it counts.
var together = regexp.MustCompile(`\d{4}年\d{1,2}月(\d{1,2}日)?|\d{1,2}月\d{1,2}日|\d+\p{Han}|[上下]半年|https?://[!-~]+|[一二三四五六七八九十]成[一二三四五六七八九半]?|\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December)( \d{4})?|(January|February|March|April|May|June|July|August|September|October|November|December) \d{4}`)

// breaks tells for each byte offset of the text whether a line may end before it.
func breaks(text string) map[int]bool {
	allowed := map[int]bool{}
	rest, offset, state := text, 0, -1
	for len(rest) > 0 {
		var segment string
		segment, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
		offset += len(segment)
		if offset < len(text) && mayBreak(text, offset) {
			allowed[offset] = true
		}
	}
	for _, span := range together.FindAllStringIndex(text, -1) {
		for i := span[0] + 1; i < span[1]; i++ {
			delete(allowed, i)
		}
	}
	return allowed
}

// mayBreak applies the Chinese rules. Spaces hang at the end of a line, so the character before them counts.
func mayBreak(text string, offset int) bool {
	before := strings.TrimRight(text[:offset], " \u3000")
	if before == "" {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(text[offset:])
	return !strings.ContainsRune(noStart, next) && !strings.ContainsRune(noEnd, last) && !unicode.IsSpace(next)
}

// wide tells whether a character is set in a square of its own: Han, kana, full-width forms and their punctuation.
func wide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo, unicode.Hangul) ||
		r >= 0x3000 && r <= 0x303F || r >= 0xFF01 && r <= 0xFF60
}

// thin tells whether two neighbours stand a thin distance apart: Chinese beside Latin letters or digits.
func thin(a, b rune) bool { return han(a) && narrow(b) || narrow(a) && han(b) }

func han(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo)
}

func narrow(r rune) bool {
	return r == '%' || r == '−' || r < 0x0250 && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// invisible characters are left out: joiners, variation selectors, marks of direction, controls.
func invisible(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Cc, unicode.Variation_Selector)
}
