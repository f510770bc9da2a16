package land

import (
	"encoding/binary"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/decode"
	"noticeboard/pipeline/record"
)

// column reads a field row by row into what is landed of it. A value that can't be read is null, and unread beside it true: whether
// that rejects the row is for the statements to say.
type column interface {
	fields() []arrow.Field
	fill(to []gatherer)                           // of its fields, for the rows to come
	read(r *decode.Record) (fits bool, err error) // it doesn't fit where it is required and missing, or can't be read
	say(b []byte) []byte                          // adds what it read last, if that says anything
}

// columnOf gives the column of a field.
func (l layout) columnOf(f field, stamps stampReader, doubts *doubts) column {
	switch f.Type {
	case record.Code, record.YesNo:
		return &codeColumn{field: f, kind: l.kind.Name, source: l.source, codes: memo[code]{}}
	case record.Score:
		return &scoreColumn{field: f, source: l.source, scores: memo[code]{}}
	case record.Stamp, record.Date:
		return &stampColumn{field: f, reader: stamps, doubts: doubts, seen: memo[moment]{}}
	case record.Count, record.Number, record.Money:
		return &numberColumn{field: f, numbers: memo[figure]{}}
	}
	if f.running {
		return &textColumn{field: f, seen: map[string]bool{"": true}}
	}
	return &textColumn{field: f}
}

// memo remembers what a text means, but for long ones. It forgets all when it is full: no file is so varied that this matters, and none
// fills memory.
type memo[V any] map[string]V

const memoSize = 1 << 16

// longestValue is more than any date, number or word of a list takes, in bytes. To look for one in a megabyte takes a quarter of a second.
const longestValue = 200

func (m memo[V]) of(text string, read func(string) V) V {
	if len(text) > longestValue {
		return read(text)
	}
	v, known := m[text]
	if !known {
		text = strings.Clone(text) // a cell holds on to the lines around it
		v = read(text)
		if len(m) >= memoSize {
			clear(m)
		}
		m[text] = v
	}
	return v
}

func arrowField(name string, kind arrow.DataType) arrow.Field {
	return arrow.Field{Name: name, Type: kind, Nullable: true}
}

const unreadSuffix = "_unread"

// textColumn is a text and, where it is compared with others, its key.
type textColumn struct {
	field
	text, key *texts
	last      string
	rounded   int             // texts that a spreadsheet has rounded
	seen      map[string]bool // of a running number: it is taken for the id only where it is one
}

func (c *textColumn) fields() []arrow.Field {
	list := []arrow.Field{arrowField(c.Name, arrow.BinaryTypes.String)}
	if c.Keyed {
		list = append(list, arrowField(c.Name+"_key", arrow.BinaryTypes.String))
	}
	return list
}

func (c *textColumn) fill(to []gatherer) {
	c.text = to[0].(*texts)
	if c.Keyed {
		c.key = to[1].(*texts)
	}
}

func (c *textColumn) read(r *decode.Record) (bool, error) {
	text := c.field.text(r.Cells)
	c.last = text
	c.text.put(text)
	if c.Keyed {
		c.key.putKey(text)
	}
	if err := c.rounding(text, r); err != nil {
		return false, err
	}
	return text != "" || !c.Required, c.unique(text)
}

func (c *textColumn) say(b []byte) []byte { return append(b, c.last...) }

// rounding counts numbers that a spreadsheet has rounded to be shown. Of ids the file is refused: many would be one.
func (c *textColumn) rounding(text string, r *decode.Record) error {
	if len(text) > longestRounded || text == "" || text[0] < '0' || text[0] > '9' || strings.IndexByte(text, '+') < 0 || !roundedNumber.MatchString(text) {
		return nil
	}
	if c.isID {
		return refusal("rounded_ids", "give the column the format of text (or of whole numbers) and save it again, or take the export as the system wrote it",
			"a spreadsheet program has rounded the ids of %s: %s at %s", c.shownName(), text, r.Place())
	}
	c.rounded++
	return nil
}

var roundedNumber = regexp.MustCompile(`^\d(?:\.\d{1,10})?[Ee]\+\d{1,3}$`)

const longestRounded = 17

func (c *textColumn) unique(text string) error {
	if c.seen == nil {
		return nil
	}
	if c.seen[text] {
		return refusal("missing_column", "name the column of the id in the source's columns", "no column gives %s: %s isn't unique", c.Name, c.header)
	}
	c.seen[strings.Clone(text)] = true
	return nil
}

// code is what a word of a list means; known is false for a word that the list doesn't have.
type code struct {
	code  string
	known bool
}

// codeColumn is a word as given, and the code that it means.
type codeColumn struct {
	field
	kind     string
	source   config.Source
	codes    memo[code]
	unmapped bool // some word isn't in the list
	text, as *texts
	last     string
	isVoided bool
}

func (c *codeColumn) fields() []arrow.Field {
	return []arrow.Field{arrowField(c.Name, arrow.BinaryTypes.String), arrowField(c.Name+"_code", arrow.BinaryTypes.String)}
}

func (c *codeColumn) fill(to []gatherer) {
	c.text, c.as = to[0].(*texts), to[1].(*texts)
}

func (c *codeColumn) read(r *decode.Record) (bool, error) {
	text := c.field.text(r.Cells)
	c.last, c.isVoided = text, len(c.voids) > 0 && c.isVoid(r.Cells)
	c.text.put(text)
	switch {
	case c.isVoided:
		c.as.put("void")
	case text == "":
		c.as.put("")
	default:
		word := c.codes.of(text, c.meaning)
		c.unmapped = c.unmapped || !word.known
		c.as.put(word.code)
	}
	return text != "" || !c.Required, nil
}

func (c *codeColumn) say(b []byte) []byte {
	b = append(b, c.last...)
	if c.isVoided {
		b = append(b, "\x1Evoid"...)
	}
	return b
}

func (c *codeColumn) meaning(text string) code {
	if c.answer != nil {
		answer, _ := meaning("yes_no", c.Name, text, c.source)
		if means, there := c.answer[answer]; there {
			return code{means, true}
		}
	}
	means, known := meaning(listOf(c.kind, c.Field), c.Name, text, c.source)
	return code{means, known}
}

// scoreColumn is a rating as given, and 1 to 5.
type scoreColumn struct {
	field
	source config.Source
	scores memo[code]
	text   *texts
	last   string
	score  *fixed
}

func (c *scoreColumn) fields() []arrow.Field {
	return []arrow.Field{arrowField(c.Name, arrow.BinaryTypes.String), arrowField(c.Name+"_score", arrow.PrimitiveTypes.Int32)}
}

func (c *scoreColumn) fill(to []gatherer) {
	c.text, c.score = to[0].(*texts), to[1].(*fixed)
}

func (c *scoreColumn) read(r *decode.Record) (bool, error) {
	text := c.field.text(r.Cells)
	c.last = text
	c.text.put(text)
	if text == "" {
		c.score.putNone()
		return true, nil
	}
	word := c.scores.of(text, func(text string) code {
		means, known := meaning("score", c.Name, text, c.source)
		return code{means, known}
	})
	score, err := strconv.ParseInt(word.code, 10, 32)
	if err != nil {
		c.score.putNone()
		return true, nil
	}
	c.score.put32(int32(score))
	return true, nil
}

func (c *scoreColumn) say(b []byte) []byte { return append(b, c.last...) }

// stampColumn is a moment: a stamp with its precision, or a date.
type stampColumn struct {
	field
	reader stampReader
	doubts *doubts
	seen   memo[moment]
	// What the whole column shows: stamps with a time of day, without, and whole days whose format shows hours.
	timed, days, midnights bool

	last stamp
	said bool // the last cell had one

	at, on    *fixed
	day, fail *flags
}

// moment is what a text says of one.
type moment struct {
	stamp
	verdict
}

func (c *stampColumn) fields() []arrow.Field {
	unread := arrowField(c.Name+unreadSuffix, arrow.FixedWidthTypes.Boolean)
	if c.Type == record.Date {
		return []arrow.Field{arrowField(c.Name, arrow.FixedWidthTypes.Date32), unread}
	}
	return []arrow.Field{arrowField(c.Name, &arrow.TimestampType{Unit: arrow.Microsecond}), arrowField(c.Name+"_day", arrow.FixedWidthTypes.Boolean), unread}
}

func (c *stampColumn) fill(to []gatherer) {
	if c.Type == record.Date {
		c.on, c.fail = to[0].(*fixed), to[1].(*flags)
		return
	}
	c.at, c.day, c.fail = to[0].(*fixed), to[1].(*flags), to[2].(*flags)
}

func (c *stampColumn) read(r *decode.Record) (bool, error) {
	text := c.field.text(r.Cells)
	if text == "" {
		c.none(false)
		return !c.Required, nil
	}
	s, plain := quickStamp(text)
	if !plain {
		read := c.seen.of(text, func(text string) moment {
			if len(text) > longestValue {
				return moment{verdict: unreadable}
			}
			s, v := c.reader.read(text)
			if v == unreadable && !c.Happened {
				s, v = c.reader.readSlot(text)
			}
			return moment{s, v}
		})
		if read.verdict == ambiguous || read.verdict == minguo {
			if err := c.doubts.add(&c.field, text, r, read.verdict); err != nil {
				return false, err
			}
		}
		if read.verdict != readable {
			c.none(true)
			return false, nil
		}
		s = read.stamp
	}
	if s.day && len(r.Midnights) > 0 && len(c.cells) == 1 && slices.Contains(r.Midnights, c.cells[0]) {
		c.midnights = true
		s.day = !c.reader.timed[c.Name]
	} else {
		c.timed, c.days = c.timed || !s.day, c.days || s.day
	}
	c.put(s)
	return true, nil
}

func (c *stampColumn) say(b []byte) []byte {
	if !c.said {
		return b
	}
	b = binary.BigEndian.AppendUint64(b, uint64(c.last.micros))
	if c.last.day && c.Type != record.Date {
		b = append(b, 'd')
	}
	return b
}

func (c *stampColumn) put(s stamp) {
	c.last, c.said = s, true
	c.fail.putNone()
	if c.Type == record.Date {
		c.on.put32(s.date())
		return
	}
	c.at.put64(s.micros)
	c.day.put(s.day)
}

func (c *stampColumn) none(unread bool) {
	c.said = false
	if unread {
		c.fail.put(true)
	} else {
		c.fail.putNone()
	}
	if c.Type == record.Date {
		c.on.putNone()
		return
	}
	c.at.putNone()
	c.day.putNone()
}

// numberColumn is a number, or the sum of several columns.
type numberColumn struct {
	field
	numbers memo[figure]
	fails   []*flags // by addend
	number  *fixed   // of 4 bytes or of 16
	last    int64
	said    bool
}

// figure is a number without its decimal point.
type figure struct {
	units    int64
	readable bool
}

func (c *numberColumn) fields() []arrow.Field {
	var kind arrow.DataType = arrow.PrimitiveTypes.Int32
	switch c.Type {
	case record.Number:
		kind = &arrow.Decimal128Type{Precision: 18, Scale: 4}
	case record.Money:
		kind = &arrow.Decimal128Type{Precision: 14, Scale: 2}
	}
	list := []arrow.Field{arrowField(c.Name, kind)}
	for _, a := range c.addends() {
		list = append(list, arrowField(a.Name+unreadSuffix, arrow.FixedWidthTypes.Boolean))
	}
	return list
}

func (c *numberColumn) fill(to []gatherer) {
	c.number, c.fails = to[0].(*fixed), c.fails[:0]
	for _, b := range to[1:] {
		c.fails = append(c.fails, b.(*flags))
	}
}

func (c *numberColumn) read(r *decode.Record) (bool, error) {
	sum, filled, fits := int64(0), false, true
	for i, a := range c.addends() {
		text := a.text(r.Cells)
		if text == "" {
			c.fails[i].putNone()
			continue
		}
		n, plain := quickFigure(text, c.Type)
		if !plain {
			n = c.numbers.of(text, func(text string) figure { return figureOf(text, c.Type) })
		}
		if !n.readable {
			c.fails[i].put(true)
			fits = false
			continue
		}
		c.fails[i].putNone()
		sum, filled = sum+n.units, true
	}
	c.put(sum, filled)
	return fits, nil
}

func (c *numberColumn) say(b []byte) []byte {
	if !c.said {
		return b
	}
	return strconv.AppendInt(b, c.last, 10)
}

func (c *numberColumn) put(sum int64, filled bool) {
	c.last, c.said = sum, filled
	switch {
	case !filled:
		c.number.putNone()
	case c.Type == record.Count:
		c.number.put32(int32(sum))
	default:
		c.number.put128(sum)
	}
}
