package pull

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"noticeboard/pipeline/digest"
	"noticeboard/pipeline/fault"
)

// Verify reads every export of the archive again and holds it to the digest in its note. It gives how many are as they came, and
// every one that isn't.
func Verify(home string) (whole int, problems []fault.Problem, err error) {
	root := filepath.Join(home, "archive", "exports")
	noted := map[string]bool{}
	var files []string
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if !strings.HasSuffix(path, noteSuffix) {
			files = append(files, path)
			return nil
		}
		export, problem, err := verifyNote(path)
		noted[export] = true
		if problem == nil && err == nil {
			whole++
		} else if problem != nil {
			problem.File = inHome(home, problem.File)
			problems = append(problems, *problem)
		}
		return err
	})
	if os.IsNotExist(err) {
		return 0, nil, fault.Hinted(fault.Usage, "name the home folder with --home", "there is no archive in %s", home)
	}
	for _, path := range files {
		if !noted[path] {
			problems = append(problems, fault.Problem{File: inHome(home, path), Message: "no note says what it is",
				Hint: "a run was broken off here; the next one mends it if the export still lies in the inbox"})
		}
	}
	return whole, problems, err
}

func inHome(home, path string) string {
	if inside, err := filepath.Rel(home, path); err == nil {
		return filepath.ToSlash(inside)
	}
	return path
}

// verifyNote compares an export with its note.
func verifyNote(path string) (export string, problem *fault.Problem, err error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return "", nil, err
	}
	var n note
	if json.Unmarshal(content, &n) != nil || n.File == "" || n.Digest == "" {
		return "", &fault.Problem{File: path, Message: "the note of an export can't be read", Hint: "bring it back from a backup; without it the export has no date and no name"}, nil
	}
	export = filepath.Join(filepath.Dir(path), n.File)
	st, err := os.Stat(export)
	if os.IsNotExist(err) {
		return export, &fault.Problem{File: export, Message: "the export is missing", Hint: "bring it back from a backup"}, nil
	}
	if err != nil {
		return export, nil, err
	}
	if st.Size() != n.Size {
		return export, &fault.Problem{File: export, Message: fmt.Sprintf("it has %d bytes, and came with %d", st.Size(), n.Size), Hint: "bring it back from a backup"}, nil
	}
	sum, err := digest.File(export)
	if err != nil {
		return export, nil, err
	}
	if sum != n.Digest {
		return export, &fault.Problem{File: export, Message: "its bytes are no longer those that came", Hint: "bring it back from a backup"}, nil
	}
	return export, nil, nil
}
