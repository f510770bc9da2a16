package pipeline

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/internal/need"
)

// publicData is where public exports that nobody here made are kept, beside the repository; they are not copied into it.
var publicData = filepath.Join("..", "..", "shared", "data")

// figure is one number, counted without any model.
type figure struct {
	metric, zone, period string
	x, value             any // float64, or nil where the recount doesn't say
}

// home makes a home folder of a public data set: its configuration and reference files, and the data below data/.
func publicHome(t *testing.T, name string, files ...string) string {
	t.Helper()
	home := t.TempDir()
	if err := os.CopyFS(home, os.DirFS(filepath.Join("..", "fixtures", "nights", name))); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(home, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		content, err := os.ReadFile(need.File(t, filepath.Join(publicData, f), "keep the public data beside the repository"))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(home, "data", f), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return home
}

// recount runs recount.sql in the home folder with plain DuckDB.
func recount(t *testing.T, home string) (night string, figures []figure) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(home, "recount.sql"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(content), "\n")
	db, err := duck.Scratch(t.TempDir(), 1000)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(context.Background(), strings.ReplaceAll(string(content), "'data/", "'"+filepath.Join(home, "data")+"/"))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows.Values {
		figures = append(figures, figure{r[0].(string), r[1].(string), r[2].(string), r[3], r[4]})
	}
	return strings.TrimPrefix(first, "-- Night: "), figures
}

func agree(t *testing.T, home string, outcome Outcome, figures []figure) {
	t.Helper()
	w, err := duck.Open(filepath.Join(home, outcome.Receipt.Manifest.Warehouse))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if len(figures) < 2 {
		t.Fatalf("only %d figures were recounted", len(figures))
	}
	for _, f := range figures {
		rows, err := w.Query(context.Background(), "select x, value from mart.figures where metric = ? and property = '*' and zone = '*' and category = '*' and period = ?", f.metric, f.period)
		if f.zone != "*" {
			rows, err = w.Query(context.Background(), "select x, value from mart.figures where metric = ? and property <> '*' and zone = ? and category = '*' and period = ?", f.metric, f.zone, f.period)
		}
		if err != nil {
			t.Fatal(err)
		}
		if len(rows.Values) != 1 || !same(rows.Values[0][0], f.x) || !same(rows.Values[0][1], f.value) {
			t.Errorf("%s, zone %s, %s: the night says %v, the recount x %v, value %v", f.metric, f.zone, f.period, rows.Values, f.x, f.value)
		}
	}
}

func same(got, want any) bool {
	if want == nil {
		return true
	}
	a, isA := got.(float64)
	b, isB := want.(float64)
	return isA && isB && math.Abs(a-b) <= 1e-9*max(1, math.Abs(b))
}

func TestPublicExportsAgreeWithARecount(t *testing.T) {
	for name, set := range map[string]struct {
		files []string
		read  int64
	}{
		"city_works":     {[]string{"city_service_requests.csv", "city_work_orders.csv"}, 14500},
		"nyc311":         {[]string{"nyc311_requests.csv"}, 1000},
		"sf_inspections": {[]string{"sf_inspections.csv"}, 14233},
	} {
		t.Run(name, func(t *testing.T) {
			fonts(t)
			home := publicHome(t, name, set.files...)
			night, figures := recount(t, home)
			outcome := run(t, home, night)
			wholly(t, outcome, set.read)
			agree(t, home, outcome, figures)
		})
	}
}

// wholly sees to it that every row was loaded.
func wholly(t *testing.T, outcome Outcome, read int64) {
	t.Helper()
	var good, all int64
	for _, f := range outcome.Landing.Files {
		if f.Refused != nil {
			t.Errorf("%s was refused: %s", f.Name, f.Refused.Message)
		}
		good, all = good+f.Good, all+f.Read
	}
	if good != read || all != read {
		t.Errorf("%d rows read, %d good; want %d", all, good, read)
	}
}

func TestPublicWorkbookOfMessagesAgreesWithARecount(t *testing.T) {
	fonts(t)
	home := publicHome(t, "citizen_messages", "citizen_messages_zh.xlsx")
	outcome := run(t, home, "2020-02-01")
	wholly(t, outcome, 4326)
	agree(t, home, outcome, messagesByMonth(t, filepath.Join(home, "data", "citizen_messages_zh.xlsx")))
}

// messagesByMonth counts the rows of the workbook by the month of their date, which is a text in some rows and a serial in others.
func messagesByMonth(t *testing.T, path string) []figure {
	t.Helper()
	book, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	months := map[string]float64{}
	ids := map[string]bool{}
	for _, r := range rows[1:] {
		at, err := time.Parse("2006/1/2 15:04:05", strings.TrimSpace(r[3]))
		if serial, serialErr := strconv.ParseFloat(r[3], 64); serialErr == nil {
			at, err = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Add(time.Duration(math.Round(serial*86400))*time.Second), nil
		}
		if err != nil {
			t.Fatalf("%q: %v", r[3], err)
		}
		if !ids[r[0]] {
			ids[r[0]] = true
			months[at.Format("2006-01")]++
		}
	}
	var figures []figure
	for month, n := range months {
		figures = append(figures, figure{"complaints", "*", month, n, n})
	}
	if len(ids) != len(rows)-1 {
		t.Logf("%d ids in %d rows", len(ids), len(rows)-1)
	}
	return figures
}
