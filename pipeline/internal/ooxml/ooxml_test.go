package ooxml

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// sound makes a small workbook with all that the checks look at.
func sound(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.NewSheet("Other"); err != nil {
		t.Fatal(err)
	}
	for cell, value := range map[string]any{"A1": "zone", "B1": "jobs", "A2": "North", "B2": 3, "A3": "South", "B3": 4.5, "A5": "a note", "D1": "x", "D2": 1} {
		must(f.SetCellValue("Sheet1", cell, value))
	}
	must(f.AddTable("Sheet1", &excelize.Table{Range: "A1:B3", Name: "zones"}))
	must(f.AddTable("Sheet1", &excelize.Table{Range: "D1:D2", Name: "others"}))
	must(f.MergeCell("Sheet1", "A5", "B5"))
	must(f.SetCellHyperLink("Sheet1", "A2", "'Other'!A1", "Location"))
	must(f.SetDefinedName(&excelize.DefinedName{Name: "north", RefersTo: "'Sheet1'!$A$2"}))
	look, err := f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	must(err)
	must(f.SetConditionalFormat("Sheet1", "B2:B3", []excelize.ConditionalFormatOptions{{Type: "cell", Criteria: ">", Value: "0", Format: &look}}))
	must(f.SetConditionalFormat("Sheet1", "B2:B3", []excelize.ConditionalFormatOptions{{Type: "data_bar", Criteria: "=", MinType: "min", MaxType: "max", BarColor: "#638EC6", BarSolid: true}}))
	must(f.AddSparkline("Sheet1", &excelize.SparklineOptions{Location: []string{"H1", "H2"}, Range: []string{"Other!A1:C1", "Other!A2:C2"}}))
	must(f.AddComment("Sheet1", excelize.Comment{Cell: "B1", Text: "counted once"}))
	must(f.AddChart("Sheet1", "F2", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Name: "Sheet1!$B$1", Categories: "Sheet1!$A$2:$A$3", Values: "Sheet1!$B$2:$B$3"}}}))
	var out bytes.Buffer
	must(f.Write(&out))
	return out.Bytes()
}

// spoilt changes one part; an empty from takes the part out.
func spoilt(t *testing.T, whole []byte, part, from, to string) string {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "spoilt.xlsx")
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	z := zip.NewWriter(out)
	defer z.Close()
	// excelize puts the list of types anywhere; here it comes first, as it should.
	write := func(f *zip.File) {
		open, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, _ := io.ReadAll(open)
		text := string(content)
		if f.Name == part {
			if from == "" {
				return
			}
			if !strings.Contains(text, from) {
				t.Fatalf("%s has no %s", part, from)
			}
			text = strings.Replace(text, from, to, 1)
		}
		w, err := z.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, text)
	}
	for _, first := range []bool{true, false} {
		for _, f := range in.File {
			if (f.Name == "[Content_Types].xml") == first {
				write(f)
			}
		}
	}
	return path
}

func TestASoundWorkbookHasNoProblems(t *testing.T) {
	problems, err := Problems(spoilt(t, sound(t), "nothing", "", ""))
	if err != nil || len(problems) > 0 {
		t.Error(problems, err)
	}
}

func TestWhatExcelWouldRepairIsFound(t *testing.T) {
	whole := sound(t)
	const sheet, types, book = "xl/worksheets/sheet1.xml", "[Content_Types].xml", "xl/workbook.xml"
	for name, c := range map[string]struct{ part, from, to, want string }{
		"a part is missing":             {"xl/tables/table1.xml", "", "", "not in the file"},
		"a part without a type":         {types, `<Default Extension="vml"`, `<Default Extension="lmv"`, "has no content type"},
		"a type of another kind":        {types, "spreadsheetml.table+xml", "spreadsheetml.comments+xml", "is of the kind table"},
		"a relation that isn't there":   {sheet, `tablePart r:id="rId`, `tablePart r:id="rId9`, "which is not there"},
		"elements in the wrong order":   {sheet, "<mergeCells", "<pageMargins/><mergeCells", "comes after <pageMargins>"},
		"an element nobody knows":       {sheet, "<mergeCells", "<mergedCells/><mergeCells", "has no place"},
		"merged cells that overlap":     {sheet, `<mergeCell ref="A5:B5"`, `<mergeCell ref="B5:C5"/><mergeCell ref="A5:B5"`, "overlap"},
		"merged cells inside a table":   {sheet, `<mergeCell ref="A5:B5"`, `<mergeCell ref="A2:B2"`, "inside a table"},
		"a table's name twice":          {"xl/tables/table2.xml", `displayName="others"`, `displayName="zones"`, "the name zones"},
		"a table with a range's name":   {"xl/tables/table2.xml", `displayName="others"`, `displayName="north"`, "taken by a range"},
		"a table named like a cell":     {"xl/tables/table2.xml", `displayName="others"`, `displayName="R3"`, "can't be the name"},
		"a head that isn't the sheet's": {"xl/tables/table1.xml", `name="jobs"`, `name="work"`, "has the head"},
		"a look that isn't there":       {sheet, `<c r="A2"`, `<c s="99" r="A2"`, "no look 99"},
		"a text that isn't there":       {sheet, `t="s"><v>`, `t="s"><v>9`, "there is no text"},
		"cells out of order":            {sheet, `<c r="A2"`, `<c r="C2"`, "after column"},
		"a sheet's name twice":          {book, `name="Other"`, `name="sheet1"`, "there twice"},
		"a name that leads nowhere":     {book, "Sheet1&#39;!$A$2", "Sheet7&#39;!$A$2", "sheet that is not there"},
		"a link that leads nowhere":     {sheet, "Other&#39;!A1", "Others&#39;!A1", "sheet that is not there"},
		"a chart of nothing":            {"xl/charts/chart1.xml", "Sheet1!$B$2", "Sheet2!$B$2", "sheet that is not there"},
		"a chart with one axis":         {"xl/charts/chart1.xml", `<valAx><axId val="`, `<valAx><axId val="7`, "there is no axis"},
		"a chart out of order":          {"xl/charts/chart1.xml", "<barDir", "<gapWidth/><barDir", "comes after <gapWidth>"},
		"a chart as small as a cell":    {"xl/drawings/drawing1.xml", "<xdr:to><xdr:col>", "<xdr:to><xdr:col>5</xdr:col><xdr:col>", "ends in the col"},
		"a sparkline of nothing":        {sheet, "Other!A1:C1", "Others!A1:C1", "sheet that is not there"},
		"a sparkline of two rows":       {sheet, "Other!A1:C1", "Other!A1:C2", "which is no row"},
		"sparklines of other columns":   {sheet, "Other!A2:C2", "Other!A2:D2", "other columns"},
		"two sparklines in one cell":    {sheet, "<xm:sqref>H2<", "<xm:sqref>H1<", "two sparklines"},
		"a rule without its look":       {sheet, `dxfId="0"`, `dxfId="5"`, "the look 5"},
		"a data bar without its part":   {sheet, "<x14:id>{", "<x14:id>{9", "its extension"},
		"a broken part":                 {sheet, "</sheetData>", "</sheetDate>", "syntax error"},
	} {
		t.Run(name, func(t *testing.T) {
			problems, err := Problems(spoilt(t, whole, c.part, c.from, c.to))
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(strings.Join(problems, "\n"), c.want) {
				t.Errorf("not found; found only %q", problems)
			}
		})
	}
}
