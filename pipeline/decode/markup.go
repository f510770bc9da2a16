package decode

import (
	"bytes"
	"html"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	htmlcharset "golang.org/x/net/html/charset"
)

// The XML of spreadsheets is read here and not by the standard library, which takes three times as long over the millions of small
// elements of a sheet and holds a text of any length whole. Names are read without their prefix, whatever namespace it stands for:
// strict and transitional workbooks differ in nothing else. That tags match isn't asked; who reads a sheet asks whether it ends.

// token is what a markup reader finds next.
type token int

const (
	opening token = iota
	closing
	text
	ended
)

// markup reads tags and the text between them, in as much memory as the longest of them may take.
type markup struct {
	r       io.Reader
	left    int64 // bytes that may still come
	longest int   // of a tag or a text, in bytes
	over    error // when more comes
	broken  error // when it ends inside a tag, or isn't text

	buf       []byte
	pos, fill int
	eof       bool

	name       []byte // of the element opened or closed last; valid until the next token
	attributes []byte // of the element opened last, as they stand
	selfClosed bool
	content    []byte // of the text read last
	literal    bool   // entities in it are no entities
}

func newMarkup(r io.Reader, left int64, longest int, over, broken error) *markup {
	return &markup{r: r, left: left, longest: longest, over: over, broken: broken, buf: make([]byte, 64<<10)}
}

// next reads up to the end of the next tag, or of the text before it.
func (m *markup) next() (token, error) {
	if m.selfClosed {
		m.selfClosed = false
		return closing, nil
	}
	for {
		n, err := m.upTo('<')
		if err != nil {
			return ended, err
		}
		if n != 0 {
			m.content, m.literal = m.take(n), false
			return text, m.sound(m.content)
		}
		if m.pos == m.fill {
			return ended, nil
		}
		found, t, err := m.tag()
		if found || err != nil {
			return t, err
		}
	}
}

// rest reads on to the end, for only there is the checksum of a part looked at.
func (m *markup) rest() error {
	for !m.eof {
		m.pos = m.fill
		if err := m.more(); err != nil {
			return err
		}
	}
	return nil
}

// upTo counts the bytes before the next mark, or before the end.
func (m *markup) upTo(mark byte) (int, error) {
	for from := 0; ; {
		if n := bytes.IndexByte(m.buf[m.pos+from:m.fill], mark); n >= 0 {
			return from + n, nil
		}
		if m.eof {
			return m.fill - m.pos, nil
		}
		from = m.fill - m.pos
		if err := m.more(); err != nil {
			return 0, err
		}
	}
}

func (m *markup) take(n int) []byte {
	b := m.buf[m.pos : m.pos+n]
	m.pos += n
	return b
}

// more reads on, in a buffer that grows until it holds the tag or text at hand.
func (m *markup) more() error {
	if m.pos > 0 {
		copy(m.buf, m.buf[m.pos:m.fill])
		m.fill -= m.pos
		m.pos = 0
	}
	if m.fill > m.longest {
		return refuse("too_large", "raise limits.cell_bytes if that is right", "it holds a text of more than %d bytes", m.longest)
	}
	if m.fill == len(m.buf) {
		m.buf = append(m.buf, make([]byte, len(m.buf))...)
	}
	n, err := m.r.Read(m.buf[m.fill:])
	m.fill += n
	switch m.left -= int64(n); {
	case m.left < 0:
		return m.over
	case err == io.EOF:
		m.eof = true
		return nil
	case err != nil:
		return m.broken
	}
	return nil
}

// sound refuses what is no text: an engine wouldn't take it.
func (m *markup) sound(b []byte) error {
	if !utf8.Valid(b) {
		return m.broken
	}
	for _, c := range b {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' {
			return m.broken
		}
	}
	return nil
}

// tag reads what begins with <. It finds nothing in comments, declarations and instructions.
func (m *markup) tag() (found bool, t token, err error) {
	if err := m.atLeast(len("<![CDATA[")); err != nil {
		return false, ended, err
	}
	switch rest := m.buf[m.pos:m.fill]; {
	case bytes.HasPrefix(rest, []byte("<!--")):
		_, err := m.through("-->", len("<!--"))
		return false, ended, err
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		b, err := m.through("]]>", len("<![CDATA["))
		if err != nil {
			return false, ended, err
		}
		m.content, m.literal = b, true
		return true, text, m.sound(b)
	case bytes.HasPrefix(rest, []byte("<?")):
		_, err := m.through("?>", len("<?"))
		return false, ended, err
	case bytes.HasPrefix(rest, []byte("<!")):
		return false, ended, m.declaration()
	}
	b, err := m.element()
	if err != nil {
		return false, ended, err
	}
	return true, m.split(b), m.sound(b)
}

// atLeast reads on until there are so many bytes, or no more.
func (m *markup) atLeast(n int) error {
	for m.fill-m.pos < n && !m.eof {
		if err := m.more(); err != nil {
			return err
		}
	}
	return nil
}

// through takes all up to a mark that must come, and gives what is between it and the beginning.
func (m *markup) through(mark string, skip int) ([]byte, error) {
	for from := skip; ; {
		if from <= m.fill-m.pos {
			if n := bytes.Index(m.buf[m.pos+from:m.fill], []byte(mark)); n >= 0 {
				return m.take(from + n + len(mark))[skip : from+n], nil
			}
		}
		if m.eof {
			return nil, m.broken
		}
		from = max(skip, m.fill-m.pos-len(mark))
		if err := m.more(); err != nil {
			return nil, err
		}
	}
}

// declaration passes over a <!DOCTYPE … [ … ]>: what it defines is never put in.
func (m *markup) declaration() error {
	quote, depth := byte(0), 0
	for at := 0; ; at++ {
		if err := m.atLeast(at + 1); err != nil {
			return err
		}
		if m.fill-m.pos <= at {
			return m.broken
		}
		switch c := m.buf[m.pos+at]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"', c == '\'':
			quote = c
		case c == '<':
			depth++
		case c == '>':
			if depth--; depth == 0 {
				m.take(at + 1)
				return nil
			}
		}
	}
}

// element takes a tag and gives what is between < and >. A > inside quotes doesn't end it.
func (m *markup) element() ([]byte, error) {
	n, err := m.upTo('>')
	if err != nil {
		return nil, err
	}
	if m.pos+n == m.fill {
		return nil, m.broken
	}
	if b := m.buf[m.pos+1 : m.pos+n]; !inQuote(b) {
		m.pos += n + 1
		return b, nil
	}
	return m.quoted()
}

// quoted takes a tag one of whose values holds a >.
func (m *markup) quoted() ([]byte, error) {
	quote := byte(0)
	for at := 1; ; at++ {
		if err := m.atLeast(at + 1); err != nil {
			return nil, err
		}
		if m.fill-m.pos <= at {
			return nil, m.broken
		}
		switch c := m.buf[m.pos+at]; {
		case c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case quote == 0 && c == '>':
			return m.take(at + 1)[1:at], nil
		}
	}
}

func inQuote(b []byte) bool {
	quote := byte(0)
	for _, c := range b {
		switch {
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		}
	}
	return quote != 0
}

// split tells the name of a tag from its attributes.
func (m *markup) split(b []byte) token {
	t := opening
	if len(b) > 0 && b[0] == '/' {
		b, t = b[1:], closing
	} else if n := len(b); n > 0 && b[n-1] == '/' {
		b, m.selfClosed = b[:n-1], true
	}
	end := 0
	for end < len(b) && !isSpace(b[end]) {
		end++
	}
	m.name, m.attributes = local(b[:end]), b[end:]
	return t
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func local(name []byte) []byte { return name[bytes.IndexByte(name, ':')+1:] }

// attribute is a name with its prefix, and a value as it stands.
type attribute struct{ name, value []byte }

// nextAttribute takes the first attribute off.
func nextAttribute(b []byte) (a attribute, rest []byte, ok bool) {
	for len(b) > 0 && isSpace(b[0]) {
		b = b[1:]
	}
	equals := bytes.IndexByte(b, '=')
	if equals < 0 {
		return a, nil, false
	}
	a.name, b = bytes.TrimRight(b[:equals], " \t\r\n"), bytes.TrimLeft(b[equals+1:], " \t\r\n")
	if len(b) == 0 || b[0] != '"' && b[0] != '\'' {
		return a, nil, false
	}
	end := bytes.IndexByte(b[1:], b[0])
	if end < 0 {
		return a, nil, false
	}
	a.value = b[1 : 1+end]
	return a, b[end+2:], true
}

// attribute gives the value of the attribute of that name, whatever its prefix.
func (m *markup) attribute(name string) string {
	for a, rest, ok := nextAttribute(m.attributes); ok; a, rest, ok = nextAttribute(rest) {
		if string(local(a.name)) == name {
			return plain(a.value)
		}
	}
	return ""
}

// prefixed gives the value of the attribute of that name that has a prefix.
func (m *markup) prefixed(name string) string {
	for a, rest, ok := nextAttribute(m.attributes); ok; a, rest, ok = nextAttribute(rest) {
		if string(local(a.name)) == name && len(local(a.name)) < len(a.name) {
			return plain(a.value)
		}
	}
	return ""
}

func (m *markup) is(name string) bool { return string(m.name) == name }

// addText adds the text read last.
func (m *markup) addText(b *strings.Builder) {
	if m.literal || bytes.IndexByte(m.content, '&') < 0 && bytes.IndexByte(m.content, '\r') < 0 {
		b.Write(m.content)
		return
	}
	b.WriteString(plain(m.content))
}

// entity is a character by its name or number. Others than these stay as they stand.
var entity = regexp.MustCompile(`&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,7});`)

// plain reads the entities and line ends of a text.
func plain(b []byte) string {
	s := string(b)
	if strings.IndexByte(s, '\r') >= 0 {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	if strings.IndexByte(s, '&') < 0 {
		return s
	}
	return entity.ReplaceAllStringFunc(s, func(e string) string {
		c := html.UnescapeString(e)
		if r, _ := utf8.DecodeRuneInString(c); r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == utf8.RuneError {
			return e
		}
		return c
	})
}

// encodingName is what a part of a workbook says of its bytes.
var encodingName = regexp.MustCompile(`^\s*<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']`)

// asUTF8 gives the text of a part of a workbook, which is UTF-8 unless its first line says otherwise.
func asUTF8(r io.Reader) (io.Reader, error) {
	start := make([]byte, 256)
	n, err := io.ReadFull(r, start)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, err
	}
	start = start[:n]
	whole := io.MultiReader(bytes.NewReader(start), r)
	switch bom := bomOf(start); {
	case bom == "utf-8":
		return io.MultiReader(bytes.NewReader(start[3:]), r), nil
	case bom != "":
		return htmlcharset.NewReaderLabel(bom, whole)
	}
	if m := encodingName.FindSubmatch(start); m != nil && !strings.EqualFold(string(m[1]), "utf-8") {
		return htmlcharset.NewReaderLabel(string(m[1]), whole)
	}
	return whole, nil
}
