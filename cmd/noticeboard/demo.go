package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/pflag"

	"noticeboard/fixtures"
	"noticeboard/pipeline"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/pull"
)

// The two demo nights: a Monday, and the 1 July after it, when the month and the half-year reports are due.
var demoNights = []string{"2026-06-29", "2026-07-01"}

func demo() command {
	var logFormat string
	var verbose bool
	return command{
		name:  "demo",
		use:   "demo",
		about: "make the reports of two nights from an invented estate, in a home of its own below ./out",
		flags: func(f *pflag.FlagSet) {
			f.BoolVarP(&verbose, "verbose", "v", false, "print the log of both nights")
			f.StringVar(&logFormat, "log-format", "text", "text or json")
		},
		run: func(ctx context.Context, args []string, out, log io.Writer) (int, error) {
			if len(args) > 0 {
				return 0, fault.Newf(fault.Usage, "demo takes no arguments: %q", args)
			}
			if isHome(".") {
				return 0, fault.Hinted(fault.Usage, "run it in an empty folder", "this is a home folder, and a demo's reports must never be taken for real ones")
			}
			if !verbose {
				log = io.Discard
			}
			return runDemo(ctx, out, log, logFormat)
		},
	}
}

func runDemo(ctx context.Context, out, log io.Writer, logFormat string) (int, error) {
	logger, err := newLogger(log, logFormat)
	if err != nil {
		return 0, err
	}
	home := filepath.Join("out", "demo")
	if err := clearDemo(home); err != nil {
		return 0, err
	}
	last := exitPublished
	for _, night := range demoNights {
		asOf, err := time.Parse(time.DateOnly, night)
		if err != nil {
			return 0, err
		}
		if err := deliver(home, asOf); err != nil {
			return 0, err
		}
		plan, err := pipeline.Read(ctx, home)
		if err != nil {
			return 0, err
		}
		plan.Config.Limits.Settle = 0 // the exports were written just now, and nobody else writes to them
		outcome, err := pipeline.Night(ctx, plan, asOf, pipeline.NewWatch(logger, nil, nil))
		if err != nil {
			return 0, err
		}
		fmt.Fprintf(out, "night of %s\n", night)
		if err := link(home, night); err != nil {
			return 0, err
		}
		reportIn(out, filepath.Join("out", "latest"), outcome)
		last = code(outcome)
	}
	return last, nil
}

// marker tells a demo's home from a real one, which clearDemo must never remove.
const marker = ".demo"

func clearDemo(home string) error {
	if _, err := os.Stat(home); err == nil {
		if _, err := os.Stat(filepath.Join(home, marker)); err != nil {
			return fault.Hinted(fault.Usage, "move it away first", "%s was not made by a demo", home)
		}
		if err := os.RemoveAll(home); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(home, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(home, marker), nil, 0o644)
}

// deliver copies the estate's files that are dated before D: what had been handed in by that night.
func deliver(home string, asOf time.Time) error {
	return fs.WalkDir(fixtures.Estate, "estate", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if date, dated := pull.DateInName(d.Name()); dated && !date.Before(asOf) {
			return nil
		}
		inside, err := filepath.Rel("estate", path)
		if err != nil {
			return err
		}
		target := filepath.Join(home, inside)
		if _, err := os.Stat(target); err == nil {
			return nil
		}
		content, err := fs.ReadFile(fixtures.Estate, path)
		if err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		return os.WriteFile(target, content, 0o644)
	})
}

// link shows the newest demo night under ./out/latest.
func link(home, night string) error {
	latest := filepath.Join("out", "latest")
	if st, err := os.Lstat(latest); err == nil && st.Mode()&fs.ModeSymlink == 0 {
		return fault.Hinted(fault.Usage, "move it away first", "%s is not a link that a demo made", latest)
	}
	os.Remove(latest)
	return os.Symlink(filepath.Join("demo", "out", night), latest)
}
