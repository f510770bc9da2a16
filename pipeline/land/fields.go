package land

import (
	"fmt"
	"slices"
	"strings"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/record"
)

// field is a canonical field of the file at hand: where its text comes from and what it becomes.
type field struct {
	record.Field
	header string
	raw    string   // expression over cells; the view given calls it r_<name>
	clocks []string // formats of its moments with a time of day
	days   []string // formats of its moments without
	parts  []field  // of a sum of several columns
	voids  []string // conditions over cells under which its code is void
	answer map[string]string
	slow   bool // some of its texts were read one at a time

	allFolded bool // the keys of all its texts are in the table folded
}

func (f field) rawName() string { return "g." + duck.Name("r_"+f.Name) }

// alone is the field's text by itself: binding all fields to ask for one costs more than the answer.
func (f field) alone() string {
	return "(select " + f.raw + " as " + duck.Name("r_"+f.Name) + " from cells) as g"
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
	got := field{Field: f, raw: "null::varchar"}
	there := false
	for _, m := range l.matches {
		if m.field != f.Name {
			continue
		}
		there = true
		switch {
		case strings.Contains(m.reads, "=void"):
			got.voids = append(got.voids, l.voidWhen(m))
		case m.reads == "part":
			part := field{Field: f, header: l.header.names[m.column], raw: l.text(m)}
			part.Name = fmt.Sprintf("%s_%d", f.Name, len(got.parts)+1)
			got.parts = append(got.parts, part)
		default:
			got.raw, got.header, got.answer = l.text(m), l.header.names[m.column], answers(m.reads)
		}
	}
	if constant, ok := l.source.Constants[f.Name]; ok && !there {
		got.raw, there = duck.Literal(constant)+"::varchar", true
	}
	if got.header == "" && len(got.parts) > 0 {
		got.header = got.parts[0].header
	}
	return got, there
}

// senseOf says how the cells of a column are read.
func (l layout) senseOf(m match) sense {
	f, own := l.kind.Field(m.field)
	if !own {
		callbacks, _ := record.Find("callbacks")
		f, _ = callbacks.Field(m.field)
	}
	if f.Type == record.YesNo || strings.HasPrefix(m.reads, "yes=") {
		return answered
	}
	return filledIn
}

// text is the expression of a field's text over cells.
func (l layout) text(m match) string {
	var parts []string
	for _, p := range m.parts {
		parts = append(parts, l.cell(p))
	}
	expression := strings.Join(parts, " || '-' || ")
	if l.source.IDPrefix != "" && isID(m.field) {
		expression = duck.Literal(l.source.IDPrefix) + " || " + expression
	}
	return expression
}

// cell names the column of the table cells that a column of the export became.
func (l layout) cell(column int) string {
	return fmt.Sprintf("c%d", slices.Index(l.loaded, column))
}

// isID tells whether a field holds the id of a record, which the source's prefix keeps apart from those of other systems.
func isID(name string) bool {
	return strings.HasSuffix(name, "_id") || name == "rework_of" || name == "merged_into"
}

// voidWhen is the condition under which a further column makes a record void.
func (l layout) voidWhen(m match) string {
	cell := l.cell(m.column)
	if strings.HasPrefix(m.reads, "filled=") {
		return cell + " is not null"
	}
	return "coalesce(lower(" + cell + ") in " + inList(wordsOf("yes_no", "yes")) + ", false)"
}

func wordsOf(list, code string) []string {
	var words []string
	for word, c := range lists()[list] {
		if c == code {
			words = append(words, word)
		}
	}
	slices.Sort(words)
	return words
}

func inList(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = duck.Literal(w)
	}
	return "(" + strings.Join(quoted, ", ") + ")"
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
