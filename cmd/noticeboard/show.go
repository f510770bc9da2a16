package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/spf13/pflag"

	"noticeboard/pipeline"
	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/fault"
)

func show() command {
	var home, format string
	var list bool
	var cut duck.Cut
	return command{
		name:  "show",
		use:   "show RELATION [--format table|csv|json|parquet] [--property P] [--zone Z] [--period P] | show --list",
		about: "print a relation of the last night",
		flags: func(f *pflag.FlagSet) {
			f.StringVar(&home, "home", "", "the home folder (default: the current one; where that is none, the demo below ./out)")
			f.StringVar(&format, "format", "table", "table, csv, json (one object a line) or parquet")
			f.BoolVar(&list, "list", false, "list the relations, with what a row is, its grain and its key")
			f.StringVar(&cut.Property, "property", "", "only the rows of that property")
			f.StringVar(&cut.Zone, "zone", "", "only the rows of that zone")
			f.StringVar(&cut.Period, "period", "", "only the rows of that period")
		},
		run: func(ctx context.Context, args []string, out, _ io.Writer) (int, error) {
			folder, err := homeOrDemo(home)
			if err != nil {
				return 0, err
			}
			if list {
				return exitPublished, listRelations(ctx, folder, out)
			}
			if len(args) != 1 {
				return 0, fault.Hinted(fault.Usage, "for example: noticeboard show mart.figures --format csv; all of them: noticeboard show --list", "show takes the name of one relation")
			}
			w, _, _, err := lastNight(folder)
			if err != nil {
				return 0, err
			}
			defer w.Close()
			if strings.HasPrefix(args[0], "kept.") {
				return 0, fault.Hinted(fault.Usage, "its Parquet files lie in archive/published, a folder a night; any DuckDB shell reads them", "%s is written for later nights and isn't in the warehouse", args[0])
			}
			if _, err := w.Columns(ctx, args[0]); err != nil {
				return 0, fault.Hinted(fault.Usage, "see: noticeboard show --list", "%v", err)
			}
			return exitPublished, write(ctx, w, args[0], cut, format, out)
		},
	}
}

func listRelations(ctx context.Context, home string, out io.Writer) error {
	plan, err := pipeline.Read(ctx, home)
	if err != nil {
		return err
	}
	for _, q := range plan.Catalog.Queries {
		if q.Schema == "kept" {
			continue
		}
		fmt.Fprintf(out, "%s\n    %s\n    grain: %s; key: %s\n", q.Relation(), q.What, q.Grain, strings.Join(q.Key, ", "))
	}
	return nil
}

func write(ctx context.Context, w *duck.Warehouse, relation string, cut duck.Cut, format string, out io.Writer) error {
	if format == "parquet" {
		return writeParquet(ctx, w, relation, cut, out)
	}
	relation, err := w.Stored(ctx, relation)
	if err != nil {
		return err
	}
	switch format {
	case "csv":
		return writeCSV(ctx, w, relation, cut, out)
	case "table":
		return writeTable(ctx, w, relation, cut, out)
	case "json":
		return writeJSON(ctx, w, relation, cut, out)
	default:
		return fault.Newf(fault.Usage, "--format is table, csv, json or parquet, not %q", format)
	}
}

// lines hands the header and then every row of a relation, as text, to each; a null is the text given.
func lines(ctx context.Context, w *duck.Warehouse, relation string, cut duck.Cut, null string, each func([]string) error) error {
	cols, err := w.Columns(ctx, relation)
	if err != nil {
		return err
	}
	head := make([]string, len(cols))
	for i, c := range cols {
		head[i] = c.Name
	}
	if err := each(head); err != nil {
		return err
	}
	return w.Read(ctx, relation, cut, func(batch arrow.RecordBatch) error {
		for row := range int(batch.NumRows()) {
			cells := make([]string, batch.NumCols())
			for i := range cells {
				cells[i] = cell(batch.Column(i), row, null)
			}
			if err := each(cells); err != nil {
				return err
			}
		}
		return nil
	})
}

func cell(column arrow.Array, row int, null string) string {
	if column.IsNull(row) {
		return null
	}
	text := column.ValueStr(row)
	if _, stamp := column.DataType().(*arrow.TimestampType); stamp {
		return strings.TrimSuffix(strings.Replace(text, "T", " ", 1), "Z")
	}
	return text
}

func writeCSV(ctx context.Context, w *duck.Warehouse, relation string, cut duck.Cut, out io.Writer) error {
	to := csv.NewWriter(out)
	if err := lines(ctx, w, relation, cut, "", to.Write); err != nil {
		return err
	}
	to.Flush()
	return to.Error()
}

func writeTable(ctx context.Context, w *duck.Warehouse, relation string, cut duck.Cut, out io.Writer) error {
	to := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	err := lines(ctx, w, relation, cut, "—", func(cells []string) error {
		_, err := fmt.Fprintln(to, strings.Join(cells, "\t"))
		return err
	})
	if err != nil {
		return err
	}
	return to.Flush()
}

func writeJSON(ctx context.Context, w *duck.Warehouse, relation string, cut duck.Cut, out io.Writer) error {
	to := json.NewEncoder(out)
	return w.Read(ctx, relation, cut, func(batch arrow.RecordBatch) error {
		for row := range int(batch.NumRows()) {
			object := map[string]any{}
			for i, f := range batch.Schema().Fields() {
				object[f.Name] = batch.Column(i).GetOneForMarshal(row)
			}
			if err := to.Encode(object); err != nil {
				return err
			}
		}
		return nil
	})
}

// writeParquet lets the engine write the file, beside the warehouse that is open, and hands it on.
func writeParquet(ctx context.Context, w *duck.Warehouse, relation string, cut duck.Cut, out io.Writer) error {
	dir, err := os.MkdirTemp("", "noticeboard")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, relation+".parquet")
	if err := w.Parquet(ctx, relation, cut, path); err != nil {
		return err
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = io.Copy(out, file)
	return err
}
