// Package notice makes the notices that residents read on the board: it takes the public relations that a template names, sets them
// in a property's words, and writes a PDF.
//
// It computes no figure and decides nothing about privacy: whatever stands in a public relation may be printed, and nothing else can
// be named. Typography is for package typeset, the PDF for package sheet.
//
// Invariant: the same warehouse, words, fonts and edition give the same bytes.
package notice

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/render/notice/sheet"
	"noticeboard/pipeline/render/notice/typeset"
	"noticeboard/pipeline/words"
)

// Edition is what is particular to one notice: for whom, of when, and what a public posting must say.
type Edition struct {
	Report, Period   string
	Start, End, AsOf time.Time
	Property         string
	PropertyName     string
	CompanyName      string
	Language         string
	PostedFrom       time.Time           // AsOf by default
	Corrects         time.Time           // the day from which the edition before this one was posted; zero: there was none
	Rows             map[string][]string // rows of relations as JSON, kept by an earlier night, in place of the warehouse's
	Number           int                 // of the edition, from 1
	Draft            bool                // not approved yet
	Posting          config.Posting
	PostingDays      int
	PostingRule      string
	Paper            string  // A4 (default) or A3
	Second           *Second // of a bilingual notice; nil: there is one language
}

func (e Edition) paper() string {
	if e.Paper == "A3" {
		return "A3"
	}
	return "A4"
}

// Result is what is worth telling about a notice that was made.
type Result struct {
	Pages    int
	Title    string
	Headline []string // the lead's sentences
	Warnings []string
	Said     []handoff.Said // what it takes from relations as it stands there
}

// Fonts are the faces that notices are set in.
type Fonts = typeset.Fonts

// densities are tried in turn until the notice keeps to its pages: an ever finer grid, then smaller type where the paper has type to
// spare.
var densities = []density{{1.55, 1, false}, {1.5, 1, false}, {1.45, 1, false}, {1.4, 1, false}, {1.35, 1, false}, {1.4, 0.9, false}}

// sparing are tried at last: without what can be spared.
var sparing = []density{{1.55, 1, true}, {1.45, 1, true}, {1.35, 1, true}, {1.4, 0.9, true}}

// larger are tried first for a short notice that may grow: it is read from a distance.
var larger = []density{{1.55, 1.35, false}, {1.55, 1.2, false}}

type density struct {
	leading float64 // of body text, in ems: the step of the grid
	large   float64 // of type; smaller than 1 on A3 alone, where type is large to begin with
	strict  bool    // without blocks that can be spared
}

// Render writes one notice.
func (t *Template) Render(ctx context.Context, wh *duck.Warehouse, book *words.Book, fonts *Fonts, e Edition, out io.Writer) (Result, error) {
	source := &source{ctx: ctx, warehouse: wh, cut: duck.Cut{Property: e.Property, Period: e.Period}, kept: map[string][]row{}}
	if err := source.keep(e.Rows); err != nil {
		return Result{}, err
	}
	s, doc, err := t.shortest(source, book, fonts, e)
	if err != nil {
		return Result{}, fmt.Errorf("%s %s %s: %w", e.Report, e.Period, e.Property, err)
	}
	if err := doc.Write(out); err != nil {
		return Result{}, err
	}
	return Result{Pages: len(doc.Pages), Title: doc.Title, Headline: s.headline, Warnings: s.allWarnings(len(doc.Pages)), Said: s.allQuoted()}, nil
}

// shortest sets the notice with as much blank as its pages allow, its front on one page and no page almost empty. Where not all of that
// can be had, the best of what was tried stands.
func (t *Template) shortest(source *source, book *words.Book, fonts *Fonts, e Edition) (*setter, *sheet.Document, error) {
	var best *setter
	var chosen *sheet.Document
	least := 0
	for _, attempt := range t.attempts() {
		s, err := newSetter(source, t, book, fonts, e, attempt.density)
		if err != nil {
			return nil, nil, err
		}
		doc, err := s.document()
		if err != nil {
			return nil, nil, err
		}
		faults := attempt.faults(len(doc.Pages), s.filled, s.overrun)
		if faults == 0 {
			return s, doc, nil
		}
		if attempt.density.large <= 1 && (best == nil || faults < least) {
			best, chosen, least = s, doc, faults
		}
	}
	return best, chosen, nil
}

// attempt is a density and how many pages it may take; 0: any number.
type attempt struct {
	density density
	pages   int
}

// emptiest is how little of the last page may be used.
const emptiest = 0.2

// faults weighs what is wrong with a setting: too many pages most, then a front that overruns, then a page almost empty.
func (a attempt) faults(pages int, filled float64, overrun bool) int {
	n := 0
	if a.pages > 0 && pages > a.pages {
		n += 4 * (pages - a.pages)
	}
	if overrun {
		n += 2
	}
	if pages > 1 && filled < emptiest {
		n++
	}
	return n
}

// attempts lists what is tried: large on one page, then the pages that the notice should have, those that it may have, and less of it.
func (t *Template) attempts() []attempt {
	var list []attempt
	add := func(densities []density, pages int) {
		for _, d := range densities {
			list = append(list, attempt{d, pages})
		}
	}
	if t.Grow {
		add(larger, 1)
	}
	for pages := t.Pages; pages <= t.limit(); pages++ {
		add(densities, pages)
	}
	if t.limit() > 0 {
		add(sparing, t.limit())
	}
	return list
}

func (t *Template) limit() int { return max(t.Pages, t.AtMost) }

func (s *setter) allQuoted() []handoff.Said {
	if s.also == nil {
		return s.quoted
	}
	return slices.Concat(s.quoted, s.also.quoted)
}

func (s *setter) allWarnings(pages int) []string {
	s.missing("the frame: office, names, posting fields")
	warnings := slices.Clone(s.warnings)
	if limit := s.template.limit(); limit > 0 && pages > limit {
		warnings = append(warnings, fmt.Sprintf("the notice has %d pages, its template allows %d", pages, limit))
	}
	if s.also != nil {
		warnings = append(warnings, s.also.warnings...)
	}
	return warnings
}
