package land

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"noticeboard/pipeline/record"
	"noticeboard/pipeline/textkey"
)

// field is a canonical field of the file at hand, and where in a row its text stands.
type field struct {
	record.Field
	header   string
	column   int    // of the export that is at fault when the text is; -1 where it has none
	cells    []int  // columns of the export whose texts, are the field's: ids joined by hyphens, stamps by blanks
	prefix   string // of the ids of the source
	constant string // where no column is the field's
	isID     bool
	running  bool // its column is a running number
	sense    sense
	parts    []field           // of a sum of several columns
	voids    []voidCell        // columns that make its code void
	answer   map[string]string // where its column is a question: answer → code
}

// voidCell is a further column that decides a code: where it is filled, or where it says yes.
type voidCell struct {
	column     int
	whenFilled bool
}

// text gives what a row says of the field, trimmed and without prefix; nothing where it says nothing.
func (f *field) text(cells []string) string {
	switch len(f.cells) {
	case 0:
		return f.constant
	case 1:
		text := said(cells, f.cells[0], f.sense)
		if text == "" {
			return ""
		}
		return f.prefixed(text)
	}
	if f.Type == record.Stamp {
		return f.stamped(cells)
	}
	texts := make([]string, len(f.cells))
	for i, column := range f.cells {
		if texts[i] = said(cells, column, f.sense); texts[i] == "" {
			return ""
		}
	}
	return f.prefixed(strings.Join(texts, "-"))
}

// prefixed writes an id behind the prefix of its source and in the letters of a typewriter: ＢＸ００１ is BX001, whoever typed it.
func (f *field) prefixed(text string) string {
	if !f.isID {
		return text
	}
	if strings.IndexByte(text, fullWidth) >= 0 {
		text = norm.NFKC.String(text)
	}
	return f.prefix + text
}

// fullWidth begins letters and digits of full width.
const fullWidth = 0xEF

// stamped joins a date and a time of day that stand in columns of their own. Without a time the date stands alone; without a date nothing does.
func (f *field) stamped(cells []string) string {
	stamp := said(cells, f.cells[0], f.sense)
	if stamp == "" {
		return ""
	}
	for _, column := range f.cells[1:] {
		if text := said(cells, column, f.sense); text != "" {
			stamp += " " + text
		}
	}
	return stamp
}

// said gives the trimmed text of a cell; nothing for a sign of nothing.
func said(cells []string, column int, s sense) string {
	if column >= len(cells) {
		return ""
	}
	text := bare(trim(cells[column]))
	if len(text) <= longestSign && s.isSign(text) {
		return ""
	}
	return text
}

// isVoid tells whether a further column makes the code of the field void.
func (f *field) isVoid(cells []string) bool {
	return slices.ContainsFunc(f.voids, func(v voidCell) bool {
		text := said(cells, v.column, filledIn)
		if v.whenFilled || text == "" {
			return text != ""
		}
		return lists()["yes_no"][textkey.Of(text)] == "yes"
	})
}

// fieldsOf gives the fields of the kind, and of the callback in a row of tickets, that the file has.
func (l layout) fieldsOf() []field {
	var list []field
	for _, f := range l.kind.Fields {
		if got, ok := l.fieldOf(f); ok {
			list = append(list, got)
		}
	}
	for _, f := range l.callbackFields() {
		if got, ok := l.fieldOf(f); ok {
			list = append(list, got)
		}
	}
	return list
}

// callbackFields lists the fields of the callback that rows of tickets hold, if they do.
func (l layout) callbackFields() []record.Field {
	if l.kind.Name != "tickets" || !l.has("called_at") {
		return nil
	}
	callbacks, _ := record.Find("callbacks")
	list := slices.DeleteFunc(slices.Clone(callbacks.Fields), func(f record.Field) bool {
		_, ofTicket := l.kind.Field(f.Name)
		return ofTicket || f.Name == "callback_id"
	})
	for i := range list {
		list[i].Required = false // without a time there is no callback, and the ticket is good
	}
	return list
}

func (l layout) fieldOf(f record.Field) (field, bool) {
	got := field{Field: f, column: -1, isID: isID(f.Name)}
	there := false
	for _, m := range l.matches {
		if m.field != f.Name {
			continue
		}
		there = true
		switch {
		case strings.Contains(m.reads, "=void"):
			got.voids = append(got.voids, voidCell{m.column, strings.HasPrefix(m.reads, "filled=")})
		case m.reads == "part":
			part := field{Field: f, header: l.header.names[m.column], column: m.column, cells: m.parts, sense: filledIn}
			part.Name = fmt.Sprintf("%s_%d", f.Name, len(got.parts)+1)
			got.parts = append(got.parts, part)
		default:
			got.header, got.column, got.cells = l.header.names[m.column], m.column, m.parts
			got.sense, got.answer, got.running = senseOf(f, m), answers(m.reads), m.reads == "unique"
			if got.isID {
				got.prefix = l.source.IDPrefix
			}
		}
	}
	if constant, ok := l.source.Constants[f.Name]; ok && !there {
		got.constant, there = constant, true
	}
	if got.header == "" && len(got.parts) > 0 {
		got.header, got.column = got.parts[0].header, got.parts[0].column
	}
	return got, there
}

// senseOf says how the cells of a field's column are read.
func senseOf(f record.Field, m match) sense {
	if f.Type == record.YesNo || strings.HasPrefix(m.reads, "yes=") {
		return answered
	}
	return filledIn
}

// isID tells whether a field holds the id of a record, which the source's prefix keeps apart from those of other systems.
func isID(name string) bool {
	return strings.HasSuffix(name, "_id") || name == "rework_of" || name == "merged_into"
}

// answers reads "yes=complaint no=repair"; nil for a column that is the field itself.
func answers(reads string) map[string]string {
	if !strings.HasPrefix(reads, "yes=") {
		return nil
	}
	codes := map[string]string{}
	for _, pair := range strings.Fields(reads) {
		answer, code, _ := strings.Cut(pair, "=")
		codes[answer] = code
	}
	return codes
}
