package decode

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"noticeboard/pipeline/config"
)

// cellsOf gives the rows of the one sheet of a workbook, cells parted by bars.
func cellsOf(t *testing.T, path string) (string, error) {
	t.Helper()
	b, err := Open(path, Hints{TempDir: t.TempDir()}, config.Default().Limits)
	if err != nil {
		return "", err
	}
	defer b.Close()
	var rows []string
	err = b.Sheets[0].Each(func(r Record) error {
		rows = append(rows, strings.Join(r.Cells, "|"))
		return nil
	})
	return strings.Join(rows, "\n"), err
}

// However a sheet is marked up, its cells are what a spreadsheet program would show.
func TestSheetsAreReadHoweverTheyAreMarkedUp(t *testing.T) {
	const sheet, shared = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
	for edge, c := range map[string]struct{ markup, want string }{
		"every_name_has_a_prefix":             {`<x:worksheet xmlns:x="u"><x:sheetData><x:row x:r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>`, "a|2"},
		"strict_workbooks_have_other_spaces":  {`<worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main" conformance="strict"><sheetData><row><c t="d"><v>2026-06-01T08:30:00</v></c></row></sheetData></worksheet>`, "2026-06-01T08:30:00"},
		"single_quotes_and_space_in_tags":     {"<worksheet><sheetData ><row r = '1' ><c\n r='B1'\tt = 'str' ><v >b</v ></c ></row ></sheetData ></worksheet>", "|b"},
		"a_value_holds_the_end_of_a_tag":      {`<worksheet><sheetData><row r="1"><c x="a>b" y='">' r="A1"><v>1</v></c></row></sheetData></worksheet>`, "1"},
		"entities_by_name_and_number":         {`<worksheet><sheetData><row><c t="str"><v>a &lt;b&gt; &amp;amp; &#20013;&#x4E2D;&quot;&apos;&#10;c</v></c></row></sheetData></worksheet>`, "a <b> &amp; 中中\"'\nc"},
		"entities_that_mean_nothing_stay":     {`<worksheet><sheetData><row><c t="str"><v>&b; &lol9; &#0; &#xD800; AT&T & co</v></c></row></sheetData></worksheet>`, "&b; &lol9; &#0; &#xD800; AT&T & co"},
		"text_that_isn't_marked_up":           {`<worksheet><sheetData><row><c t="str"><v>a<![CDATA[<b>&amp;</b>]]>c</v></c></row></sheetData></worksheet>`, "a<b>&amp;</b>c"},
		"comments_and_instructions_between":   {`<?xml version="1.0"?><!-- > <row> --><worksheet><?x <c>?><sheetData><row><!-- -- --><c><v>1<!-- 2 -->3</v></c></row></sheetData></worksheet>`, "13"},
		"a_declaration_that_defines":          {`<!DOCTYPE w [<!ENTITY a ">"><!ELEMENT b (c)>]><worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>`, "1"},
		"elements_without_content":            {`<worksheet><sheetData><row r="2"/><row><c r="A3"/><c r="B3" t="str"><f>""</f><v/></c><c><v>1</v></c></row></sheetData></worksheet>`, "\n||1"},
		"runs_without_the_reading_aid":        {`<worksheet><sheetData><row><c t="inlineStr"><is><r><rPr/><t>東</t></r><r><t xml:space="preserve"> 京</t></r><rPh sb="0" eb="1"><t>とう</t></rPh></is></c></row></sheetData></worksheet>`, "東 京"},
		"line_ends_of_three_systems":          {"<worksheet><sheetData><row><c t=\"str\"><v>a\r\nb\rc\nd_x000D_\n_x0041_</v></c></row></sheetData></worksheet>", "a\nb\nc\nd\nA"},
		"a_byte_order_mark":                   {"\xef\xbb\xbf<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>", "1"},
		"a_formula_nobody_worked_out":         {`<worksheet><sheetData><row><c><f>SUM(A2:A3)</f></c><c><f>1+1</f><v>2</v></c></row></sheetData></worksheet>`, "=SUM(A2:A3)|2"},
		"cells_without_a_place_follow":        {`<worksheet><sheetData><row><c r="C1"><v>1</v></c><c><v>2</v></c></row></sheetData></worksheet>`, "||1|2"},
		"what_else_a_sheet_has_is_no_row":     {`<worksheet><sheetData><row><c><v>1</v></c></row></sheetData><extLst><row><c><v>9</v></c></row></extLst></worksheet>`, "1"},
		"an_encoding_of_its_own":              {gb(t, `<?xml version="1.0" encoding="GBK"?><worksheet><sheetData><row><c t="str"><v>漏水</v></c></row></sheetData></worksheet>`), "漏水"},
		"two_bytes_for_a_character":           {wide(t, `<worksheet><sheetData><row><c t="str"><v>漏水</v></c></row></sheetData></worksheet>`), "漏水"},
		"a_text_longer_than_what_is_read_at_": {`<worksheet><sheetData><row><c t="str"><v>` + strings.Repeat("长", 100_000) + `</v></c></row></sheetData></worksheet>`, strings.Repeat("长", 100_000)},
	} {
		t.Run(edge, func(t *testing.T) {
			got, err := cellsOf(t, hostileBook(t, repeated{name: sheet, before: c.markup}, repeated{name: shared}))
			if err != nil || got != c.want {
				t.Errorf("%v\ngot  %.200q\nwant %.200q", err, got, c.want)
			}
		})
	}
}

func gb(t *testing.T, text string) string {
	t.Helper()
	s, err := simplifiedchinese.GBK.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func wide(t *testing.T, text string) string {
	t.Helper()
	s, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Where it can't be said what a sheet holds, it isn't read in part.
func TestBrokenMarkupIsRefused(t *testing.T) {
	for edge, markup := range map[string]string{
		"ends_inside_a_tag":         sheetStart + `<row><c r="A1`,
		"ends_inside_a_value":       sheetStart + `<row><c><v>12`,
		"ends_inside_a_comment":     sheetStart + `<row><!-- `,
		"ends_inside_a_declaration": `<!DOCTYPE w [<!ENTITY`,
		"ends_before_its_rows":      sheetStart + `<row><c><v>1</v></c></row>`,
		"bytes_that_are_no_text":    sheetStart + "<row><c t=\"str\"><v>a\xff</v></c></row>" + sheetEnd,
		"control_characters":        sheetStart + "<row><c t=\"str\"><v>a\x00b</v></c></row>" + sheetEnd,
		"an_encoding_nobody_knows":  `<?xml version="1.0" encoding="klingon"?>` + sheetStart + sheetEnd,
	} {
		t.Run(edge, func(t *testing.T) {
			_, err := cellsOf(t, hostileBook(t, repeated{name: "xl/worksheets/sheet1.xml", before: markup}))
			refusedFor(t, err, "damaged")
		})
	}
}

// A million quoted > cost no more than a million other bytes.
func TestATagOfEndsOfTagsIsReadInOneGo(t *testing.T) {
	hostile := hostileBook(t, repeated{name: "xl/worksheets/sheet1.xml", before: sheetStart + `<row r="`, text: `>>>>>>>>>>`, times: 150_000, after: `"><c><v>1</v></c></row>` + sheetEnd})
	if rows, err := harmless(t, hostile, generous(), 64); err != nil || rows != 1 {
		t.Errorf("%d rows, %v", rows, err)
	}
}
