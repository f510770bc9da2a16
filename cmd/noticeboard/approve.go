package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/pflag"

	"noticeboard/pipeline"
	"noticeboard/pipeline/fault"
)

func approve() command {
	var home, by, on, property string
	return command{
		name:  "approve",
		use:   "approve REPORT PERIOD --by NAME [--property P] [--date YYYY-MM-DD] [--home DIR]",
		about: "record that a draft notice was approved, so that the next night prints it without the mark",
		flags: func(f *pflag.FlagSet) {
			f.StringVar(&home, "home", ".", "the home folder")
			f.StringVar(&by, "by", "", "who approved it")
			f.StringVar(&on, "date", "", "the day of the approval (default: today in the configured time zone)")
			f.StringVar(&property, "property", "", "only the notice of that property")
		},
		run: func(ctx context.Context, args []string, out, log io.Writer) (int, error) {
			if len(args) != 2 {
				return 0, fault.Hinted(fault.Usage, `noticeboard approve R6 2026H1 --by "Chan Tai Man, manager"`, "approve takes a report and a period")
			}
			plan, err := pipeline.Read(ctx, home)
			if err != nil {
				return 0, err
			}
			day, err := dateOf(on, plan.Location)
			if err != nil {
				return 0, err
			}
			list, err := pipeline.Approve(ctx, plan, args[0], args[1], property, by, day)
			if err != nil {
				return 0, err
			}
			for _, a := range list {
				fmt.Fprintf(out, "%s %s %s: edition %d approved by %s on %s\n", a.Report, a.Period, a.Property, a.Edition, a.By, a.On)
			}
			fmt.Fprintf(out, "the next night prints it without the mark; noticeboard nightly --date %s prints it now\n", list[0].Night)
			return exitPublished, nil
		},
	}
}
