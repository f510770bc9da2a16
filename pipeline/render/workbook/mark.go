package workbook

import "strings"

// mark is a sign or word beside a figure, so that nothing is said by colour alone.
type mark struct {
	text   string
	colour string
	after  bool
}

// around writes the mark into the number format: the cell stays a number.
func (m mark) around(pattern string) string {
	sections := strings.Split(pattern, ";")
	for i, s := range sections {
		if m.after {
			sections[i] = s + `" ` + m.text + `"`
		} else {
			sections[i] = `"` + m.text + ` "` + s
		}
	}
	return strings.Join(sections, ";")
}

// padded ends each section of a number format with a blank as wide as three brackets: numbers then stand under their head, which
// leaves room for the filter's button.
func padded(pattern string) string {
	return strings.ReplaceAll(pattern, ";", blank+";") + blank
}

const blank = "_)_)_)"

// marks are the signs of the codes that a column's mark may hold; those of lights come full and hollow.
var marks = map[string]mark{
	"green":  {text: "●", colour: green},
	"amber":  {text: "▲", colour: amber},
	"red":    {text: "◆", colour: red},
	"better": {colour: green, after: true},
	"worse":  {colour: red, after: true},
}

// signs give a state that begins with one the same colour as a light.
var signs = map[string]string{"●": green, "▲": amber, "◆": red}

var hollow = map[string]string{"●": "○", "▲": "△", "◆": "◇"}

// mark gives the mark of a figure, empty where there is none.
func (p *press) mark(r row, c Column) mark {
	code := r.text(c.Mark)
	m, there := marks[code]
	if c.Mark == "" || !there {
		return mark{}
	}
	if m.text == "" {
		m.text = p.speech.code(c.Mark, code)
	} else if r.is(c.Unsure) {
		m.text = hollow[m.text]
	}
	return m
}

// light is a sign with the colour's name, centred.
func (p *press) light(r row, c Column) cell {
	l := lineLook()
	l.align = "center"
	code := r.text(c.Column)
	m, there := marks[code]
	if !there {
		l.colour = slate
		return p.words(dash, l)
	}
	if r.is(c.Unsure) {
		m.text = hollow[m.text]
	}
	l.colour = m.colour
	return p.words(m.text+" "+p.speech.code("light", code), l)
}
