package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/spf13/pflag"

	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/record"
	"noticeboard/templates"
)

func initCommand() command {
	var home string
	return command{
		name:  "init",
		use:   "init [--home DIR]",
		about: "make a home folder: the inboxes, a commented configuration, and examples of reference files to fill in",
		flags: func(f *pflag.FlagSet) {
			f.StringVar(&home, "home", ".", "the folder; it is made if it isn't there")
		},
		run: func(ctx context.Context, args []string, out, log io.Writer) (int, error) {
			if len(args) > 0 {
				return 0, fault.Hinted(fault.Usage, "noticeboard init --home DIR", "init takes no arguments: %q", args)
			}
			return exitPublished, begin(home, out)
		},
	}
}

const nextSteps = `
Exports go into inbox/<kind>, as your systems write them. "noticeboard nightly" makes reports of them; nothing more is needed to begin.
The configuration changes nothing yet: take the # away from what you want. Reference files are read from reference/, examples aren't:
copy one up, put your own rows in place of its invented ones, and run "noticeboard check".
`

// begin makes what a home folder has and this one hasn't. What is there stays as it is, so that no night changes before somebody has
// written something.
func begin(home string, out io.Writer) error {
	for _, kind := range record.Kinds() {
		if err := os.MkdirAll(filepath.Join(home, "inbox", kind.Name), 0o755); err != nil {
			return err
		}
	}
	for _, f := range [][2]string{{"noticeboard.yaml", "noticeboard.yaml"}, {"reference", "reference/examples"}} {
		if err := layOut(f[0], filepath.Join(home, f[1]), out); err != nil {
			return err
		}
	}
	fmt.Fprint(out, nextSteps)
	return nil
}

// layOut copies a file or a folder of templates/init, and says of each file whether it was written.
func layOut(from, to string, out io.Writer) error {
	root := path.Join("init", from)
	return fs.WalkDir(templates.Files, root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		inside, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		content, err := fs.ReadFile(templates.Files, name)
		if err != nil {
			return err
		}
		target := filepath.Join(to, inside)
		switch err := writeNew(target, content); {
		case errors.Is(err, fs.ErrExist):
			fmt.Fprintf(out, "kept     %s\n", target)
		case err != nil:
			return err
		default:
			fmt.Fprintf(out, "written  %s\n", target)
		}
		return nil
	})
}

// writeNew writes a file that isn't there yet, whole or not at all.
func writeNew(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Close()); err != nil {
		os.Remove(path)
	}
	return err
}
