package decode

import (
	"io"
	"slices"
	"strings"
)

// Unfolded gives a sheet whose first column holds whole lines of a text as the table that these lines are; head is its first rows.
// A spreadsheet program that took a text for one column saves it like this. It gives the name of the delimiter, too, and false where
// the rows are anything else.
func (s Sheet) Unfolded(head []Record) (Sheet, string, bool) {
	var lines strings.Builder
	n := 0
	for _, r := range head {
		if Blank(r.Cells) {
			continue
		}
		if !isFolded(r) {
			return s, "", false
		}
		lines.WriteString(r.Cells[0] + "\n")
		n++
	}
	delimiter := guessDelimiter(lines.String(), s.limits)
	share, width := regularity(lines.String(), delimiter, s.limits)
	if n < 2 || width < 3 || share < 0.7 { // a title or two may stand above
		return s, "", false
	}
	whole := s.each
	s.each = func(visit func(Record) error) error {
		return whole(func(r Record) error {
			if cells, ok := s.unfold(r, delimiter); ok {
				r.Cells = cells
			}
			return visit(r)
		})
	}
	return s, delimiterNames[delimiter], true
}

// isFolded tells whether a row has a single cell that is filled, the first.
func isFolded(r Record) bool {
	return len(r.Cells) > 0 && r.Cells[0] != "" && Blank(r.Cells[1:])
}

// unfold cuts the line in a row's only cell. A row that isn't one line stays as it is: it can't be a record, and comes back whole.
func (s Sheet) unfold(r Record, delimiter byte) ([]string, bool) {
	if !isFolded(r) {
		return nil, false
	}
	text := []byte(r.Cells[0])
	line := splitter{delimiter: delimiter, end: '\n', limits: s.limits, buf: text, fill: len(text), eof: true, line: 1}
	first, err := line.next()
	cells := slices.Clone(first.Cells)
	if err != nil {
		return nil, false
	}
	_, err = line.next()
	return cells, err == io.EOF
}
