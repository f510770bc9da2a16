package land

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"noticeboard/pipeline/record"
)

// sense says which cells of a column say nothing.
type sense int

const (
	asGiven  sense = iota // no field reads the column: what stands there stays
	filledIn              // a sign for nothing says nothing
	answered              // the same, but 無 and 无 answer with no
)

// longestSign is the length in bytes of the longest sign for nothing.
const longestSign = len("&nbsp;")

func (s sense) isSign(text string) bool {
	if s == asGiven {
		return false
	}
	switch text {
	case "-", "--", "---", "/", "—", "——", "－", "／", "&nbsp;":
		return true
	case "无", "無":
		return s != answered
	}
	return len(text) <= len("N／A") && (strings.EqualFold(strings.Replace(text, "／", "/", 1), "n/a") || strings.EqualFold(text, "null"))
}

// sense gives that of a column of the export.
func (l layout) sense(column int) sense {
	of := asGiven
	for _, m := range l.matches {
		if slices.Contains(m.parts, column) {
			of = max(of, senseOf(l.fieldNamed(m.field), m))
		}
	}
	return of
}

// fieldNamed gives a field of the kind, or of the callback in a row of tickets.
func (l layout) fieldNamed(name string) record.Field {
	if f, own := l.kind.Field(name); own {
		return f
	}
	callbacks, _ := record.Find("callbacks")
	f, _ := callbacks.Field(name)
	return f
}

// trim takes outer space off. Cells of printable ASCII and common Han, which are almost all, are told by their outer bytes.
func trim(s string) string {
	if n := len(s); n == 0 || printable(s[0]) && (printable(s[n-1]) && s[n-1] < utf8.RuneSelf || n > 2 && isHanStart(s[n-3])) {
		return s
	}
	return strings.TrimFunc(s, isOuter)
}

// isOuter tells space, and the marks without width that come along when text is copied.
func isOuter(r rune) bool {
	switch r {
	case '\uFEFF', '\u200B', '\u200E', '\u200F', '\u202A', '\u202C', '\u2060':
		return true
	}
	return unicode.IsSpace(r)
}

// bare takes off the apostrophe with which a spreadsheet is told that a number is a text.
func bare(s string) string {
	if len(s) > 1 && s[0] == '\'' && strings.IndexByte(s[1:], '\'') < 0 {
		return trim(s[1:])
	}
	return s
}

func printable(b byte) bool  { return b > ' ' && b < 0x7F || isHanStart(b) }
func isHanStart(b byte) bool { return b >= 0xE4 && b <= 0xE9 } // U+4000 to U+9FFF
