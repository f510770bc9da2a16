package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"noticeboard/pipeline"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/period"
	"noticeboard/pipeline/render"
)

func reportCommand() command {
	var home, property, folder string
	return command{
		name:  "report",
		use:   "report KIND PERIOD [--property P] [--to FOLDER]",
		about: "make one report once more, from the warehouse of the last night",
		flags: func(f *pflag.FlagSet) {
			f.StringVar(&home, "home", "", "the home folder (default: the current one; where that is none, the demo below ./out)")
			f.StringVar(&property, "property", "", "for that property alone, by code; * for the company")
			f.StringVar(&folder, "to", "", "where to put it (default: out/again below the home folder)")
		},
		run: func(ctx context.Context, args []string, out, log io.Writer) (int, error) {
			if len(args) != 2 {
				return 0, fault.Hinted(fault.Usage, "for example: noticeboard report R3 2026-06", "report takes a kind of report and a period")
			}
			of, err := period.Parse(args[1])
			if err != nil {
				return 0, fault.Newf(fault.Usage, "%v", err)
			}
			asked, err := homeOrDemo(home)
			if err != nil {
				return 0, err
			}
			if folder == "" {
				folder = filepath.Join(asked, "out", "again")
			}
			wanted := render.Wanted{Report: strings.ToUpper(args[0]), Period: of, Property: property}
			return reported(ctx, asked, wanted, folder, out, log)
		},
	}
}

func reported(ctx context.Context, home string, wanted render.Wanted, folder string, out, log io.Writer) (int, error) {
	plan, err := pipeline.Read(ctx, home)
	if err != nil {
		return 0, err
	}
	w, _, asOf, err := lastNight(home)
	if err != nil {
		return 0, err
	}
	defer w.Close()
	pack, held, err := pipeline.Again(ctx, plan, w, asOf, wanted, folder)
	if err != nil {
		return 0, err
	}
	for _, d := range pack.Documents {
		fmt.Fprintln(out, filepath.Join(folder, d.Name))
		for _, line := range append(d.Headline, d.Warnings...) {
			fmt.Fprintln(out, "    "+line)
		}
	}
	for _, h := range held {
		for _, f := range h.Findings {
			fmt.Fprintf(log, "%s\n  → %s\n", f.Message, f.Hint)
		}
	}
	if len(held) > 0 {
		return exitIncomplete, nil
	}
	return exitPublished, nil
}
