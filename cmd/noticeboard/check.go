package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/spf13/pflag"

	"noticeboard/pipeline"
	"noticeboard/pipeline/fault"
)

func checkCommand() command {
	var home string
	return command{
		name:  "check",
		use:   "check [--home DIR]",
		about: "look for mistakes in configuration, queries, templates, words and reference files, and report all of them",
		flags: func(f *pflag.FlagSet) { f.StringVar(&home, "home", ".", "the home folder") },
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
			return exitPublished, nil
		},
	}
}
