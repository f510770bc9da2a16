package published

import (
	"fmt"
	"path/filepath"

	"noticeboard/pipeline/digest"
	"noticeboard/pipeline/fault"
)

// Verify reads every kept file again, and names those that are no longer what they were.
func (a Archive) Verify() (files int, problems []fault.Problem, err error) {
	notes, err := filepath.Glob(filepath.Join(a.root, "*", "*", noteName))
	if err != nil {
		return 0, nil, err
	}
	for _, path := range notes {
		n, err := read(filepath.Dir(path))
		if err != nil {
			problems = append(problems, fault.Problem{File: path, Message: err.Error(), Hint: fromBackup})
			continue
		}
		for _, f := range n.Files {
			files++
			problems = append(problems, f.verify(n.Folder)...)
		}
	}
	return files, problems, nil
}

const fromBackup = "take it from a backup: later nights compare with what was published"

func (f File) verify(folder string) []fault.Problem {
	path := filepath.Join(folder, f.Table+".parquet")
	sum, err := digest.File(path)
	if err != nil {
		return []fault.Problem{{File: path, Message: err.Error(), Hint: fromBackup}}
	}
	if sum != f.SHA256 {
		return []fault.Problem{{File: path, Message: fmt.Sprintf("its bytes aren't those that were kept (%s)", f.Table), Hint: fromBackup}}
	}
	return nil
}
