package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/pflag"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/land"
	"noticeboard/pipeline/pull"
	"noticeboard/pipeline/record"
)

func inspect() command {
	var kind, home, source, dateOrder string
	var columns, constants map[string]string
	var mapping bool
	return command{
		name:  "inspect",
		use:   "inspect FILE [--kind KIND] [--write-mapping] [--home DIR --source NAME]",
		about: "say what an export is taken for: format, header, which column is which field, how its first rows would load",
		flags: func(f *pflag.FlagSet) {
			f.StringVar(&kind, "kind", "", "tickets, callbacks, inspections, register, activities, works, topics or actions (default: the one that fits best)")
			f.BoolVar(&mapping, "write-mapping", false, "print the block of noticeboard.yaml that maps its columns, to paste and correct")
			f.StringVar(&home, "home", "", "read it as a source of this home folder would")
			f.StringVar(&source, "source", "", "the name of that source (default: the first one of the kind)")
			f.StringToStringVar(&columns, "column", nil, "a column that no alias finds, or finds wrongly: registered_at=留言时间")
			f.StringToStringVar(&constants, "constant", nil, "a value for all rows, where there is no such column: kind=complaint")
			f.StringVar(&dateOrder, "date-order", "", "ymd, dmy, mdy or roc, where the dates don't say")
		},
		run: func(ctx context.Context, args []string, out, _ io.Writer) (int, error) {
			if len(args) != 1 {
				return 0, fault.Hinted(fault.Usage, "for example: noticeboard inspect 報事明細_202606.xlsx", "inspect takes one file")
			}
			plan, by, err := inspectPlan(home, source, kind)
			if err != nil {
				return 0, err
			}
			by = said(by, columns, constants, dateOrder)
			file, err := inspectedFile(args[0], by.Kind, plan.Location)
			if err != nil {
				return 0, err
			}
			found, err := land.Inspect(ctx, plan, file, by)
			if err != nil {
				return 0, err
			}
			if err := checkSaid(found.Kind, columns, constants, dateOrder); err != nil {
				return 0, err
			}
			if mapping {
				_, err := io.WriteString(out, found.Mapping(by))
				return exitPublished, err
			}
			return exitPublished, printInspection(out, found, by)
		},
	}
}

// said adds to a source what the command line says of it.
func said(by config.Source, columns, constants map[string]string, dateOrder string) config.Source {
	by.Columns, by.Constants = joined(by.Columns, columns), joined(by.Constants, constants)
	if dateOrder != "" {
		by.DateOrder = dateOrder
	}
	return by
}

// checkSaid refuses what the command line says of no field of the kind, and of no order of dates: it would change nothing, unsaid.
func checkSaid(kind string, columns, constants map[string]string, dateOrder string) error {
	if dateOrder != "" && !slices.Contains(config.DateOrders, dateOrder) {
		return fault.Newf(fault.Usage, "--date-order is %s, not %q", strings.Join(config.DateOrders, ", "), dateOrder)
	}
	of, known := record.Find(kind)
	if !known {
		return nil
	}
	fields := of.Fields
	if callbacks, _ := record.Find("callbacks"); kind == "tickets" { // a row of tickets may hold its callback
		fields = append(slices.Clone(fields), callbacks.Fields...)
	}
	for flag, said := range map[string]map[string]string{"--column": columns, "--constant": constants} {
		for _, name := range slices.Sorted(maps.Keys(said)) {
			if !slices.ContainsFunc(fields, func(f record.Field) bool { return f.Name == name }) {
				return fault.Hinted(fault.Usage, "write "+flag+" field=…, with a field such as "+fields[0].Name, "%s: %s have no field %q", flag, kind, name)
			}
		}
	}
	return nil
}

func joined(of, more map[string]string) map[string]string {
	all := map[string]string{}
	maps.Copy(all, of)
	maps.Copy(all, more)
	return all
}

// inspectPlan is what a file is read by: the defaults, or a source of a home folder.
func inspectPlan(home, name, kind string) (land.Plan, config.Source, error) {
	c := config.Default()
	if home != "" {
		var problems []fault.Problem
		if c, problems = config.Load(filepath.Join(home, "noticeboard.yaml")); len(problems) > 0 {
			return land.Plan{}, config.Source{}, fault.New(fault.Configuration, problems)
		}
	}
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil {
		return land.Plan{}, config.Source{}, err
	}
	if _, known := record.Find(kind); kind != "" && !known {
		return land.Plan{}, config.Source{}, fault.Newf(fault.Usage, "--kind: there is no kind of record %q", kind)
	}
	plan := land.Plan{Limits: c.Limits, Location: zone}
	for _, s := range c.Sources {
		if name != "" && s.Name == name || name == "" && kind != "" && s.Kind == kind {
			return plan, s, nil
		}
	}
	if name != "" {
		return plan, config.Source{}, fault.Newf(fault.Usage, "--source: %s names no source %q", filepath.Join(home, "noticeboard.yaml"), name)
	}
	return plan, config.Source{Kind: kind}, nil
}

func inspectedFile(path, kind string, zone *time.Location) (handoff.File, error) {
	st, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return handoff.File{}, fault.Newf(fault.Usage, "there is no file %s", path)
	}
	if err != nil {
		return handoff.File{}, fault.Newf(fault.Usage, "%v", err)
	}
	if !st.Mode().IsRegular() {
		return handoff.File{}, fault.Newf(fault.Usage, "%s is not a file", path)
	}
	date, dated := pull.DateInName(filepath.Base(path))
	if !dated {
		y, m, d := st.ModTime().In(zone).Date()
		date = time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	return handoff.File{Path: path, Name: filepath.Base(path), Kind: kind, Digest: "inspected", Date: date, Size: st.Size()}, nil
}

func printInspection(out io.Writer, i land.Inspection, by config.Source) error {
	guessed := ""
	if i.Guessed && i.Kind != "" {
		guessed = " (found; --kind says otherwise)"
	}
	to := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(to, "file\t%s\n", i.File.Name)
	fmt.Fprintf(to, "format\t%s\n", orDash(i.Format))
	fmt.Fprintf(to, "sheets\t%s\n", orDash(strings.Join(i.Sheets, ", ")))
	fmt.Fprintf(to, "records\t%s%s\n", orDash(i.Kind), guessed)
	header := "none found"
	if i.Line > 0 {
		header = fmt.Sprintf("row %d", i.Line)
	}
	fmt.Fprintf(to, "header\t%s\n", header)
	fmt.Fprintf(to, "file date\t%s\n", i.File.Date.Format(time.DateOnly))
	fmt.Fprintf(to, "date order\t%s\n", orElse(by.DateOrder, "year first"))
	to.Flush()
	printColumns(out, i)
	if i.Refused != nil {
		fmt.Fprintf(out, "\nrefused: %s\n  → %s\n", i.Refused.Message, i.Refused.Hint)
		if len(i.Missing) > 0 {
			fmt.Fprintf(out, "  → noticeboard inspect %s --kind %s --write-mapping prints a block to fill in\n", i.File.Name, i.Kind)
		}
	}
	if i.Landed.Read == 0 {
		return nil
	}
	if i.Refused != nil {
		fmt.Fprintf(out, "\nwith %s said for all rows, it would load like this\n", strings.Join(i.Missing, ", "))
	}
	fmt.Fprintf(out, "\nrows: %d read = %d good + %d rejected\n", i.Landed.Read, i.Landed.Good, i.Landed.Rejected)
	for _, u := range i.Landed.Unmapped {
		if u.Value == land.Unknown {
			continue
		}
		fmt.Fprintf(out, "no list knows %q of %s (%s): name its code in the source's values\n", u.Value, u.Field, counted(u.Rows, "row"))
	}
	printRows(out, i)
	printInspectedRejects(out, i)
	return nil
}

func printColumns(out io.Writer, i land.Inspection) {
	if len(i.Columns) == 0 {
		return
	}
	fmt.Fprintln(out)
	lines := [][]string{{"column", "field", "by", "holds", "for example"}}
	for _, c := range i.Columns {
		lines = append(lines, []string{cut(c.Name), orElse(c.Field, "extra"), c.By, c.Precision, cut(c.Sample)})
	}
	for _, f := range i.Missing {
		lines = append(lines, []string{land.Unknown, f, "required, and no column gives it", "", ""})
	}
	printGrid(out, lines)
	for _, n := range i.Notes {
		fmt.Fprintln(out, "note: "+n)
	}
}

// printRows shows the first rows field by field, as wide exports don't fit beside each other.
func printRows(out io.Writer, i land.Inspection) {
	for n, row := range i.Rows {
		fmt.Fprintf(out, "\nrow %d (%s) would load as\n", n+1, row["src_line"])
		names := make([]string, 0, len(row))
		for name := range row {
			if name != "src_line" && !strings.HasSuffix(name, "_key") {
				names = append(names, name)
			}
		}
		sort.Strings(names)
		to := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
		for _, name := range names {
			fmt.Fprintf(to, "  %s\t%s\n", name, cut(row[name]))
		}
		to.Flush()
	}
}

func printInspectedRejects(out io.Writer, i land.Inspection) {
	if len(i.Rejects) == 0 {
		return
	}
	fmt.Fprintln(out, "\nthe first rows that would come back")
	var lines [][]string
	for _, r := range i.Rejects {
		lines = append(lines, []string{"  " + r.Line, cut(r.Column), fmt.Sprintf("%q", cut(r.Value)), strings.ReplaceAll(r.Reason, "_", " ")})
	}
	printGrid(out, lines)
}

func orDash(text string) string { return orElse(text, "—") }

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// cut keeps a cell on its line.
func cut(text string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return string(runes)
}
