package workbook

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"noticeboard/pipeline/internal/need"
	"noticeboard/pipeline/words"
)

// LibreOffice opens every workbook, in every language, and prints all of its sheets: no error stands in a cell, no number is a row of
// crosses, and no sheet is lost.
func TestLibreOfficePrintsEverySheet(t *testing.T) {
	office, reader := need.Tool(t, "libreoffice"), need.Tool(t, "pdftotext")
	folder := t.TempDir()
	files := printable(t, folder)
	convert := exec.Command(office, append([]string{"-env:UserInstallation=file://" + filepath.Join(folder, "profile"), "--headless", "--convert-to", "pdf", "--outdir", folder}, files...)...)
	if out, err := convert.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, file := range files {
		pdf := strings.TrimSuffix(file, ".xlsx") + ".pdf"
		text, err := exec.Command(reader, "-layout", pdf, "-").Output()
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(pdf), err)
			continue
		}
		f, err := excelize.OpenFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if pages, sheets := bytes.Count(text, []byte("\f")), len(f.GetSheetList()); pages < sheets {
			t.Errorf("%s: %d pages of %d sheets", filepath.Base(file), pages, sheets)
		}
		for _, bad := range spoiltPrint.FindAllString(string(text), -1) {
			t.Errorf("%s prints %s", filepath.Base(file), bad)
		}
		f.Close()
	}
}

var spoiltPrint = regexp.MustCompile(`###+|#(REF|NAME\?|VALUE|DIV/0)!?|Err:\d+`)

// printable makes R1 and R3 in every language, and the workbook of all features.
func printable(t *testing.T, folder string) []string {
	t.Helper()
	w := world(t)
	var files []string
	for _, language := range words.Languages {
		for _, name := range []string{"r1_daily_inventory", "r3_monthly"} {
			e := monthly(language)
			if name == "r1_daily_inventory" {
				e.Report, e.Period = "R1", "2026-06-30"
			}
			path := filepath.Join(folder, fmt.Sprintf("%s_%s.xlsx", name, language))
			if _, err := parse(t, name+".yaml").Render(context.Background(), w, book(t, language), e, path); err != nil {
				t.Fatal(err)
			}
			files = append(files, path)
		}
	}
	made, _, _ := rendered(t, featureWorld(t), features, sheetRows)
	path := filepath.Join(folder, "features.xlsx")
	content, err := os.ReadFile(made)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	return append(files, path)
}
