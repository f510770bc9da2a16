package decode

import (
	"archive/zip"
	"encoding/xml"
	"io"
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
		reader := sheetReader{workbook: w, name: s.name, xml: newXML(w.within(r))}
		return reader.each(visit)
	}
	return damaged("the workbook")
}

type sheetReader struct {
	*workbook
	name   string
	xml    *xml.Decoder
	row    int
	column int
	record Record
	count  int
	hidden []int // columns
}

func (s *sheetReader) each(visit func(Record) error) error {
	for {
		token, err := s.xml.RawToken()
		if err == io.EOF {
			return damaged("the workbook") // it ends before its rows do
		}
		if err != nil {
			return unreadableXML(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			err = s.start(t)
		case xml.EndElement:
			switch t.Name.Local {
			case "row":
				err = visit(s.record)
			case "sheetData":
				return nil
			}
		}
		if err != nil {
			return err
		}
	}
}

func (s *sheetReader) start(e xml.StartElement) error {
	switch e.Name.Local {
	case "col":
		s.hide(e)
	case "row":
		return s.startRow(e)
	case "c":
		return s.cell(e)
	}
	return nil
}

func (s *sheetReader) startRow(e xml.StartElement) error {
	s.row++
	if n, err := strconv.Atoi(attr(e, "r")); err == nil && n > 0 {
		s.row = n
	}
	s.column = 0
	s.record = Record{Line: s.row, Cells: s.record.Cells[:0], Hidden: isTrue(attr(e, "hidden")), HiddenColumns: s.hidden}
	if s.count++; s.count > s.opener.limits.SheetRows || s.row > s.opener.limits.SheetRows {
		return refuse("too_large", "split the export, or raise limits.sheet_rows", "sheet %s has more than %d rows", s.name, s.opener.limits.SheetRows)
	}
	return nil
}

func isTrue(value string) bool { return value == "1" || value == "true" }

// hide keeps which columns aren't shown. A stretch may reach to the last column of the format: only those with cells matter.
func (s *sheetReader) hide(e xml.StartElement) {
	from, _ := strconv.Atoi(attr(e, "min"))
	to, _ := strconv.Atoi(attr(e, "max"))
	if !isTrue(attr(e, "hidden")) || from < 1 {
		return
	}
	for i := from; i <= min(to, s.opener.limits.Columns) && len(s.hidden) < s.opener.limits.Columns; i++ {
		s.hidden = append(s.hidden, i-1)
	}
}

func (s *sheetReader) cell(e xml.StartElement) error {
	kind, style := attr(e, "t"), attr(e, "s")
	if at := columnOf(attr(e, "r")); at >= 0 {
		s.column = at
	}
	if s.column >= s.opener.limits.Columns {
		return refuse("too_large", "raise limits.columns if that is right", "sheet %s has more than %d columns", s.name, s.opener.limits.Columns)
	}
	raw, err := s.value(kind)
	if err != nil {
		return err
	}
	text, midnight := s.text(kind, style, raw)
	if len(text) > s.opener.limits.CellBytes {
		return refuse("too_large", "raise limits.cell_bytes if that is right", "sheet %s, row %d has a cell of more than %d bytes", s.name, s.row, s.opener.limits.CellBytes)
	}
	if text != "" {
		for len(s.record.Cells) <= s.column {
			s.record.Cells = append(s.record.Cells, "")
		}
		s.record.Cells[s.column] = text
		if midnight {
			s.record.Midnights = append(s.record.Midnights, s.column)
		}
	}
	s.column++
	return nil
}

// columnOf reads the letters of A1 as 0; -1 where there are none.
func columnOf(ref string) int {
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

// value reads up to the end of the cell: the text of v, or of is.
func (s *sheetReader) value(kind string) (string, error) {
	if kind == "inlineStr" {
		return innerText(s.xml, "c")
	}
	var b strings.Builder
	inValue := false
	for {
		token, err := s.xml.RawToken()
		if err != nil {
			return "", unreadableXML(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			inValue = t.Name.Local == "v" || t.Name.Local == "t" // some writers put an inline string without saying so
		case xml.EndElement:
			inValue = false
			if t.Name.Local == "c" {
				return b.String(), nil
			}
		case xml.CharData:
			if inValue {
				b.Write(t)
			}
		}
	}
}

func (s *sheetReader) text(kind, style, raw string) (text string, midnight bool) {
	switch kind {
	case "s":
		if n, err := strconv.Atoi(strings.TrimSpace(raw)); err == nil && n >= 0 && n < len(s.strings) {
			return s.strings[n], false
		}
		return "", false
	case "str":
		return unescape(raw), false
	case "inlineStr", "e":
		return raw, false
	case "b":
		if strings.TrimSpace(raw) == "1" {
			return "TRUE", false
		}
		return "FALSE", false
	case "d":
		return raw, false
	}
	n, _ := strconv.Atoi(style)
	var format numberFormat
	if n >= 0 && n < len(s.styles) {
		format = s.styles[n]
	}
	return format.text(strings.TrimSpace(raw), s.epoch)
}
