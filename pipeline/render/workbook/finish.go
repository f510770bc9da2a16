package workbook

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// finish draws what points elsewhere and sets up the printed page.
func (p *press) finish(s *sheet) error {
	if err := s.start(); err != nil {
		return err
	}
	steps := []func(*sheet) error{p.addTables, p.addRules, p.addLinks, p.addNotes, p.addCharts, p.addSparks, p.setUpPage, p.breakPages}
	for _, step := range steps {
		if err := step(s); err != nil {
			return err
		}
	}
	return nil
}

// namePrefix keeps the names of ranges apart from cells and functions, such as TREND.
const namePrefix = "nb_"

// addTables gives each table its filter and its name.
func (p *press) addTables(s *sheet) error {
	for _, t := range s.tables {
		if t.last == t.head {
			continue
		}
		area := at(1, t.head) + ":" + at(len(t.grid.heads), t.last)
		if !t.grid.isHeatMap() {
			if err := s.file.AddTable(s.name, &excelize.Table{Range: area, Name: p.filterName()}); err != nil {
				return err
			}
		}
		if t.grid.id == "" || p.places[t.grid.id] != t {
			continue
		}
		ref := "'" + s.name + "'!" + absolute(1, t.head) + ":" + absolute(len(t.grid.heads), t.last)
		if err := p.ink.file.SetDefinedName(&excelize.DefinedName{Name: namePrefix + t.grid.id, RefersTo: ref}); err != nil {
			return err
		}
	}
	return nil
}

// filterName numbers the filters of the workbook: a table's name is the workbook's own, and mustn't be that of a range.
func (p *press) filterName() string {
	p.filters++
	return fmt.Sprintf("filter_%d", p.filters)
}

func absolute(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row, true)
	if err != nil {
		return ""
	}
	return name
}

func (p *press) addLinks(s *sheet) error {
	for _, l := range s.links {
		tab := p.tabs[l.home]
		if err := p.ink.file.SetCellHyperLink(s.name, l.cell, "'"+tab+"'!A1", "Location", excelize.HyperlinkOpts{Tooltip: &tab}); err != nil {
			return err
		}
	}
	return nil
}

func (p *press) addNotes(s *sheet) error {
	for _, n := range s.notes {
		rows := 2 + int(width(n.text)/36)
		comment := excelize.Comment{Author: p.author(), Cell: n.cell, Width: 300, Height: uint(18 * rows),
			Paragraph: []excelize.RichTextRun{{Text: n.text, Font: &excelize.Font{Family: p.ink.face, Size: 9.5}}}}
		if err := p.ink.file.AddComment(s.name, comment); err != nil {
			return err
		}
	}
	return nil
}

func (p *press) addCharts(s *sheet) error {
	for _, d := range s.charts {
		if err := p.plot(s, d); err != nil {
			return fmt.Errorf("chart of %s: %w", d.chart.Of, err)
		}
	}
	return nil
}

// addSparks draws all small lines of a sheet at once: each shows the row of its key, from the first month to the last.
func (p *press) addSparks(s *sheet) error {
	all := excelize.SparklineOptions{Type: "line", SeriesColor: teal, Last: true}
	for _, k := range s.sparks {
		of := p.places[k.of]
		if of == nil || !slices.Contains(of.grid.keys, k.key) {
			continue
		}
		row := of.rowOf(k.key)
		all.Location = append(all.Location, k.cell)
		all.Range = append(all.Range, fmt.Sprintf("'%s'!%s:%s", of.sheet, at(2, row), at(len(of.grid.heads), row)))
	}
	if len(all.Location) == 0 {
		return nil
	}
	return p.ink.file.AddSparkline(s.name, &all)
}

// setUpPage prints A4 landscape, one page wide, with the head repeated and a foot that says which page of how many.
func (p *press) setUpPage(s *sheet) error {
	f, landscape, a4, one, tall := p.ink.file, "landscape", 9, 1, 0
	if s.spec.OnePage {
		tall = 1
	}
	if err := f.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &one, FitToHeight: &tall}); err != nil {
		return err
	}
	side, end, header, footer, centred := marginInches, footInches, 0.3, 0.3, true
	err := f.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &side, Bottom: &end, Header: &header, Footer: &footer, Horizontally: &centred})
	if err != nil {
		return err
	}
	left := strings.ReplaceAll(p.caption(), "&", "&&")
	right := p.speech.text("workbook.page", "page", "&P", "pages", "&N")
	if err := f.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddFooter: "&L&8" + left + "&R&8" + right}); err != nil {
		return err
	}
	if s.repeat == "" {
		s.repeat = "$1:$2"
	}
	return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + s.name + "'!" + s.repeat, Scope: s.name})
}

func (p *press) author() string {
	if p.edition.CompanyName != "" {
		return p.edition.CompanyName
	}
	return "noticeboard"
}
