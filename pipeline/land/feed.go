package land

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"unicode/utf8"

	"noticeboard/pipeline/decode"
	"noticeboard/pipeline/duck"
)

// fed is what came through the pipe.
type fed struct {
	read   int64
	totals []totals
}

// load fills the table cells through a pipe: the engine reads delimited text faster than it takes rows, and the decoder's work goes
// on beside it. Its columns are n, place, c0 … for the columns with a name, beyond for the rest as JSON members, and signs for the
// signs of nothing that stood in place of a text (";3:—").
func load(ctx context.Context, db *duck.DB, l layout, through func(io.Writer) io.Writer) (fed, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return fed{}, err
	}
	defer r.Close()
	var got fed
	written := make(chan error, 1)
	go func() {
		out := bufio.NewWriterSize(through(w), 1<<16)
		var err error
		got.read, got.totals, err = l.gather(func(n int64, rec decode.Record) error { return l.write(out, n, rec) })
		err = errors.Join(err, out.Flush())
		written <- errors.Join(err, w.Close())
	}()
	loadErr := db.Exec(ctx, readCells(fmt.Sprintf("/dev/fd/%d", r.Fd()), len(l.loaded)))
	// When the engine gave up early, nobody reads on: closing the pipe wakes the writer.
	r.Close()
	writeErr := <-written
	if refused, ok := refusedAs(writeErr); ok {
		return got, decode.Refused{Refusal: *refused}
	}
	if loadErr != nil {
		return got, fmt.Errorf("load the rows: %w", loadErr)
	}
	if writeErr != nil && !errors.Is(writeErr, syscall.EPIPE) {
		return got, writeErr
	}
	return got, nil
}

// readCells is the statement that loads the table.
func readCells(path string, columns int) string {
	names := []string{"'n': 'BIGINT'", "'place': 'VARCHAR'"}
	for i := range columns {
		names = append(names, fmt.Sprintf("'c%d': 'VARCHAR'", i))
	}
	names = append(names, "'beyond': 'VARCHAR'", "'signs': 'VARCHAR'")
	return statement("cells", "{path}", duck.Literal(path), "{columns}", strings.Join(names, ", "))
}

// longestRow is what the engine reads as one line (max_line_size), less what quotes and separators may add.
const longestRow = 12 << 20

// write writes one row as the engine reads it.
func (l layout) write(out *bufio.Writer, n int64, r decode.Record) error {
	size := 0
	for _, c := range r.Cells {
		size += len(c)
	}
	if size > longestRow {
		return refusal("too_large", "a quotation mark may be missing", "the record at %s has more than %d bytes", r.Place, longestRow)
	}
	out.Write(strconv.AppendInt(out.AvailableBuffer(), n, 10))
	out.WriteByte(',')
	writeCell(out, r.Place)
	signs := ""
	for at, i := range l.loaded {
		out.WriteByte(',')
		if i >= len(r.Cells) {
			continue
		}
		text := trim(r.Cells[i])
		if len(text) <= longestSign && l.senses[at].isSign(text) {
			signs += fmt.Sprintf(";%d:%s", at, text)
			continue
		}
		writeCell(out, text)
		if len(r.Midnights) > 0 && slices.Contains(r.Midnights, i) {
			out.WriteString(midnightMark)
		}
	}
	out.WriteByte(',')
	writeCell(out, l.beyond(r.Cells))
	out.WriteByte(',')
	writeCell(out, signs)
	return out.WriteByte('\n')
}

// beyond gives what stands in columns without a name, as members of a JSON object.
func (l layout) beyond(cells []string) string {
	if len(cells) <= len(l.loaded) && (len(l.loaded) == 0 || l.loaded[len(l.loaded)-1] == len(l.loaded)-1) {
		return ""
	}
	var members []string
	next := 0
	for i, c := range cells {
		if next < len(l.loaded) && l.loaded[next] == i {
			next++
			continue
		}
		if c = strings.TrimSpace(c); c != "" {
			members = append(members, jsonText(fmt.Sprintf("column %d", i+1))+":"+jsonText(c))
		}
	}
	return strings.Join(members, ",")
}

func jsonText(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.Encode(strings.ToValidUTF8(s, "\uFFFD"))
	return strings.TrimSuffix(b.String(), "\n")
}

// writeCell quotes what needs it.
func writeCell(out *bufio.Writer, s string) {
	if !needsQuotes(s) {
		out.WriteString(s)
		return
	}
	out.WriteByte('"')
	out.WriteString(strings.ReplaceAll(s, `"`, `""`))
	out.WriteByte('"')
}

func needsQuotes(s string) bool {
	for i := range len(s) {
		switch s[i] {
		case ',', '"', '\n', '\r':
			return true
		}
	}
	return false
}

// trim takes outer space off. Cells of printable ASCII and common Han, which are almost all, are told by their outer bytes.
func trim(s string) string {
	if n := len(s); n == 0 || printable(s[0]) && (printable(s[n-1]) && s[n-1] < utf8.RuneSelf || n > 2 && isHanStart(s[n-3])) {
		return s
	}
	return strings.TrimSpace(s)
}

func printable(b byte) bool  { return b > ' ' && b < 0x7F || isHanStart(b) }
func isHanStart(b byte) bool { return b >= 0xE4 && b <= 0xE9 } // U+4000 to U+9FFF
