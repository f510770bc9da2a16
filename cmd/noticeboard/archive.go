package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"github.com/spf13/pflag"

	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/land"
	"noticeboard/pipeline/published"
	"noticeboard/pipeline/pull"
)

func archive() command {
	var home string
	return command{
		name:  "archive",
		use:   "archive verify [--home DIR]",
		about: "read every archived export, landed file and kept edition again, and name those that are no longer what they were",
		flags: func(f *pflag.FlagSet) { f.StringVar(&home, "home", ".", "the home folder") },
		run: func(_ context.Context, args []string, out, _ io.Writer) (int, error) {
			if len(args) != 1 || args[0] != "verify" {
				return 0, fault.Hinted(fault.Usage, "noticeboard archive verify --home DIR", "archive knows one thing to do: verify")
			}
			exports, problems, err := pull.Verify(home)
			if err != nil {
				return 0, err
			}
			landed, further, err := land.Verify(filepath.Join(home, "archive", "landed"))
			if err != nil {
				return 0, err
			}
			kept, changed, err := published.Of(home).Verify()
			if err != nil {
				return 0, err
			}
			fmt.Fprintf(out, "%d exports are as they came, %d landed files as they were landed, %d kept files as they were published\n", exports, landed, kept)
			return exitPublished, fault.New(fault.Internal, slices.Concat(problems, further, changed))
		},
	}
}
