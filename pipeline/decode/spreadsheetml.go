package decode

import (
	"os"
	"strconv"
	"strings"
)

// spreadsheetML opens a SpreadsheetML 2003 workbook, which is one XML text.
func (o *opener) spreadsheetML(p part, enc charset) error {
	o.is("SpreadsheetML 2003 (XML)")
	hidden := map[string]bool{}
	walk := func(visit func(sheet string, r Record) error) error {
		f, err := os.Open(p.path)
		if err != nil {
			return err
		}
		defer f.Close()
		xml := newMarkup(enc.reader(f), o.limits.UnpackedBytes, longestText(o.limits), o.tooLarge(), damaged("the workbook"))
		return (&spreadsheet{xml: xml, opener: o, visit: visit, formats: map[string]numberFormat{}, hidden: hidden}).walk()
	}
	var names []string
	seen := map[string]bool{}
	err := walk(func(sheet string, r Record) error {
		if !seen[sheet] {
			seen[sheet] = true
			names = append(names, sheet)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(names) == 0 {
		return refuse("empty", "export it again", "the workbook has no rows")
	}
	for _, name := range names {
		o.book.Sheets = append(o.book.Sheets, Sheet{Name: name, Hidden: hidden[name], Within: p.within(name), each: func(visit func(Record) error) error {
			return walk(func(sheet string, r Record) error {
				if sheet != name {
					return nil
				}
				return visit(r)
			})
		}})
	}
	return nil
}

type spreadsheet struct {
	xml     *markup
	opener  *opener
	visit   func(sheet string, r Record) error
	formats map[string]numberFormat
	style   string
	sheet   string
	row     int
	inRow   bool
	column  int
	merged  merged
	columns []int           // that aren't shown
	at      int             // of the column element read last
	hidden  map[string]bool // sheets
	state   bool            // the next text says whether the sheet is shown
	record  Record
	cell    struct {
		style, kind string
		text        strings.Builder
		span, down  int
		inData      bool
	}
}

func (m *spreadsheet) walk() error {
	for depth := 0; ; {
		t, err := m.xml.next()
		if err != nil {
			return err
		}
		switch t {
		case ended:
			if depth > 0 {
				return refuse("truncated", "export it again", "the workbook ends in the middle (row %d)", m.row)
			}
			return nil
		case opening:
			depth++
			err = m.start()
		case closing:
			depth--
			err = m.end()
		case text:
			if m.state {
				m.hidden[m.sheet] = strings.Contains(string(m.xml.content), "Hidden")
			}
			if m.cell.inData {
				m.xml.addText(&m.cell.text)
			}
		}
		if err != nil {
			return err
		}
		if m.cell.text.Len() > m.opener.limits.CellBytes {
			return refuse("too_large", "raise limits.cell_bytes if that is right", "row %d has a cell of more than %d bytes", m.row, m.opener.limits.CellBytes)
		}
	}
}

func (m *spreadsheet) start() error {
	switch string(m.xml.name) {
	case "Style":
		m.style = m.xml.attribute("ID")
	case "NumberFormat":
		m.formats[m.style] = namedFormat(m.xml.attribute("Format"))
	case "Worksheet":
		m.sheet, m.row, m.columns, m.at, m.merged = m.xml.attribute("Name"), 0, nil, 0, merged{}
	case "Column":
		m.startColumn()
	case "Visible":
		m.state = true
	case "Row":
		m.row++
		if n, err := strconv.Atoi(m.xml.attribute("Index")); err == nil && n > m.row {
			m.row = n
		}
		m.column, m.inRow = 0, true
		m.record = Record{Line: m.row, Cells: m.record.Cells[:0], Hidden: isTrue(m.xml.attribute("Hidden")), HiddenColumns: m.columns}
		if m.row > m.opener.limits.SheetRows {
			return refuse("too_large", "split the export, or raise limits.sheet_rows", "sheet %s has more than %d rows", m.sheet, m.opener.limits.SheetRows)
		}
	case "Cell":
		return m.startCell()
	case "Data":
		m.cell.kind, m.cell.inData = m.xml.attribute("Type"), true
	}
	return nil
}

// startColumn keeps which columns aren't shown. One element may speak for those after it, too.
func (m *spreadsheet) startColumn() {
	m.at++
	if n, err := strconv.Atoi(m.xml.attribute("Index")); err == nil && n > 0 {
		m.at = n
	}
	from := m.at
	if n, err := strconv.Atoi(m.xml.attribute("Span")); err == nil && n > 0 {
		m.at += min(n, m.opener.limits.Columns)
	}
	if !isTrue(m.xml.attribute("Hidden")) {
		return
	}
	for i := from; i <= min(m.at, m.opener.limits.Columns) && len(m.columns) < m.opener.limits.Columns; i++ {
		m.columns = append(m.columns, i-1)
	}
}

func (m *spreadsheet) startCell() error {
	if n, err := strconv.Atoi(m.xml.attribute("Index")); err == nil && n > 0 {
		m.column = n - 1
	}
	m.cell.style, m.cell.kind, m.cell.span = m.xml.attribute("StyleID"), "", 1
	if n, err := strconv.Atoi(m.xml.attribute("MergeAcross")); err == nil && n > 0 {
		m.cell.span = min(n, 1<<16) + 1
	}
	m.cell.down = 0
	if n, err := strconv.Atoi(m.xml.attribute("MergeDown")); err == nil && n > 0 {
		m.cell.down = min(n, m.opener.limits.SheetRows)
	}
	m.cell.text.Reset()
	if m.column >= m.opener.limits.Columns {
		return refuse("too_large", "raise limits.columns if that is right", "sheet %s has more than %d columns", m.sheet, m.opener.limits.Columns)
	}
	return nil
}

func (m *spreadsheet) end() error {
	switch string(m.xml.name) {
	case "Visible":
		m.state = false
	case "Data":
		m.cell.inData = false
	case "Cell":
		m.put()
	case "Row":
		if !m.inRow {
			return nil
		}
		m.inRow = false
		m.record.Above = m.merged.above(m.row)
		return m.visit(m.sheet, m.record)
	}
	return nil
}

func (m *spreadsheet) put() {
	text, midnight := m.cell.text.String(), false
	switch m.cell.kind {
	case "DateTime":
		if date, ok := strings.CutSuffix(text, "T00:00:00.000"); ok {
			text, midnight = date, m.formats[m.cell.style].hours
		}
	case "Number":
		text, midnight = m.formats[m.cell.style].text(strings.TrimSpace(text), epoch1900)
	}
	if text != "" {
		for len(m.record.Cells) <= m.column {
			m.record.Cells = append(m.record.Cells, "")
		}
		m.record.Cells[m.column] = text
		m.merged.reach(m.row, m.column, m.row+m.cell.down, text)
		if midnight {
			m.record.Midnights = append(m.record.Midnights, m.column)
		}
	}
	m.column += m.cell.span
}

// namedFormat knows the formats that SpreadsheetML calls by name.
func namedFormat(format string) numberFormat {
	switch format {
	case "General Date", "Long Time", "Medium Time", "Short Time":
		return numberFormat{date: true, hours: true}
	case "Long Date", "Medium Date", "Short Date":
		return numberFormat{date: true}
	}
	return formatOfCode(format)
}
