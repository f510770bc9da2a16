package pipeline

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/model"
	"noticeboard/pipeline/period"
	"noticeboard/pipeline/render"
)

var keepLarge = flag.String("keep-large", "", "a folder in which the workbook of the large property stays, to be looked at")

// BenchmarkMonthlyReport makes R3, all sheets and lists of it, for a property with 20,000 tickets a month, from a warehouse of its two
// years. -short makes it of 400 a month.
func BenchmarkMonthlyReport(b *testing.B) {
	tickets := 24 * 20_000
	if testing.Short() {
		tickets = 24 * 400
	}
	plan, landing := large(b, tickets, 1)
	m := plan.night0(b, landing)
	w, err := model.Run(context.Background(), m, landing)
	if err != nil {
		b.Fatal(err)
	}
	defer w.Close()
	folder := b.TempDir()
	if *keepLarge != "" {
		folder = *keepLarge
	}
	wanted := render.Wanted{Report: "R3", Period: period.Of(period.Month, time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)), Property: "P01"}
	forgetPeak(b)
	spent := processor(b)
	for b.Loop() {
		reportOnce(b, plan, w, wanted, folder)
	}
	b.ReportMetric((processor(b)-spent).Seconds()/float64(b.N), "cpu-s/report")
	b.ReportMetric(peak(b), "MB-peak")
}

func reportOnce(b *testing.B, plan Plan, w *duck.Warehouse, wanted render.Wanted, folder string) {
	b.Helper()
	pack, _, err := Again(context.Background(), plan, w, time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC), wanted, folder)
	if err != nil {
		b.Fatal(err)
	}
	file, err := os.Stat(filepath.Join(folder, pack.Documents[0].Name))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(file.Size())/(1<<20), "file-MB")
}
