package decode

import (
	"archive/zip"
	"bufio"
	"bytes"
	"io"
	"strings"
)

// Above is what a merged cell says in a row that it reaches into from above: the row's own cell is empty there.
type Above struct {
	Column int
	Text   string
}

// merged follows the cells of a sheet that reach into the rows below them.
type merged struct {
	last map[position]int // row to which a cell reaches, where the format says so apart from the cell
	open []reach
}

type position struct{ row, column int }

type reach struct {
	column, row, last int
	text              string
}

// put tells of a filled cell.
func (m *merged) put(row, column int, text string) {
	if last, there := m.last[position{row, column}]; there {
		m.reach(row, column, last, text)
	}
}

func (m *merged) reach(row, column, last int, text string) {
	if last > row && text != "" {
		m.open = append(m.open, reach{column, row, last, text})
	}
}

// above lists what reaches into a row.
func (m *merged) above(row int) []Above {
	if len(m.open) == 0 {
		return nil
	}
	var list []Above
	kept := m.open[:0]
	for _, r := range m.open {
		if r.last < row {
			continue
		}
		kept = append(kept, r)
		if r.row < row {
			list = append(list, Above{r.column, r.text})
		}
	}
	m.open = kept
	return list
}

// mostMerged bounds what is kept of a sheet.
const mostMerged = 1 << 20

// mergedIn reads which cells of a sheet reach downwards. That stands behind the rows, which are passed over as bytes.
func (w *workbook) mergedIn(f *zip.File) (map[position]int, error) {
	r, err := f.Open()
	if err != nil {
		return nil, damaged("the workbook")
	}
	defer r.Close()
	left := &io.LimitedReader{R: r, N: w.limits + 1}
	tail, err := from(bufio.NewReaderSize(left, 64<<10), "mergeCells")
	if err != nil {
		return nil, damaged("the workbook")
	}
	if left.N == 0 {
		return nil, w.opener.tooLarge()
	}
	found := map[position]int{}
	m := newMarkup(tail, w.limits, longestText(w.opener.limits), w.opener.tooLarge(), damaged("the workbook"))
	for {
		t, err := m.next()
		if err != nil || t == ended {
			return found, err
		}
		if t != opening || !m.is("mergeCell") {
			continue
		}
		first, last, _ := strings.Cut(m.attribute("ref"), ":")
		if from, to := positionOf(first), positionOf(last); to.row > from.row && from.column >= 0 {
			if found[from] = to.row; len(found) > mostMerged {
				return nil, tooMany("merged cells")
			}
		}
	}
}

// from gives what stands from a word on; nothing where it doesn't come.
func from(r *bufio.Reader, word string) (io.Reader, error) {
	for {
		b, err := r.Peek(r.Size())
		if at := bytes.Index(b, []byte(word)); at >= 0 {
			_, err := r.Discard(at)
			return r, err
		}
		if err == io.EOF {
			return strings.NewReader(""), nil
		}
		if err != nil {
			return nil, err
		}
		if _, err := r.Discard(len(b) - len(word)); err != nil {
			return nil, err
		}
	}
}

// positionOf reads B12.
func positionOf(ref string) position {
	row := 0
	for _, c := range strings.TrimLeft(strings.ReplaceAll(ref, "$", ""), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
		if c < '0' || c > '9' || row > 1<<24 {
			return position{}
		}
		row = row*10 + int(c-'0')
	}
	return position{row, columnOf([]byte(strings.ReplaceAll(ref, "$", "")))}
}
