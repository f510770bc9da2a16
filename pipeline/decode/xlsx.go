package decode

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	htmlcharset "golang.org/x/net/html/charset"
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
		found[attr(e, "Id")] = relation{attr(e, "Type"), target}
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
	d := newXML(&bounded{r: r, left: w.limits, over: w.opener.tooLarge()})
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

// bounded stops a stream that unpacks to more than it may.
type bounded struct {
	r    io.Reader
	left int64
	over error
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, b.over
	}
	return n, err
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
	return w.elements(partOf(files, targets, "/sharedStrings"), func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		text, err := innerText(d, "si")
		w.strings = append(w.strings, text)
		return err
	})
}

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
			custom[id] = attr(e, "formatCode")
		case "cellXfs":
			inCells = true
		case "cellStyles", "dxfs":
			inCells = false
		case "xf":
			if inCells {
				id, _ := strconv.Atoi(attr(e, "numFmtId"))
				w.styles = append(w.styles, formatOf(id, custom[id]))
			}
		}
		return nil
	})
}
