package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	"github.com/spf13/pflag"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/publish"
)

// shownNights is how many of the last nights status shows.
const shownNights = 10

func status() command {
	var home string
	return command{
		name:  "status",
		use:   "status [--home DIR]",
		about: "show how fresh each source is, and what the last nights published",
		flags: func(f *pflag.FlagSet) {
			f.StringVar(&home, "home", "", "the home folder (default: the current one; where that is none, the demo below ./out)")
		},
		run: func(ctx context.Context, args []string, out, _ io.Writer) (int, error) {
			if len(args) > 0 {
				return 0, fault.Newf(fault.Usage, "status takes no arguments, only flags: %q", args)
			}
			folder, err := homeOrDemo(home)
			if err != nil {
				return 0, err
			}
			if err := nightsOf(folder, out); err != nil {
				return 0, err
			}
			w, manifest, _, err := lastNight(folder)
			if err != nil {
				return 0, err
			}
			defer w.Close()
			return exitPublished, freshness(ctx, w, manifest.AsOf, out)
		},
	}
}

// nightsOf prints a line for each of the last nights, the newest first.
func nightsOf(home string, out io.Writer) error {
	entries, err := os.ReadDir(filepath.Join(home, "out"))
	if err != nil {
		return fault.Hinted(fault.Usage, "run: noticeboard nightly --home "+home, "nothing was published in %s yet", home)
	}
	to := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(to, "night\tdocuments\texports\trows read\trejected\trefused files\theld back\twarnings")
	shown := 0
	for i := len(entries) - 1; i >= 0 && shown < shownNights; i-- {
		if _, err := time.Parse(time.DateOnly, entries[i].Name()); err != nil {
			continue
		}
		m, err := publish.Read(filepath.Join(home, "out", entries[i].Name()))
		if err != nil {
			return err
		}
		var read, rejected, refused int64
		for _, e := range m.Exports {
			read, rejected = read+e.Read, rejected+e.Rejected
			if e.Refused != "" {
				refused++
			}
		}
		fmt.Fprintf(to, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\n", m.AsOf, len(m.Documents), len(m.Exports), read, rejected, refused, len(m.Held), len(m.Warnings))
		shown++
	}
	return to.Flush()
}

// freshness prints how old the newest event of each source was at the newest night.
func freshness(ctx context.Context, w *duck.Warehouse, asOf string, out io.Writer) error {
	rows, err := w.Rows(ctx, "mart.freshness", duck.Cut{})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "\nsources at %s 00:00\n", asOf)
	to := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(to, "source\tnewest event\thours old\tfresh within\t")
	for _, r := range rows.Values {
		newest := "none yet"
		if at, ok := r[rows.Column("newest_event")].(time.Time); ok {
			newest = at.Format("2006-01-02 15:04")
		}
		mark := ""
		if stale, _ := r[rows.Column("stale")].(bool); stale {
			mark = "stale: is its export still delivered?"
		}
		fmt.Fprintf(to, "%s\t%s\t%s\t%s\t%s\n", text(r[rows.Column("source")]), newest, text(r[rows.Column("hours_old")]), text(r[rows.Column("fresh_within")]), mark)
	}
	return to.Flush()
}
