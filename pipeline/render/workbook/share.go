package workbook

import (
	"errors"
	"io/fs"

	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/render/head"
)

// sharedSheets is the folder of sheets that several workbooks show; a template names one as "use: timeliness".
const sharedSheets = "workbooks/sheets/"

// Join puts the shared sheets that a template uses in their places. Each keeps its own file and lines, for errors.
func (t *Template) Join(templates fs.FS) []fault.Problem {
	var problems []fault.Problem
	if t.Own != nil {
		problems = t.Own.load(templates, t.source)
	}
	for i := range t.Sheets {
		use := t.Sheets[i].Use
		if use == "" {
			continue
		}
		name := sharedSheets + use + ".yaml"
		content, err := fs.ReadFile(templates, name)
		if errors.Is(err, fs.ErrNotExist) {
			problems = append(problems, fault.Problem{File: t.source.File, Line: t.source.Line("sheets", i), Message: "there is no sheet templates/" + name, Hint: "check the spelling, or add the file"})
			continue
		}
		if err != nil {
			problems = append(problems, fault.Problem{File: "templates/" + name, Message: err.Error()})
			continue
		}
		var shared Sheet
		source, bad := head.Decode("templates/"+name, content, &shared)
		shared.source = source
		t.Sheets[i] = shared
		problems = append(problems, bad...)
	}
	return problems
}

// home gives the id of the sheet that shows a metric in detail, empty where there is none.
func (t *Template) home(metric string) string {
	for _, s := range t.Sheets {
		for _, m := range s.Metrics {
			if m == metric {
				return s.ID
			}
		}
	}
	return ""
}
