// Package fault holds the one error that a person reads: what is wrong, where, and what to do.
//
// It is not for the errors that one function tells another; those are plain Go errors, wrapped here once they reach a person.
//
// Invariant: a fault lists every problem that was found, never only the first, and its kind decides the exit code.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says which of the exit codes a fault leads to.
type Kind int

// The kinds, in the order of their exit codes.
const (
	Internal      Kind = iota // a defect of ours, or of the machine (disk full, no permission)
	Usage                     // the command line is wrong
	Configuration             // configuration, queries, templates, words or reference files are wrong
	Check                     // a stop-check failed; nothing was published
	Locked                    // another run holds the lock
	NoInput                   // no input could be read; nothing was published
)

// Problem is one thing that is wrong.
type Problem struct {
	File    string // as a person would name it, relative to the home folder; empty when there is none
	Line    int    // 1-based; 0 when the file has no lines or the problem no place
	Message string // what is wrong
	Hint    string // what to do; may be empty
}

// String gives "file:line: message" and, on a line of its own, the hint.
func (p Problem) String() string {
	var b strings.Builder
	if p.File != "" {
		b.WriteString(p.File)
		if p.Line > 0 {
			fmt.Fprintf(&b, ":%d", p.Line)
		}
		b.WriteString(": ")
	}
	b.WriteString(p.Message)
	if p.Hint != "" {
		b.WriteString("\n  → " + p.Hint)
	}
	return b.String()
}

// Error is a fault: its kind, the room in which it came up, and its problems.
type Error struct {
	Kind     Kind
	Room     string
	Problems []Problem
	cause    error
}

// New makes a fault of the problems given. It returns nil when there is none, so that a collector can end with it.
func New(kind Kind, problems []Problem) error {
	if len(problems) == 0 {
		return nil
	}
	return &Error{Kind: kind, Problems: problems}
}

// Newf makes a fault of one problem without a place.
func Newf(kind Kind, format string, args ...any) error {
	return &Error{Kind: kind, Problems: []Problem{{Message: fmt.Sprintf(format, args...)}}}
}

// Hinted makes a fault of one problem without a place, and says what to do about it.
func Hinted(kind Kind, hint, format string, args ...any) error {
	return &Error{Kind: kind, Problems: []Problem{{Message: fmt.Sprintf(format, args...), Hint: hint}}}
}

// In names the room that an error came from. A nil error stays nil; a fault keeps its kind and problems.
func In(room string, err error) error {
	if err == nil {
		return nil
	}
	var f *Error
	if errors.As(err, &f) {
		if f.Room == "" {
			f.Room = room
		}
		return err
	}
	return &Error{Kind: Internal, Room: room, Problems: []Problem{{Message: err.Error()}}, cause: err}
}

// At says in which file an error came up. A nil error stays nil.
func At(file string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", file, err)
}

// KindOf gives the kind of an error: that of its fault, Internal for any other.
func KindOf(err error) Kind {
	var f *Error
	if errors.As(err, &f) {
		return f.Kind
	}
	return Internal
}

func (e *Error) Unwrap() error { return e.cause }

// Error prints one problem a line.
func (e *Error) Error() string {
	lines := make([]string, 0, len(e.Problems))
	for _, p := range e.Problems {
		lines = append(lines, p.String())
	}
	text := strings.Join(lines, "\n")
	if e.Room != "" && e.Kind == Internal {
		return e.Room + ": " + text
	}
	return text
}
