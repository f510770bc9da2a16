package land

import (
	"fmt"
	"slices"
	"strings"

	"noticeboard/pipeline/decode"
)

// doubts gathers cells that could be day-first or month-first: any such cell refuses the file, and some of them are shown.
type doubts struct {
	texts []string // one of each field and text
	shown []string
	roc   bool // they have years of the Republic
}

const mostDoubts = 3

// add gives the refusal once there are enough.
func (d *doubts) add(f *field, text string, r *decode.Record, v verdict) error {
	d.roc = v == minguo
	if key := f.Name + "\x1f" + text; !slices.Contains(d.texts, key) {
		d.texts = append(d.texts, key)
		d.shown = append(d.shown, fmt.Sprintf("%s %q at %s", f.shownName(), text, r.Place()))
	}
	if len(d.shown) < mostDoubts {
		return nil
	}
	return d.refusal()
}

// refusal is nil where there is no doubt.
func (d *doubts) refusal() error {
	if len(d.shown) == 0 {
		return nil
	}
	if d.roc {
		return refusal("date_order", "set date_order: roc in the source", "dates seem to count years from 1912 (民國): %s", strings.Join(d.shown, "; "))
	}
	return refusal("date_order", "set date_order: dmy (day first) or date_order: mdy (month first) in the source", "dates could be day-first or month-first: %s", strings.Join(d.shown, "; "))
}

// shownName is the header of the field's column, or its own name.
func (f field) shownName() string {
	if f.header != "" {
		return f.header
	}
	return f.Name
}
