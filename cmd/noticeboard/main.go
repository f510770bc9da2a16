// Command noticeboard is the nightly reporting batch of a residential property-management company.
//
// It is a seam: it reads the command line and prints; everything else is package pipeline.
//
// Invariant: os.Exit is called here and nowhere else.
package main

import (
	"os"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }
