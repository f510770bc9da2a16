package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/pflag"

	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/publish"
)

func verify() command {
	var home string
	return command{
		name:  "verify",
		use:   "verify [DIR] [--home DIR]",
		about: "compare a published folder with its manifest (default: the newest night)",
		flags: func(f *pflag.FlagSet) {
			f.StringVar(&home, "home", "", "the home folder (default: the current one; where that is none, the demo below ./out)")
		},
		run: func(ctx context.Context, args []string, out, _ io.Writer) (int, error) {
			if len(args) > 1 {
				return 0, fault.Newf(fault.Usage, "verify takes one folder: %q", args)
			}
			folder, err := publishedFolder(home, args)
			if err != nil {
				return 0, err
			}
			manifest, problems, err := publish.Verify(ctx, folder)
			if err != nil {
				return 0, fault.Hinted(fault.Usage, "name a folder such as out/2026-07-01", "%s is no published folder: %v", folder, err)
			}
			if len(problems) > 0 {
				return 0, fault.New(fault.Check, problems)
			}
			fmt.Fprintf(out, "the night of %s is as it was published: %d documents", manifest.AsOf, len(manifest.Documents))
			if manifest.Copy != nil {
				fmt.Fprintf(out, ", and %d relations in %s", len(manifest.Copy.Relations), manifest.Copy.Name)
			}
			fmt.Fprintln(out)
			return exitPublished, nil
		},
	}
}

// publishedFolder is the one that was asked for, or that of the newest night. Links are followed, since files are looked for in it.
func publishedFolder(home string, args []string) (string, error) {
	folder := ""
	if len(args) == 1 {
		folder = args[0]
	} else {
		at, err := homeOrDemo(home)
		if err != nil {
			return "", err
		}
		folder = filepath.Join(at, "out", "latest")
	}
	if real, err := filepath.EvalSymlinks(folder); err == nil {
		folder = real
	}
	return folder, nil
}
