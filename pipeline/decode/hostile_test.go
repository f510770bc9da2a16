package decode

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"noticeboard/pipeline/config"
)

// part is a member of an archive: a text repeated, so that large ones are made as they are written.
type repeated struct {
	name         string
	before, text string
	times        int
	after        string
	mode         fs.FileMode
}

func packed(t testing.TB, members ...repeated) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "hostile")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := zip.NewWriter(f)
	w.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for _, m := range members {
		header := &zip.FileHeader{Name: m.name, Method: zip.Deflate}
		header.SetMode(m.mode | 0o644)
		to, err := w.CreateHeader(header)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(to, m.before)
		chunk := strings.Repeat(m.text, min(m.times, 1000))
		for left := m.times; left > 0; left -= 1000 {
			io.WriteString(to, chunk[:min(left, 1000)*len(m.text)])
		}
		io.WriteString(to, m.after)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

const (
	sheetStart  = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	sheetEnd    = `</sheetData></worksheet>`
	workbookXML = `<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`
	relsXML     = `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="x/styles" Target="styles.xml"/></Relationships>`
)

// hostileBook is a workbook with a part of its own making.
func hostileBook(t testing.TB, own ...repeated) string {
	parts := []repeated{{name: "xl/workbook.xml", before: workbookXML}, {name: "xl/_rels/workbook.xml.rels", before: relsXML}}
	for _, name := range []string{"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"} {
		mine := repeated{name: name, before: map[string]string{"xl/worksheets/sheet1.xml": sheetStart + sheetEnd}[name]}
		for _, m := range own {
			if m.name == name {
				mine = m
			}
		}
		parts = append(parts, mine)
	}
	return packed(t, parts...)
}

// generous lets files unpack to a thousand times their size: what is left to hold them is what this file is about.
func generous() config.Limits {
	limits := config.Default().Limits
	limits.UnpackedRatio, limits.MemoryMB = 1000, 400
	return limits
}

// harmless opens a file and reads all its rows within a bound of time and memory.
func harmless(t *testing.T, path string, limits config.Limits, megabytes uint64) (rows int, err error) {
	t.Helper()
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	stop, peak := make(chan struct{}), make(chan uint64)
	go func() {
		most := before.HeapAlloc
		for {
			select {
			case <-stop:
				peak <- most
				return
			case <-time.After(2 * time.Millisecond):
				var now runtime.MemStats
				runtime.ReadMemStats(&now)
				most = max(most, now.HeapAlloc)
			}
		}
	}()
	started := time.Now()
	rows, err = readAll(t, path, limits)
	took := time.Since(started)
	close(stop)
	if most := <-peak; most-before.HeapAlloc > megabytes<<20 {
		t.Errorf("it took %d MB, and may take %d", (most-before.HeapAlloc)>>20, megabytes)
	}
	if took > time.Minute {
		t.Errorf("it took %s", took)
	}
	return rows, err
}

func readAll(t *testing.T, path string, limits config.Limits) (rows int, err error) {
	b, err := Open(path, Hints{TempDir: t.TempDir()}, limits)
	if err != nil {
		return 0, err
	}
	defer b.Close()
	for _, s := range b.Sheets {
		if err := s.Each(func(Record) error { rows++; return nil }); err != nil {
			return rows, err
		}
	}
	return rows, nil
}

func refusedFor(t *testing.T, err error, reason string) {
	t.Helper()
	var r Refused
	if !errors.As(err, &r) || r.Reason != reason || r.Hint == "" || strings.Contains(r.Message, "\n") {
		t.Errorf("got %v, want a refusal in one line: %s", err, reason)
	}
}

func TestHostileWorkbooksAreRefusedCheaply(t *testing.T) {
	const sheet, shared, styles = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
	for edge, c := range map[string]struct {
		own    repeated
		limits func(*config.Limits)
	}{
		"a_sheet_that_unpacks_to_too_much":  {repeated{name: sheet, before: sheetStart, text: "<row/>", times: 5_000_000}, func(l *config.Limits) { l.UnpackedRatio = 100 }},
		"a_cell_of_two_hundred_megabytes":   {repeated{name: sheet, before: sheetStart + "<row><c><v>", text: "0123456789", times: 20_000_000, after: "</v></c></row>" + sheetEnd}, nil},
		"a_cell_that_hides_its_length":      {repeated{name: sheet, before: sheetStart + "<row><c><v><![CDATA[", text: "<a>456789", times: 2_000_000, after: "]]></v></c></row>" + sheetEnd}, nil},
		"an_attribute_without_an_end":       {repeated{name: sheet, before: sheetStart + `<row r="`, text: "0123456789", times: 2_000_000, after: `"/>` + sheetEnd}, nil},
		"shared_texts_that_fill_memory":     {repeated{name: shared, before: "<sst>", text: "<si><t>" + strings.Repeat("x", 1000) + "</t></si>", times: 60_000, after: "</sst>"}, nil},
		"shared_texts_of_nothing":           {repeated{name: shared, before: "<sst>", text: "<si/>", times: 3_000_000, after: "</sst>"}, nil},
		"a_million_formats":                 {repeated{name: styles, before: "<styleSheet><cellXfs>", text: "<xf/>", times: 1_000_000, after: "</cellXfs></styleSheet>"}, nil},
		"a_row_beyond_the_last":             {repeated{name: sheet, before: sheetStart + `<row r="1048577"/>`, after: sheetEnd}, nil},
		"a_column_beyond_the_last":          {repeated{name: sheet, before: sheetStart + `<row r="1"><c r="XFE1"><v>1</v></c></row>`, after: sheetEnd}, nil},
		"rows_that_all_reach_the_last_cell": {repeated{name: sheet, before: sheetStart, text: `<row><c r="XFD1"><v>1</v></c></row>`, times: 40_000, after: sheetEnd}, nil},
	} {
		t.Run(edge, func(t *testing.T) {
			limits := generous()
			if c.limits != nil {
				c.limits(&limits)
			}
			_, err := harmless(t, hostileBook(t, c.own), limits, 160)
			refusedFor(t, err, "too_large")
		})
	}
}

func TestHarmlessWorkbooksThatLookHostileAreRead(t *testing.T) {
	const sheet = "xl/worksheets/sheet1.xml"
	for edge, c := range map[string]struct {
		own  repeated
		rows int
	}{
		"ten_cells_in_a_million_rows":            {repeated{name: sheet, before: `<worksheet><dimension ref="A1:XFD1048576"/><sheetData>`, text: `<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`, times: 10, after: sheetEnd}, 10},
		"all_columns_in_one_row":                 {repeated{name: sheet, before: sheetStart + "<row>", text: "<c><v>1</v></c>", times: 16_384, after: "</row>" + sheetEnd}, 1},
		"every_column_hidden_a_thousand_times":   {repeated{name: sheet, before: "<worksheet><cols>", text: `<col min="1" max="16384" hidden="1"/>`, times: 1000, after: "</cols><sheetData><row><c><v>1</v></c></row>" + sheetEnd}, 1},
		"a_formula_is_what_it_last_came_to":      {repeated{name: sheet, before: sheetStart + `<row><c t="str"><f>HYPERLINK("x")</f><v>said</v></c></row>`, after: sheetEnd}, 1},
		"entities_that_would_multiply_stay_text": {repeated{name: sheet, before: `<!DOCTYPE z [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet><sheetData><row><c><v>&b;</v></c></row>`, after: sheetEnd}, 1},
	} {
		t.Run(edge, func(t *testing.T) {
			rows, err := harmless(t, hostileBook(t, c.own), generous(), 64)
			if err != nil || rows != c.rows {
				t.Errorf("%d rows, %v", rows, err)
			}
		})
	}
}

func TestHostileArchivesAreRefusedCheaply(t *testing.T) {
	zeros := strings.Repeat("0", 1000)
	for edge, c := range map[string]struct {
		path   string
		reason string
	}{
		"a_member_of_two_hundred_megabytes": {packed(t, repeated{name: "a.csv", text: zeros, times: 200_000}), "too_large"},
		"two_thousand_members":              {packed(t, manyMembers(2000)...), "too_large"},
		"a_link":                            {packed(t, repeated{name: "a.csv", before: "/etc/passwd", mode: fs.ModeSymlink}), "not_a_table"},
		"a_bomb_in_gzip":                    {written(t, gzipped(zeros, 200_000)), "too_large"},
		"archives_in_archives":              {packed(t, repeated{name: "a.zip", before: archive(t, map[string]string{"b.zip": archive(t, map[string]string{"c.csv": "a,b\n"})})}), "not_a_table"},
	} {
		t.Run(edge, func(t *testing.T) {
			_, err := harmless(t, c.path, config.Default().Limits, 64)
			refusedFor(t, err, c.reason)
		})
	}
}

func manyMembers(n int) []repeated {
	var list []repeated
	for i := range n {
		list = append(list, repeated{name: fmt.Sprintf("%d.csv", i), before: "a,b\n1,2\n"})
	}
	return list
}

func gzipped(text string, times int) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	for range times {
		io.WriteString(w, text)
	}
	w.Close()
	return b.Bytes()
}

// Nothing is written under the name of a member, and nothing is shown that leads out of a folder.
func TestANameThatLeadsOutOfTheArchiveLeadsNowhere(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "outside.csv")
	path := packed(t, repeated{name: "../../../../../../../.." + outside, before: "a,b\n1,2\n"}, repeated{name: `..\..\b.csv`, before: "a,b\n3,4\n"})
	b, err := Open(path, Hints{TempDir: t.TempDir()}, config.Default().Limits)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	for _, s := range b.Sheets {
		if err := s.Each(func(r Record) error {
			if strings.Contains(r.Place(), "..") {
				t.Errorf("shown as %s", r.Place())
			}
			return nil
		}); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(outside); err == nil {
		t.Error("a member was written outside")
	}
}

func TestHostileTextsAndPagesAreRefusedCheaply(t *testing.T) {
	megabytes := strings.Repeat("x", 40<<20)
	for edge, content := range map[string]string{
		"a_quote_that_never_ends":      "a,b\n1,\"" + megabytes,
		"a_line_that_never_ends":       "a,b\n1," + megabytes,
		"a_million_delimiters":         "a,b\n" + strings.Repeat(",", 1_000_000) + "\n",
		"a_cell_of_a_page":             "<table><tr><td>" + megabytes + "</td></tr></table>",
		"a_cell_over_all_columns":      "<table>" + strings.Repeat("<tr><td colspan=70000>x</td></tr>", 1000) + "</table>",
		"a_million_tables":             strings.Repeat("<table><tr><td>x</td></tr></table>", 200_000),
		"a_cell_of_spreadsheetml_2003": `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell><Data>` + megabytes + `</Data></Cell></Row></Table></Worksheet></Workbook>`,
	} {
		t.Run(edge, func(t *testing.T) {
			_, err := harmless(t, written(t, []byte(content)), config.Default().Limits, 160)
			refusedFor(t, err, "too_large")
		})
	}
}

func TestNestedTablesDontFillTheStack(t *testing.T) {
	content := "<html><body>" + strings.Repeat("<table><tr><td>", 200_000) + "x"
	if _, err := harmless(t, written(t, []byte(content)), config.Default().Limits, 400); err != nil {
		var r Refused
		if !errors.As(err, &r) {
			t.Error(err)
		}
	}
}
