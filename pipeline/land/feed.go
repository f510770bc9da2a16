package land

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"

	"noticeboard/pipeline/decode"
	"noticeboard/pipeline/duck"
)

// fed is what came through the pipe.
type fed struct {
	read   int64
	totals []totals
}

// load fills the table cells through a pipe: the engine reads delimited text faster than it takes rows, and the decoder's work goes
// on beside it. Its columns are n, place, c0 … for the columns with a name, and beyond for the rest, as JSON members.
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
	names = append(names, "'beyond': 'VARCHAR'")
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
	fmt.Fprintf(out, "%d,", n)
	writeCell(out, r.Place)
	for _, i := range l.loaded {
		out.WriteByte(',')
		if i < len(r.Cells) {
			writeCell(out, strings.TrimSpace(r.Cells[i]))
			if len(r.Midnights) > 0 && isMidnight(r.Midnights, i) {
				out.WriteString(midnightMark)
			}
		}
	}
	out.WriteByte(',')
	writeCell(out, l.beyond(r.Cells))
	return out.WriteByte('\n')
}

func isMidnight(list []int, i int) bool {
	for _, m := range list {
		if m == i {
			return true
		}
	}
	return false
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
	if !strings.ContainsAny(s, ",\"\n\r") {
		out.WriteString(s)
		return
	}
	out.WriteByte('"')
	out.WriteString(strings.ReplaceAll(s, `"`, `""`))
	out.WriteByte('"')
}
