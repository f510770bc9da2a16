package workbook

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

var (
	update = flag.Bool("update", false, "write the golden files anew")
	keep   = flag.String("keep", "", "a folder in which the workbooks stay, to be looked at")
)

func daily() Edition {
	e := monthly("zh-Hant")
	e.Report, e.Period = "R1", "2026-06-30"
	return e
}

func company() Edition {
	e := monthly("en")
	e.Property, e.PropertyName, e.CompanyName, e.Final = "*", "", "Anju Estates", true
	return e
}

var goldens = []struct {
	name, template string
	edition        Edition
}{
	{"r3", "r3_monthly.yaml", monthly("zh-Hant")},
	{"r3_company_en", "r3_monthly.yaml", company()},
	{"r1", "r1_daily_inventory.yaml", daily()},
	{"r2", "r2_weekly_overdue.yaml", of("R2", "2026-W26", "zh-Hant")},
	{"r4", "r4_callbacks.yaml", of("R4", "2026-06", "zh-Hant")},
	{"r5", "r5_quarterly.yaml", of("R5", "2026Q2", "en")},
	{"r9", "r9_half_year.yaml", of("R9", "2026H1", "zh-Hans")},
	{"r10", "r10_zone.yaml", zonal()},
}

func of(report, period, language string) Edition {
	e := monthly(language)
	e.Report, e.Period = report, period
	return e
}

func zonal() Edition {
	e := of("R10", "2026-06", "zh-Hant")
	e.Zone, e.ZoneName = "B", "花園片區"
	return e
}

// Every workbook is made once, and looked at in five ways.
func TestWorkbooks(t *testing.T) {
	if *update && os.Getenv("CI") == "true" {
		t.Fatal("goldens are not written where CI=true")
	}
	w, folder := world(t), cmp.Or(*keep, t.TempDir())
	written := map[string]bool{}
	var files []string
	for _, g := range goldens {
		path := filepath.Join(folder, g.name+".xlsx")
		b := book(t, g.edition.Language)
		result, err := parse(t, g.template).Render(context.Background(), w, b, g.edition, path)
		if err != nil {
			t.Fatal(err)
		}
		for _, warning := range append(result.Warnings, b.Missing()...) {
			t.Errorf("%s: %s", g.name, warning)
		}
		file := filepath.Join("testdata", g.name+".golden")
		written[file], files = true, append(files, path)
		t.Run(g.name+" reads as its golden", func(t *testing.T) { compare(t, file, dump(t, path)) })
		t.Run(g.name+" needs no repair", func(t *testing.T) { sound(t, path) })
		t.Run(g.name+" has the numbers of its relations", func(t *testing.T) { audited(t, w, parse(t, g.template), g.edition, path) })
		t.Run(g.name+" is the same when made again", func(t *testing.T) { same(t, w, parse(t, g.template), g.edition, path) })
	}
	t.Run("LibreOffice prints every sheet", func(t *testing.T) { printable(t, files) })
	found, _ := filepath.Glob("testdata/*.golden")
	for _, file := range found {
		if !written[file] {
			t.Errorf("%s: no test writes this golden file; remove it", file)
		}
	}
}

// A property that nothing is known of shows what an empty month looks like: sentences, no holes, no empty grids.
func TestWhereThereIsNothingSheetsSaySo(t *testing.T) {
	w := world(t)
	for _, g := range goldens {
		e, b := g.edition, book(t, g.edition.Language)
		e.Property, e.PropertyName = "P99", "P99"
		path := filepath.Join(cmp.Or(*keep, t.TempDir()), g.name+"_empty.xlsx")
		result, err := parse(t, g.template).Render(context.Background(), w, b, e, path)
		if err != nil {
			t.Fatal(err)
		}
		for _, warning := range append(result.Warnings, b.Missing()...) {
			t.Errorf("%s: %s", g.name, warning)
		}
	}
}

// A zone's workbook names no other zone but in the list of ranks.
func TestAZoneSeesNothingOfOthersButTheirRanks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r10.xlsx")
	if _, err := parse(t, "r10_zone.yaml").Render(context.Background(), world(t), book(t, "zh-Hant"), zonal(), path); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			line := strings.Join(row, " ")
			for _, other := range []string{"湖濱片區", "會所片區", "北苑片區", "東區"} {
				if strings.Contains(line, other) && sheet != "片區評比" {
					t.Errorf("%s, row %d, tells of another zone: %s", sheet, i+1, line)
				}
			}
			if sheet == "片區評比" && strings.Contains(line, "湖濱片區") && len(row) > 2 {
				t.Errorf("%s tells more of another zone than its rank: %s", sheet, line)
			}
		}
	}
}

func compare(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got; -update writes it anew)\n%s", file, diff)
	}
}

// dump writes what a workbook holds as text: sheet!cell, type, value, format; then what hangs on the sheets.
func dump(t *testing.T, path string) string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var b strings.Builder
	for _, sheet := range f.GetSheetList() {
		for cell, value := range filled(t, f, sheet) {
			fmt.Fprintln(&b, describe(f, sheet, cell, value))
		}
		hangers(&b, f, sheet)
	}
	for _, n := range f.GetDefinedName() {
		fmt.Fprintf(&b, "name %s %s\n", n.Name, n.RefersTo)
	}
	props, _ := f.GetDocProps()
	fmt.Fprintf(&b, "document %s | %s | %s | %s\n", props.Title, props.Subject, props.Creator, props.Created)
	return b.String()
}

func describe(f *excelize.File, sheet, cell, value string) string {
	kind, _ := f.GetCellType(sheet, cell)
	id, _ := f.GetCellStyle(sheet, cell)
	style, _ := f.GetStyle(id)
	pattern := fmt.Sprint(style.NumFmt)
	if style.CustomNumFmt != nil {
		pattern = *style.CustomNumFmt
	}
	types := map[excelize.CellType]string{excelize.CellTypeUnset: "number", excelize.CellTypeNumber: "number", excelize.CellTypeSharedString: "text",
		excelize.CellTypeInlineString: "text", excelize.CellTypeFormula: "FORMULA", excelize.CellTypeDate: "date"}
	line := fmt.Sprintf("%s!%s %s %q [%s]", sheet, cell, types[kind], value, pattern)
	if linked, target, _ := f.GetCellHyperLink(sheet, cell); linked {
		line += " → " + target
	}
	return line
}

func hangers(b *strings.Builder, f *excelize.File, sheet string) {
	tables, _ := f.GetTables(sheet)
	for _, table := range tables {
		fmt.Fprintf(b, "%s filter %s\n", sheet, table.Range)
	}
	comments, _ := f.GetComments(sheet)
	for _, c := range comments {
		text := c.Text
		for _, run := range c.Paragraph {
			text += run.Text
		}
		fmt.Fprintf(b, "%s comment %s %s\n", sheet, c.Cell, text)
	}
	panes, _ := f.GetPanes(sheet)
	layout, _ := f.GetPageLayout(sheet)
	footer, _ := f.GetHeaderFooter(sheet)
	fmt.Fprintf(b, "%s frozen %d, %s, pages wide %d, foot %s\n", sheet, panes.YSplit, *layout.Orientation, *layout.FitToWidth, footer.OddFooter)
}
