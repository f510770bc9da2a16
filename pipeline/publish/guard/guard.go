// Package guard reads each finished notice as a passer-by would, and says what on it points at a person: telephone and identity
// card numbers, rooms, names.
//
// It doesn't trust what made the notice: numbers and rooms are looked for in the text of the PDF itself. It repairs nothing; what
// becomes of a notice is for the caller.
//
// Invariant: a text with a number of seven digits or more is found however the digits are parted, unless that very number is allowed.
package guard

import (
	"fmt"
	"slices"
	"strings"

	"noticeboard/pipeline/handoff"
)

// Kind is what a finding points at.
type Kind string

// The kinds.
const (
	Phone    Kind = "phone"
	IDNumber Kind = "id_number"
	Room     Kind = "room"
	Name     Kind = "name"
)

// Finding is one thing on a notice that points at a person.
type Finding struct {
	Kind  Kind
	Found string // as it stands on the notice
	Block string // file and line of the template's block; empty where no block said it
	Where string // the record and the line of the export that it came from; empty where that isn't known
}

// Written is a text of a record that staff wrote for the board, and where it stands in the exports.
type Written struct{ Property, Where, Text string }

// Lists is what a night knows of persons, and what it may say all the same.
type Lists struct {
	names   map[string]map[string]bool // property → key of a name
	longest int                        // of the names, in characters
	rooms   map[string]map[string]bool // property → key of building, unit and room
	written []Written
	allowed map[string]bool // digits of numbers, and keys of words
}

// Source is what Lists are made of.
type Source struct {
	Names   [][2]string // property, name of a resident
	Rooms   [][4]string // property, building, unit, room
	Written []Written
	Plan    []string // every word of the plan: names of zones and categories, offices, texts
	Allowed []string // what the configuration allows
	Posting []string // what a posting must carry: its numbers are allowed
}

// NewLists gets the lists ready to be searched. A name that is part of a word of the plan is nobody's.
func NewLists(s Source) *Lists {
	l := &Lists{names: map[string]map[string]bool{}, rooms: map[string]map[string]bool{}, written: s.Written, allowed: map[string]bool{}}
	for _, word := range s.Allowed {
		l.allowed[nameKey(word)] = true
		l.allowed[roomKey(word)] = true
		l.allowed[Digits(word)] = true
	}
	for _, text := range s.Posting {
		for _, n := range numbers(text) {
			l.allowed[Digits(n.text)] = true
		}
	}
	plan := nameKey(strings.Join(s.Plan, "\n"))
	for _, n := range s.Names {
		l.addName(n[0], nameKey(n[1]), plan)
	}
	for _, r := range s.Rooms {
		l.addRoom(r)
	}
	return l
}

func (l *Lists) addName(property, key, plan string) {
	if len([]rune(key)) < 2 || l.allowed[key] || len(occurrences(plan, key)) > 0 {
		return
	}
	if l.names[property] == nil {
		l.names[property] = map[string]bool{}
	}
	l.names[property][key] = true
	l.longest = max(l.longest, len([]rune(key)))
}

func (l *Lists) addRoom(r [4]string) {
	key := roomKey(strings.Join(r[1:], "|"))
	// A room alone is the same number in every house.
	if strings.Count(key, "|") == 0 || l.allowed[key] {
		return
	}
	if l.rooms[r[0]] == nil {
		l.rooms[r[0]] = map[string]bool{}
	}
	l.rooms[r[0]][key] = true
}

// Search reads one notice: its PDF, and what its blocks took from records as it stood there.
func (l *Lists) Search(pdf []byte, property string, said []handoff.Said) ([]Finding, error) {
	pieces, err := Text(pdf)
	if err != nil {
		return nil, err
	}
	var found []Finding
	note := func(f Finding) {
		same := func(other Finding) bool { return other.Kind == f.Kind && other.Found == f.Found }
		if !slices.ContainsFunc(found, same) {
			found = append(found, f)
		}
	}
	for _, s := range said {
		for _, f := range l.inWritten(property, s.Text) {
			f.Block, f.Where = s.Block, l.where(property, s.Text)
			note(f)
		}
	}
	for _, piece := range pieces {
		for _, f := range l.anywhere(piece) {
			note(f)
		}
	}
	return found, nil
}

// anywhere finds what no notice may say, whoever wrote it.
func (l *Lists) anywhere(text string) []Finding {
	var found []Finding
	for _, n := range numbers(text) {
		if !l.allowed[Digits(n.text)] {
			found = append(found, Finding{Kind: n.kind, Found: n.text})
		}
	}
	for _, r := range rooms(text) {
		if !l.allowed[roomKey(r)] {
			found = append(found, Finding{Kind: Room, Found: r})
		}
	}
	return found
}

// inWritten finds, besides, the names and rooms of residents: words of the program can't hold them but by chance.
func (l *Lists) inWritten(property, text string) []Finding {
	found := l.anywhere(text)
	for _, n := range l.namesIn(property, text) {
		found = append(found, Finding{Kind: Name, Found: n})
	}
	for _, r := range l.roomsIn(property, text) {
		if !slices.ContainsFunc(found, func(f Finding) bool { return f.Kind == Room && strings.Contains(roomKey(f.Found), roomKey(r)) }) {
			found = append(found, Finding{Kind: Room, Found: r})
		}
	}
	return found
}

// where names the record that a text came from.
func (l *Lists) where(property, text string) string {
	for _, w := range l.written {
		if w.Property == property && w.Text == text {
			return w.Where
		}
	}
	return ""
}

// Problem says what is wrong and which line of the configuration would allow it.
func (f Finding) Problem(notice string) (message, hint string) {
	kinds := map[Kind]string{Phone: "a number as long as a telephone's", IDNumber: "a number like an identity card's", Room: "building and room of a household", Name: "a resident's name"}
	message = fmt.Sprintf("%s is held back: it says %q, %s", notice, f.Found, kinds[f.Kind])
	if f.Block != "" {
		message += "; block " + f.Block
	}
	if f.Where != "" {
		message += "; from " + f.Where
	}
	return message, fmt.Sprintf("take it out of the text; if it points at nobody, allow it in noticeboard.yaml: notices: {allow: [%q]}", f.Found)
}
