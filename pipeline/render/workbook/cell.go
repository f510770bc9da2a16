package workbook

import (
	"strings"
	"time"
	"unicode/utf8"
)

// cell is one cell to be written, with what the eye sees of it, for the width.
type cell struct {
	value any
	look  look
	shown string
	home  string // id of the sheet that the cell leads to
	note  string // comment
	spark string // id of the matrix that the cell's sparkline draws
	key   string // of the matrix row
}

// textCells is the longest text that a cell of the format holds.
const textCells = 32_767

// words makes a text cell. Control characters, which the format can't hold, become blanks; what is too long is cut.
func (p *press) words(text string, l look) cell {
	text = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r == utf8.RuneError {
			return ' '
		}
		return r
	}, text)
	if utf8.RuneCountInString(text) > textCells {
		text = string([]rune(text)[:textCells-1]) + "…"
		p.warn("a text of more than %d characters was cut", textCells)
	}
	l.pattern = "@"
	return cell{value: text, look: l, shown: text}
}

// cell sets one value of a row as its column says.
func (p *press) cell(r row, c Column) cell {
	switch v := r.value(c.Column); {
	case c.Rule == fillIn && v == nil:
		return p.toFill(c)
	case c.Format == "light":
		return p.light(r, c)
	case c.Format == "sparkline":
		return cell{look: lineLook(), spark: c.Spark, key: r.text(c.Column), shown: strings.Repeat(" ", 16)}
	case c.Says != nil:
		l := lineLook()
		l.wrap = c.Width > 0
		return p.words(p.sentenceText(c.Says, r), l)
	case c.Defines:
		return p.words(p.speech.definition(r.text(c.Column)), look{ruled: true, wrap: true})
	case v == nil:
		return p.blank(c)
	default:
		return p.filled(r, c, v)
	}
}

// dashed are the formats of figures that can be without a value; dates, texts and counts leave the cell empty.
var dashed = map[string]bool{"figure": true, "change": true, "percent": true, "points": true, "score": true, "per_100": true}

func (p *press) blank(c Column) cell {
	l := lineLook()
	if dashed[c.Format] {
		l.align, l.colour = "right", slate
		return p.words(dash, l)
	}
	return cell{look: l}
}

func (p *press) filled(r row, c Column, v any) cell {
	l := lineLook()
	if n, is := number(v); is && c.Names == "" && c.Codes == "" && c.Format != "text" && c.Format != "" {
		return p.numeric(r, c, n, l)
	}
	if t, is := v.(time.Time); is {
		f := formats[c.Format]
		if f.pattern == "" || f.pattern == "@" {
			f = formats["date"]
		}
		l.pattern, l.align = f.pattern, "left"
		shown := strings.Repeat("0", len(f.pattern))
		return cell{value: t, look: l, shown: shown}
	}
	text := p.spoken(r, c)
	if c.Codes != "" {
		l.colour = signs[strings.SplitN(text, " ", 2)[0]]
	}
	out := p.words(text, l)
	if c.Format == "wrap" {
		out.look.wrap = true
	}
	if c.Home {
		p.lead(&out, p.template.home(r.text(c.Column)))
	}
	return out
}

// spoken gives the text of a value: a name, a fixed code's word, yes or no, or the value as it is.
func (p *press) spoken(r row, c Column) string {
	text := r.text(c.Column)
	switch {
	case c.Names != "":
		property := r.text("property")
		if property == "" {
			property = p.edition.Property
		}
		return p.speech.name(c.Names, property, text) + p.speech.word("unit.beside_name."+r.text(c.Unit), "")
	case c.Codes != "":
		return p.speech.code(c.Codes, text)
	case c.Format == "yes":
		return p.speech.code("yes", text)
	default:
		return text
	}
}

func (p *press) numeric(r row, c Column, n float64, l look) cell {
	f := formats[c.Format]
	if special[c.Format] {
		f = unitFormat(r.text(c.Unit), c.Format == "change")
	}
	if c.Format == "change" {
		n *= f.times
		f.times = 1
	}
	l.pattern, l.align = f.unsigned(n), "right"
	shown := digits(n*f.times, f.decimals, f.sign) + f.suffix
	if m := p.mark(r, c); m.text != "" {
		l.colour, l.pattern = m.colour, m.around(l.pattern)
		shown += " " + m.text
	}
	if c.Rule == heat {
		l.align = "center"
		return cell{value: n, look: l, shown: shown}
	}
	l.pattern = padded(l.pattern)
	return cell{value: n, look: l, shown: shown + "  "}
}

// lead makes a cell a link to a sheet, where this workbook has it. The line below says so where colours are grey; it would go on under
// the blank of a number's pattern, so numbers are indented instead.
func (p *press) lead(c *cell, sheet string) {
	if p.tabs[sheet] != "" {
		c.home, c.look.colour, c.look.underline = sheet, blue, true
		c.look.pattern = strings.ReplaceAll(c.look.pattern, blank, "")
	}
}
