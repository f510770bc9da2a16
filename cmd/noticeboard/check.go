package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/pflag"

	"noticeboard/pipeline"
	"noticeboard/pipeline/fault"
)

func checkCommand() command {
	var home string
	var data bool
	return command{
		name:  "check",
		use:   "check [--home DIR] [--data]",
		about: "look for mistakes in configuration, queries, templates, words and reference files, and report all of them",
		flags: func(f *pflag.FlagSet) {
			f.StringVar(&home, "home", ".", "the home folder")
			f.BoolVar(&data, "data", false, "besides, run every check of the figures on the newest night")
		},
		run: func(ctx context.Context, args []string, out, _ io.Writer) (int, error) {
			if len(args) > 0 {
				return 0, fault.Newf(fault.Usage, "check takes no arguments, only flags: %q", args)
			}
			if st, err := os.Stat(home); err != nil || !st.IsDir() {
				return 0, fault.Newf(fault.Usage, "%s is not a folder", home)
			}
			plan, err := pipeline.Read(ctx, home)
			if err != nil {
				return 0, err
			}
			if err := pipeline.Check(ctx, plan); err != nil {
				return 0, err
			}
			fmt.Fprintf(out, "no mistakes: %d relations, %d checks, %d metrics, %d reports\n", len(plan.Catalog.Queries), len(plan.Catalog.Checks), len(plan.Catalog.Metrics()), len(plan.Templates))
			for _, missing := range plan.References.Missing {
				fmt.Fprintf(out, "reference/%s isn't there: what needs it stays empty\n", missing)
			}
			if !data {
				return exitPublished, nil
			}
			return exitPublished, checkData(ctx, plan, out)
		},
	}
}

func checkData(ctx context.Context, plan pipeline.Plan, out io.Writer) error {
	verdict, asOf, err := pipeline.CheckData(ctx, plan)
	if err != nil {
		return err
	}
	for _, finding := range verdict.Warnings {
		fmt.Fprintln(out, "warning: "+finding.Problem().String())
	}
	if err := verdict.Fault(); err != nil {
		return err
	}
	fmt.Fprintf(out, "the night of %s holds: %d keys and %d checks, %d warnings\n", asOf.Format(time.DateOnly), len(plan.Catalog.Queries), len(plan.Catalog.Checks), len(verdict.Warnings))
	return nil
}
