package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sort"
	"time"

	"noticeboard/pipeline/approval"
	"noticeboard/pipeline/calendar"
	"noticeboard/pipeline/config"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/land"
	"noticeboard/pipeline/layer"
	"noticeboard/pipeline/model"
	"noticeboard/pipeline/pull"
	"noticeboard/pipeline/reference"
	"noticeboard/pipeline/render"
	"noticeboard/pipeline/words"
	"noticeboard/queries"
	"noticeboard/templates"
)

// Version counts what can change a report without a change of its inputs: it is part of the night's digest.
const Version = "0.1.0"

// Plan is everything that a night is made by, but for the exports and the date.
type Plan struct {
	Home       string // absolute
	Config     config.Config
	Location   *time.Location
	Catalog    model.Catalog
	Templates  []render.Template
	Books      map[string]*words.Book // by language
	References reference.Tables
	Calendar   *calendar.Calendar
	Digest     string // of all files that the plan was read from
	files      fs.FS  // templates, for fonts
}

// Read reads the plan of a home folder. All problems of all files come back in one fault of kind Configuration.
func Read(ctx context.Context, home string) (Plan, error) {
	home, err := filepath.Abs(home)
	if err != nil {
		return Plan{}, err
	}
	p := Plan{Home: home, Books: map[string]*words.Book{}}
	var problems []fault.Problem
	note := func(found []fault.Problem) { problems = append(problems, found...) }

	var found []fault.Problem
	p.Config, found = config.Load(filepath.Join(home, "noticeboard.yaml"))
	note(found)
	if p.Location, err = time.LoadLocation(p.Config.TimeZone); err != nil {
		p.Location = time.UTC // config.Load has said that the zone isn't known
	}
	sql := layer.Folder(filepath.Join(home, "queries"), queries.Files)
	p.files = layer.Folder(filepath.Join(home, "templates"), templates.Files)
	p.Catalog, found = model.Load(ctx, sql)
	note(found)
	for _, l := range words.Languages {
		p.Books[l], found = words.Load(p.files, l)
		note(found)
	}
	p.Templates, found = render.Load(p.files)
	note(found)
	note(p.Config.Unknown(p.Catalog.Metrics(), reports(p.Templates)))
	p.References, found = reference.Read(filepath.Join(home, "reference"), reference.Known{Metrics: p.Catalog.Metrics(), Properties: spellings(p.Config), Property: p.Config.Property})
	note(found)
	if p.Calendar, err = calendar.Load(p.Config.Region, p.References.Days()); err != nil && len(problems) == 0 {
		return p, err // a region that isn't known is among the problems of the configuration
	}
	if len(problems) > 0 {
		return p, fault.New(fault.Configuration, problems)
	}
	p.Digest, err = planDigest(home, sql, p.files)
	return p, err
}

// spellings lists every way in which the configuration writes a property.
func spellings(c config.Config) []string {
	list := []string{c.Property}
	for _, p := range c.Properties {
		list = append(list, append([]string{p.Code, p.Names.ZhHant, p.Names.ZhHans, p.Names.En}, p.Aliases...)...)
	}
	return list
}

func reports(templates []render.Template) []string {
	ids := []string{"R11"} // whose layout is that of the exports
	for _, t := range templates {
		ids = append(ids, t.Head.Report)
	}
	return ids
}

func notices(templates []render.Template) []string {
	var ids []string
	for _, t := range templates {
		if t.IsNotice() {
			ids = append(ids, t.Head.Report)
		}
	}
	return ids
}

// sources are those of the configuration, and the inbox folders of kinds that it doesn't name.
func (p Plan) sources() []config.Source { return pull.Sources(p.Config) }

func (p Plan) pullPlan() pull.Plan {
	return pull.Plan{Home: p.Home, Sources: p.sources(), Location: p.Location, Settle: p.Config.Limits.Settle}
}

// landedFolder is the only folder that SQL may read.
func (p Plan) landedFolder() string { return filepath.Join(p.Home, "archive", "landed") }

func (p Plan) landPlan() land.Plan {
	return land.Plan{Folder: p.landedFolder(), TempDir: filepath.Join(p.Home, "cache", "landing"), Sources: p.sources(), Limits: p.Config.Limits, Location: p.Location}
}

// Announce says in the first line of the log what holds although nobody wrote it down.
func (p Plan) Announce(log *slog.Logger, asOf time.Time) {
	log.Info("night", "date", asOf.Format(time.DateOnly), "home", p.Home, "time_zone", p.Config.TimeZone, "region", p.Config.Region, "languages", p.Config.Languages, "property", p.Config.Property)
}

// Check goes one step further than Read: it builds the warehouse of a world without exports, so that an error in a query or a
// template is found before the night.
func Check(ctx context.Context, p Plan) error {
	dir, err := os.MkdirTemp("", "noticeboard-check")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	w, err := model.Run(ctx, p.modelPlan(time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC), filepath.Join(dir, "empty.duckdb"), dir, nil), handoff.Landing{})
	if err != nil {
		return err
	}
	defer w.Close()
	return fault.New(fault.Configuration, append(p.checkTemplates(ctx, w), p.lockless()...))
}

// lockless lists the reports whose password isn't there.
func (p Plan) lockless() []fault.Problem { return p.Config.Passwords(os.Getenv, notices(p.Templates)) }

// planDigest covers every file that the plan was read from: configuration, reference files, queries, templates and words.
func planDigest(home string, trees ...fs.FS) (string, error) {
	h := sha256.New()
	add := func(name string, content []byte) { fmt.Fprintf(h, "%s\x00%d\x00%s", name, len(content), content) }
	for i, tree := range trees {
		err := fs.WalkDir(tree, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			content, err := fs.ReadFile(tree, path)
			add(fmt.Sprintf("%d/%s", i, path), content)
			return err
		})
		if err != nil {
			return "", err
		}
	}
	names, err := filepath.Glob(filepath.Join(home, "reference", "*"))
	if err != nil {
		return "", err
	}
	sort.Strings(names)
	for _, name := range append(names, filepath.Join(home, "noticeboard.yaml")) {
		if st, err := os.Stat(name); err == nil && st.IsDir() {
			continue // reference/examples is there to be copied from
		}
		content, err := os.ReadFile(name)
		if err != nil && !os.IsNotExist(err) {
			return "", err
		}
		add(filepath.Base(name), content)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// nightID is the digest of all inputs of a night: the same one means the same reports.
func (p Plan) nightID(asOf time.Time, landing handoff.Landing, published string, approvals []approval.Approval) (string, error) {
	type input struct {
		Source, Kind, Name, Digest, Date, HandedIn string
		Landed                                     int64
	}
	inputs := make([]input, len(landing.Files))
	for i, f := range landing.Files {
		inputs[i] = input{f.Source, f.Kind, f.Name, f.Digest, f.Date.Format(time.DateOnly), handedIn(f), f.Key}
	}
	content, err := json.Marshal([]any{Version, p.Digest, asOf.Format(time.DateOnly), inputs, published, approvals})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:]), nil
}

// handedIn is when returned rows were handed in: it decides which of two corrections counts. Of other files it decides nothing.
func handedIn(f handoff.Landed) string {
	if f.Mends == "" && f.Replaces == "" {
		return ""
	}
	return f.HandedIn.UTC().Format(time.RFC3339)
}
