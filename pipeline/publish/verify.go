package publish

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"noticeboard/pipeline/fault"
)

// Verify compares a published folder with its manifest: every document byte by byte, the copy of the warehouse row by row, and nothing else there.
func Verify(ctx context.Context, folder string) (Manifest, []fault.Problem, error) {
	m, err := Read(folder)
	if err != nil {
		return m, nil, err
	}
	problems := m.documents(folder)
	if m.Copy != nil {
		problems = append(problems, m.Copy.verify(ctx, folder)...)
	}
	strange, err := m.strangers(folder)
	return m, append(problems, strange...), err
}

const asPublished = "make the night again: noticeboard nightly --date, or take the file from a backup"

func (m Manifest) documents(folder string) []fault.Problem {
	var problems []fault.Problem
	for _, d := range m.Documents {
		size, sum, err := measured(filepath.Join(folder, d.Name))
		switch {
		case err != nil:
			problems = append(problems, fault.Problem{File: d.Name, Message: "it was published and isn't there: " + err.Error(), Hint: asPublished})
		case size != d.Size:
			problems = append(problems, fault.Problem{File: d.Name, Message: fmt.Sprintf("it has %d bytes, %d were published", size, d.Size), Hint: asPublished})
		case sum != d.SHA256:
			problems = append(problems, fault.Problem{File: d.Name, Message: "its bytes aren't those that were published", Hint: asPublished})
		}
	}
	return problems
}

func (c Copy) verify(ctx context.Context, folder string) []fault.Problem {
	now, err := Describe(ctx, filepath.Join(folder, c.Name), nil)
	if err != nil {
		return []fault.Problem{{File: c.Name, Message: "it can't be read: " + err.Error(), Hint: asPublished}}
	}
	there := map[string]Relation{}
	for _, r := range now.Relations {
		there[r.Name] = r
	}
	var problems []fault.Problem
	for _, r := range c.Relations {
		if found := there[r.Name]; found != r {
			problems = append(problems, fault.Problem{File: c.Name, Message: fmt.Sprintf("the rows of %s (%d) aren't those that were published (%d)", r.Name, found.Rows, r.Rows), Hint: asPublished})
		}
		delete(there, r.Name)
	}
	for _, r := range now.Relations {
		if _, left := there[r.Name]; left {
			problems = append(problems, fault.Problem{File: c.Name, Message: "it holds " + r.Name + ", which wasn't published", Hint: asPublished})
		}
	}
	return problems
}

// strangers finds what lies in the folder and wasn't published.
func (m Manifest) strangers(folder string) ([]fault.Problem, error) {
	known := map[string]bool{FileName: true}
	for _, d := range m.Documents {
		known[d.Name] = true
	}
	if m.Copy != nil {
		known[m.Copy.Name] = true
	}
	var problems []fault.Problem
	err := fs.WalkDir(os.DirFS(folder), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !known[path] {
			problems = append(problems, fault.Problem{File: path, Message: "it wasn't published", Hint: "move it elsewhere: readers take what lies here for a report"})
		}
		return err
	})
	return problems, err
}
