package land

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/handoff"
)

// Landing is measured against the barest thing that could be done with the same rows in the same run: times of a shared machine mean
// little, ratios hold. -short takes a hundredth of the rows: then only that it runs is shown.

const (
	benchCSVRows  = 1_000_000
	benchXLSXRows = 200_000
)

func benchRows(n int) int {
	if testing.Short() {
		return n / 100
	}
	return n
}

var benchHeader = strings.Split("工单编号,工单类型,报修类型,片区,楼栋,房号,报修内容,报修人,联系电话,报修时间,派工时间,完成时间,工单状态,责任人", ",")

// benchTicket writes the cells of one ticket; one in a thousand can't be used.
func benchTicket(i int, random *rand.Rand) []string {
	pick := func(of ...string) string { return of[random.IntN(len(of))] }
	at := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(random.IntN(3_000_000)) * time.Minute)
	stamp := func(after int) string { return at.Add(time.Duration(after) * time.Minute).Format(time.DateTime) }
	row := []string{fmt.Sprintf("BX%09d", i), pick("报修", "投诉", "咨询"), pick("给排水", "电气", "门窗", "电梯", "保洁", "绿化", "噪音"), pick("东苑", "西苑", "南苑", "北苑"),
		fmt.Sprintf("%d栋", 1+random.IntN(30)), fmt.Sprintf("%d单元%d%02d", 1+random.IntN(4), 1+random.IntN(30), 1+random.IntN(8)),
		fmt.Sprintf("%s第%d次报修，请尽快处理", pick("厨房水龙头漏水", "客厅灯不亮", "大门门禁失灵", "楼道垃圾未清", "地下车库积水"), random.IntN(1000)),
		fmt.Sprintf("业主%d", random.IntN(50_000)), fmt.Sprintf("000%08d", random.IntN(100_000_000)),
		stamp(0), stamp(random.IntN(300)), stamp(300 + random.IntN(3000)), pick("已完成", "已关闭", "处理中"), fmt.Sprintf("师傅%d", random.IntN(60))}
	if i%1000 == 999 {
		row[9] = "昨天"
	}
	return row
}

func benchCSV(b *testing.B, rows int) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "utf-8.csv")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	random := rand.New(rand.NewPCG(1, 2))
	fmt.Fprintln(w, strings.Join(benchHeader, ","))
	for i := range rows {
		fmt.Fprintln(w, strings.Join(benchTicket(i, random), ","))
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	return path
}

func inGB18030(b *testing.B, path string) string {
	b.Helper()
	from, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer from.Close()
	to, err := os.Create(filepath.Join(b.TempDir(), "gb18030.csv"))
	if err != nil {
		b.Fatal(err)
	}
	defer to.Close()
	if _, err := io.Copy(to, transform.NewReader(from, simplifiedchinese.GB18030.NewEncoder())); err != nil {
		b.Fatal(err)
	}
	return to.Name()
}

// spent is wall time and the time of all cores.
type spent struct{ wall, cores time.Duration }

func spend(b *testing.B, work func()) spent {
	b.Helper()
	used := func() time.Duration {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			b.Fatal(err)
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	wall, cores := time.Now(), used()
	work()
	return spent{time.Since(wall), used() - cores}
}

func (s spent) report(b *testing.B, base spent) {
	b.ReportMetric(s.wall.Seconds()/base.wall.Seconds(), "×base")
	b.ReportMetric(s.cores.Seconds()/base.cores.Seconds(), "×base-cpu")
	b.ReportMetric(base.wall.Seconds(), "s/base")
	b.ReportMetric(s.cores.Seconds(), "cpu-s/land")
	b.ReportMetric(peakMB(b), "MB-peak")
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(s.wall.Seconds(), "s/land")
}

// resetPeak makes the peak that of what comes now.
func resetPeak(b *testing.B) {
	b.Helper()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		b.Logf("the peak is that of the whole run: %v", err)
	}
}

func peakMB(b *testing.B) float64 {
	b.Helper()
	content, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Skip("peak memory is read from /proc")
	}
	_, after, _ := strings.Cut(string(content), "VmHWM:")
	var kB float64
	if _, err := fmt.Sscan(after, &kB); err != nil {
		b.Fatal(err)
	}
	return kB / 1024
}

func plainCSV(b *testing.B, path string) spent {
	b.Helper()
	db, err := duck.Scratch(b.TempDir(), 0)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	return spend(b, func() {
		if err := db.Exec(context.Background(), "create table plain as select * from read_csv("+duck.Literal(path)+", all_varchar = true)"); err != nil {
			b.Fatal(err)
		}
	})
}

func benchLand(b *testing.B, path string, rows int) spent {
	b.Helper()
	st, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	p := Plan{Folder: filepath.Join(dir, "landed"), TempDir: filepath.Join(dir, "temp"), Limits: config.Default().Limits, Location: time.UTC}
	file := handoff.File{Source: "tickets", Kind: "tickets", Name: filepath.Base(path), Digest: "digest", Path: path, Date: time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC), Size: st.Size()}
	return spend(b, func() {
		landing, err := Run(context.Background(), p, handoff.Delivery{Files: []handoff.File{file}})
		if err != nil {
			b.Fatal(err)
		}
		if l := landing.Files[0]; l.Read != int64(rows) || l.Rejected != int64(rows/1000) {
			b.Fatalf("read %d, rejected %d: %v", l.Read, l.Rejected, l.Refused)
		}
	})
}

// BenchmarkTicketsInText lands a large export, against plain DuckDB loading the same rows as text (which can't read GB18030).
func BenchmarkTicketsInText(b *testing.B) {
	rows := benchRows(benchCSVRows)
	path := benchCSV(b, rows)
	for _, c := range []struct{ name, path string }{{"UTF-8", path}, {"GB18030", inGB18030(b, path)}} {
		b.Run(c.name, func(b *testing.B) {
			var base, landed spent
			for b.Loop() {
				base = plainCSV(b, path)
				resetPeak(b)
				landed = benchLand(b, c.path, rows)
			}
			landed.report(b, base)
		})
	}
}

// BenchmarkTicketsInAWorkbook lands a large workbook, against a bare reading of its raw cells by excelize.
func BenchmarkTicketsInAWorkbook(b *testing.B) {
	rows := benchRows(benchXLSXRows)
	path := benchXLSX(b, rows)
	var base, landed spent
	for b.Loop() {
		base = spend(b, func() { readBare(b, path, rows) })
		resetPeak(b)
		landed = benchLand(b, path, rows)
	}
	landed.report(b, base)
}

func benchXLSX(b *testing.B, rows int) string {
	b.Helper()
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	dates, err := f.NewStyle(&excelize.Style{NumFmt: 22})
	if err != nil {
		b.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for i := range rows + 1 {
		cells := benchHeader
		if i > 0 {
			cells = benchTicket(i-1, random)
		}
		row := make([]any, len(cells))
		for j, c := range cells {
			row[j] = c
			if at, err := time.Parse(time.DateTime, c); err == nil {
				row[j] = excelize.Cell{StyleID: dates, Value: at}
			}
		}
		if err := w.SetRow(fmt.Sprintf("A%d", i+1), row); err != nil {
			b.Fatal(err)
		}
	}
	path := filepath.Join(b.TempDir(), "tickets.xlsx")
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.SaveAs(path); err != nil {
		b.Fatal(err)
	}
	return path
}

func readBare(b *testing.B, path string, rows int) {
	b.Helper()
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	found, err := f.Rows("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	defer found.Close()
	n := 0
	for found.Next() {
		if _, err := found.Columns(); err != nil {
			b.Fatal(err)
		}
		n++
	}
	if n != rows+1 {
		b.Fatalf("%d rows", n)
	}
}

// BenchmarkSmallExports lands all exports of the embedded estate, as a first night does.
func BenchmarkSmallExports(b *testing.B) {
	var files []handoff.File
	inbox := filepath.Join("..", "..", "fixtures", "estate", "inbox")
	err := filepath.WalkDir(inbox, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		kind := strings.Split(strings.TrimPrefix(path, inbox+"/"), "/")[0]
		st, err := d.Info()
		files = append(files, handoff.File{Source: kind, Kind: kind, Name: filepath.Base(path), Digest: path, Path: path, Date: time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC), Size: st.Size()})
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	var landed spent
	for b.Loop() {
		dir := b.TempDir()
		p := Plan{Folder: filepath.Join(dir, "landed"), TempDir: filepath.Join(dir, "temp"), Limits: config.Default().Limits, Location: time.UTC}
		landed = spend(b, func() {
			if _, err := Run(context.Background(), p, handoff.Delivery{Files: files}); err != nil {
				b.Fatal(err)
			}
		})
	}
	b.ReportMetric(float64(landed.cores.Milliseconds())/float64(len(files)), "cpu-ms/export")
	b.ReportMetric(landed.cores.Seconds(), "cpu-s/all")
	b.ReportMetric(float64(len(files)), "exports")
}
