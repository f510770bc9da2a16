package decode

import (
	"bytes"
	"io"
	"os"
	"strings"

	"noticeboard/pipeline/config"
)

// delimited opens a text of records. Its delimiter is the one that cuts most of the first records into the same number of cells.
func (o *opener) delimited(p part, enc charset) error {
	start, err := enc.sample(p.path, 256<<10)
	if err != nil {
		return err
	}
	delimiter := o.hints.Delimiter
	if delimiter == `\t` || delimiter == "tab" {
		delimiter = "\t"
	}
	if len(delimiter) != 1 {
		delimiter = string(guessDelimiter(start, o.limits))
		if delimiter != "," {
			o.note(p, "delimiter found: %q", delimiter)
		}
	}
	o.is("text in %s, delimited by %s", enc.name, delimiterNames[delimiter[0]])
	end := byte('\n')
	if !strings.Contains(start, "\n") {
		end = '\r'
	}
	o.book.Sheets = append(o.book.Sheets, Sheet{
		Within: p.within(""),
		each: func(visit func(Record) error) error {
			f, err := os.Open(p.path)
			if err != nil {
				return err
			}
			defer f.Close()
			text := enc.ahead(f)
			defer text.Close()
			return newSplitter(text, delimiter[0], end, o.limits).each(visit)
		},
	})
	return nil
}

var delimiterNames = map[byte]string{',': "commas", ';': "semicolons", '\t': "tabs", '|': "bars"}

// delimiters stand in the order in which they win a tie.
const delimiters = ",\t;|"

func guessDelimiter(start string, limits config.Limits) byte {
	if rest, ok := strings.CutPrefix(start, "sep="); ok && rest != "" && strings.IndexByte(delimiters, rest[0]) >= 0 {
		return rest[0]
	}
	best, bestShare, bestWidth := byte(','), 0.0, 0
	for _, d := range []byte(delimiters) {
		share, width := regularity(start, d, limits)
		if share > bestShare+0.05 || share > bestShare-0.05 && width > bestWidth {
			best, bestShare, bestWidth = d, share, width
		}
	}
	return best
}

// regularity gives the share of the first records that have the most frequent number of cells above 1, and that number.
func regularity(start string, delimiter byte, limits config.Limits) (float64, int) {
	counts := map[int]int{}
	records := 0
	// The sample may end inside a record or a quote: the error says nothing here, and the last record counts for little.
	newSplitter(strings.NewReader(start), delimiter, '\n', limits).each(func(r Record) error {
		if records == 200 {
			return errStop
		}
		if !Blank(r.Cells) {
			records++
			counts[len(r.Cells)]++
		}
		return nil
	})
	width, most := 0, 0
	for w, n := range counts {
		if w > 1 && (n > most || n == most && w > width) {
			width, most = w, n
		}
	}
	if records == 0 {
		return 0, 0
	}
	return float64(most) / float64(records), width
}

// splitter cuts text into records and cells, aware of quotes, and knows the line on which each record begins.
type splitter struct {
	r         io.Reader
	delimiter byte
	end       byte // the byte that ends most lines
	limits    config.Limits
	buf       []byte
	pos, fill int
	eof       bool
	plain     string // the text of lines from pos on
	line      int
	cells     []string
}

func newSplitter(r io.Reader, delimiter, end byte, limits config.Limits) *splitter {
	return &splitter{r: r, delimiter: delimiter, end: end, limits: limits, buf: make([]byte, 256<<10), line: 1}
}

func (s *splitter) each(visit func(Record) error) error {
	for {
		r, err := s.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := visit(r); err != nil {
			return err
		}
	}
}

// next gives the next record, or io.EOF.
func (s *splitter) next() (Record, error) {
	for {
		if r, ok := s.plainLine(); ok {
			return r, nil
		}
		r, size, state := s.scan(s.buf[s.pos:s.fill])
		if state == whole || s.eof && state == unended {
			return s.take(r, size)
		}
		if state == misquoted {
			return Record{}, refuse("misquoted", "put the quotation mark there, or take the stray one out, and hand it in again",
				"a quotation mark is missing in the record that begins on line %d: its quotes reach to the middle of a cell on line %d", s.line, s.line+lineEnds(s.buf[s.pos:s.pos+size]))
		}
		if s.eof {
			if s.pos == s.fill {
				return Record{}, io.EOF
			}
			return Record{}, refuse("truncated", "export it again; if it is whole, a quotation mark is missing after that line", "the text ends inside the quotes of the record that begins on line %d", s.line)
		}
		if err := s.more(); err != nil {
			return Record{}, err
		}
	}
}

// plainLine takes the next record where it is a line without quotes, as almost all are.
func (s *splitter) plainLine() (Record, bool) {
	if s.plain == "" {
		s.plain = plainLines(s.buf[s.pos:s.fill], s.end)
	}
	n := strings.IndexByte(s.plain, s.end)
	if n < 0 {
		return Record{}, false
	}
	text, size := s.plain[:n], n+1
	if s.end == '\n' && n > 0 && text[n-1] == '\r' {
		text = text[:n-1]
	}
	if len(text) > s.limits.CellBytes || strings.IndexByte(text, '"') >= 0 || strings.IndexByte(text, '\r') >= 0 {
		return Record{}, false
	}
	s.cells = s.cells[:0]
	for {
		i := strings.IndexByte(text, s.delimiter)
		if i < 0 {
			break
		}
		s.cells = append(s.cells, text[:i])
		text = text[i+1:]
	}
	s.cells = append(s.cells, text)
	if len(s.cells) > s.limits.Columns {
		return Record{}, false
	}
	r := Record{Line: s.line, Cells: s.cells}
	s.line++
	s.pass(size)
	return r, true
}

// plainLines gives the whole lines at the beginning of the bytes that hold nothing meaningless, of no more than plainBytes: one text for all
// their cells costs less than one for each line.
func plainLines(b []byte, end byte) string {
	b = b[:min(len(b), plainBytes)]
	for _, drop := range meaningless {
		if i := bytes.Index(b, drop); i >= 0 {
			b = b[:i]
		}
	}
	return string(b[:bytes.LastIndexByte(b, end)+1])
}

// plainBytes is how much of a text a cell may keep in memory.
const plainBytes = 16 << 10

// pass goes on to the bytes after a record.
func (s *splitter) pass(size int) {
	s.pos, s.plain = s.pos+size, s.plain[min(size, len(s.plain)):]
}

// clean drops NULs and the end mark of DOS, which no table means and no engine likes, and the byte order marks of files that were
// put one after the other.
func clean(b []byte) string {
	for _, drop := range meaningless {
		if bytes.Contains(b, drop) {
			b = bytes.ReplaceAll(b, drop, nil)
		}
	}
	return string(b)
}

var meaningless = [][]byte{{0}, {0x1A}, []byte("\xEF\xBB\xBF")}

type scanState int

const (
	whole     scanState = iota
	unended             // the bytes end before the record's line end
	misquoted           // a cell of several lines goes on behind its quotes
	inQuotes            // the bytes end inside quotes
)

// scan cuts the record that begins at b[0] and gives its size with the line end.
func (s *splitter) scan(b []byte) (Record, int, scanState) {
	if len(b) == 0 {
		return Record{}, 0, inQuotes
	}
	s.cells = s.cells[:0]
	for i := 0; ; {
		cell, after, state := s.cell(b, i)
		if state == misquoted {
			return Record{}, after, state
		}
		if state != whole {
			s.cells = append(s.cells, cell)
			return Record{Cells: s.cells, Unended: true}, len(b), state
		}
		s.cells = append(s.cells, cell)
		if b[after] == s.delimiter {
			i = after + 1
			if i == len(b) {
				s.cells = append(s.cells, "")
				return Record{Cells: s.cells, Unended: true}, len(b), unended
			}
			continue
		}
		size := after + 1
		if b[after] == '\r' {
			switch {
			case size < len(b) && b[size] == '\n':
				size++
			case size == len(b) && !s.eof:
				return Record{}, 0, unended // the \n of \r\n may be in the next bytes
			}
		}
		return Record{Cells: s.cells}, size, whole
	}
}

// cell reads one cell from i and gives the position of the delimiter or line end after it.
func (s *splitter) cell(b []byte, i int) (string, int, scanState) {
	from := i
	if i+1 < len(b) && b[i] == '=' && b[i+1] == '"' { // ="007" is how a text is kept from becoming a number in Excel
		i++
	}
	if b[i] == ' ' {
		if text, after, ok := s.spacedQuotes(b, i); ok {
			return clean(text), after, whole
		}
	}
	if b[i] != '"' {
		for ; i < len(b); i++ {
			if c := b[i]; c == s.delimiter || c == '\n' || c == '\r' {
				return clean(b[from:i]), i, whole
			}
		}
		return clean(b[from:]), len(b), unended
	}
	var text []byte
	escapes := false
	for i++; ; {
		n := bytes.IndexByte(b[i:], '"')
		if n < 0 {
			return "", len(b), inQuotes
		}
		text = append(text, b[i:i+n]...)
		i += n + 1
		// Some programs write \" for a quote. A backslash may also be the last letter of a cell, unless the cell had such a quote before.
		if n > 0 && b[i-2] == '\\' && i < len(b) && (escapes || b[i] != '"' && !s.ends(b[i])) {
			escapes, text[len(text)-1] = true, '"'
			continue
		}
		if i < len(b) && b[i] == '"' {
			text = append(text, '"')
			i++
			continue
		}
		break
	}
	if len(text) > 3 && bytes.HasPrefix(text, []byte(`="`)) && text[len(text)-1] == '"' {
		text = text[2 : len(text)-1] // ="007" again, by a program that puts quotes around every cell
	}
	// What follows a closing quote belongs to the cell: ["3F" hall] is read as [3F hall]. Where there are lines between the quotes, the
	// first of them was none of its own: the lines are records that it would swallow.
	if i < len(b) && b[i] != s.delimiter && b[i] > ' ' && bytes.IndexByte(text, '\n') >= 0 {
		return "", i, misquoted
	}
	for ; i < len(b); i++ {
		if c := b[i]; c == s.delimiter || c == '\n' || c == '\r' {
			return clean(text), i, whole
		}
		text = append(text, b[i])
	}
	return clean(text), len(b), unended
}

func (s *splitter) ends(c byte) bool { return c == s.delimiter || c == '\n' || c == '\r' }

// spacedQuotes reads a cell whose quotes have blanks around them, all on one line. after is the position of the delimiter or line end.
func (s *splitter) spacedQuotes(b []byte, i int) (text []byte, after int, ok bool) {
	for i < len(b) && b[i] == ' ' {
		i++
	}
	if i == len(b) || b[i] != '"' {
		return nil, 0, false
	}
	for i++; i < len(b) && b[i] != '\n' && b[i] != '\r'; i++ {
		if b[i] != '"' {
			text = append(text, b[i])
			continue
		}
		if i+1 < len(b) && b[i+1] == '"' {
			text = append(text, '"')
			i++
			continue
		}
		for i++; i < len(b) && b[i] == ' '; i++ {
		}
		return text, i, i < len(b) && s.ends(b[i])
	}
	return nil, 0, false
}

func (s *splitter) take(r Record, size int) (Record, error) {
	r.Line = s.line
	if len(r.Cells) > s.limits.Columns {
		return r, refuse("too_large", "raise limits.columns if that is right", "line %d has more than %d columns", r.Line, s.limits.Columns)
	}
	for _, c := range r.Cells {
		if len(c) > s.limits.CellBytes {
			return r, s.longCell()
		}
	}
	s.line += lineEnds(s.buf[s.pos : s.pos+size])
	s.pass(size)
	return r, nil
}

func (s *splitter) longCell() error {
	return refuse("too_large", "a quotation mark may be missing; or raise limits.cell_bytes", "the record that begins on line %d has a cell of more than %d bytes", s.line, s.limits.CellBytes)
}

func lineEnds(b []byte) int {
	return bytes.Count(b, []byte{'\n'}) + bytes.Count(b, []byte{'\r'}) - bytes.Count(b, []byte("\r\n"))
}

// more reads on. The buffer grows until it holds a record, up to what a record of longest cells could take.
func (s *splitter) more() error {
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.fill])
		s.fill -= s.pos
		s.pos = 0
	}
	if s.fill == len(s.buf) {
		if longest := 8*s.limits.CellBytes + 1<<20; s.fill > longest {
			return refuse("too_large", "a quotation mark may be missing; or raise limits.cell_bytes: a record may take eight times as much",
				"the record that begins on line %d takes more than %d bytes", s.line, longest)
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	n, err := s.r.Read(s.buf[s.fill:])
	s.fill += n
	if err == io.EOF {
		s.eof = true
		return nil
	}
	return err
}
