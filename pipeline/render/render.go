// Package render makes the documents that are due on a date, from templates and the relations that they name.
//
// It computes no figure and lays nothing out itself: workbooks and notices are packages of their own below it.
//
// Invariant: the same warehouse, templates, words and date give the same bytes.
package render

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sort"
	"sync"
	"time"

	"noticeboard/pipeline/approval"
	"noticeboard/pipeline/config"
	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/layer"
	"noticeboard/pipeline/period"
	"noticeboard/pipeline/published"
	"noticeboard/pipeline/render/head"
	"noticeboard/pipeline/render/notice"
	"noticeboard/pipeline/render/returns"
	"noticeboard/pipeline/render/workbook"
	"noticeboard/pipeline/words"
)

// Template is one report as templates/ declares it: a workbook or a notice.
type Template struct {
	File     string
	Head     head.Head
	workbook *workbook.Template
	notice   *notice.Template
}

// Load reads templates/workbooks and templates/notices. All problems come back at once.
func Load(fsys fs.FS) ([]Template, []fault.Problem) {
	files, err := layer.Glob(fsys, ".", ".yaml")
	if err != nil {
		return nil, []fault.Problem{{File: "templates", Message: err.Error()}}
	}
	var templates []Template
	var problems []fault.Problem
	for _, name := range files {
		folder := path.Dir(name)
		if folder != "workbooks" && folder != "notices" {
			continue
		}
		content, err := fs.ReadFile(fsys, name)
		if err != nil {
			problems = append(problems, fault.Problem{File: "templates/" + name, Message: err.Error()})
			continue
		}
		t, bad := parse(fsys, "templates/"+name, folder, content)
		problems = append(problems, bad...)
		if len(bad) == 0 {
			templates = append(templates, t)
		}
	}
	sort.SliceStable(templates, func(i, j int) bool { return number(templates[i].Head.Report) < number(templates[j].Head.Report) })
	return templates, problems
}

// number sorts R2 before R10, and reports with other names after them.
func number(report string) int {
	n := 1000
	fmt.Sscanf(report, "R%d", &n)
	return n
}

func parse(fsys fs.FS, file, folder string, content []byte) (Template, []fault.Problem) {
	if folder == "notices" {
		n, problems := notice.Parse(file, content)
		if len(problems) > 0 {
			return Template{}, problems
		}
		return Template{File: file, Head: n.Head, notice: n}, nil
	}
	w, problems := workbook.Parse(file, content)
	if len(problems) == 0 {
		problems = w.Join(fsys)
	}
	if len(problems) > 0 {
		return Template{}, problems
	}
	return Template{File: file, Head: w.Head, workbook: w}, nil
}

// Check finds what a template names and the warehouse or the words don't have.
func (t Template) Check(book *words.Book, columns func(relation string) ([]duck.Column, bool), printable []string) []fault.Problem {
	if t.notice != nil {
		return t.notice.Check(book, columns, printable)
	}
	return t.workbook.Check(book, columns)
}

// IsNotice tells a notice from a workbook.
func (t Template) IsNotice() bool { return t.notice != nil }

// NeedsApproval tells a notice that is a draft until somebody approves it.
func (t Template) NeedsApproval() bool { return t.notice != nil && t.notice.Approval }

// Relations lists the relations that a template reads, by name.
func (t Template) Relations() []string {
	if t.notice != nil {
		return t.notice.Relations()
	}
	return t.workbook.Relations()
}

// Plan is what rendering needs beside the warehouse.
type Plan struct {
	Templates []Template
	Books     map[string]*words.Book
	Config    config.Config
	Fonts     func() (*notice.Fonts, error) // loaded when the first notice is due
	AsOf      time.Time
	CloseDay  bool                   // D is the working day on which first editions become final
	Staging   string                 // the folder to fill; it must not exist
	Approvals []approval.Approval    // of all notices
	Wanted    *Wanted                // nil: all that is due
	Done      func(handoff.Document) // called after each document; may be nil
}

// Wanted asks for one report again, of a period, whether or not it is due.
type Wanted struct {
	Report   string
	Period   period.Period
	Property string // code; empty: all
	Final    bool   // the period is closed
}

// Run renders every document that is due into the staging folder.
func Run(ctx context.Context, plan Plan, w *duck.Warehouse) (handoff.Pack, error) {
	if err := os.MkdirAll(plan.Staging, 0o755); err != nil {
		return handoff.Pack{}, err
	}
	estate, err := estateOf(ctx, w)
	if err != nil {
		return handoff.Pack{}, err
	}
	jobs, err := plan.due(ctx, w, estate)
	if err != nil {
		return handoff.Pack{}, err
	}
	pack := handoff.Pack{Folder: plan.Staging, Documents: make([]handoff.Document, len(jobs))}
	done := plan.oneAtATime()
	err = w.SideBySide(len(jobs), func(hand *duck.Warehouse, i int) (err error) {
		if err := ctx.Err(); err != nil {
			return err
		}
		t, e := jobs[i].template, jobs[i].edition
		if pack.Documents[i], err = plan.document(ctx, hand, t, e); err != nil {
			return fmt.Errorf("%s for %s %s: %w", t.Head.Report, e.property, e.period, err)
		}
		done(pack.Documents[i])
		return nil
	})
	if err != nil {
		return pack, err
	}
	if err := plan.returnRows(ctx, w, &pack); err != nil {
		return pack, fmt.Errorf("R11: %w", err)
	}
	return pack, holes(plan.Books)
}

// job is one document to make.
type job struct {
	template Template
	edition  edition
}

// due lists the documents to make, in the order of the templates.
func (p Plan) due(ctx context.Context, w *duck.Warehouse, estate estate) ([]job, error) {
	var jobs []job
	for _, t := range p.Templates {
		editions, err := p.allEditions(ctx, w, t, estate)
		if err != nil {
			return nil, err
		}
		for _, e := range editions {
			wanted, err := p.wanted(ctx, w, t, e)
			if err != nil {
				return nil, err
			}
			if wanted {
				jobs = append(jobs, job{t, e})
			}
		}
	}
	return jobs, nil
}

// oneAtATime tells of documents that are made side by side, one after the other.
func (p Plan) oneAtATime() func(handoff.Document) {
	var telling sync.Mutex
	return func(d handoff.Document) {
		telling.Lock()
		defer telling.Unlock()
		if p.Done != nil {
			p.Done(d)
		}
	}
}

// Returned makes R11, which no template lays out: its layout is that of the exports.
func (p Plan) Returned(ctx context.Context, w *duck.Warehouse) ([]handoff.Document, error) {
	last := p.lastDay()
	return returns.Run(ctx, returns.Plan{
		Books: p.Books, Languages: p.languages(returns.Report, nil), Period: last.String(), AsOf: p.AsOf, Folder: p.Staging, PropertyName: p.propertyName,
		CompanyName: p.Config.Company.In, HidePersons: !p.Config.Personal(returns.Report),
	}, w)
}

func (p Plan) lastDay() period.Period { return period.Of(period.Day, p.AsOf.AddDate(0, 0, -1)) }

// returnRows adds R11 to what is due, where rows wait to be mended.
func (p Plan) returnRows(ctx context.Context, w *duck.Warehouse, pack *handoff.Pack) error {
	if p.Wanted != nil && (p.Wanted.Report != returns.Report || p.Wanted.Period != p.lastDay()) {
		return nil
	}
	documents, err := p.Returned(ctx, w)
	pack.Documents = append(pack.Documents, documents...)
	if p.Done != nil {
		for _, d := range documents {
			p.Done(d)
		}
	}
	return err
}

// wanted tells whether there is something to say, where a report is due for what a relation holds.
func (p Plan) wanted(ctx context.Context, w *duck.Warehouse, t Template, e edition) (bool, error) {
	switch {
	case p.Wanted != nil:
		return true, nil
	case t.Head.On(head.Rows):
		n, err := w.Count(ctx, t.Head.Watch, duck.Cut{Property: e.property, Zone: e.zone})
		return n > 0, err
	case t.Head.On(head.Change):
		return published.Changed(ctx, w, t.Head.Report, t.Head.Watch, e.property)
	default:
		return true, nil
	}
}

// holes is the error for words that a document asked for and no language file has.
func holes(books map[string]*words.Book) error {
	var problems []fault.Problem
	for _, language := range words.Languages {
		if b := books[language]; b != nil {
			for _, key := range b.Missing() {
				problems = append(problems, fault.Problem{File: "templates/text/" + language, Message: fmt.Sprintf("there is no text for %q", key), Hint: "add it to one of the files there"})
			}
		}
	}
	return fault.New(fault.Configuration, problems)
}

func (p Plan) document(ctx context.Context, w *duck.Warehouse, t Template, e edition) (handoff.Document, error) {
	suffix := "xlsx"
	if t.notice != nil {
		suffix = "pdf"
	}
	language := e.language
	if !e.severalLanguages {
		language = ""
	}
	if language != "" && t.notice != nil && p.second(t, e) != nil {
		language += "+" + english
	}
	if e.paper == "A3" {
		suffix = "A3." + suffix
	}
	d := handoff.Document{Report: t.Head.Report, Name: t.Head.FileName(e.period.String(), e.property, e.zone, language, suffix), Property: e.property, Zone: e.zone, Period: e.period.String(), Language: e.language}
	target := filepath.Join(p.Staging, d.Name)
	book := p.Books[e.language]
	if t.notice != nil {
		return p.drawn(ctx, w, t, e, d, book, target)
	}
	result, err := t.workbook.Render(ctx, w, book, workbook.Edition{
		Report: t.Head.Report, Period: d.Period, Start: e.period.Start, End: e.period.End, AsOf: p.AsOf,
		Property: e.property, Zone: e.zone, PropertyName: e.propertyName, ZoneName: e.zoneName, CompanyName: p.Config.Company.In(e.language),
		Language: e.language, Final: e.final,
		Personal: p.Config.Personal(t.Head.Report), Password: os.Getenv(p.Config.Reports[t.Head.Report].PasswordEnv),
	}, target)
	d.Title, d.Headline, d.Warnings = result.Title, result.Headline, result.Warnings
	return d, err
}

// english is the language that stands beside Chinese on bilingual notices.
const english = "en"

// second is the other language of a notice, where it has two.
func (p Plan) second(t Template, e edition) *notice.Second {
	if !p.Config.Reports[t.Head.Report].Bilingual || e.language == english {
		return nil
	}
	return &notice.Second{Book: p.Books[english], PropertyName: p.propertyName(e.property, english), CompanyName: p.Config.Company.In(english)}
}

func (p Plan) drawn(ctx context.Context, w *duck.Warehouse, t Template, e edition, d handoff.Document, book *words.Book, target string) (handoff.Document, error) {
	fonts, err := p.Fonts()
	if err != nil {
		return d, err
	}
	s, err := p.standingOf(ctx, w, t, e)
	if err != nil {
		return d, err
	}
	file, err := os.Create(target)
	if err != nil {
		return d, err
	}
	defer file.Close()
	result, err := t.notice.Render(ctx, w, book, fonts, notice.Edition{
		Report: t.Head.Report, Period: d.Period, Start: e.period.Start, End: e.period.End, AsOf: s.rowsOf, PostedFrom: s.posted, Corrects: s.corrects, Rows: s.rows,
		Property: e.property, PropertyName: e.propertyName, CompanyName: p.Config.Company.In(e.language), Language: e.language, Number: s.number, Draft: s.draft,
		Posting: p.Config.PostingOf(e.property), PostingDays: p.Config.Notices.PostingDays, PostingRule: p.Config.Notices.PostingRule, Paper: e.paper, Second: p.second(t, e),
	}, file)
	if err != nil {
		return d, err
	}
	d.Title, d.Headline, d.Warnings, d.Said = result.Title, result.Headline, append(result.Warnings, s.warnings...), result.Said
	d.Edition, d.Draft, d.RowsOf, d.Reprint = s.number, s.draft, s.rowsOf, s.rows != nil
	return d, file.Close()
}
