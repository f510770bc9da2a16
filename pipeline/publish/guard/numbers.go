package guard

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// number is a long number as it stands in a text.
type number struct {
	text string
	kind Kind
}

const dash = `[-‐‑‒–—−~～至到]`

var (
	// What looks like a long number and is none: dates, years from and to, opening hours. They are taken out, not stepped over, so that
	// what stands beside them is still seen.
	harmless = regexp.MustCompile(`(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:3[01]|[12]\d|0?[1-9])(?:\D|$)` +
		`|(?:19|20)\d\d` + dash + `(?:19|20)\d\d(?:\D|$)` +
		`|(?:[01]?\d|2[0-4])[.:：][0-5]\d\s?` + dash + `\s?(?:[01]?\d|2[0-4])[.:：][0-5]\d(?:\D|$)`)
	long = regexp.MustCompile(`[0-9](?:[-‐‑‒–—−\s.·()/+_*]{0,3}[0-9]){6,}[Xx]?`)
	// A letter or two, six digits and a check character: cards of Hong Kong.
	lettered = regexp.MustCompile(`(?:^|[^A-Za-z])([A-Za-z]{1,2}[0-9]{6}\s?[(]?[0-9Aa][)]?)`)
	spelled  = regexp.MustCompile(`[〇零○一二三四五六七八九幺]{7,}`)
	spelling = strings.NewReplacer("〇", "0", "零", "0", "○", "0", "一", "1", "幺", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")
	// Tall brackets and full-width digits are folded by NFKC; other scripts' digits are left as they are.
	notDigits = regexp.MustCompile(`[^0-9A-Za-z]`)
)

// numbers finds what has seven digits or more, whatever parts them, and numbers of identity cards.
func numbers(text string) []number {
	plain := norm.NFKC.String(text)
	for _, s := range spelled.FindAllString(plain, -1) {
		plain = strings.Replace(plain, s, spelling.Replace(s), 1)
	}
	// Twice: a match takes the character after a date with it, which may begin the next one.
	plain = harmless.ReplaceAllString(harmless.ReplaceAllString(plain, "\n"), "\n")
	var found []number
	for _, s := range long.FindAllString(plain, -1) {
		kind := Phone
		if n := len(Digits(s)); n == 15 || n == 18 {
			kind = IDNumber
		}
		found = append(found, number{s, kind})
	}
	for _, m := range lettered.FindAllStringSubmatch(plain, -1) {
		found = append(found, number{m[1], IDNumber})
	}
	return found
}

// Numbers lists the long numbers of a text, as they stand there.
func Numbers(text string) []string {
	var list []string
	for _, n := range numbers(text) {
		list = append(list, n.text)
	}
	return list
}

// Digits is a number without what parts its digits.
func Digits(text string) string {
	return strings.ToLower(notDigits.ReplaceAllString(norm.NFKC.String(text), ""))
}
