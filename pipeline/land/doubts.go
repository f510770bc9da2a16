package land

import (
	"fmt"
	"slices"
	"strings"

	"noticeboard/pipeline/decode"
)

// doubts gathers cells that could be day-first or month-first: any such cell refuses the file, and some of them are shown.
type doubts struct {
	list []doubt // one of each field and text
	roc  bool    // they have years of the Republic
}

type doubt struct{ text, shown string }

const mostDoubts = 3

// add gives the refusal once there are enough.
func (d *doubts) add(f *field, text string, r *decode.Record, v verdict) error {
	d.put(doubt{f.Name + "\x1f" + text, fmt.Sprintf("%s %q at %s", f.shownName(), text, r.Place())}, v == minguo)
	return d.enough()
}

func (d *doubts) put(one doubt, roc bool) {
	d.roc = roc
	if !slices.ContainsFunc(d.list, func(other doubt) bool { return other.text == one.text }) {
		d.list = append(d.list, one)
	}
}

// addAll adds those of later rows, and gives the refusal once there are enough.
func (d *doubts) addAll(later doubts) error {
	for _, one := range later.list {
		d.put(one, later.roc)
		if err := d.enough(); err != nil {
			return err
		}
	}
	return nil
}

func (d *doubts) enough() error {
	if len(d.list) < mostDoubts {
		return nil
	}
	return d.refusal()
}

// refusal is nil where there is no doubt.
func (d *doubts) refusal() error {
	if len(d.list) == 0 {
		return nil
	}
	var shown []string
	for _, one := range d.list {
		shown = append(shown, one.shown)
	}
	if d.roc {
		return refusal("date_order", "set date_order: roc in the source", "dates seem to count years from 1912 (民國): %s", strings.Join(shown, "; "))
	}
	return refusal("date_order", "set date_order: dmy (day first) or date_order: mdy (month first) in the source", "dates could be day-first or month-first: %s", strings.Join(shown, "; "))
}

// shownName is the header of the field's column, or its own name.
func (f field) shownName() string {
	if f.header != "" {
		return f.header
	}
	return f.Name
}
