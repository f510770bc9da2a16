package decode

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"noticeboard/pipeline/config"
)

func written(t testing.TB, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "export")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// read gives the rows of all sheets as place: cells.
func read(t *testing.T, content string, limits ...func(*config.Limits)) ([]string, error) {
	t.Helper()
	l := config.Default().Limits
	for _, change := range limits {
		change(&l)
	}
	b, err := Open(written(t, []byte(content)), Hints{TempDir: t.TempDir()}, l)
	if err != nil {
		return nil, err
	}
	defer b.Close()
	var rows []string
	for _, s := range b.Sheets {
		err := s.Each(func(r Record) error {
			rows = append(rows, r.Place()+": "+strings.Join(r.Cells, "|"))
			return nil
		})
		if err != nil {
			return rows, err
		}
	}
	return rows, nil
}

func TestRecords(t *testing.T) {
	for name, c := range map[string]struct {
		given string
		want  []string
	}{
		"quotes_delimiters_and_line_breaks_inside": {"a,\"b,\"\"c\"\"\nd\"\r\ne,f\r\n", []string{"1: a|b,\"c\"\nd", "3: e|f"}},
		"last_record_without_line_end":             {"a,b\nc,d", []string{"1: a|b", "2: c|d"}},
		"empty_cells_at_the_end":                   {"a,b,\n,,\n", []string{"1: a|b|", "2: ||"}},
		"an_empty_last_cell_at_the_end":            {"a,b\nc,", []string{"1: a|b", "2: c|"}},
		"blank_lines_keep_their_number":            {"a,b\n\n\nc,d\n", []string{"1: a|b", "2: ", "3: ", "4: c|d"}},
		"quoted_last_cell_at_the_end":              {"a,b\nc,\"d\"", []string{"1: a|b", "2: c|d"}},
		"mixed_line_ends":                          {"a,b\r\nc,d\re,f\n", []string{"1: a|b", "2: c|d", "3: e|f"}},
		"tabs":                                     {"a\tb,c\nd\te\n", []string{"1: a|b,c", "2: d|e"}},
		"pipes":                                    {"a|b\nc|d\n", []string{"1: a|b", "2: c|d"}},
		"a_hint_for_excel":                         {"sep=;\na;b,c\n", []string{"1: sep=|", "2: a|b,c"}},
		"commas_in_semicolon_text":                 {"name;price;note\nx;1,5;a\ny;2,5;b\n", []string{"1: name|price|note", "2: x|1,5|a", "3: y|2,5|b"}},
		"nulls_are_dropped":                        {"a,b\nc\x00,d\n", []string{"1: a|b", "2: c|d"}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := read(t, c.given)
			if err != nil || !slices.Equal(got, c.want) {
				t.Errorf("%v\ngot  %q\nwant %q", err, got, c.want)
			}
		})
	}
}

// A reader that somebody else wrote sees the same records.
func TestRecordsAreThoseOfAnotherReader(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for range 50 {
		var text bytes.Buffer
		w := csv.NewWriter(&text)
		var want [][]string
		for range 1 + random.IntN(400) {
			row := make([]string, 3)
			for i := range row {
				for range random.IntN(6) {
					row[i] += string([]rune("ab漏水,\"\n ;")[random.IntN(9)])
				}
			}
			row[0] = "x" + row[0]
			want = append(want, row)
			w.Write(row)
		}
		w.Flush()
		b, err := Open(written(t, text.Bytes()), Hints{Delimiter: ","}, config.Default().Limits)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		err = b.Sheets[0].Each(func(r Record) error {
			if !slices.Equal(r.Cells, want[n]) {
				return fmt.Errorf("record %d: got %q, want %q", n, r.Cells, want[n])
			}
			n++
			return nil
		})
		if err != nil || n != len(want) {
			t.Fatalf("%d records, want %d: %v", n, len(want), err)
		}
	}
}

func TestEncodingsAreFound(t *testing.T) {
	simplified, traditional := "报事编号,受理时间,内容\nA1,2026-06-01,厨房水管漏水\n", "報修單號,報修時間,內容\nA1,2026-06-01,廚房水管漏水，請儘快處理\n"
	for name, c := range map[string]struct {
		text  string
		codec encoding.Encoding
	}{
		"utf-8":                  {simplified, encoding.Nop},
		"gb18030":                {simplified, simplifiedchinese.GB18030},
		"gb18030_of_traditional": {traditional, simplifiedchinese.GB18030},
		"big5":                   {traditional, traditionalchinese.Big5},
		"utf-16le":               {traditional, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
		"utf-16be":               {simplified, unicode.UTF16(unicode.BigEndian, unicode.UseBOM)},
		"utf-16le_unmarked":      {"ticket_id,kind\nA1,repair\n" + simplified, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
		"a_late_first_character": {strings.Repeat("x,y,z\n", 100_000) + "末尾,最后一页,没有更多记录\n", simplifiedchinese.GB18030},
	} {
		t.Run(name, func(t *testing.T) {
			content, err := c.codec.NewEncoder().String(c.text)
			if err != nil {
				t.Fatal(err)
			}
			got, err := read(t, content)
			want, _ := read(t, c.text)
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("%v: %q", err, got[max(0, len(got)-3):])
			}
		})
	}
}

func TestAFewBrokenBytesLeaveUTF8(t *testing.T) {
	b, err := Open(written(t, []byte(strings.Repeat("报修,漏水\n", 100)+"报\xe4\xb8,x\n")), Hints{}, config.Default().Limits)
	if err != nil || len(b.Notes) != 1 || !strings.Contains(b.Notes[0], "utf-8") {
		t.Fatalf("%v, %v", b, err)
	}
}

func TestLimits(t *testing.T) {
	wide := strings.Repeat("a,", 50) + "\n"
	for name, c := range map[string]struct {
		content string
		limit   func(*config.Limits)
	}{
		"columns": {wide, func(l *config.Limits) { l.Columns = 20 }},
		"cell":    {"a,b\n\"" + strings.Repeat("x", 200) + "\",c\n", func(l *config.Limits) { l.CellBytes = 100 }},
		"rows":    {"<table>" + strings.Repeat("<tr><td>x</td></tr>", 20) + "</table>", func(l *config.Limits) { l.SheetRows = 10 }},
		"span":    {"<table><tr><td colspan=60000>x</td></tr></table>", func(l *config.Limits) { l.Columns = 100 }},
		"member":  {archive(t, map[string]string{"a.csv": strings.Repeat("a,b\n", 1<<20)}), func(l *config.Limits) { l.UnpackedRatio = 10 }},
		"nested":  {archive(t, map[string]string{"a.zip": archive(t, map[string]string{"b.zip": archive(t, map[string]string{"c.csv": "a,b\n"})})}), func(*config.Limits) {}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := read(t, c.content, c.limit)
			var r Refused
			if !errors.As(err, &r) || r.Hint == "" {
				t.Errorf("got %v", err)
			}
		})
	}
}

func archive(t testing.TB, members map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range members {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(content))
	}
	w.Close()
	return b.String()
}

func TestTableReadsASmallFileWithoutBlankRows(t *testing.T) {
	rows, err := Table(written(t, []byte("\xef\xbb\xbfzone,name\n\n,,\nZ1,東苑\n")), config.Default().Limits)
	if err != nil || len(rows) != 2 || rows[0].Cells[0] != "zone" || rows[1].Line != 4 || rows[1].Place() != "4" {
		t.Errorf("%v, %+v", err, rows)
	}
}

func TestFormatsOfNumbers(t *testing.T) {
	for code, want := range map[string]numberFormat{
		"yyyy-mm-dd":      {date: true},
		"yyyy/m/d h:mm":   {date: true, hours: true},
		`yyyy"年"m"月"d"日"`: {date: true},
		`[$-804]yyyy"年"m"月"d"日" h"时"mm"分"`: {date: true, hours: true},
		"[h]:mm":                     {date: true, hours: true},
		"m/d/yy":                     {date: true},
		"mm:ss":                      {date: true, hours: true},
		"General":                    {},
		"0.00":                       {},
		"#,##0.00_);[Red](#,##0.00)": {},
		`"¥"#,##0.00`:                {},
		"000000":                     {zeros: 6},
		"@":                          {},
	} {
		if got := formatOfCode(code); got != want {
			t.Errorf("%s: got %+v, want %+v", code, got, want)
		}
	}
}

func TestSerials(t *testing.T) {
	for serial, want := range map[float64]string{1: "1900-01-01", 59: "1900-02-28", 61: "1900-03-01", 45473.5: "2024-06-30", 46174.999995: "2026-06-02"} {
		if got := DateOfSerial(serial, false).Format("2006-01-02"); got != want {
			t.Errorf("%v: got %s, want %s", serial, got, want)
		}
	}
}

func TestUnescape(t *testing.T) {
	for given, want := range map[string]string{"a_x000D_\nb": "a\nb", "_x0041_": "A", "_x00ZZ_": "_x00ZZ_", "a_x": "a_x", "_x005F_x000D_": "_x000D_"} {
		if got := unescape(given); got != want {
			t.Errorf("%q: got %q, want %q", given, got, want)
		}
	}
}

// FuzzOpen: whatever the bytes, opening them gives rows or a refusal, never a panic, and twice the same.
func FuzzOpen(f *testing.F) {
	files, _ := filepath.Glob("../../fixtures/exports/*/*")
	for _, name := range files {
		if content, err := os.ReadFile(name); err == nil && len(content) < 20_000 && filepath.Base(name) != "want.txt" {
			f.Add(content)
		}
	}
	for _, s := range []string{"a,b\n\"c", "<table><tr><td rowspan=9 colspan=9>x<tr><td>y", "\xff\xfea\x00,\x00", "PK\x03\x04", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "\x1f\x8b\x08", "sep=|\n", "=\"1\",2\r"} {
		f.Add([]byte(s))
	}
	limits := config.Default().Limits
	limits.UnpackedBytes, limits.SheetRows, limits.Columns, limits.CellBytes = 1<<20, 2000, 300, 1<<14
	f.Fuzz(func(t *testing.T, content []byte) {
		path := written(t, content)
		first, second := outcome(t, path, limits), outcome(t, path, limits)
		if first != second {
			t.Errorf("once %q, then %q", first, second)
		}
	})
}

func outcome(t *testing.T, path string, limits config.Limits) string {
	b, err := Open(path, Hints{TempDir: t.TempDir()}, limits)
	if err != nil {
		return refusedOrFatal(t, err)
	}
	defer b.Close()
	rows, cells := 0, 0
	for _, s := range b.Sheets {
		err := s.Each(func(r Record) error {
			rows++
			cells += len(r.Cells)
			if r.Line < 1 || len(r.Cells) > limits.Columns {
				return fmt.Errorf("line %d has %d cells", r.Line, len(r.Cells))
			}
			return nil
		})
		if err != nil {
			return refusedOrFatal(t, err)
		}
	}
	return fmt.Sprintf("%d sheets, %d rows, %d cells", len(b.Sheets), rows, cells)
}

func refusedOrFatal(t *testing.T, err error) string {
	var r Refused
	if !errors.As(err, &r) {
		t.Fatalf("neither rows nor a refusal: %v", err)
	}
	return r.Reason + ": " + r.Message
}
