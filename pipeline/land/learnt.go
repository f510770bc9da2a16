package land

import (
	"fmt"
	"slices"

	"noticeboard/pipeline/record"
)

// What a pass over all rows shows of whole columns.

// learnt tells whether the pass took whole days for dates that other cells of their column show to be midnights: then all must be
// read once more.
func (f *feed) learnt() bool {
	again := false
	for _, c := range f.columns {
		if s, ok := c.(*stampColumn); ok && s.midnights && s.timed && !f.stamps.timed[s.Name] {
			f.stamps.timed[s.Name], again = true, true
		}
	}
	if again {
		f.drop()
	}
	return again
}

// sawMidnights tells whether rows read so far may have to be read once more.
func sawMidnights(columns []column) bool {
	return slices.ContainsFunc(columns, func(c column) bool { s, ok := c.(*stampColumn); return ok && s.midnights })
}

// absorb takes in what a reader's columns have seen.
func (f *feed) absorb(columns []column) {
	for i, from := range columns {
		switch c := f.columns[i].(type) {
		case *textColumn:
			c.rounded += from.(*textColumn).rounded
		case *codeColumn:
			c.unmapped = c.unmapped || from.(*codeColumn).unmapped
		case *stampColumn:
			s := from.(*stampColumn)
			c.timed, c.days, c.midnights = c.timed || s.timed, c.days || s.days, c.midnights || s.midnights
		}
	}
}

// dayOnly names the columns of stamps without any time of day.
func (f *feed) dayOnly() []string {
	var names []string
	for _, c := range f.columns {
		if s, ok := c.(*stampColumn); ok && s.Type == record.Stamp && !s.timed && (s.days || s.midnights) {
			names = append(names, s.shownName())
		}
	}
	return names
}

// rounded names the columns some of whose numbers a spreadsheet has rounded.
func (f *feed) rounded() []string {
	var names []string
	for _, c := range f.columns {
		if t, ok := c.(*textColumn); ok && t.rounded > 0 {
			names = append(names, fmt.Sprintf("%s in %s", t.shownName(), rowsInWords(t.rounded)))
		}
	}
	return names
}

// unmapped lists the fields in which some word is in no list.
func (f *feed) unmapped() []record.Field {
	var list []record.Field
	for _, c := range f.columns {
		if word, ok := c.(*codeColumn); ok && word.unmapped {
			list = append(list, word.Field)
		}
	}
	return list
}
