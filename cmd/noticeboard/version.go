package main

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"

	"github.com/spf13/pflag"

	"noticeboard/pipeline"
)

func version() command {
	return command{
		name:  "version",
		use:   "version",
		about: "print the version of the program and of the engine",
		flags: func(*pflag.FlagSet) {},
		run: func(_ context.Context, _ []string, out, _ io.Writer) (int, error) {
			fmt.Fprintln(out, "noticeboard", pipeline.Version)
			if info, ok := debug.ReadBuildInfo(); ok {
				fmt.Fprintln(out, "built with", info.GoVersion)
				for _, d := range info.Deps {
					if d.Path == "github.com/duckdb/duckdb-go/v2" {
						fmt.Fprintln(out, "DuckDB driver", d.Version)
					}
				}
			}
			return exitPublished, nil
		},
	}
}
