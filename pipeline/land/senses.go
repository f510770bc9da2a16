package land

import (
	"slices"
	"strings"
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
	return len(text) <= 4 && (strings.EqualFold(text, "n/a") || strings.EqualFold(text, "null"))
}

// sensesOf gives the sense of each loaded column.
func (l layout) sensesOf() []sense {
	senses := make([]sense, len(l.loaded))
	for _, m := range l.matches {
		for _, p := range m.parts {
			at := slices.Index(l.loaded, p)
			senses[at] = max(senses[at], l.senseOf(m))
		}
	}
	return senses
}
