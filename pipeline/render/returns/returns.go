// Package returns writes R11: the rows that could not be loaded, in the layout of the export that they came from, each with its bad
// cells marked and the reasons beside it, ready to be corrected and handed in again.
//
// It judges no row and knows no layout: what is wrong, and what an export looks like, was found when it was landed.
//
// Invariant: a cell is written as the text that it is. Nothing that an export holds becomes a formula, and nothing is cut in silence.
package returns

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/returned"
	"noticeboard/pipeline/words"
)

// Report is the id of the report.
const Report = "R11"

// Relation holds the rows, in the order of the workbooks.
const Relation = "rpt.returned_rows"

// Plan is what is particular to a night.
type Plan struct {
	Books        map[string]*words.Book
	Languages    []string
	Period       string
	AsOf         time.Time
	Folder       string
	PropertyName func(code, language string) string
	CompanyName  func(language string) string
	HidePersons  bool
}

// Run writes a workbook for each layout of each property and kind, and for each file refused whole; none where no row waits.
func Run(ctx context.Context, plan Plan, w *duck.Warehouse) ([]handoff.Document, error) {
	var documents []handoff.Document
	for _, language := range plan.Languages {
		run := &run{plan: plan, language: language, words: plan.Books[language]}
		err := w.Read(ctx, Relation, duck.Cut{}, run.take)
		if err == nil {
			err = run.close()
		}
		run.drop()
		if err != nil {
			return documents, err
		}
		documents = append(documents, run.documents...)
	}
	return documents, nil
}

// run writes the workbooks of one language, one after the other.
type run struct {
	plan      Plan
	language  string
	words     *words.Book
	open      *workbook
	documents []handoff.Document
}

// row is one that goes back.
type row struct {
	group   group
	header  string
	file    string
	place   string
	ref     returned.Reference
	cells   []string
	reasons []reason
}

// group is what is together in one workbook.
type group struct {
	property string
	whole    bool
	kind     string
	number   int64 // of the workbook among those of the property and kind
}

// reason is why a row came back: which column is at fault, from 0, or -1.
type reason struct {
	Position int    `json:"position"`
	Reason   string `json:"reason"`
	Field    string `json:"field"`
	Header   string `json:"header"`
	Value    string `json:"value"`
}

func (r *run) take(batch arrow.RecordBatch) error {
	at := reader{batch, map[string]int{}}
	for i, f := range batch.Schema().Fields() {
		at.columns[f.Name] = i
	}
	for i := range int(batch.NumRows()) {
		next, err := at.row(i)
		if err != nil {
			return err
		}
		if err := r.add(next); err != nil {
			return err
		}
	}
	return nil
}

// reader reads the rows of a batch. Its texts are copied: the batch is given back before they are written.
type reader struct {
	batch   arrow.RecordBatch
	columns map[string]int
}

func (r reader) text(name string, row int) string {
	column := r.batch.Column(r.columns[name])
	if column.IsNull(row) {
		return ""
	}
	return strings.Clone(column.(*array.String).Value(row))
}

func (r reader) number(name string, row int) int64 {
	return r.batch.Column(r.columns[name]).(*array.Int64).Value(row)
}

func (r reader) row(i int) (row, error) {
	next := row{
		group:  group{r.text("property", i), r.batch.Column(r.columns["is_whole"]).(*array.Boolean).Value(i), r.text("kind", i), r.number("workbook", i)},
		header: r.text("header", i), file: r.text("file", i), place: r.text("place", i),
		ref: returned.Reference{Digest: r.text("digest", i), Row: r.number("place_row", i), Of: r.number("rows_of_file", i)},
	}
	if err := json.Unmarshal([]byte(r.text("cells", i)), &next.cells); err != nil {
		return next, fmt.Errorf("%s: %w", next.place, err)
	}
	if reasons := r.text("reasons", i); reasons != "" {
		if err := json.Unmarshal([]byte(reasons), &next.reasons); err != nil {
			return next, fmt.Errorf("%s: %w", next.place, err)
		}
	}
	return next, nil
}

// add writes a row into its workbook, which begins with the first of its rows.
func (r *run) add(next row) error {
	if r.open != nil && r.open.group != next.group {
		if err := r.close(); err != nil {
			return err
		}
	}
	if r.open == nil {
		opened, err := r.begin(next)
		if err != nil {
			return err
		}
		r.open = opened
	}
	return r.open.add(next)
}

func (r *run) begin(first row) (*workbook, error) {
	l, err := layoutOf(first.header, r.plan.HidePersons)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", first.file, err)
	}
	return newWorkbook(r, first, l)
}

// close finishes the open workbook.
func (r *run) close() error {
	if r.open == nil {
		return nil
	}
	name := r.fileName(r.open.group)
	title, headline, err := r.open.save(filepath.Join(r.plan.Folder, name))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	r.documents = append(r.documents, handoff.Document{Report: Report, Name: name, Title: title, Headline: []string{headline}, Property: r.open.group.property,
		Period: r.plan.Period, Language: r.language, Warnings: r.open.warnings})
	r.drop()
	return nil
}

func (r *run) drop() {
	if r.open != nil {
		r.open.file.Close()
		r.open = nil
	}
}

// fileName holds the date, so that a workbook is archived under it, and says which of the two it is: rows alone or a whole file.
func (r *run) fileName(g group) string {
	what := "rejected"
	if g.whole {
		what = "refused"
	}
	name := strings.Join([]string{Report, what, r.plan.Period, g.property, g.kind}, "_")
	if g.number > 1 {
		name += fmt.Sprintf("_%d", g.number)
	}
	if len(r.plan.Languages) > 1 {
		name += "_" + r.language
	}
	return unsafe.Replace(name) + ".xlsx"
}

var unsafe = strings.NewReplacer("/", "-", `\`, "-", ":", "-", "*", "-", "?", "-", `"`, "-", "<", "-", ">", "-", "|", "-")

// persons are the fields that name a resident.
var persons = []string{"reporter_name", "reporter_phone", "phone"}

// layout is that of the export: the rows of its header, and which of its columns are shown.
type layout struct {
	header [][]string
	hidden map[int]bool
}

func layoutOf(header string, hidePersons bool) (layout, error) {
	var h struct {
		Rows   [][]string `json:"rows"`
		Fields []string   `json:"fields"`
	}
	if err := json.Unmarshal([]byte(header), &h); err != nil {
		return layout{}, fmt.Errorf("its header isn't known: %w", err)
	}
	l := layout{hidden: map[int]bool{}}
	for i, f := range h.Fields {
		l.hidden[i] = hidePersons && slices.Contains(persons, f)
	}
	for _, cells := range h.Rows {
		l.header = append(l.header, l.shown(l.carried(cells, len(h.Rows) > 1)))
	}
	return l, nil
}

// carried moves the title of a group to the next of its columns where its first one is hidden.
func (l layout) carried(cells []string, grouped bool) []string {
	cells = slices.Clone(cells)
	for i := range cells {
		if grouped && l.hidden[i] && i+1 < len(cells) && cells[i+1] == "" {
			cells[i+1] = cells[i]
		}
	}
	return cells
}

// shown leaves out the hidden columns.
func (l layout) shown(cells []string) []string {
	var left []string
	for i, c := range cells {
		if !l.hidden[i] {
			left = append(left, c)
		}
	}
	return left
}

// at gives the position of a column among those shown; -1 for a hidden one, and where no column is at fault.
func (l layout) at(position int) int {
	if position < 0 || l.hidden[position] {
		return -1
	}
	at := position
	for i := range position {
		if l.hidden[i] {
			at--
		}
	}
	return at
}
