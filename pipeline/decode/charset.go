package decode

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"math/bits"
	"os"
	"runtime"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/klauspost/readahead"
	vector "github.com/segmentio/asm/utf8" // ten times as fast as the standard library, and every byte of every text passes it
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
)

// charset is how the bytes of a text become characters.
type charset struct {
	name  string
	codec encoding.Encoding // nil: the bytes are valid UTF-8 already
}

// reader gives the text of a stream as UTF-8, without a byte order mark.
func (c charset) reader(r io.Reader) io.Reader {
	if c.codec == nil || c.codec == unicode.UTF8 {
		start := bufio.NewReader(r)
		if b, _ := start.Peek(3); bomOf(b) == "utf-8" {
			start.Discard(3)
		}
		if c.codec == nil {
			return start
		}
		// The library's own decoder of UTF-8 lets broken bytes through after a byte order mark.
		return transform.NewReader(start, runes.ReplaceIllFormed())
	}
	return transform.NewReader(r, unicode.BOMOverride(c.codec.NewDecoder()))
}

// ahead gives the same; where characters must be looked up, the next ones are while these are worked on.
func (c charset) ahead(r io.Reader) io.ReadCloser {
	if c.codec == nil {
		return io.NopCloser(c.reader(r))
	}
	text, err := readahead.NewReaderSize(guarded{c.reader(r)}, 4, 256<<10)
	if err != nil {
		panic(err) // the sizes are none
	}
	return text
}

// guarded turns a panic into an error: nobody else could on the goroutine that reads ahead.
type guarded struct{ io.Reader }

func (g guarded) Read(b []byte) (n int, err error) {
	err = Guarded("text", func() (err error) {
		n, err = g.Reader.Read(b)
		return err
	})
	return n, err
}

// sample gives the beginning of a file's text.
func (c charset) sample(path string, size int64) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(c.reader(f), size))
	return string(b), err
}

// encodingOf finds the encoding of a text, or takes the one that the source names.
func (o *opener) encodingOf(p part) (charset, error) {
	if o.hints.Encoding != "" {
		codec, err := htmlindex.Get(o.hints.Encoding)
		if err != nil {
			return charset{}, refuse("unknown_encoding", "write utf-8, gb18030, big5, utf-16le or another name that web pages use", "there is no encoding %q", o.hints.Encoding)
		}
		return charset{strings.ToLower(o.hints.Encoding), codec}, nil
	}
	f, err := os.Open(p.path)
	if err != nil {
		return charset{}, err
	}
	defer f.Close()
	seen, err := survey(f)
	if err != nil {
		return charset{}, err
	}
	c, sure := seen.charset()
	switch {
	case seen.cut && c.name == "utf-8", seen.odd && strings.HasPrefix(c.name, "utf-16"):
		return c, refuse("truncated", "export it again", "the text ends in the middle of a character")
	case strings.HasPrefix(c.name, "utf-16"):
	case seen.mixed():
		return c, refuse("mixed_encodings", "hand in the parts as files of their own, or save all of it in one encoding; to read it as it is, name the source's encoding",
			"%d of its lines are in utf-8 and %d in another encoding", seen.lines, seen.others)
	}
	switch {
	case c.name == "":
		return c, notTable("it is neither text nor a spreadsheet")
	case !sure:
		o.book.Lossy = true
		o.note(p, "encoding guessed: %s, but some bytes don't fit; set encoding if names look wrong", c.name)
	case c.name != "utf-8":
		o.note(p, "encoding guessed: %s", c.name)
	}
	return c, nil
}

// evidence is what one pass over the bytes shows.
type evidence struct {
	bom               string
	evenNULs, oddNULs int
	bytes             int
	multi, broken     int    // sequences that are UTF-8, and bytes that aren't
	lines, others     int    // whole lines of UTF-8 beyond ASCII, and of something else
	surely            int    // lines of several Chinese characters in UTF-8 and nothing else: no other encoding looks like that by chance
	cut, odd          bool   // the text ends inside a character: of UTF-8, of UTF-16
	sample            []byte // lines that hold bytes beyond ASCII
}

const sampleBytes = 1 << 20

// survey reads the whole stream: a first byte beyond ASCII may come late, and a guess on the beginning would be wrong for the rest. Its
// chunks are looked at side by side, since what they show is only added up.
func survey(r io.Reader) (evidence, error) {
	var e evidence
	var sum sync.Mutex
	var looks sync.WaitGroup
	buffers := make(chan []byte, runtime.GOMAXPROCS(0)+1)
	for range cap(buffers) {
		buffers <- nil
	}
	var rest []byte
	for {
		buf := <-buffers
		if buf == nil {
			buf = make([]byte, 256<<10)
		}
		begun := copy(buf, rest)
		n, err := r.Read(buf[begun:])
		body := e.begin(buf[:begun+n], err != nil)
		rest = bytes.Clone(buf[len(body) : begun+n])
		looks.Go(func() {
			seen := look(body)
			buffers <- buf
			sum.Lock()
			defer sum.Unlock()
			e.multi, e.broken, e.lines, e.others, e.surely = e.multi+seen.multi, e.broken+seen.broken, e.lines+seen.lines, e.others+seen.others, e.surely+seen.surely
		})
		if err == nil {
			continue
		}
		looks.Wait()
		if err == io.EOF {
			err = nil
		}
		return e, err
	}
}

func bomOf(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		return "utf-8"
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return "utf-16le"
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return "utf-16be"
	}
	return ""
}

// begin takes in what must be seen in order, and gives the chunk without the bytes at its end that begin a character not yet whole.
func (e *evidence) begin(chunk []byte, last bool) []byte {
	if e.bytes == 0 {
		e.bom = bomOf(chunk)
	}
	if e.bytes < headBytes {
		for i, c := range chunk[:min(len(chunk), headBytes)] {
			if c == 0 && i%2 == 0 {
				e.evenNULs++
			} else if c == 0 {
				e.oddNULs++
			}
		}
	}
	body := chunk[:len(chunk)-unfinished(chunk)] // at the end too: half a character says nothing of the encoding
	e.cut, e.odd = last && len(body) < len(chunk), last && (e.bytes+len(chunk))%2 == 1
	e.bytes += len(body)
	if len(e.sample) < sampleBytes && !isASCII(body) {
		e.sample = append(e.sample, body[:min(len(body), sampleBytes-len(e.sample))]...)
	}
	return body
}

// look counts what a chunk shows.
func look(body []byte) evidence {
	var e evidence
	switch v := vector.Validate(body); {
	case v.IsASCII():
	case v.IsUTF8():
		e.multi = (following(body) + 1) / 2
		e.lines = bytes.Count(body, []byte{'\n'})
		if e.multi > 8 {
			e.surely = e.lines
		}
	default:
		e.countLines(body)
	}
	return e
}

// following counts the bytes that go on with a character: of eight at a time, those that begin with the bits 10.
func following(b []byte) int {
	n := 0
	for ; len(b) >= 8; b = b[8:] {
		eight := binary.LittleEndian.Uint64(b)
		n += bits.OnesCount64(eight &^ (eight << 1) & highBits)
	}
	for _, c := range b {
		if !utf8.RuneStart(c) {
			n++
		}
	}
	return n
}

const highBits = 0x8080808080808080

func isASCII(b []byte) bool {
	for ; len(b) >= 8; b = b[8:] {
		if binary.LittleEndian.Uint64(b)&highBits != 0 {
			return false
		}
	}
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func unfinished(b []byte) int {
	for back := 1; back <= min(3, len(b)); back++ {
		if c := b[len(b)-back]; utf8.RuneStart(c) {
			if c >= utf8.RuneSelf && !utf8.FullRune(b[len(b)-back:]) {
				return back
			}
			return 0
		}
	}
	return 0
}

// countLines counts what is UTF-8 and what isn't, and tells lines in UTF-8 from lines in another encoding: a file may be two exports put
// one after the other.
func (e *evidence) countLines(b []byte) {
	for len(b) > 0 {
		line := b
		if n := bytes.IndexByte(b, '\n'); n >= 0 {
			line, b = b[:n], b[n+1:]
		} else {
			b = nil
		}
		if isASCII(line) {
			continue
		}
		han, multi, broken := sequencesIn(line)
		e.multi, e.broken = e.multi+multi, e.broken+broken
		if han > 1 && han > broken {
			e.lines++
			if han > 3 && broken == 0 {
				e.surely++
			}
		} else if broken > 1 {
			e.others++
		}
	}
}

// sequencesIn counts the sequences of a line that are UTF-8, the Chinese characters among them, and the bytes that are none.
func sequencesIn(line []byte) (han, multi, broken int) {
	for i := 0; i < len(line); {
		switch c := line[i]; {
		case c < utf8.RuneSelf:
			i++
			continue
		case c < 0xC2, c > 0xF4, i+1 == len(line), utf8.RuneStart(line[i+1]): // no sequence begins so, as most bytes of other encodings do
			i++
			broken++
			continue
		}
		r, size := utf8.DecodeRune(line[i:])
		switch {
		case size == 1:
			broken++
		case r >= 0x4E00 && r <= 0x9FFF:
			han++
			multi++
		default:
			multi++
		}
		i += size
	}
	return han, multi, broken
}

// mixed tells whether more than stray lines are in each of two encodings.
func (e evidence) mixed() bool {
	few, many := min(e.lines, e.others), max(e.lines, e.others)
	return few > 0 && (few >= 10 || 20*few >= many) || e.lines < e.others && (e.surely > 0 || e.bom == "utf-8")
}

// charset chooses. sure is false where some bytes fit no candidate.
func (e evidence) charset() (c charset, sure bool) {
	switch {
	case e.bom == "utf-16le", e.bom == "" && e.oddNULs > 8 && e.oddNULs > 8*e.evenNULs:
		return charset{"utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)}, true
	case e.bom == "utf-16be", e.bom == "" && e.evenNULs > 8 && e.evenNULs > 8*e.oddNULs:
		return charset{"utf-16be", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)}, true
	case e.evenNULs+e.oddNULs > 8:
		return charset{}, false
	case e.broken == 0:
		return charset{"utf-8", nil}, true
	case e.bom == "utf-8", e.multi > 50*e.broken, e.lines > e.others:
		return charset{"utf-8", unicode.UTF8}, false // what is broken becomes the replacement character
	}
	return e.legacy()
}

// legacy chooses among the encodings without a mark of their own: by whether bytes beyond ASCII stand alone, as in Western text,
// and by how common the characters are that they would be in Chinese.
func (e evidence) legacy() (charset, bool) {
	gb, gbWrong := score(e.sample, gbkClass)
	big5, big5Wrong := score(e.sample, big5Class)
	const plausible = 0.2
	switch {
	case alone(e.sample) > 0.9 && controls(e.sample) <= len(e.sample)/100:
		return charset{"windows-1252", charmap.Windows1252}, true
	case gb >= plausible && gb >= big5:
		return charset{"gb18030", simplifiedchinese.GB18030}, gbWrong == 0
	case big5 >= plausible:
		return charset{"big5", traditionalchinese.Big5}, big5Wrong == 0
	case controls(e.sample) > len(e.sample)/100:
		return charset{}, false
	}
	return charset{"windows-1252", charmap.Windows1252}, false
}

// alone gives the share of the bytes beyond ASCII that have none beside them.
func alone(b []byte) float64 {
	high, single := 0, 0
	for i, c := range b {
		if c < utf8.RuneSelf {
			continue
		}
		high++
		if (i == 0 || b[i-1] < utf8.RuneSelf) && (i+1 == len(b) || b[i+1] < utf8.RuneSelf) {
			single++
		}
	}
	return float64(single) / float64(max(high, 1))
}

func controls(b []byte) int {
	n := 0
	for _, c := range b {
		if c < ' ' && c != '\t' && c != '\r' && c != '\n' {
			n++
		}
	}
	return n
}

// class says of two bytes how many they take as one character, and how likely that character is in a list of tickets: 1 for the
// first level of the standard, ½ for its punctuation, 0 for the rest. size 0: they are no character.
type class func(lead, trail byte) (size int, likely float64)

func gbkClass(lead, trail byte) (int, float64) {
	switch {
	case lead < 0x81 || lead == 0xFF:
		return 0, 0
	case trail >= 0x30 && trail <= 0x39:
		return 4, 0
	case trail < 0x40 || trail == 0x7F || trail == 0xFF:
		return 0, 0
	case trail >= 0xA1 && lead >= 0xB0 && lead <= 0xD7:
		return 2, 1
	case trail >= 0xA1 && lead >= 0xA1 && lead <= 0xA3:
		return 2, 0.5
	case trail >= 0xA1 && lead >= 0xD8 && lead <= 0xF7, lead <= 0xA0, lead >= 0xAA && trail < 0xA1:
		return 2, 0.3 // the second level, and what the standard's extension added: traditional characters
	}
	return 2, 0
}

func big5Class(lead, trail byte) (int, float64) {
	switch {
	case lead < 0x81 || lead == 0xFF || trail < 0x40 || trail > 0x7E && trail < 0xA1 || trail == 0xFF:
		return 0, 0
	case lead >= 0xA4 && lead <= 0xC6:
		return 2, 1
	case lead >= 0xA1 && lead <= 0xA3:
		return 2, 0.5
	case lead >= 0xC9 && lead <= 0xF9:
		return 2, 0.3
	}
	return 2, 0
}

// score gives the mean likelihood of the characters beyond ASCII, a wrong byte counting as one most unlikely.
func score(b []byte, of class) (mean float64, wrong int) {
	var sum float64
	n := 0
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		if i+1 >= len(b) {
			break
		}
		size, likely := of(b[i], b[i+1])
		n++
		if size == 0 {
			wrong++
			sum -= 2
			i++
			continue
		}
		sum += likely
		i += size
	}
	if n == 0 {
		return 0, 0
	}
	return sum / float64(n), wrong
}
