package main

import (
	"context"
	"io"
	"strings"

	"github.com/spf13/pflag"

	"noticeboard/pipeline"
	"noticeboard/pipeline/explain"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/textkey"
	"noticeboard/pipeline/words"
)

func explainCommand() command {
	var home, language, format string
	var why bool
	cell := explain.Cell{}
	return command{
		name:  "explain",
		use:   "explain METRIC --period PERIOD [--property P] [--zone Z] [--category C] [--why] [--format table|csv|json]",
		about: "show what one figure means, how it was computed, and the records behind it",
		flags: func(f *pflag.FlagSet) {
			f.StringVar(&home, "home", "", "the home folder (default: the current one; where that is none, the demo below ./out)")
			f.StringVar(&cell.Period, "period", "", "2026-06-30, 2026-W26, 2026-06, 2026Q2, 2026H1 or 2026")
			f.StringVar(&cell.Property, "property", "*", "the property, by code or name; * for the company")
			f.StringVar(&cell.Zone, "zone", "*", "the zone, by code or name; * for all")
			f.StringVar(&cell.Category, "category", "*", "the category (the domain of inspections), by code or name; * for all")
			f.BoolVar(&why, "why", false, "what changed against the period before: in which parts, and which members came, went or were judged otherwise")
			f.StringVar(&format, "format", "table", "table, json (everything, as one object) or csv (the members; with --why, what became of each)")
			f.StringVar(&language, "language", "", "of the answer: zh-Hant, zh-Hans or en (default: the configured one)")
		},
		run: func(ctx context.Context, args []string, out, _ io.Writer) (int, error) {
			if len(args) != 1 || cell.Period == "" {
				return 0, fault.Hinted(fault.Usage, "for example: noticeboard explain rework --period 2026H1 --property P01", "explain takes one metric and --period")
			}
			folder, err := homeOrDemo(home)
			if err != nil {
				return 0, err
			}
			plan, err := pipeline.Read(ctx, folder)
			if err != nil {
				return 0, err
			}
			if language == "" {
				language = plan.Config.Languages[0]
			}
			if _, known := plan.Books[language]; !known {
				return 0, fault.Newf(fault.Usage, "--language is zh-Hant, zh-Hans or en, not %q", language)
			}
			cell.Metric = metricNamed(plan, args[0])
			e, err := explained(ctx, folder, plan, cell, why)
			if err != nil {
				return 0, err
			}
			return exitPublished, printed(out, format, wordsOf(plan, language, e), e)
		},
	}
}

func explained(ctx context.Context, folder string, plan pipeline.Plan, cell explain.Cell, why bool) (explain.Explanation, error) {
	w, _, asOf, err := lastNight(folder)
	if err != nil {
		return explain.Explanation{}, err
	}
	defer w.Close()
	e, err := explain.Run(ctx, w, plan.Catalog, cell, asOf)
	if err != nil || !why {
		return e, err
	}
	e.Why, err = explain.Ask(ctx, w, plan.Catalog, e, asOf)
	return e, err
}

// metricNamed gives the metric that has this name in one of the languages; the word as it was typed where none has.
func metricNamed(plan pipeline.Plan, typed string) string {
	for _, metric := range plan.Catalog.Metrics() {
		for _, book := range plan.Books {
			if key := "metric." + metric + ".name"; book.Has(key) && textkey.Of(book.Text(key)) == textkey.Of(typed) {
				return metric
			}
		}
	}
	return typed
}

// meaning is what explain says: a metric's name and definition, and all words around them, in the reader's language.
type meaning struct {
	name, definition string
	book             *words.Book
}

func wordsOf(plan pipeline.Plan, language string, e explain.Explanation) meaning {
	book := plan.Books[language]
	m := meaning{e.Metric, e.Query.What, book}
	if key := "metric." + e.Metric + ".name"; book.Has(key) {
		m.name = book.Text(key)
	}
	if key := "metric." + e.Metric + ".definition"; book.Has(key) {
		m.definition = book.Text(key)
	}
	return m
}

func (m meaning) say(key string, pairs ...string) string {
	return m.book.Text("explain."+key, pairs...)
}

// word gives a verdict, a change or a dimension in the reader's language; codes, names and numbers stay what they are.
func (m meaning) word(shown string) string {
	if key := "explain.word." + strings.NewReplacer(" ", "_", ",", "").Replace(shown); m.book.Has(key) {
		return m.book.Text(key)
	}
	return shown
}
