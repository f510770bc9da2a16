// Package decode opens an export whatever it is (delimited text, spreadsheets old and new, HTML tables, compressed or in an
// archive) and hands out its rows as text cells, each with the place where a person finds it.
//
// It knows no kind of record, no header and no field: titles, headers, totals and blank rows are handed out like any other row.
//
// Invariant: the content decides, never the suffix; a file that can't be read is refused with a reason and a remedy (Refused),
// and no content, however hostile, ends the program or asks for more than the limits allow.
package decode

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/handoff"
)

// Record is one row as it stands in the file.
type Record struct {
	Line   int    // 1-based: line of a text file, row of a sheet or table, on which the record begins
	Within string // member and sheet that the line is of, with the sign that joins them to it: "sheet!", "member.csv:"; empty for a lone text
	Cells  []string

	// Midnights lists the cells that are whole days by their number and shown with hours by their format. Whether such a cell
	// means 00:00 or only a date is for the reader of the column to say.
	Midnights []int

	// Above lists the cells that are merged with one of a row above.
	Above []Above

	// Cut holds what stood in the columns that Sheet.Without cut out.
	Cut []string

	// Hidden marks a row that the file doesn't show; HiddenColumns lists the columns of its sheet that aren't shown.
	Hidden        bool
	HiddenColumns []int

	// Unended marks a record of text that the file ends without a line end.
	Unended bool
}

// Place is where the record begins, as a person would look it up: "812", "sheet!12", "member.csv:812".
func (r *Record) Place() string { return r.Within + strconv.Itoa(r.Line) }

// Size is how many bytes of memory the cells take; an empty one takes some, too.
func (r *Record) Size() int {
	const head = 16 // of a string
	size := head * len(r.Cells)
	for _, c := range r.Cells {
		size += len(c)
	}
	return size
}

// Sheet is one table of a book: a sheet, the table of a page, or the whole of a text file.
type Sheet struct {
	Name   string // empty for text
	Member string // of an archive; empty for what isn't in one
	Within string // of its records
	OfPage bool   // a table of a page: its header may stand in the table before
	Hidden bool

	each   func(visit func(Record) error) error
	limits config.Limits
}

// Each hands the rows to visit in their order; the cells are valid until it returns. It can be called again.
func (s Sheet) Each(visit func(Record) error) error {
	cells := 0
	err := s.each(func(r Record) error {
		if cells += len(r.Cells) + len(r.Above); cells > mostCells {
			return refuse("too_large", "split the export, and delete the columns on its right", "it has more than %d cells, most of them empty", mostCells)
		}
		r.Within = s.Within
		return visit(r)
	})
	if err == errStop {
		return nil
	}
	return err
}

// Without gives the sheet with some of its columns, in ascending order, cut out.
func (s Sheet) Without(columns []int) Sheet {
	whole := s.each
	s.each = func(visit func(Record) error) error {
		var kept []string
		return whole(func(r Record) error {
			kept = kept[:0]
			next := 0
			var cut []string
			for i, c := range r.Cells {
				if next < len(columns) && columns[next] == i {
					cut = append(cut, c)
					next++
					continue
				}
				kept = append(kept, c)
			}
			r.Cells, r.Cut, r.Midnights = kept, cut, shifted(r.Midnights, columns)
			return visit(r)
		})
	}
	return s
}

// shifted gives the positions that are left when columns were cut out.
func shifted(positions, cut []int) []int {
	var moved []int
	for _, p := range positions {
		at, found := slices.BinarySearch(cut, p)
		if !found {
			moved = append(moved, p-at)
		}
	}
	return moved
}

// mostCells bounds a sheet of a million rows each of which reaches to the last column: 256 million cells are a million rows of 256.
const mostCells = 1 << 28

// errStop ends Each from inside, without an error.
var errStop = fmt.Errorf("enough rows")

// Head gives the first n rows.
func (s Sheet) Head(n int) ([]Record, error) {
	var head []Record
	err := s.Each(func(r Record) error {
		if len(head) == n {
			return errStop
		}
		r.Cells = append([]string(nil), r.Cells...)
		r.Cut = append([]string(nil), r.Cut...)
		r.Midnights = append([]int(nil), r.Midnights...)
		r.Above = append([]Above(nil), r.Above...)
		head = append(head, r)
		return nil
	})
	return head, err
}

// Book is an opened export.
type Book struct {
	Sheets []Sheet
	Notes  []string // what was guessed: encoding, delimiter, members passed over
	Lossy  bool     // some bytes fit no encoding: the replacement character stands for them
	Format string   // what the file is, in words: "gzip: text in gb18030, delimited by tab"
	temp   string
}

// Close removes what was unpacked.
func (b *Book) Close() error {
	if b.temp == "" {
		return nil
	}
	return os.RemoveAll(b.temp)
}

// Hints is what a person may say of an export; empty fields are found from the content.
type Hints struct {
	Encoding  string // as in HTML: gb18030, big5, utf-16le, windows-1252, …
	Delimiter string
	TempDir   string // where archives are unpacked; empty: the system's
}

// Open finds out what a file is and opens it. An error is either a Refused or a failure of the machine.
func Open(path string, hints Hints, limits config.Limits) (*Book, error) {
	st, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if st.Size() > limits.UnpackedBytes {
		return nil, refuse("too_large", "split the export, or raise limits.unpacked_bytes", "it has more than %d bytes", limits.UnpackedBytes)
	}
	b := &Book{}
	o := opener{book: b, hints: hints, limits: limits, packed: st.Size(), budget: budget(st.Size(), limits)}
	if err := o.open(part{path: path}); err != nil {
		b.Close()
		return nil, err
	}
	for i := range b.Sheets {
		b.Sheets[i].limits = limits
	}
	return b, nil
}

// Table reads a small file whole: the rows of its first visible sheet, without blank ones.
func Table(path string, limits config.Limits) ([]Record, error) {
	b, err := Open(path, Hints{}, limits)
	if err != nil {
		return nil, err
	}
	defer b.Close()
	var rows []Record
	for _, s := range b.Sheets {
		if s.Hidden {
			continue
		}
		err := s.Each(func(r Record) error {
			if !Blank(r.Cells) {
				r.Cells = append([]string(nil), r.Cells...)
				rows = append(rows, r)
			}
			return nil
		})
		return rows, err
	}
	return rows, nil
}

// part is one file to look at: the export itself, or a member of it that was unpacked.
type part struct {
	path   string
	member string // name inside the archive; empty for the export itself
	depth  int
}

// within gives what records of a sheet are within.
func (p part) within(sheet string) string {
	within := ""
	if p.member != "" {
		within = p.member + ":"
	}
	if sheet != "" {
		within += sheet + "!"
	}
	return within
}

// opener carries what the formats share while one export is opened.
type opener struct {
	book   *Book
	hints  Hints
	limits config.Limits
	packed int64
	budget int64 // bytes that may still be unpacked

	described bool // the format has been said
}

// ratioFloor is what any file may unpack to: a short text of repetitions is no bomb.
const ratioFloor = 1 << 20

func budget(size int64, limits config.Limits) int64 {
	return min(limits.UnpackedBytes, max(size*limits.UnpackedRatio, ratioFloor))
}

func (o *opener) note(p part, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if p.member != "" {
		text = p.member + ": " + text
	}
	o.book.Notes = append(o.book.Notes, text)
}

// is says what a part is; of the members of an archive, the first speaks for all.
func (o *opener) is(format string, args ...any) {
	if o.described {
		return
	}
	o.described = true
	o.book.Format += fmt.Sprintf(format, args...)
}

// scratch gives a new file for what is unpacked.
func (o *opener) scratch() (*os.File, error) {
	if o.book.temp == "" {
		dir, err := os.MkdirTemp(o.hints.TempDir, "unpacked-")
		if err != nil {
			return nil, err
		}
		o.book.temp = dir
	}
	return os.CreateTemp(o.book.temp, "*")
}

// Refused is an export that can't be read: a value with a stable word, what is wrong and what to do.
type Refused struct{ handoff.Refusal }

func (r Refused) Error() string { return r.Message }

func refuse(reason, hint, format string, args ...any) error {
	return Refused{handoff.Refusal{Reason: reason, Message: fmt.Sprintf(format, args...), Hint: hint}}
}

// Guarded turns a panic into a refusal: a decoder or a reader of cells that a hostile file upsets must not end the night.
func Guarded(what string, work func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = refuse("damaged", "open it in the program that made it and save it as .xlsx", "its %s can't be read (%v)", filepath.Base(what), p)
		}
	}()
	return work()
}
