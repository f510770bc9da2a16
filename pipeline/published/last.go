package published

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"noticeboard/pipeline/duck"
)

// Rows are the rows of the public relations that a notice shows, each as JSON: those of a period alone, since what has no period,
// such as names, is no figure.
type Rows map[string][]string

// Digest is the same where a notice would show the same.
func (r Rows) Digest() string {
	h := sha256.New()
	var names []string
	for name := range r {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(h, "%s\n%d\n%s\n", name, len(r[name]), strings.Join(r[name], "\n"))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Now gives what a notice would show today.
func Now(ctx context.Context, w *duck.Warehouse, relations []string, property, period string) (Rows, error) {
	rows := Rows{}
	for _, relation := range relations {
		if is, err := ofPeriods(ctx, w, relation); err != nil || !is {
			if err != nil {
				return nil, err
			}
			continue
		}
		objects, err := w.Objects(ctx, relation, duck.Cut{Property: property, Period: period})
		if err != nil {
			return nil, err
		}
		rows[relation] = objects
	}
	return rows, nil
}

// Last gives what the newest notice before D showed, and whether there was one.
func Last(ctx context.Context, w *duck.Warehouse, report string, relations []string, property, period string) (Rows, bool, error) {
	rows, found := Rows{}, false
	for _, relation := range relations {
		if is, err := ofPeriods(ctx, w, relation); err != nil || !is {
			if err != nil {
				return nil, false, err
			}
			continue
		}
		objects, there, err := last(ctx, w, report, relation, property, period)
		if err != nil {
			return nil, false, err
		}
		rows[relation], found = objects, found || there
	}
	return rows, found, nil
}

// last gives the rows of one relation, and whether it was kept at all: one without rows was, with an empty one.
func last(ctx context.Context, w *duck.Warehouse, report, relation, property, period string) ([]string, bool, error) {
	kept, err := w.Query(ctx, lastHungSQL, report, strings.TrimPrefix(relation, "public."), property, period)
	if err != nil {
		return nil, false, err
	}
	objects := []string{}
	for _, r := range kept.Values {
		if text, is := r[0].(string); is {
			objects = append(objects, text)
		}
	}
	return objects, len(kept.Values) > 0, nil
}

// Changed tells whether a relation that notices of no period watch has other rows for a property than the newest one before D showed.
func Changed(ctx context.Context, w *duck.Warehouse, report, relation, property string) (bool, error) {
	now, err := w.Objects(ctx, relation, duck.Cut{Property: property})
	if err != nil {
		return false, err
	}
	before, _, err := last(ctx, w, report, relation, property, always)
	return !slices.Equal(now, before), err
}

// always stands in place of a period where a relation has none.
const always = "*"

func ofPeriods(ctx context.Context, w *duck.Warehouse, relation string) (bool, error) {
	columns, err := w.Columns(ctx, relation)
	return slices.ContainsFunc(columns, func(c duck.Column) bool { return c.Name == "period" }), err
}
