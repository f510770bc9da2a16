package pipeline

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"syscall"
	"testing"
	"time"

	"noticeboard/fixtures"
	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/model"
	"noticeboard/pipeline/record"
)

// BenchmarkModel builds every relation of an invented company of that many tickets, with callbacks, inspections and register in
// proportion, from Parquet as land leaves it. It says how many times as long that takes as a plain script over the same files,
// how much memory the process had at most, which five relations took longest, and how long the first edition takes to be written for
// later nights, which the 1st of a month does and no other night. -short makes the smallest only.
func BenchmarkModel(b *testing.B) {
	sizes := []int{10_000, 100_000, 1_000_000, 5_000_000}
	if testing.Short() {
		sizes = sizes[:1]
	}
	for _, tickets := range sizes {
		b.Run(fmt.Sprintf("tickets=%d", tickets), func(b *testing.B) {
			plan, landing := large(b, tickets, max(2, tickets/25_000))
			plain := plainly(b, landing)
			for b.Loop() {
				spent := processor(b)
				w, took, slowest := modelOnce(b, plan, landing)
				b.ReportMetric(took.Seconds(), "s/model")
				b.ReportMetric((processor(b) - spent).Seconds(), "cpu-s/model")
				b.ReportMetric(editionOnce(b, plan, w).Seconds(), "s/edition")
				w.Close()
				b.ReportMetric(took.Seconds()/plain.Seconds(), "times-plain")
				b.ReportMetric(peak(b), "MB-peak")
				b.Log(slowest)
			}
		})
	}
}

func modelOnce(b *testing.B, plan Plan, landing handoff.Landing) (*duck.Warehouse, time.Duration, string) {
	type cost struct {
		relation string
		took     time.Duration
	}
	var costs []cost
	m := plan.night0(b, landing)
	m.Path = filepath.Join(b.TempDir(), "large.duckdb")
	m.TempDir = m.Path + ".tmp"
	m.Observe = func(relation string, took time.Duration) { costs = append(costs, cost{relation, took}) }
	forgetPeak(b)
	started := time.Now()
	w, err := model.Run(context.Background(), m, landing)
	if err != nil {
		b.Fatal(err)
	}
	took := time.Since(started)
	sort.Slice(costs, func(i, j int) bool { return costs[i].took > costs[j].took })
	lines := []string{"slowest:"}
	for _, c := range costs[:5] {
		lines = append(lines, fmt.Sprintf("%s %.2f s", c.relation, c.took.Seconds()))
	}
	return w, took, strings.Join(lines, " ")
}

// editionOnce writes what a night keeps for later ones.
func editionOnce(b *testing.B, plan Plan, w *duck.Warehouse) time.Duration {
	b.Helper()
	started := time.Now()
	for _, kept := range plan.Catalog.Kept() {
		if _, err := w.Write(context.Background(), "kept."+kept.Table, started, filepath.Join(plan.archive().Root(), kept.Table+".parquet")); err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(started)
}

func (p Plan) night0(b *testing.B, landing handoff.Landing) model.Plan {
	night, err := p.night(time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC), landing)
	if err != nil {
		b.Fatal(err)
	}
	return night.model(Watch{})
}

// large makes the home of a company with so many tickets and properties, and its landed files: one a month and kind.
func large(b *testing.B, tickets, properties int) (Plan, handoff.Landing) {
	b.Helper()
	home := b.TempDir()
	largeHome(b, home, properties)
	plan, err := Read(context.Background(), home)
	if err != nil {
		b.Fatal(err)
	}
	landed := plan.landedFolder()
	for _, folder := range []string{landed, plan.archive().Root()} {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			b.Fatal(err)
		}
	}
	db, err := duck.Create(duck.Options{MemoryMB: 4096, TempDir: b.TempDir(), Variables: []duck.Variable{{Name: "tickets", Value: tickets}, {Name: "properties", Value: properties}}})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	must(b, db, "create schema world")
	must(b, db, "create macro dice(i, n) as (hash(i, n) >> 1)::bigint") // positive, and never the same by chance
	var landing handoff.Landing
	for i, name := range []string{"tickets", "callbacks", "inspections", "register"} {
		kind, _ := record.Find(name)
		must(b, db, "create table world."+name+" as "+read(b, filepath.Join("testdata", "large", name+".sql")))
		for month := range 24 {
			landing.Files = append(landing.Files, landMonth(b, db, kind, int64(100*i+month), month, landed))
		}
	}
	return plan, landing
}

func landMonth(b *testing.B, db *duck.Warehouse, kind record.Kind, key int64, month int, folder string) handoff.Landed {
	b.Helper()
	last := time.Date(2024, time.Month(7+month+1), 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -1)
	f := handoff.Landed{
		File: handoff.File{Source: kind.Name, Kind: kind.Name, Name: fmt.Sprintf("%s_%s.csv", kind.Name, last.Format("200601")), Digest: fmt.Sprintf("%s-%02d", kind.Name, month), Date: last},
		Key:  key, Fields: map[string][]string{},
	}
	var typed []string
	for _, c := range kind.Columns() {
		typed = append(typed, "null::"+c.Type+" as "+duck.Name(c.Name))
	}
	for _, field := range kind.Fields {
		f.Fields[kind.Name] = append(f.Fields[kind.Name], field.Name)
	}
	path := filepath.Join(folder, fmt.Sprintf("%d.%s.parquet", key, kind.Name))
	replaced := fmt.Sprint(key) + "::bigint as landed, row_number() over (order by i) as src_row, src_row::integer as src_line_no"
	for key, text := range kind.Keys() {
		replaced += fmt.Sprintf(", nullif(%s, %s) as %[1]s", duck.Name(key), duck.Name(text))
	}
	must(b, db, "copy (select * exclude (i, file) replace ("+replaced+") from (select "+strings.Join(typed, ", ")+
		" where false union all by name from world."+kind.Name+" where file = "+fmt.Sprint(month)+") order by i) to "+duck.Literal(path)+" (format parquet)")
	rows, err := db.Query(context.Background(), "select count(*) from read_parquet("+duck.Literal(path)+")")
	if err != nil {
		b.Fatal(err)
	}
	f.Read = rows.Values[0][0].(int64)
	f.Good, f.Tables = f.Read, map[string]string{kind.Name: path}
	return f
}

// largeHome writes the configuration and reference files: those of the estate, with properties and zones of its own.
func largeHome(b *testing.B, home string, properties int) {
	b.Helper()
	config, zones := &strings.Builder{}, &strings.Builder{}
	config.WriteString("version: 1\nproperties:\n")
	zones.WriteString("property,zone,name_zh_hant,name_zh_hans,name_en,building,households,manager,email\n")
	for p := 1; p <= properties; p++ {
		fmt.Fprintf(config, "  - code: P%02d\n    names: {zh-Hant: 小區%d, zh-Hans: 小区%d, en: Estate %d}\n", p, p, p, p)
		for building := 1; building <= 24; building++ {
			zone := (building-1)/4 + 1
			fmt.Fprintf(zones, "P%02d,Z%d,片區%d,片区%d,Zone %d,%d棟,96,,\n", p, zone, zone, zone, zone, building)
		}
	}
	put(b, filepath.Join(home, "noticeboard.yaml"), config.String())
	put(b, filepath.Join(home, "reference", "zones.csv"), zones.String())
	for _, name := range []string{"categories.csv", "root_causes.csv", "time_limits.csv", "targets.csv", "measures.csv", "activity_types.csv"} {
		content, err := fixtures.Estate.ReadFile("estate/reference/" + name)
		if err != nil {
			b.Fatal(err)
		}
		put(b, filepath.Join(home, "reference", name), knownRows(string(content), properties))
	}
}

// knownRows leaves out the rows of properties that the company doesn't have.
func knownRows(table string, properties int) string {
	var kept []string
	for _, row := range strings.SplitAfter(table, "\n") {
		var property int
		if n, _ := fmt.Sscanf(row, "P%d,", &property); n == 0 || property <= properties {
			kept = append(kept, row)
		}
	}
	return strings.Join(kept, "")
}

// plainly times the plain script over the landed tickets.
func plainly(b *testing.B, landing handoff.Landing) time.Duration {
	b.Helper()
	var files []string
	for _, f := range landing.Files {
		if path, there := f.Tables["tickets"]; there {
			files = append(files, path)
		}
	}
	db, err := duck.Create(duck.Options{MemoryMB: 4096, TempDir: b.TempDir(), Variables: []duck.Variable{{Name: "files", Value: files}}})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	started := time.Now()
	if _, err := db.Query(context.Background(), read(b, "testdata/large/plain.sql")); err != nil {
		b.Fatal(err)
	}
	return time.Since(started)
}

// forgetPeak makes the kernel count the process's highest memory afresh.
func forgetPeak(b *testing.B) {
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		b.Log("the peak is that of the whole process: ", err)
	}
}

// peak is the highest memory of the process, in MB.
func peak(b *testing.B) float64 {
	var kb float64
	for _, line := range strings.Split(read(b, "/proc/self/status"), "\n") {
		if rest, found := strings.CutPrefix(line, "VmHWM:"); found {
			fmt.Sscan(rest, &kb)
		}
	}
	return kb / 1024
}

// processor is the time that the process has had of all processors.
func processor(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func must(b *testing.B, db *duck.Warehouse, statement string) {
	b.Helper()
	if err := db.Exec(context.Background(), statement); err != nil {
		b.Fatal(err)
	}
}

func read(b *testing.B, path string) string {
	b.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	return string(content)
}

func put(b *testing.B, path, content string) {
	b.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		b.Fatal(err)
	}
}
