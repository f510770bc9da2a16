package returns

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/width"

	"noticeboard/pipeline/returned"
)

// ours is how many columns stand before those of the export: why the row came back, where it stood, and its reference.
const ours = 3

const (
	sheetRows    = 1_048_576
	longestCell  = 32_767 // of the format, in characters; what is longer would be cut
	sampled      = 200    // rows that decide how wide the columns are
	mostComments = 1000   // beyond, the colour, the frame and the reason in the first column must do
)

// workbook is one in the making.
type workbook struct {
	*run
	group
	layout
	file     *excelize.File
	stream   *excelize.StreamWriter
	looks    looks
	kindName string
	sample   []row // waiting for the sheet to be set up
	sheets   []string
	next     int // the next row of the sheet
	first    row
	rows     int
	bad      int
	comments int
	warnings []string
}

func newWorkbook(r *run, first row, l layout) (*workbook, error) {
	w := &workbook{run: r, group: first.group, layout: l, first: first, file: excelize.NewFile(), kindName: r.words.Text("code.kind." + first.group.kind)}
	var err error
	w.looks, err = newLooks(w.file, r.language)
	return w, err
}

// add writes a row, once enough of them were seen to set up the sheet.
func (w *workbook) add(next row) error {
	w.rows++
	if len(next.reasons) > 0 {
		w.bad++
	}
	if w.stream == nil {
		w.sample = append(w.sample, next)
		if len(w.sample) < sampled {
			return nil
		}
		return w.flush()
	}
	return w.write(next)
}

func (w *workbook) flush() error {
	if err := w.sheet(); err != nil {
		return err
	}
	for _, r := range w.sample {
		if err := w.write(r); err != nil {
			return err
		}
	}
	return nil
}

// sheet begins a sheet: column widths, what to do, and the header of the export.
func (w *workbook) sheet() error {
	name := w.kindName
	if len(w.sheets) == 0 {
		if err := w.file.SetSheetName("Sheet1", name); err != nil {
			return err
		}
	} else {
		name = fmt.Sprintf("%s %d", w.kindName, len(w.sheets)+1)
		if _, err := w.file.NewSheet(name); err != nil {
			return err
		}
	}
	w.sheets = append(w.sheets, name)
	// Before there is a stream, which begins with what is known of the sheet.
	fit := true
	err := w.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit})
	if err != nil {
		return err
	}
	if w.stream, err = w.file.NewStreamWriter(name); err != nil {
		return err
	}
	if err := w.setUpPage(name); err != nil {
		return err
	}
	for i, wide := range w.widths() {
		if err := w.stream.SetColWidth(i+1, i+1, wide); err != nil {
			return err
		}
	}
	w.next = 1
	return w.head()
}

// widths fits the columns to what they hold, within reason: none hides the rest.
func (w *workbook) widths() []float64 {
	wide := []float64{44, 26, 22}
	for _, row := range w.header {
		wide = w.fit(wide, row, 18)
	}
	for _, r := range w.sample {
		wide = w.fit(wide, w.shown(r.cells), 36)
	}
	return wide
}

func (w *workbook) fit(wide []float64, cells []string, most float64) []float64 {
	for i, c := range cells {
		if ours+i == len(wide) {
			wide = append(wide, 9)
		}
		wide[ours+i] = max(wide[ours+i], min(most, float64(columnsOf(c))+2))
	}
	return wide
}

// columnsOf is how many columns of a terminal, or tenths of a line, a text takes: wide characters take two.
func columnsOf(text string) int {
	n := 0
	for _, r := range text {
		n++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			n++
		}
	}
	return n
}

func (w *workbook) setUpPage(name string) error {
	// As many pages wide as the columns need: on one, thirty columns of an export couldn't be read. The reason is repeated on each.
	landscape, a4, pages, tall := "landscape", 9, w.pagesWide(), 0
	if err := w.file.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &pages, FitToHeight: &tall}); err != nil {
		return err
	}
	side, end := 0.4, 0.6
	if err := w.file.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &side, Bottom: &end}); err != nil {
		return err
	}
	if err := w.file.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: "&R&8" + w.words.Text("workbook.page", "page", "&P", "pages", "&N")}); err != nil {
		return err
	}
	last := titleRows + len(w.header)
	titles := fmt.Sprintf("'%[1]s'!$A:$A,'%[1]s'!$%[2]d:$%[3]d", name, titleRows+1, last)
	if err := w.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: titles, Scope: name}); err != nil {
		return err
	}
	return w.stream.SetPanes(&excelize.Panes{Freeze: true, XSplit: 1, YSplit: last, TopLeftCell: cellName(2, last+1), ActivePane: "bottomRight"})
}

// pagesWide is how many pages side by side hold the columns, the reason on each of them, at about three quarters of their size.
func (w *workbook) pagesWide() int {
	const page = 190.0 // characters
	wide := w.widths()
	rest := 0.0
	for _, c := range wide[1:] {
		rest += c
	}
	return max(1, int(math.Ceil(rest/(page-wide[0]))))
}

// titleRows stand above the header: what this is, and what to do.
const titleRows = 2

func (w *workbook) head() error {
	how := "returned.how"
	if w.whole {
		how = "returned.how_whole"
	}
	if err := w.line([]any{excelize.Cell{StyleID: w.looks.title, Value: w.title()}}, excelize.RowOpts{Height: 26}); err != nil {
		return err
	}
	text := w.words.Text(how, "inbox", "inbox/"+w.kind)
	if err := w.line([]any{excelize.Cell{StyleID: w.looks.note, Value: text}}, excelize.RowOpts{Height: 48}); err != nil {
		return err
	}
	if err := w.stream.MergeCell("A2", cellName(max(ours+1, min(ours+8, ours+w.columns())), 2)); err != nil {
		return err
	}
	for i, cells := range w.header {
		line := make([]any, ours, ours+len(cells))
		for at, name := range []string{"reason", "place", "reference"} {
			cell := excelize.Cell{StyleID: w.looks.ourHead}
			if i == 0 {
				cell.Value = returned.Heading(w.words.Text("returned.column." + name))
			}
			line[at] = cell
		}
		for _, c := range cells {
			line = append(line, excelize.Cell{StyleID: w.looks.head, Value: orNil(c)})
		}
		if err := w.line(line, excelize.RowOpts{}); err != nil {
			return err
		}
	}
	return w.mergeHeads()
}

func (w *workbook) columns() int {
	n := 0
	for _, row := range w.header {
		n = max(n, len(row))
	}
	return n
}

// mergeHeads joins the two cells of our columns where the export's header has two rows.
func (w *workbook) mergeHeads() error {
	if len(w.header) < 2 {
		return nil
	}
	for i := range ours {
		if err := w.stream.MergeCell(cellName(i+1, titleRows+1), cellName(i+1, titleRows+len(w.header))); err != nil {
			return err
		}
	}
	return nil
}

func (w *workbook) title() string {
	key := "returned.title"
	if w.whole {
		key = "returned.title_whole"
	}
	return w.words.Text(key, "property", w.plan.PropertyName(w.property, w.language), "kind", w.kindName, "file", w.first.file)
}

// write writes one row. One with a cell that the format can't hold shows why, and none of its cells: handed in again, it would be cut.
func (w *workbook) write(r row) error {
	if w.next > sheetRows {
		if err := w.stream.Flush(); err != nil {
			return err
		}
		if err := w.sheet(); err != nil {
			return err
		}
	}
	cells, marks := w.shown(r.cells), w.marks(r)
	said := w.said(r)
	if tooLong := slices.ContainsFunc(cells, func(c string) bool { return utf8.RuneCountInString(c) > longestCell }); tooLong {
		said, cells, marks = append(said, w.words.Text("returned.too_long")), nil, nil
		w.warnings = append(w.warnings, r.place+": a cell is too long for a workbook; correct the export itself")
	}
	line := []any{excelize.Cell{StyleID: w.looks.why, Value: orNil(strings.Join(said, "\n"))}, excelize.Cell{StyleID: w.looks.ours, Value: r.place},
		excelize.Cell{StyleID: w.looks.ours, Value: r.ref.String()}}
	for i := range max(len(cells), highest(marks)+1) {
		cell := excelize.Cell{StyleID: w.looks.cell}
		if _, bad := marks[i]; bad {
			cell.StyleID = w.looks.bad
		}
		if i < len(cells) {
			cell.Value = orNil(cells[i])
		}
		line = append(line, cell)
	}
	if err := w.comment(marks); err != nil {
		return err
	}
	return w.line(line, excelize.RowOpts{Height: 16 * float64(max(1, lines(said), 1+columnsOf(r.place)/26))})
}

func orNil(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func highest(marks map[int][]string) int {
	most := -1
	for i := range marks {
		most = max(most, i)
	}
	return most
}

// lines is how many lines the first column needs.
func lines(said []string) int {
	n := 0
	for _, s := range said {
		n += 1 + columnsOf(s)/50
	}
	return n
}

// said gives the reasons in words, each with the column that it speaks of.
func (w *workbook) said(r row) []string {
	var said []string
	for _, why := range r.reasons {
		said = append(said, "◆ "+w.sentence(why))
	}
	return said
}

func (w *workbook) sentence(why reason) string {
	column := why.Header
	if column == "" {
		column = why.Field
	}
	return w.words.Text("returned.reason."+why.Reason, "column", strings.Join(strings.Fields(column), " "), "value", short(why.Value))
}

// short keeps a value from filling the cell of the reason: it stands whole in its own.
func short(value string) string {
	runes := []rune(strings.Join(strings.Fields(value), " "))
	if len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return string(runes)
}

// marks gives the shown columns at fault, each with what is wrong with it.
func (w *workbook) marks(r row) map[int][]string {
	marks := map[int][]string{}
	for _, why := range r.reasons {
		if at := w.at(why.Position); at >= 0 {
			marks[at] = append(marks[at], w.sentence(why))
		}
	}
	return marks
}

// comment puts what is wrong on the cell itself: its corner is a sign where colours can't be told apart.
func (w *workbook) comment(marks map[int][]string) error {
	for i := range highest(marks) + 1 {
		if len(marks[i]) == 0 || w.comments >= mostComments {
			continue
		}
		w.comments++
		text := strings.Join(marks[i], "\n")
		err := w.file.AddComment(w.sheets[len(w.sheets)-1], excelize.Comment{Author: "noticeboard", Cell: cellName(ours+i+1, w.next), Width: 260,
			Height: uint(24 + 18*(1+columnsOf(text)/34)), Paragraph: []excelize.RichTextRun{{Text: text, Font: &excelize.Font{Family: w.looks.face, Size: 9.5}}}})
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *workbook) line(cells []any, opts excelize.RowOpts) error {
	err := w.stream.SetRow(cellName(1, w.next), cells, opts)
	w.next++
	return err
}

func cellName(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		panic(err) // within the limits of the format
	}
	return name
}

// save finishes the workbook and gives its title and the sentence that says what it holds.
func (w *workbook) save(path string) (title, headline string, err error) {
	if w.stream == nil {
		if err := w.flush(); err != nil {
			return "", "", err
		}
	}
	if err := w.stream.Flush(); err != nil {
		return "", "", err
	}
	title = w.title()
	stamp := w.plan.AsOf.UTC().Format(time.RFC3339)
	author := w.plan.CompanyName(w.language)
	if author == "" {
		author = "noticeboard"
	}
	if err := w.file.SetDocProps(&excelize.DocProperties{Title: title, Creator: author, LastModifiedBy: author, Created: stamp, Modified: stamp, Identifier: Report,
		Keywords: w.plan.Period, Language: w.language}); err != nil {
		return "", "", err
	}
	headline = w.words.Text("returned.headline", "rows", strconv.Itoa(w.bad))
	if w.whole {
		headline = w.words.Text("returned.headline_whole", "file", w.first.file, "rows", strconv.Itoa(w.bad), "of", strconv.Itoa(w.rows))
	}
	return title, headline, write(w.file, path)
}
