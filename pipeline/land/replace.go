package land

import (
	"cmp"
	"slices"
	"strings"

	"noticeboard/pipeline/handoff"
)

// replace puts files that are handed in for one refused whole in its place: they get its file date, and of several the last that
// could be loaded counts. Those that it replaces hold nothing.
func replace(landing handoff.Landing) {
	handedIn := map[[2]string][]*handoff.Landed{}
	for i := range landing.Files {
		if f := &landing.Files[i]; f.Replaces != "" {
			handedIn[[2]string{f.Kind, f.Replaces}] = append(handedIn[[2]string{f.Kind, f.Replaces}], f)
		}
	}
	for i := range landing.Files {
		original := &landing.Files[i]
		list := handedIn[[2]string{original.Kind, original.Digest}]
		if len(list) == 0 {
			continue
		}
		chosen := lastOf(list)
		for _, f := range list {
			f.Date = original.Date
			if f != chosen && (f.Refused == nil || later(chosen, f) > 0) {
				giveUp(f, chosen.Name)
			}
		}
		giveUp(original, chosen.Name)
	}
}

// lastOf gives the last file that could be loaded; the last of all where none could.
func lastOf(list []*handoff.Landed) *handoff.Landed {
	slices.SortFunc(list, later)
	for _, f := range slices.Backward(list) {
		if f.Refused == nil {
			return f
		}
	}
	return list[len(list)-1]
}

// later compares files by when they were handed in; of the same moment, by name and digest.
func later(a, b *handoff.Landed) int {
	return cmp.Or(a.HandedIn.Compare(b.HandedIn), strings.Compare(a.Name, b.Name), strings.Compare(a.Digest, b.Digest), strings.Compare(a.Source, b.Source))
}

func giveUp(f *handoff.Landed, to string) {
	*f = handoff.Landed{File: f.File, Key: f.Key, Layout: f.Layout, Replaces: f.Replaces, Replaced: to,
		Notes: []handoff.Note{{Message: "replaced by " + to}}}
}
