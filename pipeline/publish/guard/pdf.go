package guard

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
)

// Text gives what a PDF says, in the order of painting: what stands on one line without a gap is one piece.
//
// It reads the files that notices are: content packed by Flate, and fonts whose codes are the characters themselves. A file of any
// other make is an error, never an empty text.
func Text(pdf []byte) ([]string, error) {
	streams, err := objects(pdf)
	if err != nil {
		return nil, err
	}
	var pieces []string
	pages := 0
	for _, m := range contents.FindAllSubmatch(pdf, -1) {
		content, there := streams[string(m[1])]
		if !there {
			return nil, fmt.Errorf("the PDF's page %d has no content", pages+1)
		}
		pages++
		pieces = append(pieces, joined(shown(content))...)
	}
	if pages == 0 || len(pieces) == 0 {
		return nil, errors.New("the PDF holds no text that can be read")
	}
	if n := bytes.Count(pdf, []byte("/Subtype /Type0")); n == 0 || n != bytes.Count(pdf, []byte("/Encoding /Identity-H")) {
		return nil, errors.New("the PDF has a font whose codes aren't characters")
	}
	return pieces, nil
}

var (
	contents = regexp.MustCompile(`/Type /Page\n(?:[^>]*\n)*?/Contents (\d+) 0 R`)
	object   = regexp.MustCompile(`(\d+) 0 obj\n<<([^>]*?)/Length (\d+)(?:[^>]*)>>\nstream\n`)
)

// objects gives the content of every packed stream, by the number of its object. Streams are stepped over by their length, since their
// bytes may look like anything.
func objects(pdf []byte) (map[string][]byte, error) {
	found := map[string][]byte{}
	for at := 0; ; {
		m := object.FindSubmatchIndex(pdf[at:])
		if m == nil {
			return found, nil
		}
		number, head := string(pdf[at+m[2]:at+m[3]]), pdf[at+m[4]:at+m[5]]
		length, err := strconv.Atoi(string(pdf[at+m[6] : at+m[7]]))
		start := at + m[1]
		if err != nil || start+length > len(pdf) {
			return nil, fmt.Errorf("object %s of the PDF has no such length", number)
		}
		at = start + length
		if !bytes.Contains(head, []byte("/Filter /FlateDecode")) {
			continue
		}
		unpacked, err := unpack(pdf[start:at])
		if err != nil {
			return nil, fmt.Errorf("object %s of the PDF: %w", number, err)
		}
		found[number] = unpacked
	}
}

func unpack(packed []byte) ([]byte, error) {
	r, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// run is a string that a page shows, and where.
type run struct {
	x, y, size float64
	text       string
}

// shown lists the strings of a content stream. Of its operators only those that choose a size, move and show matter.
func shown(content []byte) []run {
	var runs []run
	var now run
	var operands []string
	for len(content) > 0 {
		var token string
		token, content = next(content)
		switch token {
		case "":
		case "Tf":
			now.size = operand(operands, 1)
		case "Td":
			now.x, now.y = operand(operands, 2), operand(operands, 1)
		case "Tj":
			now.text = operands[max(0, len(operands)-1)]
			runs = append(runs, now)
		default:
			operands = append(operands, token)
			continue
		}
		operands = nil
	}
	return runs
}

func operand(operands []string, fromEnd int) float64 {
	if len(operands) < fromEnd {
		return 0
	}
	v, err := strconv.ParseFloat(operands[len(operands)-fromEnd], 64)
	if err != nil {
		return 0
	}
	return v
}

// next takes one token off a content stream: a string without its brackets, a number, a name or an operator.
func next(content []byte) (token string, rest []byte) {
	content = bytes.TrimLeft(content, " \n\r\t")
	if len(content) == 0 {
		return "", nil
	}
	if content[0] == '(' {
		return literal(content[1:])
	}
	end := bytes.IndexAny(content[1:], " \n\r\t(")
	if end < 0 {
		return string(content), nil
	}
	return string(content[:end+1]), content[end+1:]
}

// literal reads a string up to its closing bracket: two bytes are a character.
func literal(content []byte) (string, []byte) {
	var raw []byte
	for i := 0; i < len(content); i++ {
		switch b := content[i]; b {
		case ')':
			return decoded(raw), content[i+1:]
		case '\\':
			if i++; i < len(content) {
				raw = append(raw, escaped(content[i]))
			}
		default:
			raw = append(raw, b)
		}
	}
	return decoded(raw), nil
}

func escaped(b byte) byte {
	switch b {
	case 'r':
		return '\r'
	case 'n':
		return '\n'
	case 't':
		return '\t'
	default:
		return b
	}
}

func decoded(raw []byte) string {
	codes := make([]uint16, len(raw)/2)
	for i := range codes {
		codes[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
	}
	return string(utf16.Decode(codes))
}

// joined makes pieces of runs: one goes on where the next begins on its line, no further away than a blank.
func joined(runs []run) []string {
	var pieces []string
	var piece strings.Builder
	for i, r := range runs {
		if i > 0 && !follows(runs[i-1], r) {
			pieces = append(pieces, piece.String())
			piece.Reset()
		}
		piece.WriteString(r.text)
	}
	return append(pieces, piece.String())
}

// follows tells whether b goes on where a ends, as far as that can be known without the fonts' widths.
func follows(a, b run) bool {
	if math.Abs(a.y-b.y) > 0.1 {
		return false
	}
	width := 0.0
	for _, r := range a.text {
		if r < 0x2000 {
			width += 0.62 * a.size
		} else {
			width += a.size
		}
	}
	return b.x > a.x && b.x-a.x < width+1.2*a.size
}
