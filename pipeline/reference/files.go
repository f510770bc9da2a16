package reference

import (
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/decode"
	"noticeboard/pipeline/fault"
)

// formats lists the suffixes of files that may hold a reference; the content decides how they are read.
var formats = map[string]bool{".csv": true, ".tsv": true, ".txt": true, ".xlsx": true, ".xlsm": true, ".xls": true}

// files finds the file of each sheet. A folder that isn't there holds none.
func files(dir string) (map[string]string, []fault.Problem) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, []fault.Problem{{File: "reference", Message: "the folder can't be read: " + plainly(err)}}
	}
	found := map[string]string{}
	var problems []fault.Problem
	for _, e := range entries {
		name := e.Name()
		// Office programs lock an open file with ~$, editors leave dot-files; both come and go while staff work.
		if e.IsDir() || !formats[strings.ToLower(filepath.Ext(name))] || strings.HasPrefix(name, "~$") || strings.HasPrefix(name, ".") {
			continue
		}
		if p := place(found, dir, name); p != nil {
			problems = append(problems, *p)
		}
	}
	return found, problems
}

func place(found map[string]string, dir, name string) *fault.Problem {
	stem := strings.ToLower(strings.TrimSuffix(name, filepath.Ext(name)))
	var stems []string
	for _, s := range sheets() {
		stems = append(stems, s.name)
		if s.name == stem && found[stem] == "" {
			found[stem] = filepath.Join(dir, name)
			return nil
		}
	}
	p := fault.Problem{File: "reference/" + name}
	if other := found[stem]; other != "" {
		p.Message, p.Hint = base(other)+" says the same things", "keep one of the two files"
		return &p
	}
	p.Message, p.Hint = "no reference file has this name", fault.Meant(stem, stems)+"; move it out of the folder if it is something else"
	return &p
}

func base(path string) string { return filepath.Base(path) }

func plainly(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err.Error()
	}
	return err.Error()
}

// open reads a file as the lines of its first sheet.
func open(path string) ([]record, *fault.Problem) {
	rows, err := decode.Table(path, config.Default().Limits)
	if err != nil {
		p := fault.Problem{File: "reference/" + base(path), Message: plainly(err)}
		var refused decode.Refused
		if errors.As(err, &refused) {
			p.Hint = refused.Hint
		}
		return nil, &p
	}
	records := make([]record, len(rows))
	for i, r := range rows {
		records[i] = record{line: r.Line, cells: r.Cells}
	}
	return records, nil
}

//go:embed defaults/*.csv
var defaults embed.FS

// fallback gives the rows that hold where staff keep no file, without lines.
func (s sheet) fallback() []row {
	content, err := defaults.ReadFile("defaults/" + s.name + ".csv")
	if err != nil {
		return nil
	}
	lines, err := csv.NewReader(strings.NewReader(string(content))).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("defaults/%s.csv: %v", s.name, err)) // embedded, and read by a test
	}
	records := make([]record, len(lines))
	for i, cells := range lines {
		records[i] = record{line: i + 1, cells: cells}
	}
	rows, _ := s.read("defaults/"+s.name+".csv", records, "")
	for i := range rows {
		rows[i].line = 0
	}
	return rows
}

// inOrder sorts problems by file and line, so that a person can go through each file once.
func inOrder(problems []fault.Problem) []fault.Problem {
	sort.SliceStable(problems, func(i, j int) bool {
		if problems[i].File != problems[j].File {
			return problems[i].File < problems[j].File
		}
		return problems[i].Line < problems[j].Line
	})
	return problems
}
