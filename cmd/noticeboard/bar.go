package main

import (
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// bar shows on a terminal how far the models are; elsewhere, and beside JSON, it shows nothing.
type bar struct{ shown *progressbar.ProgressBar }

func newBar(to io.Writer, logFormat string) bar {
	f, isFile := to.(*os.File)
	if !isFile || logFormat == "json" || !term.IsTerminal(int(f.Fd())) {
		return bar{}
	}
	return bar{progressbar.NewOptions(-1, progressbar.OptionSetWriter(to), progressbar.OptionClearOnFinish(), progressbar.OptionSetDescription("models"))}
}

func (b bar) model(relation string, _ time.Duration) {
	if b.shown != nil {
		b.shown.Describe(relation)
		b.shown.Add(1)
	}
}

func (b bar) done() {
	if b.shown != nil {
		b.shown.Finish()
	}
}
