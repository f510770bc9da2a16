package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/pflag"

	"noticeboard/pipeline"
	"noticeboard/pipeline/explain"
	"noticeboard/pipeline/fault"
)

func explainCommand() command {
	var home, language string
	cell := explain.Cell{}
	return command{
		name:  "explain",
		use:   "explain METRIC --period PERIOD [--property P] [--zone Z] [--category C]",
		about: "show what one figure means, how it was computed, and the records behind it",
		flags: func(f *pflag.FlagSet) {
			f.StringVar(&home, "home", "", "the home folder (default: the current one; where that is none, the demo below ./out)")
			f.StringVar(&cell.Period, "period", "", "2026-06-30, 2026-W26, 2026-06, 2026Q2, 2026H1 or 2026")
			f.StringVar(&cell.Property, "property", "*", "the property; * for the company")
			f.StringVar(&cell.Zone, "zone", "*", "the zone; * for all")
			f.StringVar(&cell.Category, "category", "*", "the category (the domain of inspections); * for all")
			f.StringVar(&language, "language", "", "of the definition: zh-Hant, zh-Hans or en (default: the configured one)")
		},
		run: func(ctx context.Context, args []string, out, _ io.Writer) (int, error) {
			if len(args) != 1 || cell.Period == "" {
				return 0, fault.Hinted(fault.Usage, "for example: noticeboard explain rework --period 2026H1 --property P01", "explain takes one metric and --period")
			}
			cell.Metric = args[0]
			folder, err := homeOrDemo(home)
			if err != nil {
				return 0, err
			}
			plan, err := pipeline.Read(ctx, folder)
			if err != nil {
				return 0, err
			}
			w, _, asOf, err := lastNight(folder)
			if err != nil {
				return 0, err
			}
			defer w.Close()
			e, err := explain.Run(ctx, w, plan.Catalog, cell, asOf)
			if err != nil {
				return 0, err
			}
			if language == "" {
				language = plan.Config.Languages[0]
			}
			return exitPublished, printExplanation(out, plan, language, e)
		},
	}
}

func printExplanation(out io.Writer, plan pipeline.Plan, language string, e explain.Explanation) error {
	book, known := plan.Books[language]
	if !known {
		return fault.Newf(fault.Usage, "--language is zh-Hant, zh-Hans or en, not %q", language)
	}
	name, definition := e.Metric, e.Query.What
	if key := "metric." + e.Metric + ".name"; book.Has(key) {
		name = book.Text(key)
	}
	if key := "metric." + e.Metric + ".definition"; book.Has(key) {
		definition = book.Text(key)
	}
	fmt.Fprintf(out, "%s (%s), %s, property %s, zone %s, category %s\n", name, e.Metric, e.Period, e.Property, e.Zone, e.Category)
	fmt.Fprintf(out, "%s\n\n", definition)
	fmt.Fprintf(out, "value %v = x %v / n %v; 95 %% interval %v to %v; not measurable %v", text(e.Values["value"]), text(e.Values["x"]), text(e.Values["n"]), text(e.Values["low"]), text(e.Values["high"]), text(e.Values["not_measurable"]))
	if complete, _ := e.Values["complete"].(bool); !complete {
		fmt.Fprint(out, "; the period isn't over")
	}
	fmt.Fprintf(out, "\n\nwho is counted (%s, %s):\n\n%s\n", e.Query.File, e.Figure.Aggregate, indent(e.Query.SQL))
	fmt.Fprintf(out, "%d members:\n\n", len(e.Members.Values))
	to := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(to, strings.Join(e.Members.Columns, "\t"))
	for _, row := range e.Members.Values {
		cells := make([]string, len(row))
		for i, v := range row {
			cells[i] = text(v)
		}
		fmt.Fprintln(to, strings.Join(cells, "\t"))
	}
	return to.Flush()
}

func indent(sql string) string {
	return "    " + strings.ReplaceAll(strings.TrimSpace(sql), "\n", "\n    ")
}

func text(v any) string {
	switch x := v.(type) {
	case nil:
		return "—"
	case time.Time:
		return x.Format(time.DateOnly)
	case float64:
		return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.4f", x), "0"), ".")
	default:
		return fmt.Sprint(v)
	}
}
