package workbook

import (
	"math"
	"strings"
)

// format says how a value looks in a cell and in a sentence.
type format struct {
	pattern  string  // number format of the cell
	times    float64 // what the value is multiplied by in a sentence, and in the cell of a change
	decimals int
	suffix   string
	sign     bool
	right    bool // numbers stand right, all else left
}

// formats are those that a template may name; the empty one is text. "figure" and "change" take the unit of the row ("trend" likewise, leaving blank what is empty), "tally" is a
// count that leaves blank what is nothing, "light" is a sign with a word, "sparkline" a small line.
var formats = map[string]format{
	"text":     {pattern: "@"},
	"wrap":     {pattern: "@"},
	"count":    {pattern: "#,##0", times: 1, right: true},
	"tally":    {pattern: "#,##0;;", times: 1, right: true},
	"rank":     {pattern: "0", times: 1, right: true},
	"movement": {pattern: `"▲ "0;"▼ "0;"＝"`, times: 1, right: true, sign: true},
	"percent":  {pattern: "0.0%", times: 100, decimals: 1, suffix: "%", right: true},
	"whole":    {pattern: "0%", times: 100, suffix: "%", right: true},
	"hours":    {pattern: "#,##0.0", times: 1, decimals: 1, right: true},
	"yuan":     {pattern: `#,##0;"−"#,##0`, times: 1, right: true},
	"money":    {pattern: `#,##0.00;"−"#,##0.00`, times: 1, decimals: 2, right: true},
	"gain":     {pattern: `+0.0;"−"0.0;0.0`, times: 1, decimals: 1, sign: true, right: true},
	"points":   {pattern: "0.0", times: 1, decimals: 1, right: true},
	"score":    {pattern: "0.00", times: 1, decimals: 2, right: true},
	"per_100":  {pattern: "0.00", times: 1, decimals: 2, right: true},
	"date":     {pattern: "yyyy-mm-dd"},
	"time":     {pattern: "yyyy-mm-dd hh:mm"},
}

// special formats need more of the row than the value.
var special = map[string]bool{"": true, "figure": true, "trend": true, "change": true, "light": true, "sparkline": true, "yes": true}

func known(format string) bool {
	_, there := formats[format]
	return there || special[format]
}

// unitFormat gives the format of a metric's unit; of a change, with its sign, and in points where the value is a share.
func unitFormat(unit string, isChange bool) format {
	f, there := formats[unit]
	if !there {
		f = formats["points"]
	}
	if !isChange {
		return f
	}
	f.pattern, _, _ = strings.Cut(f.pattern, ";")
	if unit == "percent" {
		f = format{pattern: "0.0", times: 100, decimals: 1, right: true}
	}
	f.pattern, f.sign = "+"+f.pattern+`;"−"`+f.pattern+";"+f.pattern, true
	return f
}

// unsigned gives the pattern of a value: of one that rounds to nothing, without a sign, which would say that there is a change.
func (f format) unsigned(n float64) string {
	plain := f.pattern[strings.LastIndexByte(f.pattern, ';')+1:]
	if !f.sign || f.pattern == formats["movement"].pattern || math.Abs(n*f.times) >= 0.5*math.Pow10(-f.decimals) {
		return f.pattern
	}
	return plain + ";" + plain
}

// width estimates how many characters wide a text is: Chinese counts double.
func width(text string) float64 {
	w := 0.0
	for _, r := range text {
		switch {
		case r >= 0x1100 && wide(r):
			w += 2
		case r >= 'A' && r <= 'Z' || r == '%' || r == 'm' || r == 'w':
			w += 1.2
		default:
			w++
		}
	}
	return w
}

func wide(r rune) bool {
	return r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 || r >= 0xf900 && r <= 0xfaff ||
		r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 || r >= 0xffe0 && r <= 0xffe6 || r >= 0x20000
}
