package decode

import (
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// mostTables keeps a page of a million tables from being a task in itself.
const mostTables = 100

// html opens a page whose tables are the sheets, as many office systems call an Excel file.
func (o *opener) html(p part, enc charset) error {
	o.is("HTML table in %s", enc.name)
	walk := func(visit func(table int, r Record) error) error {
		f, err := os.Open(p.path)
		if err != nil {
			return err
		}
		defer f.Close()
		page := &page{tokens: html.NewTokenizer(enc.reader(f)), opener: o, visit: visit}
		page.tokens.SetMaxBuf(2 * o.limits.CellBytes)
		return page.walk()
	}
	var filled []int
	err := walk(func(table int, r Record) error {
		if table >= mostTables {
			return refuse("too_large", "export one table a file", "the page has more than %d tables", mostTables)
		}
		if len(filled) == 0 || filled[len(filled)-1] != table {
			filled = append(filled, table)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(filled) == 0 {
		return notTable("it is a web page without a table, perhaps that of a log-in")
	}
	seen := map[int]bool{}
	for _, table := range filled {
		if seen[table] {
			continue // an inner table came between its rows
		}
		seen[table] = true
		name := ""
		if len(filled) > 1 {
			name = fmt.Sprintf("table%d", table+1)
		}
		o.book.Sheets = append(o.book.Sheets, Sheet{Name: name, OfPage: true, Within: p.within(name), each: func(visit func(Record) error) error {
			return walk(func(of int, r Record) error {
				if of != table {
					return nil
				}
				return visit(r)
			})
		}})
	}
	return nil
}

// page walks the tables of a page. Spanned cells are empty but for the first, as in a spreadsheet.
type page struct {
	tokens *html.Tokenizer
	opener *opener
	visit  func(table int, r Record) error
	open   []*table
	tables int
	closes bool // the page closes its rows, so that an open one at its end means that it was cut off
	skip   atom.Atom
}

type table struct {
	number int
	row    int
	cells  []string
	merged merged
	spans  map[int]int // column → rows that it is still covered from above
	inRow  bool
	inCell bool
	text   strings.Builder
	span   int // columns of the open cell
	down   int // rows of the open cell

	hidden        bool  // the open row isn't shown
	hiddenCells   []int // of the open row
	cellHidden    bool
	hiddenColumns []int // of the table
	columns       int   // that its col elements told of
}

func (p *page) walk() error {
	for {
		switch p.tokens.Next() {
		case html.ErrorToken:
			return p.end(p.tokens.Err())
		case html.StartTagToken, html.SelfClosingTagToken:
			if err := p.start(p.tokens.Token()); err != nil {
				return err
			}
		case html.EndTagToken:
			if err := p.close(p.tokens.Token()); err != nil {
				return err
			}
		case html.TextToken:
			if t := p.inner(); t != nil && t.inCell && p.skip == 0 {
				t.text.WriteString(joinSpace(string(p.tokens.Text())))
				if t.text.Len() > p.opener.limits.CellBytes {
					return refuse("too_large", "raise limits.cell_bytes if that is right", "row %d has a cell of more than %d bytes", t.row, p.opener.limits.CellBytes)
				}
			}
		}
	}
}

func (p *page) end(err error) error {
	if errors.Is(err, html.ErrBufferExceeded) {
		return refuse("too_large", "raise limits.cell_bytes if that is right", "the page has a text of more than %d bytes", 2*p.opener.limits.CellBytes)
	}
	if err != io.EOF {
		return err
	}
	for len(p.open) > 0 {
		t := p.inner()
		if p.closes && (t.inCell || t.inRow) {
			return refuse("truncated", "export it again", "the page ends inside row %d of its table", t.row)
		}
		if err := p.endTable(); err != nil {
			return err
		}
	}
	return nil
}

func (p *page) inner() *table {
	if len(p.open) == 0 {
		return nil
	}
	return p.open[len(p.open)-1]
}

// joinSpace makes one space of any run of white space, as a browser does; non-breaking spaces stay.
func joinSpace(s string) string {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' })
	joined := strings.Join(parts, " ")
	if joined == "" {
		if s == "" {
			return ""
		}
		return " "
	}
	if strings.ContainsRune(" \t\r\n", rune(s[0])) {
		joined = " " + joined
	}
	if strings.ContainsRune(" \t\r\n", rune(s[len(s)-1])) {
		joined += " "
	}
	return joined
}

func (p *page) start(t html.Token) error {
	inner := p.inner()
	switch t.DataAtom {
	case atom.Script, atom.Style, atom.Title:
		if t.Type == html.StartTagToken {
			p.skip = t.DataAtom
		}
	case atom.Table:
		p.open = append(p.open, &table{number: p.tables, spans: map[int]int{}})
		p.tables++
	case atom.Tr:
		if inner == nil {
			inner = &table{number: p.tables, spans: map[int]int{}} // rows without a table, as some exporters write
			p.open = append(p.open, inner)
			p.tables++
		}
		if err := p.endRow(inner); err != nil {
			return err
		}
		inner.row++
		inner.inRow = true
		inner.hidden, inner.hiddenCells = isHidden(t), nil
		if inner.row > p.opener.limits.SheetRows {
			return refuse("too_large", "split the export, or raise limits.sheet_rows", "the table has more than %d rows", p.opener.limits.SheetRows)
		}
	case atom.Td, atom.Th:
		if inner != nil && inner.inRow {
			if err := p.endCell(inner); err != nil {
				return err
			}
			inner.inCell = true
			inner.span, inner.down = spanOf(t, "colspan"), spanOf(t, "rowspan")
			inner.cellHidden = isHidden(t)
		}
	case atom.Col:
		if inner != nil {
			inner.tellColumns(spanOf(t, "span"), isHidden(t), p.opener.limits.Columns)
		}
	case atom.Br, atom.P:
		if inner != nil && inner.inCell && inner.text.Len() > 0 {
			inner.text.WriteByte('\n')
		}
	}
	return nil
}

// isHidden tells whether a browser wouldn't show a row, a cell or a column.
func isHidden(t html.Token) bool {
	for _, a := range t.Attr {
		if a.Key == "hidden" || a.Key == "style" && notShown.MatchString(strings.ToLower(a.Val)) {
			return true
		}
	}
	return false
}

var notShown = regexp.MustCompile(`(?:display\s*:\s*none|visibility\s*:\s*collapse)`)

func (t *table) tellColumns(n int, hidden bool, most int) {
	for ; n > 0 && t.columns < most; n-- {
		if hidden {
			t.hiddenColumns = append(t.hiddenColumns, t.columns)
		}
		t.columns++
	}
}

func spanOf(t html.Token, name string) int {
	for _, a := range t.Attr {
		if a.Key == name {
			if n, err := strconv.Atoi(strings.TrimSpace(a.Val)); err == nil && n > 1 {
				return min(n, 1<<16)
			}
		}
	}
	return 1
}

func (p *page) close(t html.Token) error {
	inner := p.inner()
	switch t.DataAtom {
	case atom.Script, atom.Style, atom.Title:
		p.skip = 0
	case atom.Td, atom.Th:
		if inner != nil {
			return p.endCell(inner)
		}
	case atom.Tr:
		p.closes = true
		if inner != nil {
			return p.endRow(inner)
		}
	case atom.Table:
		if inner != nil {
			return p.endTable()
		}
	}
	return nil
}

func (p *page) endTable() error {
	err := p.endRow(p.inner())
	p.open = p.open[:len(p.open)-1]
	return err
}

func (p *page) endCell(t *table) error {
	if !t.inCell {
		return nil
	}
	t.inCell = false
	t.covered()
	at := len(t.cells)
	if at+t.span > p.opener.limits.Columns {
		return refuse("too_large", "raise limits.columns if that is right", "row %d has more than %d columns", t.row, p.opener.limits.Columns)
	}
	t.cells = append(t.cells, strings.Trim(t.text.String(), " \n"))
	for i := 1; i < t.span; i++ {
		t.cells = append(t.cells, "")
	}
	t.merged.reach(t.row, at, t.row+t.down-1, t.cells[at])
	if t.cellHidden {
		t.hiddenCells = append(t.hiddenCells, at)
	}
	for i := 0; i < t.span && t.down > 1; i++ {
		t.spans[at+i] = t.down // this row counts, too: endRow takes one off
	}
	t.text.Reset()
	return nil
}

// covered adds the empty cells that rows above reach into, up to the next free column.
func (t *table) covered() {
	for t.spans[len(t.cells)] > 0 {
		t.cells = append(t.cells, "")
	}
}

func (p *page) endRow(t *table) error {
	if !t.inRow {
		return nil
	}
	if err := p.endCell(t); err != nil {
		return err
	}
	t.inRow = false
	t.covered()
	for column := range t.spans {
		if t.spans[column]--; t.spans[column] <= 0 {
			delete(t.spans, column)
		}
	}
	r := Record{Line: t.row, Cells: t.cells, Hidden: t.hidden, HiddenColumns: t.hiddenColumns, Above: t.merged.above(t.row)}
	if len(t.hiddenCells) > 0 && !t.hidden {
		r.HiddenColumns = slices.Concat(t.hiddenColumns, t.hiddenCells)
	}
	t.cells = t.cells[:0]
	return p.visit(t.number, r)
}
