package decode

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	htmlcharset "golang.org/x/net/html/charset"

	"noticeboard/pipeline/config"
)

// The workbook's own XML is read here, with the formats of its cells: the library that writes our workbooks gives a streamed cell
// without its format, and then 45473 could be a date or a number.

// workbook opens an .xlsx or .xlsm.
func (o *opener) workbook(p part) error {
	o.is("Excel workbook (.xlsx)")
	return guarded("workbook", func() error {
		w := &workbook{path: p.path, limits: o.budget, opener: o}
		if err := w.load(); err != nil {
			return err
		}
		for _, s := range w.sheets {
			o.book.Sheets = append(o.book.Sheets, Sheet{Name: s.name, Hidden: s.hidden, place: p.lines(s.name), each: func(visit func(Record) error) error {
				return guarded("sheet "+s.name, func() error { return w.rows(s, visit) })
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
	err := w.elements(f, func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "Relationship" {
			return nil
		}
		target := attr(e, "Target")
		if strings.HasPrefix(target, "/") {
			target = strings.TrimPrefix(target, "/")
		} else {
			target = path.Join(base, target)
		}
		if found[attr(e, "Id")] = (relation{attr(e, "Type"), target}); len(found) > most {
			return tooMany("parts")
		}
		return nil
	})
	return found, err
}

// elements walks the start elements of one file of the workbook. A file that isn't there has none.
func (w *workbook) elements(f *zip.File, each func(*xml.Decoder, xml.StartElement) error) error {
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return damaged("the workbook")
	}
	defer r.Close()
	d := newXML(w.within(r))
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return unreadableXML(err)
		}
		if e, ok := token.(xml.StartElement); ok {
			if err := each(d, e); err != nil {
				return err
			}
		}
	}
}

func newXML(r io.Reader) *xml.Decoder {
	d := xml.NewDecoder(r)
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = htmlcharset.NewReaderLabel
	return d
}

func unreadableXML(err error) error {
	var r Refused
	if errors.As(err, &r) || errors.Is(err, errStop) {
		return err
	}
	return damaged("the workbook")
}

// bounded stops a stream of XML that unpacks to more than it may, or has a longer text than it may: the parser would hold it whole.
type bounded struct {
	r       io.Reader
	left    int64
	longest int
	over    error

	literals bool   // texts in which tags don't count may come
	text     int    // bytes since the last tag began
	tail     []byte // of what was read before
}

// literal begins a text in which tags don't count. No spreadsheet writes one, and it would hide how long a text is.
const literal = "<![CDATA["

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, b.over
	}
	if at := bytes.LastIndexByte(p[:n], '<'); at >= 0 {
		b.text = n - at
	} else {
		b.text += n
	}
	b.tail = append(b.tail, p[:n]...)
	if b.text > b.longest || !b.literals && bytes.Contains(b.tail, []byte(literal)) {
		return 0, refuse("too_large", "raise limits.cell_bytes if that is right", "it holds a text of more than %d bytes, or one that isn't marked up", b.longest)
	}
	b.tail = append(b.tail[:0], b.tail[max(0, len(b.tail)-len(literal)):]...)
	return n, err
}

// longestText is a cell with all its entities, and a tag.
func longestText(limits config.Limits) int { return 2*limits.CellBytes + 1<<10 }

// within bounds a stream of the workbook.
func (w *workbook) within(r io.Reader) io.Reader {
	return &bounded{r: r, left: w.limits, longest: longestText(w.opener.limits), over: w.opener.tooLarge()}
}

// most is how many formats and relations a workbook may have; spreadsheet programs stop far below.
const most = 1 << 16

func tooMany(what string) error {
	return refuse("too_large", "open it in a spreadsheet program and save it again", "the workbook has more than %d %s", most, what)
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// relationID is the attribute r:id, which stands beside a sheetId.
func relationID(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

func (w *workbook) book(f *zip.File, files map[string]*zip.File, targets map[string]relation) error {
	return w.elements(f, func(d *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			if v := attr(e, "date1904"); v == "1" || v == "true" {
				w.epoch = epoch1904
			}
		case "sheet":
			target := targets[relationID(e)]
			if files[strings.ToLower(target.target)] == nil || !strings.HasSuffix(target.kind, "/worksheet") {
				return nil // a chart or dialogue sheet
			}
			state := attr(e, "state")
			w.sheets = append(w.sheets, xlsxSheet{name: attr(e, "name"), file: target.target, hidden: state == "hidden" || state == "veryHidden"})
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
	return w.elements(partOf(files, targets, "/sharedStrings"), func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		text, err := innerText(d, "si")
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
func innerText(d *xml.Decoder, element string) (string, error) {
	var b strings.Builder
	inText, phonetic := false, false
	for {
		token, err := d.RawToken()
		if err != nil {
			return "", unreadableXML(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			inText = t.Name.Local == "t"
			phonetic = phonetic || t.Name.Local == "rPh"
		case xml.EndElement:
			inText = false
			if t.Name.Local == "rPh" {
				phonetic = false
			}
			if t.Name.Local == element {
				return unescape(b.String()), nil
			}
		case xml.CharData:
			if inText && !phonetic {
				b.Write(t)
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
	return w.elements(partOf(files, targets, "/styles"), func(d *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			id, _ := strconv.Atoi(attr(e, "numFmtId"))
			if custom[id] = attr(e, "formatCode"); len(custom) > most {
				return tooMany("formats")
			}
		case "cellXfs":
			inCells = true
		case "cellStyles", "dxfs":
			inCells = false
		case "xf":
			if inCells {
				id, _ := strconv.Atoi(attr(e, "numFmtId"))
				if w.styles = append(w.styles, formatOf(id, custom[id])); len(w.styles) > most {
					return tooMany("formats")
				}
			}
		}
		return nil
	})
}
