package main

import (
	"context"
	"fmt"
	"io"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/pflag"

	"noticeboard/pipeline/fault"
)

// The exit codes; a scheduler relies on them.
const (
	exitPublished     = 0
	exitInternal      = 1
	exitUsage         = 2
	exitConfiguration = 3
	exitCheck         = 4
	exitLocked        = 5
	exitNoInput       = 6
	exitIncomplete    = 10
)

const exitCodes = `Exit codes:
   0  done; for a night: published
   1  an error of the program or the machine
   2  wrong use of the command line
   3  the configuration, a query, a template or a reference file is wrong; nothing was changed
   4  a stop-check failed; nothing was published
   5  another run holds the lock
   6  no input could be read; nothing was published
  10  published, with refused files, stale sources or notices held back (a scheduler takes it for success)
`

// command is one of the program's commands. run gets what is left of the command line after the flags.
type command struct {
	name, use, about string
	flags            func(*pflag.FlagSet)
	run              func(ctx context.Context, args []string, out, log io.Writer) (int, error)
}

func commands() []command {
	return []command{initCommand(), nightly(), approve(), load(), inspect(), rejectsCommand(), demo(), reportCommand(), show(), explainCommand(), checkCommand(), status(), verify(), archive(), graph(), version()}
}

// run is the whole program: arguments in, exit code out.
func run(args []string, out, log io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if len(args) == 0 || args[0] == "help" || args[0] == "--help" || args[0] == "-h" {
		fmt.Fprint(out, overview())
		if len(args) == 0 {
			return exitUsage
		}
		return exitPublished
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return c.call(ctx, args[1:], out, log)
		}
	}
	fmt.Fprintf(log, "there is no command %q\n  → see: noticeboard help\n", args[0])
	return exitUsage
}

func (c command) call(ctx context.Context, args []string, out, log io.Writer) int {
	flags := pflag.NewFlagSet(c.name, pflag.ContinueOnError)
	flags.SetOutput(io.Discard)
	c.flags(flags)
	help := flags.BoolP("help", "h", false, "this text")
	if err := flags.Parse(args); err != nil {
		fmt.Fprintf(log, "%v\n  → see: noticeboard %s --help\n", err, c.name)
		return exitUsage
	}
	if *help {
		fmt.Fprintf(out, "%s\n\nUsage: noticeboard %s\n\n%s\n%s", c.about, c.use, flags.FlagUsages(), exitCodes)
		return exitPublished
	}
	code, err := c.run(ctx, flags.Args(), out, log)
	if err == nil {
		return code
	}
	fmt.Fprintln(log, err)
	var problems int
	if f, ok := err.(*fault.Error); ok {
		problems = len(f.Problems)
	}
	if problems > 1 {
		fmt.Fprintf(log, "%d problems; nothing was changed\n", problems)
	}
	return codeOf(err)
}

func codeOf(err error) int {
	switch fault.KindOf(err) {
	case fault.Usage:
		return exitUsage
	case fault.Configuration:
		return exitConfiguration
	case fault.Check:
		return exitCheck
	case fault.Locked:
		return exitLocked
	case fault.NoInput:
		return exitNoInput
	default:
		return exitInternal
	}
}

func overview() string {
	var b strings.Builder
	b.WriteString("noticeboard (公示欄) turns ticket, callback and inspection exports into reports, every night.\n\nUsage: noticeboard COMMAND [flags]\n\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "  %-10s %s\n", c.name, c.about)
	}
	b.WriteString("\nnoticeboard COMMAND --help explains each.\n\n" + exitCodes)
	return b.String()
}
