package land

import (
	"fmt"
	"slices"
	"strings"

	"noticeboard/pipeline/handoff"
)

// drift compares the layout of each export with that of the one before it in its source, and notes what is new, missing, renamed or in
// another order. A file without a header says nothing; nor do returned rows, whose layout is that of an older export.
func drift(landing handoff.Landing) {
	before := map[[2]string]handoff.Landed{}
	for i := range landing.Files {
		f := &landing.Files[i]
		if len(f.Layout.Columns) == 0 || f.Mends != "" || f.Replaced != "" {
			continue
		}
		source := [2]string{f.Source, f.Kind}
		if last, there := before[source]; there {
			if changed, what := drifted(last.Layout, f.Layout); changed > 0 {
				f.Notes = append(slices.Clone(f.Notes), handoff.Note{Issue: "drift", Rows: int64(changed), Message: "its columns are not those of " + last.Name + ": " + what})
			}
		}
		if f.Refused == nil {
			before[source] = *f
		}
	}
}

// drifted says how a layout differs from the one before, and by how many columns.
func drifted(was, is handoff.Layout) (changed int, what string) {
	gone, come := without(was.Columns, is.Columns), without(is.Columns, was.Columns)
	var said []string
	var renamed []string
	for _, old := range slices.Clone(gone) {
		at := slices.IndexFunc(come, func(h handoff.Heading) bool { return old.Field != "" && h.Field == old.Field })
		if at < 0 {
			continue
		}
		renamed = append(renamed, fmt.Sprintf("%s is now %s (%s)", old.Name, come[at].Name, old.Field))
		come = slices.Delete(come, at, at+1)
		gone = slices.DeleteFunc(gone, func(h handoff.Heading) bool { return h == old })
	}
	for _, part := range []struct {
		word string
		list []string
	}{{"missing", headed(gone)}, {"new", headed(come)}, {"renamed", renamed}} {
		if len(part.list) > 0 {
			said = append(said, part.word+" "+strings.Join(part.list, ", "))
			changed += len(part.list)
		}
	}
	if moved := reordered(was.Columns, is.Columns); changed == 0 && moved > 0 {
		said, changed = append(said, fmt.Sprintf("in another order (%d columns)", moved)), moved
	}
	return changed, strings.Join(said, "; ")
}

// without lists the named columns that another layout doesn't have. A column that now serves another field counts as another.
func without(columns, other []handoff.Heading) []handoff.Heading {
	var list []handoff.Heading
	for _, c := range columns {
		if c.Name != "" && !slices.Contains(other, c) {
			list = append(list, c)
		}
	}
	return list
}

// headed gives the names of columns, with the field that is lost or won.
func headed(columns []handoff.Heading) []string {
	var list []string
	for _, c := range columns {
		name := c.Name
		if c.Field != "" {
			name += " (" + c.Field + ")"
		}
		list = append(list, name)
	}
	return list
}

// reordered counts the columns that stand elsewhere among the named ones.
func reordered(was, is []handoff.Heading) int {
	a, b := without(was, nil), without(is, nil)
	moved := 0
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			moved++
		}
	}
	return moved
}
