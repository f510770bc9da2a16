package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"noticeboard/pipeline"
	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/words"
)

func rejectsCommand() command {
	var home, format, folder, language string
	var cut duck.Cut
	return command{
		name:  "rejects",
		use:   "rejects [--property P] [--format table|csv|json] [--write DIR]",
		about: "list the rows of the last night (before the first: of what was loaded) that wait to be corrected: file, line, column, value, reason",
		flags: func(f *pflag.FlagSet) {
			f.StringVar(&home, "home", "", "the home folder (default: the current one; where that is none, the demo below ./out)")
			f.StringVar(&format, "format", "table", "table, csv or json (one object a line)")
			f.StringVar(&folder, "write", "", "write R11, the workbooks to correct and hand in again, into this folder")
			f.StringVar(&cut.Property, "property", "", "only the rows of that property")
			f.StringVar(&language, "language", "", "of the reasons: zh-Hant, zh-Hans or en (default: the configured one)")
		},
		run: func(ctx context.Context, args []string, out, _ io.Writer) (int, error) {
			if len(args) > 0 {
				return 0, fault.Newf(fault.Usage, "rejects takes no arguments, only flags: %q", args)
			}
			home, err := homeOrDemo(home)
			if err != nil {
				return 0, err
			}
			plan, err := pipeline.Read(ctx, home)
			if err != nil {
				return 0, err
			}
			if language == "" {
				language = plan.Config.Languages[0]
			}
			book, known := plan.Books[language]
			if !known {
				return 0, fault.Newf(fault.Usage, "--language is zh-Hant, zh-Hans or en, not %q", language)
			}
			tell := func(w *duck.Warehouse, asOf time.Time) error {
				if folder != "" {
					return writeReturned(ctx, plan, w, asOf, folder, out)
				}
				return listRejects(ctx, w, cut, book, format, out)
			}
			if !hasPublished(home) {
				today, _ := dateOf("", plan.Location)
				return exitPublished, pipeline.Unpublished(ctx, plan, today, func(w *duck.Warehouse) error { return tell(w, today) })
			}
			w, _, asOf, err := lastNight(home)
			if err != nil {
				return 0, err
			}
			defer w.Close()
			return exitPublished, tell(w, asOf)
		},
	}
}

// writeReturned writes R11 and says where each workbook lies and what it holds.
func writeReturned(ctx context.Context, plan pipeline.Plan, w *duck.Warehouse, asOf time.Time, folder string, out io.Writer) error {
	documents, err := pipeline.Returned(ctx, plan, w, asOf, folder)
	if err != nil {
		return err
	}
	for _, d := range documents {
		fmt.Fprintln(out, filepath.Join(folder, d.Name))
		for _, line := range append(d.Headline, d.Warnings...) {
			fmt.Fprintln(out, "    "+line)
		}
	}
	if len(documents) == 0 {
		fmt.Fprintln(out, "no row waits to be corrected")
	}
	return nil
}

var rejectColumns = []string{"property", "source", "file", "line", "column", "value", "reason"}

func listRejects(ctx context.Context, w *duck.Warehouse, cut duck.Cut, book *words.Book, format string, out io.Writer) error {
	rows, err := w.Rows(ctx, "mart.rejects", cut)
	if err != nil {
		return err
	}
	var list [][]string
	for _, v := range rows.Values {
		cells := make([]string, len(rejectColumns))
		for i, name := range rejectColumns {
			if value := v[rows.Column(name)]; value != nil {
				cells[i] = fmt.Sprint(value)
			}
		}
		if cells[4] == "" {
			cells[4] = fmt.Sprint(v[rows.Column("field")])
		}
		list = append(list, cells)
	}
	switch format {
	case "table":
		return rejectTable(list, book, out)
	case "csv":
		return rejectCSV(list, out)
	case "json":
		return rejectJSON(list, out)
	}
	return fault.Newf(fault.Usage, "--format is table, csv or json, not %q", format)
}

// rejectTable says the reasons in words; the other formats, which programs read, give the codes.
func rejectTable(list [][]string, book *words.Book, out io.Writer) error {
	lines := [][]string{{"file", "line", "reason"}}
	for _, r := range list {
		lines = append(lines, []string{r[2], r[3], book.Text("returned.reason."+r[6], "column", cut(r[4]), "value", cut(r[5]))})
	}
	printGrid(out, lines)
	_, err := fmt.Fprintf(out, "%d reasons; noticeboard rejects --write DIR writes the workbooks to correct\n", len(list))
	return err
}

func rejectCSV(list [][]string, out io.Writer) error {
	to := csv.NewWriter(out)
	to.Write(rejectColumns)
	for _, r := range list {
		for i := range r {
			r[i] = disarmed(r[i])
		}
		to.Write(r)
	}
	to.Flush()
	return to.Error()
}

// disarmed keeps a spreadsheet that opens the list from taking a value for a formula: a resident may have typed it.
func disarmed(cell string) string {
	if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
		return "'" + cell
	}
	return cell
}

func rejectJSON(list [][]string, out io.Writer) error {
	to := json.NewEncoder(out)
	for _, r := range list {
		object := map[string]string{}
		for i, name := range rejectColumns {
			object[name] = r[i]
		}
		if err := to.Encode(object); err != nil {
			return err
		}
	}
	return nil
}
