package decode

import (
	"bytes"
	"compress/gzip"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"noticeboard/pipeline/config"
)

// A fuzz target for each decoder, beside FuzzOpen, which finds the decoder first: whatever the bytes, there are rows or a refusal,
// within the limits, and twice the same. What a run finds is kept below testdata/fuzz and tried by every test run.

// tight limits let a target reach them.
func tight() config.Limits {
	limits := config.Default().Limits
	limits.UnpackedBytes, limits.SheetRows, limits.Columns, limits.CellBytes = 1<<20, 2000, 300, 1<<14
	return limits
}

// steady opens content twice.
func steady(t *testing.T, content []byte) {
	path := written(t, content)
	if first, second := outcome(t, path, tight()), outcome(t, path, tight()); first != second {
		t.Errorf("once %q, then %q", first, second)
	}
}

// seeds adds the exports of fixtures with one of these suffixes, by what make does of them.
func seeds(f *testing.F, suffix string, add func(content []byte)) {
	f.Helper()
	files, err := filepath.Glob("../../fixtures/exports/*/*" + suffix)
	if err != nil || len(files) == 0 {
		f.Fatalf("no exports *%s: %v", suffix, err)
	}
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		if len(content) < 40_000 {
			add(content)
		}
	}
}

func FuzzDelimited(f *testing.F) {
	seeds(f, ".csv", func(content []byte) { f.Add(content) })
	for _, s := range []string{"a,b\n\"c", "sep=|\na|b\n", "=\"1\",2\r3,4\r", "\xff\xfea\x00,\x00b\x00", "a;\"b\"\"c\";\n", "a\tb\r\n\r\n", "\"a\nb\",c"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) { steady(t, append([]byte("h,"), content...)) })
}

func FuzzHTML(f *testing.F) {
	seeds(f, ".xls", func(content []byte) {
		if bytes.HasPrefix(content, []byte("<html")) {
			f.Add(content)
		}
	})
	for _, s := range []string{"<td rowspan=9 colspan=9>x<tr><td>y", "<table><tr><th>a<table><tr><td>b</table><td>c", "<!-- <tr> --><tr><td>&nbsp;&#x41;&#999999999;", "<td rowspan=0>x<tr><td rowspan=-1>"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) { steady(t, append([]byte("<html><table><tr>"), content...)) })
}

func FuzzSpreadsheetML(f *testing.F) {
	const start = `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">`
	for _, s := range []string{
		`<Worksheet ss:Name="a"><Table><Row ss:Index="3"><Cell ss:Index="2"><Data ss:Type="Number">1</Data></Cell></Row></Table></Worksheet></Workbook>`,
		`<Styles><Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style></Styles><Worksheet><Table><Row><Cell ss:StyleID="d" ss:MergeAcross="5"><Data ss:Type="DateTime">2026-06-01T00:00:00.000</Data></Cell></Row></Table></Worksheet></Workbook>`,
		`<Worksheet><Table><Row ss:Span="2000000000"/><Row ss:Index="-1"><Cell ss:Index="0"/></Row>`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) { steady(t, append([]byte(start), content...)) })
}

// FuzzWorkbook is about what stands in the parts of an .xlsx: its archive is for FuzzArchive.
func FuzzWorkbook(f *testing.F) {
	add := func(sheet, shared, styles string) { f.Add(sheet, shared, styles) }
	add(sheetStart+`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" s="1"><v>46174.5</v></c></row>`+sheetEnd, `<sst><si><t>a</t></si></sst>`, `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy-mm-dd hh:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>`)
	add(`<worksheet><cols><col min="2" max="3" hidden="1"/></cols><sheetData><row hidden="1"><c t="inlineStr"><is><r><t>a</t></r><rPh><t>b</t></rPh></is></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row></sheetData></worksheet>`, ``, ``)
	add(sheetStart+`<row r="-1"><c r="ZZZZZZZZ1"><v>1e999</v></c></row><row r="99999999999"/>`, `<sst><si><t>_x000D__x0041_</t></si>`, `<cellXfs><xf numFmtId="x"/>`)
	f.Fuzz(func(t *testing.T, sheet, shared, styles string) {
		content, err := os.ReadFile(hostileBook(t, repeated{name: "xl/worksheets/sheet1.xml", before: sheet}, repeated{name: "xl/sharedStrings.xml", before: shared}, repeated{name: "xl/styles.xml", before: styles}))
		if err != nil {
			t.Fatal(err)
		}
		steady(t, content)
	})
}

func FuzzBIFF(f *testing.F) {
	seeds(f, ".xls", func(content []byte) {
		if bytes.HasPrefix(content, []byte("\xd0\xcf\x11\xe0")) {
			f.Add(content)
		}
	})
	f.Fuzz(func(t *testing.T, content []byte) {
		steady(t, append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), content[min(8, len(content)):]...))
	})
}

// FuzzBIFFRecords is about the records of an old workbook without the compound file around them.
func FuzzBIFFRecords(f *testing.F) {
	f.Add([]byte("\x09\x08\x10\x00\x00\x06\x05\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x0a\x00\x00\x00"))
	f.Add([]byte("\x09\x08\x10\x00\x00\x06\x05\x00\xbb\x0d\xcc\x07\x00\x00\x00\x00\x06\x00\x00\x00\x85\x00\x0e\x00\x20\x00\x00\x00\x00\x00\x06\x00Sheet1\xfc\x00\x09\x00\x01\x00\x00\x00\x01\x00\x00\x00\x01\x0a\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, stream []byte) {
		limits := tight()
		b := &Book{}
		o := opener{book: b, limits: limits, packed: int64(len(stream)), budget: budget(int64(len(stream)), limits)}
		err := Guarded("workbook", func() error { return o.biff(part{}, stream) })
		for _, s := range b.Sheets {
			if err == nil {
				err = s.Each(func(r Record) error { return nil })
			}
		}
		if err != nil {
			refusedOrFatal(t, err)
		}
	})
}

func FuzzArchive(f *testing.F) {
	for _, suffix := range []string{".zip", ".gz", ".xlsx"} {
		seeds(f, suffix, func(content []byte) { f.Add(content) })
	}
	f.Add([]byte(archive(f, map[string]string{"a/../b.csv": "a,b\n1,2\n", "__MACOSX/x": "y"})))
	f.Fuzz(func(t *testing.T, content []byte) {
		steady(t, append([]byte("PK\x03\x04"), content[min(4, len(content)):]...))
		steady(t, append([]byte("\x1f\x8b\x08"), content[min(3, len(content)):]...))
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		w.Write(content)
		w.Close()
		steady(t, b.Bytes())
	})
}

func FuzzFormatOfNumbers(f *testing.F) {
	for _, s := range []string{"yyyy-mm-dd", `[$-409]m/d/yy h:mm AM/PM;@`, `0000`, `"年"yyyy`, `\y0`, "[h]:mm", "", "General"} {
		f.Add(s, "46174.5")
	}
	f.Fuzz(func(t *testing.T, code, raw string) {
		format := formatOfCode(code)
		for _, e := range []epoch{0, epoch1904} {
			text, _ := format.text(raw, e)
			n, err := strconv.ParseFloat(raw, 64)
			isNumber := err == nil && !math.IsNaN(n) && !math.IsInf(n, 0)
			if isNumber && (text == "" || strings.Trim(text, "0123456789.-: ") != "") || !isNumber && text != raw {
				t.Errorf("%q in %q is shown as %q", raw, code, text)
			}
		}
	})
}
