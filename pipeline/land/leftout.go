package land

import (
	"slices"
	"strings"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/decode"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/record"
)

// leftOut is a sheet that isn't read, since its header isn't that of those which are.
type leftOut struct {
	decode.Sheet
	header header
	filled int // cells of its fullest row among the first
}

// lookAtLeftOut makes sure that no record is left out unsaid. A sheet of a workbook that holds records is a warning: the one that fits best is
// read, and it may be the same records again. A member of an archive is an export of its own: the archive is refused.
func (l *layout) lookAtLeftOut() error {
	var others, holding []string
	for _, s := range l.over {
		holds := s.kind(l.kind, l.source)
		if s.Member != "" && !l.reads(s.Member) && s.filled > 1 {
			why := "none of its first rows names columns of " + l.kind.Name
			if holds != "" {
				why = strings.TrimSuffix("it holds "+holds+" under another header: "+shortList(s.header.names), ": ")
			}
			return refusal("unlike_members", "hand in the members of the archive as files of their own, each in the folder of its kind", "%s isn't like the others, whose columns are %s; %s",
				s.Member, shortList(l.header.names), why)
		}
		name := s.Name
		if name == "" {
			name = s.Member
		}
		if holds != "" {
			holding = append(holding, name+" ("+holds+")")
		} else if name != "" {
			others = append(others, name)
		}
	}
	if len(others) > 0 {
		l.notes = append(l.notes, "sheets passed over: "+shortList(others))
	}
	if len(holding) > 0 {
		l.issues = append(l.issues, handoff.Note{Issue: "left_out", Rows: int64(len(holding)), Message: "sheets that hold records are not read, since their header is another one " +
			"(give all the same header, hand them in as files of their own, or name the one to read as the source's sheet): " + shortList(holding)})
	}
	return nil
}

// reads tells whether a sheet of a member is read.
func (l layout) reads(member string) bool {
	return slices.ContainsFunc(l.sheets, func(s sheet) bool { return s.Member == member })
}

// kind names the kind of record that a sheet left out holds: all that is required is there. Empty where there is none.
func (s leftOut) kind(read record.Kind, source config.Source) string {
	if (layout{kind: read, source: source, matches: matcherOf(read, source).match(s.header)}).complete() {
		return read.Name
	}
	head, err := s.Head(headerWithin + 1)
	if err != nil {
		return ""
	}
	for _, other := range record.Kinds() {
		m := matcherOf(other, config.Source{})
		if h, ok := findHeader(head, m, config.Source{}); ok && (layout{kind: other, matches: m.match(h)}).complete() {
			return other.Name
		}
	}
	return ""
}
