package pipeline

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/land"
	"noticeboard/pipeline/model"
	"noticeboard/pipeline/pull"
	"noticeboard/pipeline/render/returns"
	"noticeboard/pipeline/returned"
)

// clerk is an office whose rejected rows go back and forth: pulled, landed, modelled as far as returned rows need, and returned.
type clerk struct {
	*testing.T
	plan   Plan
	clock  time.Time
	nights int
}

func newClerk(t *testing.T, configuration string) *clerk {
	t.Helper()
	home := t.TempDir()
	c := &clerk{T: t, clock: time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC)}
	c.put("../noticeboard.yaml", "version: 1\nlimits: {settle: 0s}\n"+configuration, home)
	plan, err := plainPlan()
	if err != nil {
		t.Fatal(err)
	}
	plan.Home = home
	var problems []fault.Problem
	if plan.Config, problems = config.Load(filepath.Join(home, "noticeboard.yaml")); len(problems) > 0 {
		t.Fatal(problems)
	}
	c.plan = plan
	return c
}

// plainPlan is read once: of the configuration, only the exports differ from office to office here.
var plainPlan = sync.OnceValues(func() (Plan, error) {
	home, err := os.MkdirTemp("", "plain")
	if err != nil {
		return Plan{}, err
	}
	defer os.RemoveAll(home)
	plan, err := Read(context.Background(), home)
	plan.Catalog = onlyFor(plan.Catalog, "rpt.returned_rows", "mart.rejects", "stg.tickets", "stg.callbacks", "stg.duplicates")
	return plan, err
})

// onlyFor keeps of a catalog what some relations need.
func onlyFor(whole model.Catalog, wanted ...string) model.Catalog {
	needed := map[string]bool{}
	for _, name := range wanted {
		needed[name] = true
	}
	kept := whole
	kept.Queries, kept.Checks = nil, nil
	for _, q := range slices.Backward(whole.Queries) {
		if !needed[q.Relation()] {
			continue
		}
		for _, r := range q.Reads {
			needed[r] = true
		}
		kept.Queries = append(kept.Queries, q)
	}
	slices.Reverse(kept.Queries)
	return kept
}

// put hands a file in, each a minute after the one before.
func (c *clerk) put(name, content string, home ...string) {
	c.Helper()
	root := c.plan.Home
	if len(home) > 0 {
		root = home[0]
	}
	path := filepath.Join(root, "inbox", filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		c.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		c.Fatal(err)
	}
	c.clock = c.clock.Add(time.Minute)
	if err := os.Chtimes(path, c.clock, c.clock); err != nil {
		c.Fatal(err)
	}
}

// result is what a night made of the exports.
type result struct {
	*testing.T
	landing handoff.Landing
	w       *duck.Warehouse
	folder  string
	books   []string
}

func (c *clerk) night() result {
	c.Helper()
	ctx := context.Background()
	delivery, err := pull.Run(ctx, c.plan.pullPlan())
	if err != nil {
		c.Fatal(err)
	}
	landing, err := land.Run(ctx, c.plan.landPlan(), delivery)
	if err != nil {
		c.Fatal(err)
	}
	asOf := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	c.nights++
	folder := filepath.Join(c.plan.Home, fmt.Sprint("night", c.nights))
	if err := os.MkdirAll(folder, 0o755); err != nil {
		c.Fatal(err)
	}
	w, err := model.Run(ctx, c.plan.modelPlan(asOf, folder+".duckdb", c.plan.landedFolder(), nil), landing)
	if err != nil {
		c.Fatal(err)
	}
	c.Cleanup(func() { w.Close() })
	documents, err := returns.Run(ctx, returns.Plan{Books: c.plan.Books, Languages: c.plan.Config.Languages, Period: "2026-06-30", AsOf: asOf, Folder: folder,
		PropertyName: c.plan.Config.PropertyName, CompanyName: c.plan.Config.Company.In, HidePersons: !c.plan.Config.Personal("R11")}, w)
	if err != nil {
		c.Fatal(err)
	}
	if err := holesIn(c.plan); err != "" {
		c.Error(err)
	}
	r := result{c.T, landing, w, folder, nil}
	for _, d := range documents {
		r.books = append(r.books, d.Name)
	}
	return r
}

func holesIn(p Plan) string {
	for _, book := range p.Books {
		if missing := book.Missing(); len(missing) > 0 {
			return fmt.Sprint("no words for ", missing)
		}
	}
	return ""
}

// tickets lists the current tickets with what a test looks at.
func (r result) tickets(columns string, want ...string) {
	r.Helper()
	r.same("select concat_ws('|', "+columns+") from (select t.*, f.name as file from stg.tickets as t join raw.files as f using (file_no)) order by ticket_id", want)
}

// waiting lists the rejects that are not mended.
func (r result) waiting(want ...string) {
	r.Helper()
	r.same("select concat_ws('|', file, line, coalesce(\"column\", field), coalesce(value, ''), reason) from mart.rejects", want)
}

func (r result) same(query string, want []string) {
	r.Helper()
	rows, err := r.w.Query(context.Background(), query)
	if err != nil {
		r.Fatal(err)
	}
	var got []string
	for _, v := range rows.Values {
		got = append(got, fmt.Sprint(v[0]))
	}
	if !slices.Equal(got, want) {
		r.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// returned lists the workbooks that the night made.
func (r result) returned(want ...string) {
	r.Helper()
	if !slices.Equal(r.books, want) {
		r.Fatalf("got %q, want %q", r.books, want)
	}
}

// correct changes cells of a workbook, found by the header of their column and a cell of their row, and hands it in.
func (c *clerk) correct(r result, book, to string, changes ...[3]string) {
	c.Helper()
	f, err := excelize.OpenFile(filepath.Join(r.folder, book))
	if err != nil {
		c.Fatal(err)
	}
	defer f.Close()
	sheet := f.GetSheetName(0)
	rows, err := f.GetRows(sheet)
	if err != nil {
		c.Fatal(err)
	}
	for _, change := range changes {
		if err := f.SetCellStr(sheet, cellOf(c.T, rows, change[0], change[1]), change[2]); err != nil {
			c.Fatal(err)
		}
	}
	content, err := f.WriteToBuffer()
	if err != nil {
		c.Fatal(err)
	}
	c.put(to, content.String())
}

func cellOf(t *testing.T, rows [][]string, row, header string) string {
	t.Helper()
	column := -1
	for i, cells := range rows {
		if at := slices.Index(cells, header); at >= 0 && column < 0 {
			column = at
		}
		if column >= 0 && slices.Contains(cells, row) {
			name, _ := excelize.CoordinatesToCellName(column+1, i+1)
			return name
		}
	}
	t.Fatalf("there is no row %q or column %q in %q", row, header, rows)
	return ""
}

const wrongRows = "单号,类型,受理时间,完成时间,备注,内容\n" +
	"A1,报修,2026-06-01 08:00,2026-06-02 08:00,一,漏水\n" +
	"A2,报修,2026-13-02 08:00,,二,=cmd|' /C calc'!A0\n" +
	"A3,,2026-06-03 08:00,2026-06-01 08:00,三,\n"

func TestAMendedRowLoadsInTheOneItMendsPlace(t *testing.T) {
	c := newClerk(t, "")
	c.put("tickets/报事_20260615.csv", wrongRows)
	first := c.night()
	first.tickets("ticket_id, file", "A1|报事_20260615.csv")
	first.waiting("报事_20260615.csv|3|受理时间|2026-13-02 08:00|unreadable_date",
		"报事_20260615.csv|4|类型||required_missing", "报事_20260615.csv|4|完成时间|2026-06-01 08:00|completed_before_registered")
	first.returned("R11_rejected_2026-06-30_P01_tickets.xlsx")

	c.correct(first, "R11_rejected_2026-06-30_P01_tickets.xlsx", "tickets/R11_rejected_2026-06-30_P01_tickets.xlsx",
		[3]string{"A2", "受理时间", "2026-06-12 08:00"}, [3]string{"A3", "类型", "投诉"}, [3]string{"A3", "完成时间", "2026-06-04 08:00"})
	second := c.night()
	second.waiting()
	second.returned()
	second.tickets("ticket_id, kind_code, registered_at, updated_at, extra",
		`A1|repair|2026-06-01 08:00:00|{"备注":"一"}`, `A2|repair|2026-06-12 08:00:00|{"备注":"二"}`, `A3|complaint|2026-06-03 08:00:00|{"备注":"三"}`)
	// Each stands where the row that it mends stood: a later export of the same record comes after it.
	second.same("select concat_ws('|', s.id, f.name, s.place_row, s.updated_at) from stg.sightings as s join raw.files as f on f.file_no = s.place_file_no order by all",
		[]string{"A1|报事_20260615.csv|1|2026-06-16 00:00:00", "A2|报事_20260615.csv|2|2026-06-16 00:00:00", "A3|报事_20260615.csv|3|2026-06-16 00:00:00"})
}

// More corrections than there are processors: an engine reads several of them one after the other.
func TestManyCorrectionsAreHandedInOnOneNight(t *testing.T) {
	c := newClerk(t, "")
	c.put("tickets/报事_20260615.csv", wrongRows)
	first := c.night()
	for i := range runtime.GOMAXPROCS(0) + 2 {
		c.correct(first, first.books[0], fmt.Sprintf("tickets/R11_%d.xlsx", i), [3]string{"A2", "受理时间", fmt.Sprintf("2026-06-%02d 08:00", i+2)}, [3]string{"A3", "类型", "投诉"}, [3]string{"A3", "完成时间", ""})
	}
	second := c.night()
	second.waiting()
	second.tickets("ticket_id", "A1", "A2", "A3")
}

func TestRowsThatAreStillWrongComeBackAndTheOthersLoad(t *testing.T) {
	c := newClerk(t, "")
	c.put("tickets/报事_20260615.csv", wrongRows)
	first := c.night()
	c.correct(first, first.books[0], "tickets/R11_one.xlsx", [3]string{"A2", "受理时间", "2026-06-12 08:00"}, [3]string{"A3", "类型", "投诉"})
	second := c.night()
	second.tickets("ticket_id", "A1", "A2")
	second.waiting("R11_one.xlsx|報事!5|完成时间|2026-06-01 08:00|completed_before_registered")
	second.returned("R11_rejected_2026-06-30_P01_tickets.xlsx")
	c.correct(second, second.books[0], "tickets/R11_two.xlsx", [3]string{"A3", "完成时间", ""})
	third := c.night()
	third.tickets("ticket_id", "A1", "A2", "A3")
	third.waiting()
}

func TestReturnedRowsHandedInUnchangedWaitAsBefore(t *testing.T) {
	c := newClerk(t, "")
	// Five rejects of a hundred rows, handed in again: a file of nothing but rejects, and yet none to refuse.
	c.put("tickets/报事_20260615.csv", manyRows(100, 5))
	first := c.night()
	c.correct(first, first.books[0], "tickets/R11_same.xlsx")
	second := c.night()
	if f := second.landing.Files[1]; f.Refused != nil || f.Read != 5 || f.Rejected != 5 {
		t.Errorf("%+v", f)
	}
	second.same("select count(distinct (file_no, src_row)) from mart.rejects", []string{"5"})
	second.same("select distinct digest || ':' || place_row from rpt.returned_rows order by all", refs(first, "1", "2", "3", "4", "5"))
}

// manyRows is an export with that many rows, the first of them wrong.
func manyRows(rows, wrong int) string {
	var b strings.Builder
	b.WriteString("单号,类型,受理时间,备注\n")
	for i := range rows {
		day := "2026-06-01"
		if i < wrong {
			day = "2026-06-31"
		}
		fmt.Fprintf(&b, "B%03d,报修,%s 08:00,%d\n", i+1, day, i+1)
	}
	return b.String()
}

// refs gives references to rows of the first file of a night.
func refs(r result, rows ...string) []string {
	var list []string
	for _, row := range rows {
		list = append(list, r.landing.Files[0].Digest[:returned.DigestLength]+":"+row)
	}
	return list
}

func TestOfTwoCorrectionsOfARowTheLaterCounts(t *testing.T) {
	c := newClerk(t, "")
	c.put("tickets/报事_20260615.csv", wrongRows)
	first := c.night()
	c.correct(first, first.books[0], "tickets/R11.xlsx", [3]string{"A2", "受理时间", "2026-06-12 08:00"})
	c.night()
	c.correct(first, first.books[0], "tickets/R11.xlsx", [3]string{"A2", "受理时间", "2026-06-13 08:00"})
	third := c.night()
	third.tickets("ticket_id, registered_at", "A1|2026-06-01 08:00:00", "A2|2026-06-13 08:00:00")
	// Handed in in the other order, the other one counts: the digests, which are the same, don't decide.
	other := newClerk(t, "")
	other.put("tickets/报事_20260615.csv", wrongRows)
	first = other.night()
	other.correct(first, first.books[0], "tickets/R11.xlsx", [3]string{"A2", "受理时间", "2026-06-13 08:00"})
	other.night()
	other.correct(first, first.books[0], "tickets/R11.xlsx", [3]string{"A2", "受理时间", "2026-06-12 08:00"})
	other.night().tickets("ticket_id, registered_at", "A1|2026-06-01 08:00:00", "A2|2026-06-12 08:00:00")
}

func TestAReferenceThatNamesNothingKnownIsARowOfItsOwnFile(t *testing.T) {
	c := newClerk(t, "")
	c.put("tickets/报事_20260615.csv", wrongRows)
	first := c.night()
	ref := refs(first, "2")[0]
	c.correct(first, first.books[0], "tickets/R11_20260620.xlsx", [3]string{"A2", "受理时间", "2026-06-12 08:00"},
		[3]string{"A2", returned.Heading("退回編號"), "ffffffffffff" + strings.TrimPrefix(ref, ref[:12])})
	second := c.night()
	second.tickets("ticket_id", "A1", "A2")
	second.same("select updated_at from stg.sightings where id = 'A2'", []string{"2026-06-21 00:00:00 +0000 UTC"})
	second.waiting("R11_20260620.xlsx|報事!5|类型||required_missing", "R11_20260620.xlsx|報事!5|完成时间|2026-06-01 08:00|completed_before_registered")
}

const refusedBook = "R11_refused_2026-06-30_P01_tickets.xlsx"

func TestAFileRefusedWholeIsHandedInAgainAsThatFile(t *testing.T) {
	c := newClerk(t, "")
	c.put("tickets/报事_20260615.csv", manyRows(10, 6))
	c.put("tickets/报事_20260616.csv", "单号,类型,受理时间,备注\nB010,投诉,2026-06-02,later\n")
	first := c.night()
	first.tickets("ticket_id, kind_code", "B010|complaint")
	first.returned(refusedBook)
	first.same("select count(*) from rpt.returned_rows", []string{"10"})

	// With one row still wrong it loads: one of ten is no more than four.
	changes := [][3]string{}
	for i := range 5 {
		changes = append(changes, [3]string{fmt.Sprintf("B%03d", i+1), "受理时间", "2026-06-03 09:00"})
	}
	c.correct(first, refusedBook, "tickets/corrected.xlsx", changes...)
	second := c.night()
	byName := map[string]handoff.Landed{}
	for _, f := range second.landing.Files {
		byName[f.Name] = f
	}
	again, original := byName["corrected.xlsx"], byName["报事_20260615.csv"]
	if again.Refused != nil || again.Date.Format(time.DateOnly) != "2026-06-15" || again.Read != 10 || again.Rejected != 1 || original.Refused != nil || original.Replaced != "corrected.xlsx" {
		t.Errorf("%+v\n%+v", again, original)
	}
	// What came on the day after is newer than what is handed in now.
	second.same("select kind_code from stg.tickets where ticket_id = 'B010'", []string{"complaint"})
	second.same("select count(*) from stg.tickets", []string{"9"})
	second.waiting("corrected.xlsx|報事!9|受理时间|2026-06-31 08:00|unreadable_date")

	c.correct(second, second.books[0], "tickets/corrected_2.xlsx", [3]string{"B006", "受理时间", "2026-06-03 09:00"})
	third := c.night()
	third.same("select count(*) from stg.tickets", []string{"10"})
	third.waiting()
	third.returned()
}

func TestAHandedInFileThatIsRefusedAgainComesBackAsItIsNow(t *testing.T) {
	c := newClerk(t, "")
	c.put("tickets/报事_20260615.csv", manyRows(10, 7))
	first := c.night()
	c.correct(first, refusedBook, "tickets/second.xlsx", [3]string{"B001", "受理时间", "2026-06-03 09:00"})
	second := c.night()
	second.tickets("ticket_id")
	second.returned(refusedBook)
	second.same("select count(*) from rpt.returned_rows", []string{"10"})
	second.same("select count(distinct src_row) from mart.rejects", []string{"6"})
	changes := [][3]string{}
	for i := 1; i < 7; i++ {
		changes = append(changes, [3]string{fmt.Sprintf("B%03d", i+1), "受理时间", "2026-06-03 09:00"})
	}
	c.correct(second, refusedBook, "tickets/third.xlsx", changes...)
	third := c.night()
	third.same("select count(*) from stg.tickets", []string{"10"})
	third.waiting()
	for _, f := range third.landing.Files {
		if f.Refused != nil {
			t.Errorf("%s is still refused", f.Name)
		}
	}
}

func TestRowsMissingFromARefusedFileAreNotLostInSilence(t *testing.T) {
	c := newClerk(t, "")
	c.put("tickets/报事_20260615.csv", manyRows(10, 6))
	first := c.night()
	f, err := excelize.OpenFile(filepath.Join(first.folder, refusedBook))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.RemoveRow(f.GetSheetName(0), 13); err != nil {
		t.Fatal(err)
	}
	content, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	c.put("tickets/part.xlsx", content.String())
	second := c.night()
	for _, f := range second.landing.Files {
		if f.Name == "part.xlsx" && (f.Refused == nil || f.Refused.Reason != "incomplete" || !strings.Contains(f.Refused.Message, "1 of its 10 rows")) {
			t.Errorf("%+v", f.Refused)
		}
	}
	second.returned(refusedBook)
}

func TestALaterExportOfTheRecordClosesItsReject(t *testing.T) {
	c := newClerk(t, "")
	c.put("tickets/报事_20260615.csv", wrongRows)
	c.put("tickets/报事_20260616.csv", strings.ReplaceAll(wrongRows, "2026-13-02", "2026-06-02"))
	c.night().waiting("报事_20260616.csv|4|类型||required_missing", "报事_20260616.csv|4|完成时间|2026-06-01 08:00|completed_before_registered")
}

// The columns of a mapping, a group title, an unnamed column and one too many come back where they stood, and are read again as they were.
func TestTheLayoutOfTheExportComesBackColumnByColumn(t *testing.T) {
	c := newClerk(t, "sources:\n  - {name: east, kind: tickets, path: drop, files: '*.csv', header_row: 2, property: P01, columns: {ticket_id: 流水, registered_at: 时间/报}}\n")
	rows := "物业报表\n流水,类型,时间,,,\n,,报,完,,电话\n1,报修,2026-06-01 08:00,2026-06-02 08:00,x,13800000000,y\n2,报修,never,-,+x,013800000000,\"a\n=b\"\n"
	c.put("../drop/报事_20260615.csv", strings.Replace(rows, "物业报表\n", "物业报表\n", 1))
	first := c.night()
	first.waiting("报事_20260615.csv|5|时间/报|never|unreadable_date")
	c.correct(first, first.books[0], "tickets/R11_back.xlsx", [3]string{"013800000000", "报", "2026-06-01 09:00"})
	second := c.night()
	second.waiting()
	second.tickets("ticket_id, registered_at, reporter_phone, extra, property",
		`1|2026-06-01 08:00:00|13800000000|{"时间/完":"2026-06-02 08:00","column 5":"x","column 7":"y"}|P01`, "2|2026-06-01 09:00:00|013800000000|{\"时间/完\":\"-\",\"column 5\":\"+x\",\"column 7\":\"a\\n=b\"}|P01")
}

func TestPersonsAreLeftOutWhereTheConfigurationSaysSo(t *testing.T) {
	c := newClerk(t, "reports: {R11: {personal: hidden, languages: [en]}}\n")
	c.plan.Config.Languages = []string{"en"}
	c.put("tickets/报事_20260615.csv", "单号,报修人,联系电话,类型,受理时间\nA1,王某,13800000000,报修,soon\n")
	first := c.night()
	f, err := excelize.OpenFile(filepath.Join(first.folder, first.books[0]))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(rows[2][3:], ","); got != "单号,类型,受理时间" {
		t.Errorf("columns %s", got)
	}
	if got := strings.Join(rows[3], "|"); strings.Contains(got, "王") || strings.Contains(got, "138") || !strings.HasSuffix(got, "A1|报修|soon") {
		t.Errorf("row %s", got)
	}
}

func TestNothingInAReturnedWorkbookIsAFormula(t *testing.T) {
	c := newClerk(t, "")
	c.put("tickets/报事_20260615.csv", wrongRows)
	first := c.night()
	f, err := excelize.OpenFile(filepath.Join(first.folder, first.books[0]))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := f.GetSheetName(0)
	rows, _ := f.GetRows(sheet)
	at := cellOf(t, rows, "A2", "内容")
	formula, err := f.GetCellFormula(sheet, at)
	kind, _ := f.GetCellType(sheet, at)
	value, _ := f.GetCellValue(sheet, at)
	style, _ := f.GetCellStyle(sheet, at)
	look, _ := f.GetStyle(style)
	if err != nil || formula != "" || kind != excelize.CellTypeInlineString || value != "=cmd|' /C calc'!A0" || look.NumFmt != 49 {
		t.Errorf("formula %q, type %v, value %q, format %d", formula, kind, value, look.NumFmt)
	}
}

// A file without a header has columns by their position; so has what comes back of it.
func TestRowsOfAFileWithoutAHeaderComeBackUnderTheNumbersOfTheirColumns(t *testing.T) {
	c := newClerk(t, "sources:\n  - {name: east, kind: tickets, columns: {ticket_id: column 1, kind: column 2, registered_at: column 3}}\n")
	c.put("tickets/报事_20260615.csv", "A1,报修,2026-06-01,x\nA2,报修,never,y\n")
	first := c.night()
	first.waiting("报事_20260615.csv|2|column 3|never|unreadable_date")
	c.correct(first, first.books[0], "tickets/back.xlsx", [3]string{"A2", "column 3", "2026-06-02"})
	second := c.night()
	second.waiting()
	second.tickets("ticket_id, extra", `A1|{"column 4":"x"}`, `A2|{"column 4":"y"}`)
}
