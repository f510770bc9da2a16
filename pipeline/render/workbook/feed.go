package workbook

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/xuri/excelize/v2"
)

// feed writes the rows of one list. A column whose cells all look the same is written straight from the engine's batch; any other
// goes through the same cells as a small table.
type feed struct {
	p       *press
	list    *list
	widths  []float64
	xml     sheetXML
	columns []pipe
	turn    func(part string) (io.Writer, error) // ends one part and begins the next
	out     io.Writer
	next    int   // section to be begun
	left    int64 // rows that the section at hand still takes
	row     int   // row of the sheet last written
	written int64
}

// pipe is one column of a list.
type pipe struct {
	Column
	letter string
	width  float64
	style  int             // of its cells, where they all look the same
	empty  cell            // what stands where there is no value
	wrap   look            // of a text that is wider than the column
	text   bool            // values as they are
	coded  map[code]string // values by way of words, escaped; nil otherwise
	number bool
	time   bool
}

type code struct{ property, value string }

// batchBytes is how much is handed on at once.
const batchBytes = 1 << 18

func (p *press) newFeed(l *list) (*feed, error) {
	f := &feed{p: p, list: l, xml: sheetXML{ink: p.ink}, widths: l.sections[0].sheet.widths}
	for i, c := range l.columns {
		letter, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return nil, err
		}
		next := pipe{Column: c, letter: letter, width: f.widths[i]}
		if err := p.fitPipe(&next); err != nil {
			return nil, err
		}
		f.columns = append(f.columns, next)
	}
	return f, nil
}

// fitPipe finds out whether all filled cells of a column look the same, and how.
func (p *press) fitPipe(c *pipe) error {
	c.empty = p.blank(c.Column)
	if c.Mark != "" || c.Rule == fillIn || c.Defines || c.Says != nil || c.Home || c.Link != "" || special[c.Format] && c.Format != "" {
		return nil
	}
	f, sample := formats[c.Format], p.words("", lineLook())
	sample.look.wrap = c.Format == "wrap" || c.Width > 0
	switch {
	case c.Names != "" || c.Codes != "":
		c.coded = map[code]string{}
	case f.right:
		c.number = true
		sample.look.wrap, sample.look.pattern, sample.look.align = false, padded(f.pattern), "right"
	case c.Format == "date" || c.Format == "time":
		c.time = true
		sample.look.wrap, sample.look.pattern, sample.look.align = false, f.pattern, "left"
	default:
		c.text = true
	}
	c.wrap = sample.look
	c.wrap.wrap = true
	var err error
	c.style, err = p.ink.style(sample.look)
	return err
}

// pour reads the relation and writes its rows into the parts of its sheets.
func (f *feed) pour() error {
	from := f.list.table.From
	if err := f.p.source.batches(from.Relation, f.p.source.cut(from), f.batch); err != nil {
		return err
	}
	return f.done()
}

// begin goes on to the next section.
func (f *feed) begin() (err error) {
	if f.next == len(f.list.sections) {
		return errRows
	}
	sec := f.list.sections[f.next]
	f.next++
	f.row, f.left = sec.first-1, sec.rows
	f.out, err = f.turn(sec.sheet.part())
	return err
}

// batch writes the rows of one batch.
func (f *feed) batch(b arrow.RecordBatch) error {
	at := placesOf(b)
	for i := range int(b.NumRows()) {
		if f.left == 0 {
			if err := f.begin(); err != nil {
				return err
			}
		}
		f.put(b, at, i)
		f.left--
		f.written++
		if f.left == 0 {
			f.end()
		}
		if len(f.xml.buf) >= batchBytes || f.left == 0 {
			if err := f.flush(); err != nil {
				return err
			}
		}
	}
	return f.xml.err
}

func (f *feed) flush() error {
	_, err := f.out.Write(f.xml.buf)
	f.xml.buf = f.xml.buf[:0]
	return err
}

// end writes what stands below a section.
func (f *feed) end() {
	l := f.list.sections[f.next-1].ending
	f.xml.beginRow(l.row, 0)
	f.xml.cell("A", l.row, l.cells[0])
	f.xml.endRow()
}

// put writes one row. Its height is known only after its cells, so they are written behind a gap first.
func (f *feed) put(b arrow.RecordBatch, at map[string]int, i int) {
	f.row++
	start := len(f.xml.buf)
	tall := 1
	var full *row
	for j := range f.columns {
		c := &f.columns[j]
		index, there := at[c.Column.Column]
		switch {
		case !there || c.style == 0:
			if full == nil {
				r := rowOf(b, at, i)
				full = &r
			}
			tall = max(tall, f.slow(c, *full))
		default:
			tall = max(tall, f.fast(c, b, at, index, i))
		}
	}
	if tall == 1 {
		f.frame(start, 0)
	} else {
		f.frame(start, rowHeight+float64(tall-1)*lineHeight)
	}
}

// frame puts the beginning of the row before its cells.
func (f *feed) frame(start int, height float64) {
	cells := len(f.xml.buf)
	f.xml.beginRow(f.row, height)
	head := len(f.xml.buf) - cells
	var copied [64]byte
	copy(copied[:], f.xml.buf[cells:])
	copy(f.xml.buf[start+head:], f.xml.buf[start:cells])
	copy(f.xml.buf[start:], copied[:head])
	f.xml.endRow()
}

// slow writes a cell the way a small table does, and tells how many lines of text it takes.
func (f *feed) slow(c *pipe, r row) int {
	out := f.p.cells(r, []Column{c.Column})[0]
	if width(out.shown) > c.width {
		out.look.wrap = out.look.align != "right"
		out.look.shrink = out.look.align == "right"
	}
	f.xml.cell(c.letter, f.row, out)
	return lines([]cell{out}, []float64{c.width})
}

// fast writes a cell from the batch, and tells how many lines of text it takes.
func (f *feed) fast(c *pipe, b arrow.RecordBatch, at map[string]int, index, i int) int {
	values := b.Column(index)
	if values.IsNull(i) {
		f.xml.cell(c.letter, f.row, c.empty)
		return 1
	}
	switch {
	case c.coded != nil:
		return f.codedText(c, b, at, values, i)
	case c.text:
		if s, is := values.(*array.String); is && plainText(s.Value(i)) {
			return f.wordsOf(c, s.Value(i))
		}
	case c.number:
		if f.numberOf(c, values, i) {
			return 1
		}
	case c.time:
		if f.timeOf(c, values, i) {
			return 1
		}
	}
	return f.slow(c, rowOf(b, at, i))
}

// wordsOf writes a text: wrapped where it is wider than its column.
func (f *feed) wordsOf(c *pipe, text string) int {
	style, tall := c.style, 1
	// No text is wider than twice its bytes; most are so short that they needn't be measured.
	if float64(len(text))*1.2 > c.width {
		out := cell{shown: text, look: c.wrap}
		if w := width(text); w > c.width-1 || c.Width > 0 {
			tall = lines([]cell{out}, []float64{c.width})
		}
		if tall > 1 {
			var err error
			if style, err = f.xml.ink.style(c.wrap); err != nil {
				f.xml.err = err
			}
		}
	}
	f.xml.inline(c.letter, f.row, style, escape(text))
	return tall
}

// codedText writes the word of a code; there are few, so each is looked up once.
func (f *feed) codedText(c *pipe, b arrow.RecordBatch, at map[string]int, values arrow.Array, i int) int {
	key := code{value: values.ValueStr(i)}
	if p, there := at["property"]; there {
		key.property = b.Column(p).ValueStr(i)
	}
	text, known := c.coded[key]
	if !known {
		text = fmt.Sprint(f.p.cell(rowOf(b, at, i), c.Column).value)
		// The key points into a batch that is released soon.
		c.coded[code{strings.Clone(key.property), strings.Clone(key.value)}] = text
	}
	return f.wordsOf(c, text)
}

func (f *feed) numberOf(c *pipe, values arrow.Array, i int) bool {
	n, is := numeral(values, i)
	// A number that may be too wide would be a row of crosses.
	if !is || n >= 1e6 || n <= -1e5 {
		return false
	}
	if n == float64(int64(n)) {
		f.xml.whole(c.letter, f.row, c.style, int64(n))
	} else {
		f.xml.real(c.letter, f.row, c.style, n)
	}
	return true
}

// numeral takes a number out of Arrow without a copy. Of a decimal, digits up to 2^53 divided by a power of ten give the nearest number.
func numeral(values arrow.Array, i int) (float64, bool) {
	switch v := values.(type) {
	case *array.Int64:
		return float64(v.Value(i)), true
	case *array.Int32:
		return float64(v.Value(i)), true
	case *array.Float64:
		return v.Value(i), true
	case *array.Decimal128:
		d, scale := v.Value(i), v.DataType().(*arrow.Decimal128Type).Scale
		if d.FitsInPrecision(15) && scale <= 22 {
			return float64(int64(d.LowBits())) / math.Pow10(int(scale)), true
		}
	}
	return number(plain(values, i))
}

func (f *feed) timeOf(c *pipe, values arrow.Array, i int) bool {
	switch v := values.(type) {
	case *array.Date32:
		f.xml.whole(c.letter, f.row, c.style, int64(v.Value(i))+daysTo1970)
	case *array.Timestamp:
		f.xml.real(c.letter, f.row, c.style, serial(v.Value(i).ToTime(v.DataType().(*arrow.TimestampType).Unit)))
	default:
		return false
	}
	return true
}

// daysTo1970 lie between the day 0 of the format and that of the engine.
const daysTo1970 = 25569

var errRows = errors.New("the relation has another number of rows than it had when the sheets were set out")

// done tells whether every section has been filled.
func (f *feed) done() error {
	if f.left != 0 || f.next != len(f.list.sections) || f.written != f.list.planned {
		return fmt.Errorf("%s: %d of %d rows: %w", f.list.table.Relation, f.written, f.list.planned, errRows)
	}
	return nil
}
