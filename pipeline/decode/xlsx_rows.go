package decode

import (
	"archive/zip"
	"strconv"
	"strings"
)

// rows streams the rows of a sheet.
func (w *workbook) rows(s xlsxSheet, visit func(Record) error) error {
	z, err := zip.OpenReader(w.path)
	if err != nil {
		return damaged("the workbook")
	}
	defer z.Close()
	for _, f := range z.File {
		if !strings.EqualFold(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"), s.file) {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return damaged("the workbook")
		}
		defer r.Close()
		m, err := w.markup(r)
		if err != nil {
			return err
		}
		if _, read := w.merged[s.file]; !read {
			if w.merged == nil {
				w.merged = map[string]map[position]int{}
			}
			if w.merged[s.file], err = w.mergedIn(f); err != nil {
				return err
			}
		}
		reader := sheetReader{workbook: w, name: s.name, xml: m, merged: merged{last: w.merged[s.file]}}
		return reader.each(visit)
	}
	return damaged("the workbook")
}

type sheetReader struct {
	*workbook
	name   string
	xml    *markup
	row    int
	inRow  bool
	column int
	record Record
	count  int
	hidden []int // columns
	merged merged
}

func (s *sheetReader) each(visit func(Record) error) error {
	for {
		t, err := s.xml.next()
		if err != nil {
			return err
		}
		switch {
		case t == ended:
			return damaged("the workbook") // before its rows do
		case t == opening:
			err = s.open()
		case t == closing && s.xml.is("row") && s.inRow:
			s.inRow = false
			s.record.Above = s.merged.above(s.row)
			err = visit(s.record)
		case t == closing && s.xml.is("sheetData"):
			return s.xml.rest()
		}
		if err != nil {
			return err
		}
	}
}

func (s *sheetReader) open() error {
	switch string(s.xml.name) {
	case "col":
		s.hide()
	case "row":
		return s.startRow()
	case "c":
		return s.cell()
	}
	return nil
}

func (s *sheetReader) startRow() error {
	s.row++
	if n, err := strconv.Atoi(s.xml.attribute("r")); err == nil && n > 0 {
		s.row = n
	}
	s.column, s.inRow = 0, true
	s.record = Record{Line: s.row, Cells: s.record.Cells[:0], Hidden: isTrue(s.xml.attribute("hidden")), HiddenColumns: s.hidden}
	if s.count++; s.count > s.opener.limits.SheetRows || s.row > s.opener.limits.SheetRows {
		return refuse("too_large", "split the export, or raise limits.sheet_rows", "sheet %s has more than %d rows", s.name, s.opener.limits.SheetRows)
	}
	return nil
}

func isTrue(value string) bool { return value == "1" || value == "true" }

// hide keeps which columns aren't shown. A stretch may reach to the last column of the format: only those with cells matter.
func (s *sheetReader) hide() {
	from, _ := strconv.Atoi(s.xml.attribute("min"))
	to, _ := strconv.Atoi(s.xml.attribute("max"))
	if !isTrue(s.xml.attribute("hidden")) || from < 1 {
		return
	}
	for i := from; i <= min(to, s.opener.limits.Columns) && len(s.hidden) < s.opener.limits.Columns; i++ {
		s.hidden = append(s.hidden, i-1)
	}
}

// cell reads one cell; what it is of is in its attributes.
func (s *sheetReader) cell() error {
	var ref, kind, style []byte
	for a, rest, ok := nextAttribute(s.xml.attributes); ok; a, rest, ok = nextAttribute(rest) {
		switch string(local(a.name)) {
		case "r":
			ref = a.value
		case "t":
			kind = a.value
		case "s":
			style = a.value
		}
	}
	if at := columnOf(ref); at >= 0 {
		s.column = at
	}
	if s.column >= s.opener.limits.Columns {
		return refuse("too_large", "raise limits.columns if that is right", "sheet %s has more than %d columns", s.name, s.opener.limits.Columns)
	}
	of := kindOf(kind)
	number, _ := strconv.Atoi(string(style))
	raw, err := s.value(of)
	if err != nil {
		return err
	}
	text, midnight := s.text(of, number, raw)
	if len(text) > s.opener.limits.CellBytes {
		return refuse("too_large", "raise limits.cell_bytes if that is right", "sheet %s, row %d has a cell of more than %d bytes", s.name, s.row, s.opener.limits.CellBytes)
	}
	if text != "" {
		for len(s.record.Cells) <= s.column {
			s.record.Cells = append(s.record.Cells, "")
		}
		s.record.Cells[s.column] = text
		s.merged.put(s.row, s.column, text)
		if midnight {
			s.record.Midnights = append(s.record.Midnights, s.column)
		}
	}
	s.column++
	return nil
}

// cellKind is what a cell says of its value.
type cellKind int

const (
	cellNumber cellKind = iota
	cellShared
	cellString // of a formula
	cellInline
	cellYesNo
	cellAsGiven // a date in ISO form, or the word of an error
)

func kindOf(t []byte) cellKind {
	switch string(t) {
	case "s":
		return cellShared
	case "str":
		return cellString
	case "inlineStr":
		return cellInline
	case "b":
		return cellYesNo
	case "d", "e":
		return cellAsGiven
	}
	return cellNumber
}

// columnOf reads the letters of A1 as 0; -1 where there are none.
func columnOf(ref []byte) int {
	n := 0
	for _, r := range ref {
		switch {
		case r >= 'A' && r <= 'Z' && n < 1<<20:
			n = n*26 + int(r-'A') + 1
		case r >= 'a' && r <= 'z' && n < 1<<20:
			n = n*26 + int(r-'a') + 1
		default:
			return n - 1
		}
	}
	return n - 1
}

// value reads up to the end of the cell: the text of v, or of is. A formula without a value, which whoever made the file never worked
// out, stands for itself: a number that nobody knows isn't none.
func (s *sheetReader) value(kind cellKind) (string, error) {
	if kind == cellInline {
		return innerText(s.xml, "c")
	}
	var value, formula strings.Builder
	var into *strings.Builder
	worked := false
	for {
		t, err := s.xml.next()
		if err != nil {
			return "", err
		}
		switch t {
		case ended:
			return "", damaged("the workbook")
		case opening:
			switch string(s.xml.name) {
			case "v", "t": // some writers put an inline string without saying so
				into, worked = &value, true
			case "f":
				into = &formula
				formula.WriteByte('=')
			}
		case closing:
			into = nil
			if !s.xml.is("c") {
				continue
			}
			if !worked && formula.Len() > 0 {
				return formula.String(), nil
			}
			return value.String(), nil
		case text:
			if into != nil {
				s.xml.addText(into)
			}
		}
	}
}

func (s *sheetReader) text(kind cellKind, style int, raw string) (text string, midnight bool) {
	switch kind {
	case cellShared:
		if n, err := strconv.Atoi(strings.TrimSpace(raw)); err == nil && n >= 0 && n < len(s.strings) {
			return s.strings[n], false
		}
		return "", false
	case cellString:
		return unescape(raw), false
	case cellInline, cellAsGiven:
		return raw, false
	case cellYesNo:
		if strings.TrimSpace(raw) == "1" {
			return "TRUE", false
		}
		return "FALSE", false
	}
	var format numberFormat
	if style >= 0 && style < len(s.styles) {
		format = s.styles[style]
	}
	return format.text(strings.TrimSpace(raw), s.epoch)
}
