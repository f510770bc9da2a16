package decode

import (
	"errors"
	"io"
	"os"

	"github.com/richardlehane/mscfb"
)

// compound opens an OLE compound file: an old .xls, or a protected .xlsx.
//
// The records of BIFF8 are read here: the library that knows them ends without an error where a file is cut off, and a count of
// rows that nobody can rely on is worse than none.
func (o *opener) compound(p part) error {
	return Guarded("workbook", func() error {
		streams, err := o.streams(p)
		if err != nil {
			return err
		}
		switch {
		case streams["EncryptedPackage"] != nil:
			return encrypted()
		case streams["Workbook"] != nil:
			return o.biff(p, streams["Workbook"])
		case streams["Book"] != nil:
			return refuse("too_old", "open it in a spreadsheet program and save it as .xlsx", "it is a workbook of Excel 95 or older")
		}
		return notTable("it is an office document")
	})
}

// streams reads the streams of the compound file that matter; only the workbook is read whole.
func (o *opener) streams(p part) (map[string][]byte, error) {
	f, err := os.Open(p.path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	doc, err := mscfb.New(f)
	if err != nil {
		return nil, damaged("the workbook")
	}
	found := map[string][]byte{}
	for {
		entry, err := doc.Next()
		if errors.Is(err, io.EOF) {
			return found, nil
		}
		if err != nil {
			return nil, damaged("the workbook")
		}
		switch entry.Name {
		case "EncryptedPackage", "Book":
			found[entry.Name] = []byte{}
		case "Workbook":
			if entry.Size > o.packed || entry.Size < 0 {
				return nil, damaged("the workbook") // it says that it is longer than its file
			}
			content, err := io.ReadAll(io.LimitReader(entry, entry.Size))
			if err != nil || int64(len(content)) != entry.Size {
				return nil, damaged("the workbook")
			}
			found[entry.Name] = content
		}
	}
}

// The records of BIFF8 that hold something to read.
const (
	biffBOF      = 0x0809
	biffEOF      = 0x000A
	biffFilePass = 0x002F
	biffDateMode = 0x0022
	biffSheet    = 0x0085
	biffSST      = 0x00FC
	biffContinue = 0x003C
	biffFormat   = 0x041E
	biffXF       = 0x00E0
	biffLabelSST = 0x00FD
	biffLabel    = 0x0204
	biffRString  = 0x00D6
	biffNumber   = 0x0203
	biffRK       = 0x027E
	biffMulRK    = 0x00BD
	biffFormula  = 0x0006
	biffString   = 0x0207
	biffBoolErr  = 0x0205
	biffRowInfo  = 0x0208
	biffMerged   = 0x00E5
	biffColumns  = 0x007D
)

// biffRecord is one record, with the continuations that follow it.
type biffRecord struct {
	kind  int
	parts [][]byte
}

func (r biffRecord) body() []byte { return r.parts[0] }

// biffRecords walks the records from a position up to the end of their substream.
func biffRecords(stream []byte, at int, visit func(biffRecord) error) error {
	var held *biffRecord
	depth := 0
	for {
		if at < 0 || at+4 > len(stream) {
			return damaged("the workbook")
		}
		kind, size := int(stream[at])|int(stream[at+1])<<8, int(stream[at+2])|int(stream[at+3])<<8
		if at+4+size > len(stream) {
			return damaged("the workbook")
		}
		body := stream[at+4 : at+4+size]
		at += 4 + size
		if kind == biffContinue && held != nil {
			held.parts = append(held.parts, body)
			continue
		}
		if held != nil {
			if err := visit(*held); err != nil {
				return err
			}
		}
		switch kind {
		case biffBOF:
			depth++
		case biffEOF:
			if depth--; depth <= 0 {
				return nil
			}
		}
		held = &biffRecord{kind, [][]byte{body}}
		if depth > 1 {
			held = nil // a chart inside a sheet
		}
	}
}

// biffBook is what the globals of a workbook say.
type biffBook struct {
	stream  []byte
	opener  *opener
	strings []string
	custom  map[int]string
	formats []numberFormat // by cell format
	epoch   epoch
	sheets  []biffSheetAt
}

type biffSheetAt struct {
	name   string
	at     int
	hidden bool
}

func (o *opener) biff(p part, stream []byte) error {
	o.is("workbook of Excel 97 to 2003 (.xls)")
	b := &biffBook{stream: stream, opener: o, custom: map[int]string{}}
	var cellFormats []int
	err := biffRecords(stream, 0, func(r biffRecord) error { return b.global(r, &cellFormats) })
	if err != nil {
		return err
	}
	for _, id := range cellFormats {
		b.formats = append(b.formats, formatOf(id, b.custom[id]))
	}
	for _, s := range b.sheets {
		o.book.Sheets = append(o.book.Sheets, Sheet{Name: s.name, Hidden: s.hidden, Within: p.within(s.name), each: func(visit func(Record) error) error {
			return Guarded("sheet "+s.name, func() error { return b.rows(s, visit) })
		}})
	}
	return nil
}

func (b *biffBook) global(r biffRecord, cellFormats *[]int) error {
	body := r.body()
	switch r.kind {
	case biffFilePass:
		return encrypted()
	case biffDateMode:
		if len(body) > 0 && body[0] == 1 {
			b.epoch = epoch1904
		}
	case biffSheet:
		if body[5] == 0 { // a worksheet, not a chart
			text := biffText{parts: [][]byte{body[6:]}}
			b.sheets = append(b.sheets, biffSheetAt{text.string(int(text.byte())), int(u32(body)), body[4]&3 != 0})
		}
	case biffSST:
		text := biffText{parts: r.parts}
		text.skip(4)
		for range text.u32() {
			b.strings = append(b.strings, text.string(text.u16()))
		}
	case biffFormat:
		text := biffText{parts: [][]byte{body[2:]}}
		b.custom[u16(body)] = text.string(text.u16())
	case biffXF:
		*cellFormats = append(*cellFormats, u16(body[2:]))
	}
	return nil
}

func u16(b []byte) int    { return int(b[0]) | int(b[1])<<8 }
func u32(b []byte) uint32 { return uint32(u16(b)) | uint32(u16(b[2:]))<<16 }
