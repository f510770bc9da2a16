package pipeline

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"noticeboard/pipeline/check"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/land"
	"noticeboard/pipeline/model"
	"noticeboard/pipeline/publish"
	"noticeboard/pipeline/pull"
	"noticeboard/pipeline/render"
)

// Outcome is how a night ended.
type Outcome struct {
	Receipt   publish.Receipt
	Landing   handoff.Landing
	Unchanged bool // the same night was published before
}

// Night makes everything that is due on a date and publishes it, or changes nothing.
func Night(ctx context.Context, plan Plan, asOf time.Time, watch Watch) (Outcome, error) {
	if err := fault.New(fault.Configuration, plan.lockless()); err != nil {
		return Outcome{}, err
	}
	unlock, err := lock(plan.Home)
	if err != nil {
		return Outcome{}, err
	}
	defer unlock()
	if err := plan.archive().Commit(plan.publishedID); err != nil {
		return Outcome{}, fault.In("publish", err)
	}

	watch.enter("pull")
	delivery, err := pull.Run(ctx, plan.pullPlan())
	if err != nil {
		return Outcome{}, fault.In("pull", err)
	}
	watch.enter("land")
	landing, err := land.Run(ctx, plan.landPlan(), delivery)
	if err != nil {
		return Outcome{}, fault.In("land", err)
	}
	if err := watch.landed(delivery, landing); err != nil {
		return Outcome{}, err
	}
	night, err := plan.night(asOf, landing)
	if err != nil {
		return Outcome{}, err
	}
	if done, ok := night.published(); ok {
		return Outcome{Receipt: done, Landing: landing, Unchanged: true}, publish.Latest(plan.out())
	}
	watch.enter("model")
	warehouse, err := model.Run(ctx, night.model(watch), landing)
	if err != nil {
		return Outcome{}, fault.In("model", err)
	}
	defer warehouse.Close()
	watch.enter("check")
	verdict, err := check.Run(ctx, warehouse, plan.Catalog)
	if err != nil {
		return Outcome{}, fault.In("check", err)
	}
	if err := verdict.Fault(); err != nil {
		return Outcome{}, fault.In("check", err)
	}
	watch.verdict(verdict)
	watch.enter("render")
	defer os.RemoveAll(night.staging())
	pack, err := render.Run(ctx, night.render(watch), warehouse)
	if err != nil {
		return Outcome{}, fault.In("render", err)
	}
	watch.enter("publish")
	pack, held, err := night.holdBack(ctx, warehouse, pack, watch)
	if err != nil {
		return Outcome{}, fault.In("publish", err)
	}
	manifest, err := night.manifest(ctx, warehouse, landing, verdict)
	if err != nil {
		return Outcome{}, fault.In("publish", err)
	}
	manifest.Held = held
	if manifest.Copy, err = night.copyWarehouse(ctx, warehouse, manifest.Relations); err != nil {
		return Outcome{}, fault.In("publish", err)
	}
	if err := night.keep(ctx, warehouse, pack); err != nil {
		return Outcome{}, fault.In("publish", err)
	}
	receipt, err := publish.Run(plan.out(), pack, manifest)
	if err != nil {
		return Outcome{}, fault.In("publish", err)
	}
	if err := plan.archive().Commit(plan.publishedID); err != nil {
		return Outcome{}, fault.In("publish", err)
	}
	watch.enter("")
	return Outcome{Receipt: receipt, Landing: landing}, nil
}

// Watch is told how a night goes. Its fields may be nil.
type Watch struct {
	Log   *slog.Logger
	Room  func(name string, took time.Duration) // after each room
	Model func(relation string, took time.Duration)
	state *state
}

type state struct {
	room    string
	started time.Time
}

// NewWatch makes a watch that logs, and tells the two functions, either of which may be nil, what took how long.
func NewWatch(log *slog.Logger, room, relation func(string, time.Duration)) Watch {
	return Watch{Log: log, Room: room, Model: relation, state: &state{}}
}

func (w Watch) enter(room string) {
	if w.state == nil {
		return
	}
	if w.state.room != "" {
		took := time.Since(w.state.started)
		w.Log.Info("room done", "room", w.state.room, "seconds", took.Round(time.Millisecond).Seconds())
		if w.Room != nil {
			w.Room(w.state.room, took)
		}
	}
	w.state.room, w.state.started = room, time.Now()
}

// verdict logs what the checks found that ends no night.
func (w Watch) verdict(v check.Verdict) {
	for _, finding := range v.Warnings {
		if w.Log != nil {
			w.Log.Warn(finding.What, "check", finding.File, "rows", finding.Rows)
		}
	}
}

// landed logs what became of the exports. It is an error if none of them can be read.
func (w Watch) landed(delivery handoff.Delivery, landing handoff.Landing) error {
	if w.Log != nil {
		for _, l := range delivery.Left {
			w.Log.Info("left in the inbox: "+l.Reason, "source", l.Source, "file", l.Name)
		}
		if delivery.Seen > 0 {
			w.Log.Info("skipped, the same bytes as before", "files", delivery.Seen)
		}
	}
	for _, f := range landing.Files {
		w.file(f)
	}
	return readable(delivery, landing)
}

// needAPerson are the issues of a file that somebody must look into: numbers that disagree, or what may not have been read.
var needAPerson = []string{"control_total", "left_out", "unreadable_text"}

// file logs what became of one export: a line, a warning where something needs a person.
func (w Watch) file(f handoff.Landed) {
	if w.Log == nil {
		return
	}
	log := w.Log.With("source", f.Source, "file", f.Name, "date", f.Date.Format(time.DateOnly))
	if f.Refused != nil {
		log.Warn("refused: "+f.Refused.Message, "reason", f.Refused.Reason, "hint", f.Refused.Hint)
	} else {
		log.Info("landed", "read", f.Read, "good", f.Good, "rejected", f.Rejected)
	}
	for _, n := range f.Notes {
		level := slog.LevelInfo
		if slices.Contains(needAPerson, n.Issue) {
			level = slog.LevelWarn
		}
		log.Log(context.Background(), level, n.Message, "issue", n.Issue, "rows", n.Rows)
	}
}

// readable is the fault of a night none of whose files can be read.
func readable(delivery handoff.Delivery, landing handoff.Landing) error {
	var problems []fault.Problem
	for _, l := range delivery.Left {
		problems = append(problems, fault.Problem{File: l.Name, Message: "left in the inbox: " + l.Reason})
	}
	for _, f := range landing.Files {
		if f.Refused == nil {
			return nil
		}
		hint := f.Refused.Hint
		if f.Rows != "" {
			hint = "noticeboard rejects --write DIR gives it back as a workbook that says which rows and why: correct them there, and put it into the inbox"
		}
		problems = append(problems, fault.Problem{File: f.Name, Message: f.Refused.Message, Hint: hint})
	}
	if len(problems) == 0 {
		return fault.Hinted(fault.NoInput, "put ticket exports into inbox/tickets (callbacks into inbox/callbacks, inspections into inbox/inspections), or name sources in noticeboard.yaml",
			"there is no export to read")
	}
	return fault.New(fault.NoInput, problems)
}

func (p Plan) out() string { return filepath.Join(p.Home, "out") }
