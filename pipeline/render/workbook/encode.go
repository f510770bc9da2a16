package workbook

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// sheetXML writes rows of cells as they stand in a worksheet part. Texts stand in their cells, not in a table of their own: a list
// has a million of them, and few twice.
type sheetXML struct {
	buf []byte
	err error
	ink *ink
}

func (x *sheetXML) beginRow(row int, height float64) {
	x.buf = append(x.buf, `<row r="`...)
	x.buf = strconv.AppendInt(x.buf, int64(row), 10)
	if height > 0 {
		x.buf = append(x.buf, `" ht="`...)
		x.buf = strconv.AppendFloat(x.buf, height, 'f', -1, 64)
		x.buf = append(x.buf, `" customHeight="1`...)
	}
	x.buf = append(x.buf, `">`...)
}

func (x *sheetXML) endRow() { x.buf = append(x.buf, `</row>`...) }

// open writes the beginning of a cell up to where its type or its content follows.
func (x *sheetXML) open(letter string, row, style int) {
	x.buf = append(x.buf, `<c r="`...)
	x.buf = append(x.buf, letter...)
	x.buf = strconv.AppendInt(x.buf, int64(row), 10)
	x.buf = append(x.buf, `" s="`...)
	x.buf = strconv.AppendInt(x.buf, int64(style), 10)
}

func (x *sheetXML) blank(letter string, row, style int) {
	x.open(letter, row, style)
	x.buf = append(x.buf, `"/>`...)
}

func (x *sheetXML) whole(letter string, row, style int, n int64) {
	x.open(letter, row, style)
	x.buf = append(x.buf, `"><v>`...)
	x.buf = strconv.AppendInt(x.buf, n, 10)
	x.buf = append(x.buf, `</v></c>`...)
}

// real writes the 15 digits that the format keeps of a number.
func (x *sheetXML) real(letter string, row, style int, n float64) {
	if math.IsNaN(n) || math.IsInf(n, 0) {
		x.inline(letter, row, style, strconv.FormatFloat(n, 'f', -1, 64))
		return
	}
	x.open(letter, row, style)
	x.buf = append(x.buf, `"><v>`...)
	x.buf = strconv.AppendFloat(x.buf, n, 'g', 15, 64)
	x.buf = append(x.buf, `</v></c>`...)
}

// inline writes a text that has been escaped before.
func (x *sheetXML) inline(letter string, row, style int, escaped string) {
	x.open(letter, row, style)
	x.buf = append(x.buf, `" t="inlineStr"><is><t`...)
	if n := len(escaped); n > 0 && (escaped[0] <= ' ' || escaped[n-1] <= ' ') {
		x.buf = append(x.buf, ` xml:space="preserve"`...)
	}
	x.buf = append(x.buf, '>')
	x.buf = append(x.buf, escaped...)
	x.buf = append(x.buf, `</t></is></c>`...)
}

// cell writes one cell of any kind.
func (x *sheetXML) cell(letter string, row int, c cell) {
	style, err := x.ink.style(c.look)
	if err != nil && x.err == nil {
		x.err = err
	}
	switch v := c.value.(type) {
	case nil:
		x.blank(letter, row, style)
	case int64:
		x.whole(letter, row, style, v)
	case float64:
		x.real(letter, row, style, v)
	case time.Time:
		x.real(letter, row, style, serial(v))
	case string:
		x.inline(letter, row, style, escape(v))
	}
}

// epoch is the day 0 of the format. Its calendar has a 29 February 1900 that never was, so earlier days are a day off there.
var epoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// serial counts days as the format does: whole seconds are kept.
func serial(t time.Time) float64 {
	return float64(t.Unix()-epoch.Unix()) / 86400
}

var entities = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;")

// escape writes a text as the content of an element.
func escape(text string) string {
	if strings.ContainsAny(text, "&<>\r") {
		text = entities.Replace(text)
	}
	return literal(text)
}

// literal escapes the underscore of what looks like one of the format's own escapes, such as _x0041_ for A: it would be read as that
// character.
func literal(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	var b strings.Builder
	for i := range len(text) {
		if looksEscaped(text[i:]) {
			b.WriteString("_x005F")
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

func looksEscaped(text string) bool {
	if len(text) < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(text[2:6], 16, 16)
	return err == nil
}

// plainText tells whether a text can stand in a cell as it is: nothing to replace, nothing to cut.
func plainText(text string) bool {
	if len(text) > textCells {
		return false
	}
	for _, r := range text {
		if r < ' ' && r != '\n' || r == utf8.RuneError {
			return false
		}
	}
	return true
}
