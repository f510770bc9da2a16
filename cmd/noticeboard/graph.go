package main

import (
	"context"
	"io"
	"slices"

	"github.com/spf13/pflag"

	"noticeboard/pipeline"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/lineage"
)

func graph() command {
	var home, format string
	return command{
		name:  "graph",
		use:   "graph [RELATION | METRIC] [--format text|dot|mermaid]",
		about: "show what relations are made of: from exports and reference files to reports",
		flags: func(f *pflag.FlagSet) {
			f.StringVar(&home, "home", "", "the home folder (default: the current one; where that is none, the demo below ./out)")
			f.StringVar(&format, "format", "text", "text (a line a relation, with what it is made of), dot (Graphviz) or mermaid")
		},
		run: func(ctx context.Context, args []string, out, _ io.Writer) (int, error) {
			if len(args) > 1 {
				return 0, fault.Newf(fault.Usage, "graph takes one relation: %q", args)
			}
			if !slices.Contains(lineage.Formats, format) {
				return 0, fault.Newf(fault.Usage, "--format is text, dot or mermaid, not %q", format)
			}
			folder, err := homeOrDemo(home)
			if err != nil {
				return 0, err
			}
			plan, err := pipeline.Read(ctx, folder)
			if err != nil {
				return 0, err
			}
			g := lineage.Of(plan.Catalog, reportsOf(plan))
			if len(args) == 1 {
				if g, err = around(g, plan, args[0]); err != nil {
					return 0, err
				}
			}
			return exitPublished, g.Write(out, format)
		},
	}
}

func reportsOf(plan pipeline.Plan) []lineage.Report {
	list := make([]lineage.Report, len(plan.Templates))
	for i, t := range plan.Templates {
		list[i] = lineage.Report{ID: t.Head.Report, Relations: t.Relations()}
	}
	return list
}

// around cuts the graph to what a relation, report or metric comes from and goes into.
func around(g *lineage.Graph, plan pipeline.Plan, asked string) (*lineage.Graph, error) {
	node := asked
	if q, _, isMetric := plan.Catalog.Feeding(metricNamed(plan, asked)); isMetric {
		node = q.Relation()
	}
	if g.Has("report " + asked) {
		node = "report " + asked
	}
	if !g.Has(node) {
		hint := "see: noticeboard show --list"
		if nearest, ok := fault.Nearest(asked, g.Nodes()); ok {
			hint = "did you mean " + nearest + "?"
		}
		return nil, fault.Hinted(fault.Usage, hint, "there is no relation, report or metric %q", asked)
	}
	return g.Around(node), nil
}
