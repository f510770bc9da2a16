package decode

import (
	"archive/zip"
	"io"
	"path"
	"strconv"
	"strings"

	"noticeboard/pipeline/config"
)

// The workbook's own XML is read here, with the formats of its cells: the library that writes our workbooks gives a streamed cell
// without its format, and then 45473 could be a date or a number.

// workbook opens an .xlsx or .xlsm.
func (o *opener) workbook(p part) error {
	o.is("Excel workbook (.xlsx)")
	return Guarded("workbook", func() error {
		w := &workbook{path: p.path, limits: o.budget, opener: o}
		if err := w.load(); err != nil {
			return err
		}
		for _, s := range w.sheets {
			o.book.Sheets = append(o.book.Sheets, Sheet{Name: s.name, Hidden: s.hidden, Within: p.within(s.name), each: func(visit func(Record) error) error {
				return Guarded("sheet "+s.name, func() error { return w.rows(s, visit) })
			}})
		}
		return nil
	})
}

// mostSheets keeps a workbook of a million sheets from being a task in itself.
const mostSheets = 1000

type workbook struct {
	path    string
	limits  int64
	opener  *opener
	sheets  []xlsxSheet
	strings []string
	styles  []numberFormat // by cell format
	epoch   epoch
	merged  map[string]map[position]int // by sheet, once read
}

type xlsxSheet struct {
	name   string
	file   string
	hidden bool
}

// load reads all but the sheets.
func (w *workbook) load() error {
	z, err := zip.OpenReader(w.path)
	if err != nil {
		return damaged("the workbook")
	}
	defer z.Close()
	files := map[string]*zip.File{}
	for _, f := range z.File {
		files[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))] = f
	}
	main := "xl/workbook.xml"
	if files[main] == nil {
		if main = w.target(files, "_rels/.rels", "/officeDocument"); files[strings.ToLower(main)] == nil {
			return damaged("the workbook")
		}
	}
	rels := path.Join(path.Dir(main), "_rels", path.Base(main)+".rels")
	targets, err := w.relations(files[strings.ToLower(rels)], path.Dir(main))
	if err != nil {
		return err
	}
	if err := w.book(files[strings.ToLower(main)], files, targets); err != nil {
		return err
	}
	if err := w.sharedStrings(files, targets); err != nil {
		return err
	}
	return w.readStyles(files, targets)
}

type relation struct{ kind, target string }

func (w *workbook) target(files map[string]*zip.File, rels, kind string) string {
	all, _ := w.relations(files[rels], "")
	for _, r := range all {
		if strings.HasSuffix(r.kind, kind) {
			return r.target
		}
	}
	return ""
}

func (w *workbook) relations(f *zip.File, base string) (map[string]relation, error) {
	found := map[string]relation{}
	err := w.elements(f, func(m *markup) error {
		if !m.is("Relationship") {
			return nil
		}
		target := m.attribute("Target")
		if strings.HasPrefix(target, "/") {
			target = strings.TrimPrefix(target, "/")
		} else {
			target = path.Join(base, target)
		}
		if found[m.attribute("Id")] = (relation{m.attribute("Type"), target}); len(found) > most {
			return tooMany("parts")
		}
		return nil
	})
	return found, err
}

// elements walks the elements of one file of the workbook as they open. A file that isn't there has none.
func (w *workbook) elements(f *zip.File, each func(*markup) error) error {
	if f == nil {
		return nil
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
	for {
		t, err := m.next()
		if err != nil {
			return err
		}
		switch t {
		case ended:
			return nil
		case opening:
			if err := each(m); err != nil {
				return err
			}
		}
	}
}

// markup reads a part of the workbook within its limits.
func (w *workbook) markup(r io.Reader) (*markup, error) {
	r, err := asUTF8(r)
	if err != nil {
		return nil, damaged("the workbook")
	}
	return newMarkup(r, w.limits, longestText(w.opener.limits), w.opener.tooLarge(), damaged("the workbook")), nil
}

// longestText is a cell with all its entities, and a tag.
func longestText(limits config.Limits) int { return 2*limits.CellBytes + 1<<10 }

// most is how many formats and relations a workbook may have; spreadsheet programs stop far below.
const most = 1 << 16

func tooMany(what string) error {
	return refuse("too_large", "open it in a spreadsheet program and save it again", "the workbook has more than %d %s", most, what)
}

func (w *workbook) book(f *zip.File, files map[string]*zip.File, targets map[string]relation) error {
	return w.elements(f, func(m *markup) error {
		switch string(m.name) {
		case "workbookPr":
			if v := m.attribute("date1904"); v == "1" || v == "true" {
				w.epoch = epoch1904
			}
		case "sheet":
			target := targets[m.prefixed("id")] // r:id, which stands beside a sheetId
			if files[strings.ToLower(target.target)] == nil || !strings.HasSuffix(target.kind, "/worksheet") {
				return nil // a chart or dialogue sheet
			}
			state := m.attribute("state")
			w.sheets = append(w.sheets, xlsxSheet{name: m.attribute("name"), file: target.target, hidden: state == "hidden" || state == "veryHidden"})
			if len(w.sheets) > mostSheets {
				return refuse("too_large", "split the workbook", "the workbook has more than %d sheets", mostSheets)
			}
		}
		return nil
	})
}

func partOf(files map[string]*zip.File, targets map[string]relation, kind string) *zip.File {
	for _, r := range targets {
		if strings.HasSuffix(r.kind, kind) {
			return files[strings.ToLower(r.target)]
		}
	}
	return nil
}

func (w *workbook) sharedStrings(files map[string]*zip.File, targets map[string]relation) error {
	held := 0
	return w.elements(partOf(files, targets, "/sharedStrings"), func(m *markup) error {
		if !m.is("si") {
			return nil
		}
		text, err := innerText(m, "si")
		w.strings = append(w.strings, text)
		if held += len(text) + perText; held > w.opener.limits.MemoryMB<<20/8 {
			return refuse("too_large", "split the export, or raise limits.memory_mb", "its shared texts take more than %d MB", w.opener.limits.MemoryMB/8)
		}
		return err
	})
}

// perText is what a text takes beside its bytes.
const perText = 32

// innerText gathers the t elements up to the end of the element, without the phonetic guides.
func innerText(m *markup, element string) (string, error) {
	var b strings.Builder
	inText, phonetic := false, false
	for {
		t, err := m.next()
		if err != nil {
			return "", err
		}
		switch t {
		case ended:
			return "", m.broken
		case opening:
			inText = m.is("t")
			phonetic = phonetic || m.is("rPh")
		case closing:
			inText = false
			if m.is("rPh") {
				phonetic = false
			}
			if m.is(element) {
				return unescape(b.String()), nil
			}
		case text:
			if inText && !phonetic {
				m.addText(&b)
			}
		}
	}
}

// unescape reads _x000D_, as spreadsheets write characters that XML can't hold.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for {
		i := strings.Index(s, "_x")
		if i < 0 || i+7 > len(s) {
			b.WriteString(s)
			return b.String()
		}
		code, err := strconv.ParseUint(s[i+2:i+6], 16, 16)
		if err != nil || s[i+6] != '_' {
			b.WriteString(s[:i+2])
			s = s[i+2:]
			continue
		}
		b.WriteString(s[:i])
		if code >= ' ' || code == '\n' || code == '\t' {
			b.WriteRune(rune(code))
		}
		s = s[i+7:]
	}
}

func (w *workbook) readStyles(files map[string]*zip.File, targets map[string]relation) error {
	custom := map[int]string{}
	inCells := false
	return w.elements(partOf(files, targets, "/styles"), func(m *markup) error {
		switch string(m.name) {
		case "numFmt":
			id, _ := strconv.Atoi(m.attribute("numFmtId"))
			if custom[id] = m.attribute("formatCode"); len(custom) > most {
				return tooMany("formats")
			}
		case "cellXfs":
			inCells = true
		case "cellStyles", "dxfs":
			inCells = false
		case "xf":
			if inCells {
				id, _ := strconv.Atoi(m.attribute("numFmtId"))
				if w.styles = append(w.styles, formatOf(id, custom[id])); len(w.styles) > most {
					return tooMany("formats")
				}
			}
		}
		return nil
	})
}
