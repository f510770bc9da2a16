package workbook

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/render/head"
)

// Own is a workbook that staff have made themselves: noticeboard fills its named cells and tables, and leaves all else as it is.
type Own struct {
	File   string     `yaml:"file"` // .xlsx beside the templates
	Cells  []OwnCell  `yaml:"cells"`
	Tables []OwnTable `yaml:"tables"`

	content []byte
}

// OwnCell fills one named cell: with the column of the first row, or with what the edition is.
type OwnCell struct {
	From   `yaml:",inline"`
	Column `yaml:",inline"`
	Name   string `yaml:"name"`
	Shows  string `yaml:"shows"` // period, property, company, as_of or edition, in place of a relation
}

// OwnTable fills one table. Its first row below the head shows how every row will look.
type OwnTable struct {
	From    `yaml:",inline"`
	Name    string   `yaml:"name"`
	Columns []Column `yaml:"columns"` // head is the text of the head cell
}

// load reads the workbook of an own template.
func (o *Own) load(templates fs.FS, source *head.Source) []fault.Problem {
	content, err := fs.ReadFile(templates, "workbooks/"+o.File)
	if err != nil {
		return []fault.Problem{{File: source.File, Line: source.Line("own", "file"), Message: "there is no workbook templates/workbooks/" + o.File, Hint: "check the spelling, or add the file"}}
	}
	o.content = content
	return nil
}

func (o *Own) open() (*excelize.File, error) { return excelize.OpenReader(bytes.NewReader(o.content)) }

// fillOwn makes the workbook from the one that staff have made.
func (p *press) fillOwn(path string) error {
	p.result.Title = p.speech.text(p.template.Title)
	f, err := p.template.Own.open()
	if err != nil {
		return err
	}
	p.ink.file.Close()
	p.ink.file = f
	for _, c := range p.template.Own.Cells {
		if err := p.fillCell(c); err != nil {
			return fmt.Errorf("cell %s: %w", c.Name, err)
		}
	}
	for _, t := range p.template.Own.Tables {
		if err := p.fillTable(t); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	// Formulas were saved with the results of other figures.
	calculate := true
	if err := f.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &calculate}); err != nil {
		return err
	}
	return p.save(path)
}

func (p *press) fillCell(c OwnCell) error {
	sheet, cell, there := namedCell(p.ink.file, c.Name)
	if !there {
		return fmt.Errorf("it is not there")
	}
	if c.Shows != "" {
		return p.enter(sheet, cell, p.shows(c.Shows), 0)
	}
	rows, err := p.source.rows(c.From)
	if err != nil || len(rows) == 0 {
		return err
	}
	return p.enter(sheet, cell, p.bare(rows[0], c.Column), 0)
}

// shows gives what the edition is.
func (p *press) shows(what string) string {
	switch what {
	case "period":
		return p.edition.Period
	case "property":
		return p.edition.PropertyName
	case "company":
		return p.edition.CompanyName
	case "as_of":
		return p.edition.AsOf.Format("2006-01-02 15:04")
	default:
		return p.caption()
	}
}

// bare gives a value as the reader's own formats need it: numbers and dates as such, codes as words.
func (p *press) bare(r row, c Column) any {
	v := r.value(c.Column)
	if _, is := number(v); is && c.Names == "" && c.Codes == "" {
		return v
	}
	if t, is := v.(time.Time); is {
		return t
	}
	if v == nil {
		return nil
	}
	return p.words(p.spoken(r, c), look{}).value
}

// enter writes a value into a cell of staff's own, with the look given, or the one that it has.
func (p *press) enter(sheet, cell string, value any, style int) error {
	f := p.ink.file
	if style == 0 {
		var err error
		if style, err = f.GetCellStyle(sheet, cell); err != nil {
			return err
		}
	}
	if text, is := value.(string); is {
		if strings.ContainsAny(text[:min(1, len(text))], "=+-@") {
			var err error
			if style, err = asText(f, style); err != nil {
				return err
			}
		}
		value = literal(text)
	}
	if err := f.SetCellValue(sheet, cell, value); err != nil {
		return err
	}
	return f.SetCellStyle(sheet, cell, cell, style)
}

// asText gives a look whose cells stay text when somebody edits them.
func asText(f *excelize.File, style int) (int, error) {
	s, err := f.GetStyle(style)
	if err != nil {
		return 0, err
	}
	s.NumFmt, s.CustomNumFmt = 49, nil
	return f.NewStyle(s)
}

// fillTable writes the rows of a relation below the head, each with the look of the first, and lets the table, the charts and the rules
// that stand on it grow or shrink with it.
func (p *press) fillTable(t OwnTable) error {
	table, there := tableNamed(p.ink.file, t.Name)
	if !there {
		return fmt.Errorf("it is not there")
	}
	rows, err := p.source.rows(t.From)
	if err != nil {
		return err
	}
	body := table.body()
	if body.top+len(rows) > sheetRows {
		return fmt.Errorf("%d rows don't fit on a sheet", len(rows))
	}
	for n := range max(body.bottom-body.top+1, len(rows)) {
		if err := p.fillRow(table, t, rows, n); err != nil {
			return err
		}
	}
	return table.resize(p.ink.file, body.top+max(1, len(rows))-1)
}

func (p *press) fillRow(table ownTable, t OwnTable, rows []row, n int) error {
	f, body := p.ink.file, table.body()
	for column := body.left; column <= body.right; column++ {
		sample, cell := at(column, body.top), at(column, body.top+n)
		style, err := f.GetCellStyle(table.sheet, sample)
		if err != nil {
			return err
		}
		c, mapped := t.column(table.heads[column-body.left])
		var value any
		if n < len(rows) && mapped {
			value = p.bare(rows[n], c)
		}
		formula, err := f.GetCellFormula(table.sheet, sample)
		if err != nil {
			return err
		}
		if !mapped && formula != "" && n < len(rows) {
			if err := f.SetCellFormula(table.sheet, cell, formula); err != nil {
				return err
			}
			if err := f.SetCellStyle(table.sheet, cell, cell, style); err != nil {
				return err
			}
			continue
		}
		if err := p.enter(table.sheet, cell, value, style); err != nil {
			return err
		}
	}
	return nil
}

func (t OwnTable) column(head string) (Column, bool) {
	for _, c := range t.Columns {
		if c.Head == head {
			return c, true
		}
	}
	return Column{}, false
}
