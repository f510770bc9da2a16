package model

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/record"
)

// BenchmarkDailyDumps builds stg over the commonest delivery there is: a full dump each day for a year, one in a hundred records
// changed since the day before.
func BenchmarkDailyDumps(b *testing.B) {
	days, rows := 365, 100_000
	if testing.Short() {
		days, rows = 10, 1000
	}
	landing, folder := dumps(b, days, rows)
	catalog, problems := Load(context.Background(), os.DirFS("../../queries"))
	for _, p := range problems {
		b.Error(p)
	}
	catalog.Queries = slices.DeleteFunc(catalog.Queries, func(q Query) bool { return q.Schema != "stg" })
	took := map[string]time.Duration{}
	for b.Loop() {
		plan := Plan{Catalog: catalog, AsOf: time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC), Tables: references(b), Property: map[string]string{"tickets": "P01"},
			Path: filepath.Join(b.TempDir(), "w.duckdb"), Landed: folder, TempDir: b.TempDir(), MemoryMB: config.Default().Limits.MemoryMB,
			Observe: func(relation string, t time.Duration) { took[relation] += t }}
		w, err := Run(context.Background(), plan, landing)
		if err != nil {
			b.Fatal(err)
		}
		if n, err := w.Count(context.Background(), "stg.tickets", duck.Cut{}); err != nil || n != int64(rows) {
			b.Fatalf("%d tickets, %v", n, err)
		}
		w.Close()
	}
	for relation, t := range took {
		if each := t.Seconds() / float64(b.N); each > 1 {
			b.ReportMetric(each, "s/"+relation)
		}
	}
}

// dumps writes the landed files of a year of daily dumps.
func dumps(b *testing.B, days, rows int) (handoff.Landing, string) {
	b.Helper()
	db, err := duck.Scratch(b.TempDir(), 2000)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	folder := b.TempDir()
	tickets, _ := record.Find("tickets")
	var landing handoff.Landing
	for day := range days {
		key := int64(day)
		values := map[string]string{
			"ticket_id": "'BX' || (10000000 + i)", "kind": "'报修'", "kind_code": "'repair'", "landed": fmt.Sprint(key), "src_row": "i + 1", "src_line_no": "i + 2",
			"registered_at": "timestamp '2025-01-01' + to_minutes(i)", "registered_at_day": "false", "description": "'厨房水龙头漏水' || i", "technician": "'师傅' || (version + i % 60)",
			"content": "md5(i || ':' || version)::uuid",
		}
		path := filepath.Join(folder, fmt.Sprintf("%d.tickets.parquet", key))
		if err := db.Exec(context.Background(), "copy (select "+columnList(tickets, values)+
			fmt.Sprintf(" from (select i, (%d + i %% 100) // 100 as version from range(%d) as r(i)) as r) to %s (format parquet)", day, rows, duck.Literal(path))); err != nil {
			b.Fatal(err)
		}
		landing.Files = append(landing.Files, handoff.Landed{
			File: handoff.File{Source: "tickets", Kind: "tickets", Name: fmt.Sprintf("d%03d.csv", day), Digest: fmt.Sprint(key), Date: time.Date(2025, 7, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, day)},
			Key:  key, Tables: map[string]string{"tickets": path}, Fields: map[string][]string{"tickets": {"description", "kind", "registered_at", "technician", "ticket_id"}}, Read: int64(rows), Good: int64(rows),
		})
	}
	return landing, folder
}

func columnList(kind record.Kind, values map[string]string) string {
	list := ""
	for _, c := range kind.Columns() {
		value, there := values[c.Name]
		if !there {
			value = "null"
		}
		if list != "" {
			list += ", "
		}
		list += "(" + value + ")::" + c.Type + " as " + duck.Name(c.Name)
	}
	return list
}
