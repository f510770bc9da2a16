package workbook

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/xuri/excelize/v2"

	"noticeboard/pipeline/duck"
)

// overdue is the list of overdue tickets, 14 columns wide, with the texts as long as they are in the estate.
const overdue = `create table rpt.overdue as select
	'BX202606' || lpad(i::varchar, 7, '0') as ticket_id,
	['repair', 'complaint'][1 + i %% 2] as kind,
	round(i %% 4000 / 7.0, 1)::double as overdue_hours,
	['王志強', '李小明', '陳美玲', '張偉', '劉洋'][1 + i %% 5] as owner,
	'Z' || i %% 12 as zone,
	'翠湖灣 ' || i %% 40 || ' 棟 ' || i %% 30 || ' 樓公共走廊' as place,
	['plumbing', 'electrical', 'lift', 'doors', 'noise'][1 + i %% 5] as category,
	(i %% 90)::bigint as age_days,
	timestamp '2026-06-01 08:00:00' + interval (i %% 40000) minute as deadline,
	['registered', 'assigned', 'arrived'][1 + i %% 3] as stage,
	case when i %% 3 = 0 then null else 'C' || i %% 17 end as root_cause,
	case when i %% 4 = 0 then null else '等待配件到貨，供應商答覆 ' || i %% 9 || ' 天內送達' end as delay_reason,
	date '2026-06-01' + (i %% 30)::integer as promised_on,
	(i %% 500 / 10.0)::decimal(18, 2) as fee
	from range(%d) as r(i) order by i`

const overdueList = `report: R2
file: "{report}_{period}_{property}"
for_each: [property]
period: month
title: workbook.r1.title
sheets:
  - id: overdue
    tab: sheet.open_tickets
    group: wrong
    blocks:
      - table:
          id: overdue
          relation: rpt.overdue
          list: true
          empty: empty.open_tickets
          columns:
            - {column: ticket_id, head: head.ticket_id}
            - {column: kind, head: head.kind, codes: kind}
            - {column: overdue_hours, head: head.overdue_hours, format: hours}
            - {column: owner, head: head.owner, names: owner}
            - {column: zone, head: head.zone, names: zone}
            - {column: place, head: head.place, width: 24}
            - {column: category, head: head.category, names: category}
            - {column: age_days, head: head.age_days, format: count}
            - {column: deadline, head: head.deadline, format: time}
            - {column: stage, head: head.stage, codes: stage}
            - {column: root_cause, head: head.root_cause, names: root_cause}
            - {column: delay_reason, head: head.delay_reason, format: wrap, width: 30}
            - {column: promised_on, head: head.due_on, format: date}
            - {column: fee, head: head.raw, format: money}
`

// BenchmarkOverdueList writes a million rows, and compares CPU time with excelize's own stream writer, which writes the same relation
// without a thought. The peak of memory is what the process takes above what it held before.
func BenchmarkOverdueList(b *testing.B) {
	rows := 1_000_000
	if testing.Short() {
		rows = 20_000
	}
	w := small(b, fmt.Sprintf(overdue, rows))
	template, problems := Parse("r2.yaml", []byte(overdueList))
	if problems != nil {
		b.Fatal(problems)
	}
	words, folder := book(b, "zh-Hant"), b.TempDir()
	var own, plain time.Duration
	var peak int64
	for range b.N {
		before := fresh(b)
		start := cpu()
		if _, err := template.Render(context.Background(), w, words, monthly("zh-Hant"), filepath.Join(folder, "own.xlsx")); err != nil {
			b.Fatal(err)
		}
		own += cpu() - start
		peak = max(peak, resident(b, "VmHWM")-before)
		start = cpu()
		streamed(b, w, filepath.Join(folder, "plain.xlsx"))
		plain += cpu() - start
	}
	b.ReportMetric(float64(own)/float64(plain), "of-stream-writer")
	b.ReportMetric(own.Seconds()/float64(b.N), "cpu-s")
	b.ReportMetric(float64(peak)/1024, "peak-MB")
	b.ReportMetric(float64(size(b, filepath.Join(folder, "own.xlsx")))/(1<<20), "file-MB")
	b.ReportMetric(float64(size(b, filepath.Join(folder, "plain.xlsx")))/(1<<20), "plain-file-MB")
}

// streamed is what a programmer would write with excelize in ten minutes.
func streamed(b *testing.B, w *duck.Warehouse, path string) {
	b.Helper()
	f := excelize.NewFile()
	defer f.Close()
	stream, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	day, err := f.NewStyle(&excelize.Style{NumFmt: 22})
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	err = w.Read(context.Background(), "rpt.overdue", duck.Cut{}, func(batch arrow.RecordBatch) error {
		for i := range int(batch.NumRows()) {
			values := make([]any, batch.NumCols())
			for j := range values {
				values[j] = plain(batch.Column(j), i)
				if t, is := values[j].(time.Time); is {
					values[j] = excelize.Cell{StyleID: day, Value: t}
				}
			}
			n++
			if err := stream.SetRow("A"+strconv.Itoa(n), values); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	if err := stream.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.SaveAs(path); err != nil {
		b.Fatal(err)
	}
}

// fresh gives memory back to the system, forgets the peak so far, and tells what is held, in KB.
func fresh(b *testing.B) int64 {
	b.Helper()
	runtime.GC()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0o200); err != nil {
		b.Skip("the peak of memory can't be measured here: ", err)
	}
	return resident(b, "VmRSS")
}

func resident(b *testing.B, field string) int64 {
	b.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), field+":")
	kb, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
	if err != nil {
		b.Fatal(err)
	}
	return kb
}

func cpu() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func size(b *testing.B, path string) int64 {
	b.Helper()
	about, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	return about.Size()
}
