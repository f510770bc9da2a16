// Package workbook makes the Excel workbooks that managers and clerks read: it takes the relations that a template names, sets them
// out on sheets in the report's language, and writes an .xlsx.
//
// It computes no figure and knows no metric: which rows there are, in which order, and which case a sentence takes is decided in SQL.
//
// Invariant: the same warehouse, words and edition give the same bytes; and below each table stands how many rows it shows of how
// many its relation has.
package workbook

import (
	"context"
	"fmt"
	"time"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/render/head"
	"noticeboard/pipeline/words"
)

// Edition is what is particular to one workbook: for whom, of when, in which language.
type Edition struct {
	Report, Period   string
	Start, End, AsOf time.Time
	Property         string // code; * for the company
	Zone             string // code; empty for the whole property
	PropertyName     string
	ZoneName         string
	CompanyName      string
	Language         string
	Final            bool // the figures of the period are closed
	Personal         bool // residents' names and telephones are shown
	Password         string
}

func (e Edition) subject() head.Subject {
	switch {
	case e.Zone != "":
		return head.Zone
	case e.Property == "*":
		return head.Company
	default:
		return head.Property
	}
}

// Result is what is worth telling about a workbook that was made.
type Result struct {
	Title    string
	Headline []string // the sentences that a person should read first
	Warnings []string // cut texts, continued sheets, control lines that don't agree
}

// press is the state of one workbook in the making.
type press struct {
	template *Template
	source   *source
	speech   *speech
	edition  Edition
	ink      *ink
	sheets   []*sheet
	tabs     map[string]string // sheet id → name on the tab
	places   map[string]*place // table id → where it stands
	filters  int               // tables with a filter so far
	drawn    int               // charts so far
	lists    []*list
	maxRows  int
	result   Result
}

// sheetRows is how many rows a sheet of the format can hold.
const sheetRows = 1_048_576

// Render writes one workbook to path.
func (t *Template) Render(ctx context.Context, wh *duck.Warehouse, book *words.Book, e Edition, path string) (Result, error) {
	return t.render(ctx, wh, book, e, path, sheetRows)
}

func (t *Template) render(ctx context.Context, wh *duck.Warehouse, book *words.Book, e Edition, path string, maxRows int) (Result, error) {
	src := &source{ctx: ctx, warehouse: wh, edition: e}
	speech, err := newSpeech(book, src, t.Names)
	if err != nil {
		return Result{}, err
	}
	speech.turn(t.Period)
	p := &press{template: t, source: src, speech: speech, edition: e, tabs: map[string]string{}, places: map[string]*place{}, maxRows: maxRows}
	p.ink = newInk(e.Language)
	defer func() { p.ink.file.Close() }()
	if err := p.make(path); err != nil {
		return Result{}, fmt.Errorf("%s %s %s: %w", e.Report, e.Period, e.Property, err)
	}
	return p.result, nil
}

// make sets out every sheet before it draws: charts, sparklines and links point at sheets further on.
func (p *press) make(path string) error {
	if p.template.Own != nil {
		return p.fillOwn(path)
	}
	p.result.Title = p.speech.text(p.template.Title)
	p.nameTabs()
	for i := range p.template.Sheets {
		if s := &p.template.Sheets[i]; serves(s.For, p.edition.subject()) {
			if err := p.write(s); err != nil {
				return fmt.Errorf("sheet %s: %w", s.ID, err)
			}
		}
	}
	for _, s := range p.sheets {
		if err := p.finish(s); err != nil {
			return fmt.Errorf("sheet %s: %w", s.name, err)
		}
	}
	return p.save(path)
}

func (p *press) nameTabs() {
	for _, s := range p.template.Sheets {
		if serves(s.For, p.edition.subject()) {
			p.tabs[s.ID] = p.speech.text(s.Tab)
		}
	}
}

func (p *press) warn(format string, args ...any) {
	p.result.Warnings = append(p.result.Warnings, fmt.Sprintf(format, args...))
}
