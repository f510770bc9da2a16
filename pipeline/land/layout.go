package land

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/decode"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/record"
	"noticeboard/pipeline/textkey"
)

// layout says which sheets of an export are read, and which of their columns is which field.
type layout struct {
	kind   record.Kind
	source config.Source
	header header
	sheets []sheet
	loaded []int // columns of the export that have a name, by their position in it

	over    []leftOut
	matches []match
	notes   []string
	issues  []handoff.Note
	lossy   bool      // characters may have been lost where the text was decoded
	back    *handBack // of a workbook of returned rows
}

// sheet is one that is read; its header ends after the first rows.
type sheet struct {
	decode.Sheet
	headerRows int
}

func refusal(reason, hint, format string, args ...any) error {
	return decode.Refused{Refusal: handoff.Refusal{Reason: reason, Message: fmt.Sprintf(format, args...), Hint: hint}}
}

// layOut finds the header of each sheet, and of the sheets the one that fits best with all that have the same.
func layOut(book *decode.Book, kind record.Kind, source config.Source) (layout, error) {
	l := layout{kind: kind, source: source, lossy: book.Lossy, notes: book.Notes}
	sheets, err := chosen(book.Sheets, source)
	if err != nil {
		return l, err
	}
	l.noteHidden(book.Sheets, sheets)
	m := matcherOf(kind, source)
	rows, err := l.pick(sheets, m)
	if err == nil && len(l.sheets) == 0 {
		err = l.unfold(sheets, m)
	}
	if err != nil {
		return l, err
	}
	switch {
	case rows == 0:
		return l, refusal("empty", "export it again", "there are no rows in it")
	case len(l.sheets) == 0:
		return l, l.noHeader(book)
	}
	if err := l.lookAtLeftOut(); err != nil {
		return l, err
	}
	l.matches = slices.DeleteFunc(m.match(l.header), func(x match) bool {
		_, ofKind := kind.Field(x.field)
		return !ofKind // the source may name columns of the callback in a row of tickets
	})
	l.addCallbacks()
	if err := l.required(book); err != nil {
		return l, err
	}
	for i, name := range l.header.names {
		if name != "" || l.serves(i) {
			l.loaded = append(l.loaded, i)
		}
	}

	l.noteColumns()
	return l, nil
}

// chosen gives the sheet that the source names, else those that aren't hidden, else all.
func chosen(all []decode.Sheet, source config.Source) ([]decode.Sheet, error) {
	var shown []decode.Sheet
	var names []string
	for _, s := range all {
		if source.Sheet != "" && textkey.Of(s.Name) == textkey.Of(source.Sheet) {
			return []decode.Sheet{s}, nil
		}
		if !s.Hidden {
			shown = append(shown, s)
		}
		names = append(names, s.Name)
	}
	if source.Sheet != "" && strings.Join(names, "") != "" {
		return nil, refusal("no_sheet", "correct sheet in the source", "there is no sheet %q; it has %s", source.Sheet, strings.Join(names, ", "))
	}
	if len(shown) == 0 {
		return all, nil
	}
	return shown, nil
}

// noteHidden names the sheets that are left out because the file doesn't show them.
func (l *layout) noteHidden(all, chosen []decode.Sheet) {
	var hidden []string
	for _, s := range all {
		if s.Hidden && !slices.ContainsFunc(chosen, func(c decode.Sheet) bool { return c.Name == s.Name }) && l.source.Sheet == "" {
			hidden = append(hidden, s.Name)
		}
	}
	if len(hidden) > 0 {
		l.notes = append(l.notes, "hidden sheets passed over (name one as the source's sheet to read it): "+strings.Join(hidden, ", "))
	}
}

// pick keeps the best header and the sheets that have it, and gives the number of rows it saw.
func (l *layout) pick(sheets []decode.Sheet, m matcher) (rows int, err error) {
	headers, filledCells := make([]header, len(sheets)), make([]int, len(sheets))
	for i, s := range sheets {
		head, err := s.Head(max(headerWithin, l.source.HeaderRow) + 1)
		if err != nil {
			return 0, err
		}
		for _, r := range head {
			if !decode.Blank(r.Cells) {
				rows++
			}
			filledCells[i] = max(filledCells[i], filled(r.Cells))
		}
		found, ok := findHeader(head, m, l.source)
		if byPosition(l.source) {
			found, ok = numbered(head, m)
		}
		if !ok {
			continue
		}
		found.hidden = hiddenIn(head)
		headers[i] = found
		if found.fields > l.header.fields {
			l.header = found
		}
	}
	l.over = nil
	for i, s := range sheets {
		switch {
		case headers[i].fields > 0 && slices.Equal(trimmed(headers[i].names), trimmed(l.header.names)):
			l.sheets = append(l.sheets, sheet{s, headers[i].rows})
		case headers[i].fields == 0 && s.OfPage && len(l.sheets) > 0 && filledCells[i] > 1 && filledCells[i] <= len(l.header.names) && filledCells[i] > len(l.header.names)/2:
			l.sheets = append(l.sheets, sheet{s, 0}) // a page often has the header in a table of its own, or on its first sheet of paper alone
		default:
			l.over = append(l.over, leftOut{s, headers[i], filledCells[i]})
		}
	}
	return rows, nil
}

// unfold looks for a header in sheets that hold whole lines of a text in their first column.
func (l *layout) unfold(sheets []decode.Sheet, m matcher) error {
	var tables []decode.Sheet
	delimiter := ""
	for _, s := range sheets {
		head, err := s.Head(max(headerWithin, l.source.HeaderRow) + 1)
		if err != nil {
			return err
		}
		if table, by, ok := s.Unfolded(head); ok {
			tables, delimiter = append(tables, table), by
		}
	}
	if _, err := l.pick(tables, m); err != nil || len(l.sheets) == 0 {
		return err
	}
	l.notes = append(l.notes, "whole lines stand in its first column; read as a table delimited by "+delimiter)
	return nil
}

// hiddenIn lists the columns that the first rows don't show.
func hiddenIn(head []decode.Record) []int {
	var list []int
	for _, r := range head {
		for _, column := range r.HiddenColumns {
			if !slices.Contains(list, column) {
				list = append(list, column)
			}
		}
	}
	slices.Sort(list)
	return list
}

func trimmed(names []string) []string {
	for len(names) > 0 && names[len(names)-1] == "" {
		names = names[:len(names)-1]
	}
	return names
}

// addCallbacks reads what is left of a row of tickets as the callback that it may hold. Without a time there is none.
func (l *layout) addCallbacks() {
	if l.kind.Name != "tickets" {
		return
	}
	callbacks, _ := record.Find("callbacks")
	rest := header{names: slices.Clone(l.header.names), forms: slices.Clone(l.header.forms)}
	for _, m := range l.matches {
		for _, p := range m.parts {
			rest.forms[p] = nil
		}
	}
	m := matcherOf(callbacks, l.source)
	found := slices.DeleteFunc(m.match(rest), func(x match) bool {
		_, ofTicket := l.kind.Field(x.field)
		return ofTicket || x.field == "callback_id"
	})
	if slices.ContainsFunc(found, func(x match) bool { return x.field == "called_at" }) {
		l.matches = append(l.matches, found...)
	}
}

func (l layout) serves(column int) bool {
	return slices.ContainsFunc(l.matches, func(m match) bool { return slices.Contains(m.parts, column) })
}

// has tells whether a field comes from a column or a constant.
func (l layout) has(field string) bool {
	if _, constant := l.source.Constants[field]; constant {
		return true
	}
	return slices.ContainsFunc(l.matches, func(m match) bool { return m.field == field && !strings.Contains(m.reads, "=void") })
}

// required refuses a file none of whose rows could be good.
func (l layout) required(book *decode.Book) error {
	var missing, mapped []string
	for _, f := range l.kind.Fields {
		if f.Required && !l.has(f.Name) {
			missing = append(missing, f.Name)
			if name := l.source.Columns[f.Name]; name != "" {
				mapped = append(mapped, fmt.Sprintf("%s: %s", f.Name, name))
			}
		}
	}
	if l.kind.Name == "inspections" && !l.has("planned_at") && !l.has("inspected_at") {
		missing = append(missing, "inspected_at")
	}
	if len(missing) == 0 {
		return nil
	}
	if other, ok := l.otherKind(book); ok {
		return wrongKind(l.kind.Name, other)
	}
	if len(mapped) > 0 {
		return refusal("missing_column", "give exports like this a source and a folder of their own, or take that mapping out where headers need none; the columns are "+shortList(l.header.names),
			"no column gives %s: the source %s names other columns for them (%s)", strings.Join(missing, ", "), l.source.Name, strings.Join(mapped, ", "))
	}
	return refusal("missing_column", fmt.Sprintf("name the column in the source's columns, or a value for all rows in its constants; the columns are %s", shortList(l.header.names)),
		"no column gives %s", strings.Join(missing, ", "))
}

func wrongKind(kind, other string) error {
	return refusal("wrong_kind", fmt.Sprintf("move it to the folder of %s, or correct the source's kind", other), "it holds %s, not %s", other, kind)
}

// otherKind gives the kind of record that the export seems to hold instead: all that is required is there, and it names more.
func (l layout) otherKind(book *decode.Book) (string, bool) {
	best, most := "", l.header.fields
	for _, kind := range record.Kinds() {
		if kind.Name == l.kind.Name {
			continue
		}
		o := layout{kind: kind}
		m := matcherOf(kind, config.Source{})
		if _, err := o.pick(book.Sheets, m); err != nil || o.header.fields < most || o.header.fields == most && best != "" {
			continue
		}
		o.matches = m.match(o.header)
		if o.complete() {
			best, most = kind.Name, o.header.fields
		}
	}
	return best, best != ""
}

func (l layout) complete() bool {
	for _, f := range l.kind.Fields {
		if f.Required && !l.has(f.Name) {
			return false
		}
	}
	return true
}

func (l layout) noHeader(book *decode.Book) error {
	if other, ok := l.otherKind(book); ok {
		return wrongKind(l.kind.Name, other)
	}
	hint := "name the columns in the source's columns, or its header_row; where there is no header, say which column is which: columns: {" + l.toFillIn() + "}"
	for _, s := range book.Sheets {
		if head, err := s.Head(headerWithin); err == nil && len(head) > 0 {
			hint += "; the first row is " + shortList(head[0].Cells)
			break
		}
	}
	return refusal("no_header", hint, "none of the first %d rows names columns of %s", headerWithin, l.kind.Name)
}

// toFillIn is the mapping of a file without a header, by position.
func (l layout) toFillIn() string {
	var list []string
	for _, f := range l.kind.Fields {
		if f.Required {
			list = append(list, fmt.Sprintf("%s: column %d", f.Name, len(list)+1))
		}
	}
	return strings.Join(list, ", ")
}

const mostNames = 20

func shortList(names []string) string {
	var shown []string
	for _, n := range names {
		if n = shownName(n); n != "" {
			if r := []rune(n); len(r) > 30 {
				n = string(r[:30]) + "…"
			}
			shown = append(shown, n)
		}
	}
	if len(shown) > mostNames {
		return strings.Join(shown[:mostNames], ", ") + fmt.Sprintf(" and %d more", len(shown)-mostNames)
	}
	return strings.Join(shown, ", ")
}

// noteColumns names the columns that go to extra, and those that would have named a field if another hadn't.
func (l *layout) noteColumns() {
	var extra, rivals []string
	index := l.header.index()
	for _, i := range l.loaded {
		if l.serves(i) {
			continue
		}
		extra = append(extra, l.header.names[i])
		for _, a := range aliases()[l.kind.Name] {
			if slices.Contains(a.columns(index, nil), i) && a.reads == "" && l.has(a.field) {
				rivals = append(rivals, fmt.Sprintf("%s (%s comes from another column)", l.header.names[i], a.field))
				break
			}
		}
	}
	var hidden []string
	for _, i := range l.header.hidden {
		if i < len(l.header.names) && l.header.names[i] != "" {
			hidden = append(hidden, l.header.names[i])
		}
	}
	if len(hidden) > 0 {
		l.notes = append(l.notes, "hidden columns, read like the others: "+shortList(hidden))
	}
	if len(extra) > 0 {
		l.notes = append(l.notes, "columns kept in extra: "+shortList(extra))
	}
	if len(rivals) > 0 {
		l.notes = append(l.notes, "columns not read as a field: "+strings.Join(rivals, ", "))
	}
	for _, field := range slices.Sorted(maps.Keys(l.source.Columns)) {
		if name := l.source.Columns[field]; name != "-" && len(mapped(l.header, name)) == 0 {
			l.notes = append(l.notes, fmt.Sprintf("the source gives %s the column %q, which isn't there", field, l.source.Columns[field]))
		}
	}
}

// described is the layout as it is handed on.
func (l layout) described() handoff.Layout {
	d := handoff.Layout{Header: l.header.raw}
	for i, name := range l.header.names {
		h := handoff.Heading{Name: name}
		for _, m := range l.matches {
			if slices.Contains(m.parts, i) {
				h.Field = m.field
				break
			}
		}
		d.Columns = append(d.Columns, h)
	}
	return d
}

// refusedAs gives the refusal in an error, if it is one.
func refusedAs(err error) (*handoff.Refusal, bool) {
	var r decode.Refused
	if errors.As(err, &r) {
		return &r.Refusal, true
	}
	return nil, false
}
