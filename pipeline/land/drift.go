package land

import (
	"fmt"
	"slices"
	"strings"

	"noticeboard/pipeline/handoff"
)

// drift compares the layout of each export with those that its source has delivered before, and notes what is new, missing, renamed or
// in another order than in the nearest of them. A layout that came before is no news: two systems may deliver into one folder by turns.
// A file without a header says nothing; nor do returned rows, whose layout is that of an older export.
func drift(landing handoff.Landing) {
	before := map[[2]string][]handoff.Landed{} // the newest file of each layout, the newest last
	for i := range landing.Files {
		f := &landing.Files[i]
		if len(f.Layout.Columns) == 0 || f.Mends != "" || f.Replaced != "" {
			continue
		}
		source := [2]string{f.Source, f.Kind}
		if nearest, changed, what := nearestLayout(before[source], f.Layout); changed > 0 {
			f.Notes = append(slices.Clone(f.Notes), handoff.Note{Issue: "drift", Rows: int64(changed), Message: "its columns are not those of " + nearest + ": " + what})
		}
		if f.Refused == nil {
			same := func(other handoff.Landed) bool { changed, _ := drifted(other.Layout, f.Layout); return changed == 0 }
			before[source] = append(slices.DeleteFunc(before[source], same), *f)
		}
	}
}

// nearestLayout finds the file whose layout differs by the fewest columns, of equal ones the newest, and says how.
func nearestLayout(before []handoff.Landed, layout handoff.Layout) (name string, changed int, what string) {
	for i, other := range slices.Backward(before) {
		count, said := drifted(other.Layout, layout)
		if i == len(before)-1 || count < changed {
			name, changed, what = other.Name, count, said
		}
	}
	return name, changed, what
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
