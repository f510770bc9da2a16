package workbook

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"noticeboard/pipeline/render/head"
)

// part is one block, read and set in cells, before it has a place on the sheet.
type part struct {
	lines []line
	grid  *grid
	chart *Chart
}

// write sets out one sheet: head, blocks in their order, charts at the right of all tables.
func (p *press) write(spec *Sheet) error {
	parts, grids, err := p.read(spec)
	if err != nil {
		return err
	}
	s, err := p.open(spec, p.tabs[spec.ID])
	if err != nil {
		return err
	}
	s.widen(grids)
	if err := p.head(s); err != nil {
		return err
	}
	single := len(grids) == 1
	for i, part := range parts {
		switch {
		case part.grid != nil:
			s, err = p.set(s, part.grid, single)
		case part.chart != nil:
			s.draw(part.chart)
		default:
			err = p.say(s, part.lines)
		}
		if err != nil {
			return fmt.Errorf("block %d: %w", i+1, err)
		}
	}
	return nil
}

func (p *press) read(spec *Sheet) (parts []part, grids []*grid, err error) {
	for i, b := range spec.Blocks {
		if !serves(b.For, p.edition.subject()) {
			continue
		}
		next, err := p.block(b)
		if err != nil {
			return nil, nil, fmt.Errorf("block %d: %w", i+1, err)
		}
		if next.grid != nil {
			grids = append(grids, next.grid)
		}
		parts = append(parts, next)
	}
	return parts, grids, nil
}

func (p *press) block(b Block) (part, error) {
	switch {
	case b.Sentence != nil:
		lines, err := p.sentence(b.Sentence)
		return part{lines: lines}, err
	case b.Note != nil:
		return part{lines: []line{{cells: []cell{p.words(p.speech.text(b.Note.Word), noteLook)}, merged: true}}}, nil
	case b.Index != nil:
		return part{lines: p.index(b.Index)}, nil
	case b.Table != nil:
		g, err := p.table(b.Table)
		return part{grid: g}, err
	case b.Matrix != nil:
		g, err := p.matrix(b.Matrix)
		return part{grid: g}, err
	default:
		return part{chart: b.Chart}, nil
	}
}

// head says on two rows what the sheet is: title; property, period, edition, as-of. Other sheets than the first lead back to it.
func (p *press) head(s *sheet) error {
	title := p.speech.text(s.spec.Tab)
	if s.spec.Title != "" {
		title = p.speech.text(s.spec.Title)
	}
	first := make([]cell, s.span)
	first[0] = p.words(p.speech.text("workbook.title", "report", p.result.Title, "sheet", title), titleLook)
	if len(p.sheets) > 1 {
		back := p.words(p.speech.text("workbook.back", "sheet", p.sheets[0].name), backLook)
		back.home = p.template.Sheets[0].ID
		first[s.span-1] = back
	}
	if err := s.put(line{cells: first, height: 28}); err != nil {
		return err
	}
	return s.put(line{cells: []cell{p.words(p.caption(), captionLook)}, height: 22})
}

func (p *press) caption() string {
	e := p.edition
	subject := e.PropertyName
	switch e.subject() {
	case head.Company:
		subject = p.speech.text("workbook.company", "company", e.CompanyName)
	case head.Zone:
		subject = p.speech.text("workbook.zone", "property", e.PropertyName, "zone", e.ZoneName)
	}
	parts := []string{subject, p.speech.text("workbook.period", "period", e.Period)}
	if p.template.On(head.CloseDay) {
		edition := "workbook.edition.first"
		if e.Final {
			edition = "workbook.edition.final"
		}
		parts = append(parts, p.speech.text(edition))
	}
	parts = append(parts, p.speech.text("workbook.as_of", "as_of", e.AsOf.Format("2006-01-02 15:04")))
	return strings.Join(parts, p.speech.text("workbook.gap"))
}

// say writes sentences over the whole span.
func (p *press) say(s *sheet, lines []line) error {
	for _, l := range lines {
		room := s.total() * 1.05
		if l.split > 0 {
			s.divide(&l)
			room -= l.split
		}
		n := 1 + int((width(l.longest())-1)/room)
		l.height = rowHeight + float64(n-1)*lineHeight
		if err := s.put(l); err != nil {
			return err
		}
	}
	return nil
}

// index gives one line for each of the other sheets that this workbook has: the link, and what the sheet shows.
func (p *press) index(b *Index) []line {
	lines := []line{{cells: []cell{p.words(p.speech.text(b.Title), sectionLook)}, merged: true}}
	others := slices.DeleteFunc(slices.Clone(p.template.Sheets[1:]), func(s Sheet) bool {
		return p.tabs[s.ID] == "" || slices.ContainsFunc(s.Blocks, func(other Block) bool { return other.Index != nil })
	})
	widest := 0.0
	for _, s := range others {
		widest = math.Max(widest, width(p.tabs[s.ID])+3)
	}
	for _, s := range others {
		link, about := p.words(p.tabs[s.ID], indexLook), cell{look: indexLook}
		p.lead(&link, s.ID)
		if s.About != "" {
			about = p.words(p.speech.text(s.About), indexLook)
		}
		lines = append(lines, line{cells: []cell{link, about}, split: widest})
	}
	return lines
}

// sentence words the rows of a sentence's relation.
func (p *press) sentence(b *Sentence) ([]line, error) {
	l := leadLook
	if b.Style == "box" {
		l = boxLook
	}
	var lines []line
	err := p.source.each(b.From, func(r row) error {
		c := p.words(p.sentenceText(b, r), l)
		if b.Home != "" {
			p.lead(&c, p.template.home(r.text(b.Home)))
		}
		lines = append(lines, line{cells: []cell{c}, merged: true})
		return nil
	})
	if err == nil && len(lines) == 0 && b.Empty != "" {
		lines = append(lines, line{cells: []cell{p.words(p.speech.text(b.Empty), l)}, merged: true})
	}
	// A shared sheet speaks for the workbook only where it is the first one.
	if b.Headline && len(p.sheets) == 0 {
		for _, l := range lines {
			p.result.Headline = append(p.result.Headline, l.cells[0].shown)
		}
	}
	return lines, err
}

func (p *press) sentenceText(b *Sentence, r row) string {
	key := b.Word
	if b.Case != "" {
		key += "." + r.text(b.Case)
	}
	pairs := []string{"period", p.edition.Period}
	for column := range r.at {
		switch {
		case r.value(column) == nil:
			pairs = append(pairs, column, dash)
		case b.Names[column] != "" || b.Codes[column] != "":
			pairs = append(pairs, column, p.spoken(r, Column{Column: column, Names: b.Names[column], Codes: b.Codes[column]}))
		default:
			pairs = append(pairs, column, p.speech.said(r, column, b.Formats[column], "unit"))
		}
	}
	return p.speech.text(key, pairs...)
}
