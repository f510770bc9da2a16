package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/pflag"

	"noticeboard/pipeline"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/handoff"
)

func load() command {
	var home, logFormat string
	return command{
		name:  "load",
		use:   "load [--home DIR]",
		about: "archive and judge what is new in the inbox, and say what became of each row; compute and publish nothing",
		flags: func(f *pflag.FlagSet) {
			f.StringVar(&home, "home", ".", "the home folder")
			f.StringVar(&logFormat, "log-format", "text", "text or json")
		},
		run: func(ctx context.Context, args []string, out, log io.Writer) (int, error) {
			if len(args) > 0 {
				return 0, fault.Newf(fault.Usage, "load takes no arguments, only flags: %q", args)
			}
			logger, err := newLogger(log, logFormat)
			if err != nil {
				return 0, err
			}
			plan, err := pipeline.Read(ctx, home)
			if err != nil {
				return 0, err
			}
			delivery, landing, err := pipeline.Load(ctx, plan, pipeline.NewWatch(logger, nil, nil))
			if err != nil {
				return 0, err
			}
			printLoaded(out, delivery, landing)
			return code(pipeline.Outcome{Landing: landing}), nil
		},
	}
}

// printLoaded gives a line for each file of the archive, and for each that was left in the inbox.
func printLoaded(out io.Writer, delivery handoff.Delivery, landing handoff.Landing) {
	lines := [][]string{{"source", "file", "file date", "read", "good", "rejected"}}
	refused := 0
	for _, f := range landing.Files {
		what := ""
		switch {
		case f.Refused != nil:
			what = "refused: " + f.Refused.Message
			refused++
		case f.Replaced != "":
			what = "replaced by " + f.Replaced
		}
		lines = append(lines, []string{f.Source, f.Name, f.Date.Format(time.DateOnly), fmt.Sprint(f.Read), fmt.Sprint(f.Good), fmt.Sprint(f.Rejected), what})
	}
	printGrid(out, lines)
	for _, l := range delivery.Left {
		fmt.Fprintf(out, "left in the inbox: %s (%s): %s\n", l.Name, l.Source, l.Reason)
	}
	fmt.Fprintf(out, "%d new files; %d in the archive, %d refused\n", delivery.New, len(landing.Files), refused)
}
