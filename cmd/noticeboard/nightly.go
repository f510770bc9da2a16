package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/spf13/pflag"

	"noticeboard/pipeline"
	"noticeboard/pipeline/fault"
)

func nightly() command {
	var home, date, logFormat string
	return command{
		name:  "nightly",
		use:   "nightly [--home DIR] [--date YYYY-MM-DD]",
		about: "make every report that is due on a date, and publish them",
		flags: func(f *pflag.FlagSet) {
			f.StringVar(&home, "home", ".", "the home folder")
			f.StringVar(&date, "date", "", "the date D of the run, which sees the world up to D 00:00 (default: today in the configured time zone)")
			f.StringVar(&logFormat, "log-format", "text", "text or json")
		},
		run: func(ctx context.Context, args []string, out, log io.Writer) (int, error) {
			if len(args) > 0 {
				return 0, fault.Newf(fault.Usage, "nightly takes no arguments, only flags: %q", args)
			}
			logger, err := newLogger(log, logFormat)
			if err != nil {
				return 0, err
			}
			plan, err := pipeline.Read(ctx, home)
			if err != nil {
				return 0, err
			}
			asOf, err := dateOf(date, plan.Location)
			if err != nil {
				return 0, err
			}
			plan.Announce(logger, asOf)
			bar := newBar(log, logFormat)
			outcome, err := pipeline.Night(ctx, plan, asOf, pipeline.NewWatch(logger, nil, bar.model))
			bar.done()
			if err != nil {
				return 0, err
			}
			report(out, plan, outcome)
			return code(outcome), nil
		},
	}
}

func newLogger(to io.Writer, format string) (*slog.Logger, error) {
	switch format {
	case "text":
		// The scheduler stamps lines itself; a person at a terminal needs no clock on each.
		return slog.New(slog.NewTextHandler(to, &slog.HandlerOptions{ReplaceAttr: withoutTime})), nil
	case "json":
		return slog.New(slog.NewJSONHandler(to, nil)), nil
	default:
		return nil, fault.Newf(fault.Usage, "--log-format is text or json, not %q", format)
	}
}

func withoutTime(groups []string, a slog.Attr) slog.Attr {
	if len(groups) == 0 && a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}

func dateOf(text string, zone *time.Location) (time.Time, error) {
	if text == "" {
		y, m, d := time.Now().In(zone).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC), nil
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return t, fault.Newf(fault.Usage, "--date %q is not a date: write 2026-07-01", text)
	}
	return t, nil
}

// report prints where each report lies and its headline.
func report(out io.Writer, plan pipeline.Plan, o pipeline.Outcome) {
	reportIn(out, filepath.Join(plan.Home, "out", "latest"), o)
}

func reportIn(out io.Writer, latest string, o pipeline.Outcome) {
	if o.Unchanged {
		fmt.Fprintf(out, "%s: nothing has changed since it was published\n", o.Receipt.Manifest.AsOf)
	}
	for _, d := range o.Receipt.Manifest.Documents {
		fmt.Fprintln(out, filepath.Join(latest, d.Name))
		for _, line := range d.Headline {
			fmt.Fprintln(out, "    "+line)
		}
		for _, w := range d.Warnings {
			fmt.Fprintln(out, "    warning: "+w)
		}
	}
	for _, source := range o.Receipt.Manifest.Stale {
		fmt.Fprintf(out, "warning: the newest event of %s is older than it should be; is its export still delivered?\n", source)
	}
	for _, held := range o.Receipt.Manifest.Held {
		for _, f := range held.Findings {
			fmt.Fprintf(out, "warning: %s\n  → %s\n", f.Message, f.Hint)
		}
	}
	var read, good, rejected, refused, gone int64
	for _, f := range o.Landing.Files {
		read, good, rejected = read+f.Read, good+f.Good, rejected+f.Rejected
		if f.Refused != nil {
			refused++
			if f.Gone {
				gone++
			}
		}
	}
	fmt.Fprintf(out, "%s; %s: %s read = %d good + %d rejected; %s refused", counted(len(o.Receipt.Manifest.Documents), "report"),
		counted(len(o.Landing.Files), "file"), counted(read, "row"), good, rejected, counted(refused, "file"))
	if gone > 0 {
		fmt.Fprintf(out, ", %d of them taken out of the inbox since", gone)
	}
	fmt.Fprintln(out)
}

// counted says how many of a thing there are.
func counted[N int | int64](n N, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}

// code is incomplete while somebody has something to do. A refused file that was taken out of its source, or replaced there, is done with.
func code(o pipeline.Outcome) int {
	if len(o.Receipt.Manifest.Stale) > 0 || len(o.Receipt.Manifest.Held) > 0 {
		return exitIncomplete
	}
	for _, f := range o.Landing.Files {
		if f.Refused != nil && !f.Gone {
			return exitIncomplete
		}
	}
	return exitPublished
}
