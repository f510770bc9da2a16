package workbook

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"noticeboard/pipeline/internal/need"
)

// printable has LibreOffice open every workbook and print all of its sheets: no error stands in a cell, no number is a row of crosses, and
// no sheet is lost.
func printable(t *testing.T, files []string) {
	office, reader, folder := need.Tool(t, "libreoffice"), need.Tool(t, "pdftotext"), t.TempDir()
	made, _, _ := rendered(t, featureWorld(t), features, sheetRows)
	files = append(files, made)
	convert := exec.Command(office, append([]string{"-env:UserInstallation=file://" + filepath.Join(folder, "profile"), "--headless", "--convert-to", "pdf", "--outdir", folder}, files...)...)
	if out, err := convert.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, file := range files {
		pdf := filepath.Join(folder, strings.TrimSuffix(filepath.Base(file), ".xlsx")+".pdf")
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
