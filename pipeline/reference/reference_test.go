package reference

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"noticeboard/pipeline/handoff"
)

// folder writes reference files: name, content, name, content ...
func folder(t *testing.T, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(files); i += 2 {
		if err := os.WriteFile(filepath.Join(dir, files[i]), []byte(files[i+1]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// table reads a folder that has no problems and gives one table.
func table(t *testing.T, dir, name string, known Known) handoff.Table {
	t.Helper()
	tables, problems := Read(dir, known)
	for _, p := range problems {
		t.Error(p)
	}
	for _, one := range tables.Handoff() {
		if one.Name == "ref."+name {
			return one
		}
	}
	t.Fatalf("no table ref.%s", name)
	return handoff.Table{}
}

// column gives the values of some columns of a table, row by row.
func column(t *testing.T, from handoff.Table, names ...string) [][]any {
	t.Helper()
	var list [][]any
	for _, row := range from.Rows {
		var values []any
		for _, name := range names {
			for i, c := range from.Columns {
				if c.Name == name {
					values = append(values, row[i])
				}
			}
		}
		if len(values) != len(names) {
			t.Fatalf("%s doesn't have all of %v", from.Name, names)
		}
		list = append(list, values)
	}
	return list
}

func same(t *testing.T, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func TestEveryTableIsThereWithoutAnyFile(t *testing.T) {
	tables, problems := Read(filepath.Join(t.TempDir(), "none"), Known{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var got []string
	for _, one := range tables.Handoff() {
		var columns []string
		for _, c := range one.Columns {
			columns = append(columns, c.Name+" "+c.Type)
		}
		got = append(got, fmt.Sprintf("%s, %d rows: %s", one.Name, len(one.Rows), strings.Join(columns, ", ")))
	}
	names := "name_zh_hant VARCHAR, name_zh_hant_key VARCHAR, name_zh_hans VARCHAR, name_zh_hans_key VARCHAR, name_en VARCHAR, name_en_key VARCHAR"
	same(t, got, []string{
		"ref.zones, 0 rows: row_no INTEGER, property VARCHAR, property_key VARCHAR, zone VARCHAR, zone_key VARCHAR, building VARCHAR, building_key VARCHAR, households INTEGER, manager VARCHAR, email VARCHAR, valid_from DATE, " + names,
		"ref.time_limits, 0 rows: row_no INTEGER, property VARCHAR, property_key VARCHAR, kind VARCHAR, scope VARCHAR, category VARCHAR, category_key VARCHAR, subcategory VARCHAR, subcategory_key VARCHAR, priority VARCHAR, valid_from DATE, respond_minutes INTEGER, complete_minutes INTEGER, clock VARCHAR, citation VARCHAR",
		"ref.root_causes, 0 rows: row_no INTEGER, code VARCHAR, code_key VARCHAR, words VARCHAR[], words_keys VARCHAR[], attitude BOOLEAN, " + names,
		"ref.categories, 0 rows: row_no INTEGER, code VARCHAR, code_key VARCHAR, standard_hours DECIMAL(8,2), rework_window_days INTEGER, callback_required BOOLEAN, valid_from DATE, " + names,
		"ref.staff, 0 rows: row_no INTEGER, name VARCHAR, role VARCHAR, zone VARCHAR, zone_key VARCHAR, email VARCHAR",
		"ref.targets, 38 rows: row_no INTEGER, metric VARCHAR, target DOUBLE, floor DOUBLE, valid_from DATE, is_default BOOLEAN",
		"ref.measures, 41 rows: row_no INTEGER, number INTEGER, measure_group VARCHAR, evidence VARCHAR, " + names,
		"ref.activity_types, 18 rows: row_no INTEGER, code VARCHAR, code_key VARCHAR, words VARCHAR[], words_keys VARCHAR[], " + names,
		"ref.inspection_plan, 0 rows: row_no INTEGER, property VARCHAR, property_key VARCHAR, domain VARCHAR, touchpoint VARCHAR, touchpoint_key VARCHAR, times INTEGER, per VARCHAR, valid_from DATE",
		"ref.rework_decisions, 0 rows: row_no INTEGER, property VARCHAR, property_key VARCHAR, ticket_id VARCHAR, returned_ticket_id VARCHAR, counts BOOLEAN, decided_by VARCHAR, reason VARCHAR, decided_on DATE",
	})
	same(t, tables.Missing, []string{"zones", "time_limits", "root_causes", "categories", "staff", "inspection_plan", "rework_decisions"})
}

func TestZonesAreReadWithKeysAndOneNameForThree(t *testing.T) {
	dir := folder(t, "zones.csv", "\ufeffproperty,zone,name,name_en,building,households,manager,email,valid_from\r\n"+
		"P01,Ｅ１,東區, East ,1座,\"1,200\",陳經理,,2025/3/1\r\n\r\n"+
		"P01,W,西區,,,－,—,無,\r\n")
	got := table(t, dir, "zones", Known{})
	same(t, column(t, got, "row_no", "zone", "zone_key", "name_zh_hans", "name_en", "name_en_key", "building", "building_key", "households", "manager", "valid_from"), [][]any{
		{1, "Ｅ１", "e1", "東區", "East", "east", "1座", "1座", 1200, "陳經理", day(2025, 3, 1)},
		{2, "W", "w", "西區", "西區", "西區", nil, nil, nil, nil, nil},
	})
}

func TestTimeLimitsTakeCodesAndWordsOfBothScripts(t *testing.T) {
	dir := folder(t, "time_limits.csv", "property,kind,scope,category,subcategory,priority,valid_from,respond_minutes,complete_minutes,clock,citation,note\n"+
		",维修,公區,,,急修,,30,240.0,calendar,服務等級標準 5.2,問過工程部\n"+
		"P01,repair,household,給排水,漏水,,20260101,,１４４０,工作時間,,\n")
	got := table(t, dir, "time_limits", Known{})
	same(t, column(t, got, "property", "property_key", "kind", "scope", "category_key", "subcategory", "priority", "valid_from", "respond_minutes", "complete_minutes", "clock", "citation"), [][]any{
		{nil, nil, "repair", "common", nil, nil, "emergency", nil, 30, 240, "calendar", "服務等級標準 5.2"},
		{"P01", "p01", "repair", "household", "給排水", "漏水", nil, day(2026, 1, 1), nil, 1440, "working", nil},
	})
}

// Two people paste the same row of the published table, one with where it is printed: that is no contradiction.
func TestARowThatOnlyRepeatsAnotherIsReadOnce(t *testing.T) {
	dir := folder(t, "time_limits.csv", "kind,category,respond_minutes,clock,citation\nrepair,電梯,30,calendar,\n維修,電梯,60,calendar,\n報修, 電梯 ,30,自然時間,服務等級標準 5.2\n")
	_, found := Read(dir, Known{})
	if len(found) != 1 || found[0].Line != 3 || !strings.Contains(found[0].Message, "as line 2") {
		t.Errorf("got %v", found)
	}
	dir = folder(t, "time_limits.csv", "kind,category,respond_minutes,clock,citation\nrepair,電梯,30,calendar,\n報修, 電梯 ,30,自然時間,服務等級標準 5.2\n")
	same(t, column(t, table(t, dir, "time_limits", Known{}), "row_no", "kind", "respond_minutes", "citation"), [][]any{{1, "repair", 30, nil}})
}

func TestWordsYesNoAndHours(t *testing.T) {
	dir := folder(t,
		"root_causes.csv", "code,name_zh_hant,words,attitude\nrude,態度,\"態度差| Rude ｜不理\",是\nleak,滲漏,,\n",
		"categories.csv", "code,name,standard_hours,rework_window_days,callback_required,valid_from\nplumbing,給排水,1.5,15,no,\nplumbing,給排水,2,30,Y,2026年1月1日\n")
	same(t, column(t, table(t, dir, "root_causes", Known{}), "code", "words", "words_keys", "attitude", "name_en"), [][]any{
		{"rude", []string{"態度差", "Rude", "不理"}, []string{"態度差", "rude", "不理"}, true, nil},
		{"leak", nil, nil, nil, nil},
	})
	same(t, column(t, table(t, dir, "categories", Known{}), "row_no", "standard_hours", "rework_window_days", "callback_required", "valid_from"), [][]any{
		{1, "1.5", 15, false, nil},
		{2, "2", 30, true, day(2026, 1, 1)},
	})
}

func TestOwnTargetsStandBeforeTheDefaults(t *testing.T) {
	got := table(t, folder(t, "targets.csv", "metric,target,floor,valid_from\non_time,97%,0.7,2026-01-01\n"), "targets", Known{Metrics: []string{"on_time"}})
	rows := column(t, got, "row_no", "metric", "target", "floor", "valid_from", "is_default")
	same(t, rows[:2], [][]any{
		{1, "on_time", 0.97, 0.7, day(2026, 1, 1), false},
		{2, "on_time", 0.98, 0.8, nil, true},
	})
	if len(rows) != 39 {
		t.Errorf("%d rows: 38 defaults and one more are wanted", len(rows))
	}
}

func TestOwnMeasuresAndTypesReplaceTheDefaults(t *testing.T) {
	dir := folder(t,
		"measures.csv", "number,group,name_zh_hant,evidence\n1,service,巡更,patrol 2/week + on_time + inspection_score[安全] + findings[lift]\n2,service,問候,\n",
		"activity_types.csv", "code,name,words\npatrol,巡更,夜巡|夜巡\n",
		"categories.csv", "code,name\nlift,電梯\n")
	known := Known{Metrics: []string{"on_time", "inspection_score", "findings"}}
	same(t, column(t, table(t, dir, "measures", known), "number", "measure_group", "name_zh_hant_key", "evidence"), [][]any{
		{1, "service", "巡更", "patrol 2/week + on_time + inspection_score[安全] + findings[lift]"}, {2, "service", "問候", nil},
	})
	same(t, column(t, table(t, dir, "activity_types", known), "code", "name_zh_hans"), [][]any{{"patrol", "巡更"}})
}

func TestPlanDecisionsAndStaff(t *testing.T) {
	dir := folder(t,
		"inspection_plan.csv", "domain,touchpoint,times,per\n夜間照明,地庫 B1,1,每週\n",
		"rework_decisions.csv", "property,ticket_id,returned_ticket_id,counts,decided_by,reason,decided_on\nP02,A1,A2,否,林主任,另一處漏水,2026-06-01\n",
		"zones.csv", "property,zone,name_en\nP01,E,East\n",
		"staff.csv", "name,role,zone,email\n張三,技工,east,\n")
	known := Known{Property: "P01", Properties: []string{"P01", "P02"}}
	same(t, column(t, table(t, dir, "inspection_plan", known), "property", "domain", "touchpoint_key", "times", "per"), [][]any{{"P01", "lighting", "地庫 b1", 1, "week"}})
	same(t, column(t, table(t, dir, "rework_decisions", known), "property_key", "ticket_id", "counts", "decided_on"), [][]any{{"p02", "A1", false, day(2026, 6, 1)}})
	same(t, column(t, table(t, dir, "staff", known), "name", "zone_key"), [][]any{{"張三", "east"}})
}

func TestOwnDaysAreForTheCalendarNotATable(t *testing.T) {
	tables, problems := Read(folder(t, "calendar.csv", "date,kind,name\n2026-07-04,补班,\n2026-07-06,off,停工日\n"), Known{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	days := tables.Days()
	if len(days) != 2 || !days[0].Working || days[1].Working || days[1].Name != "停工日" || !days[0].Date.Equal(day(2026, 7, 4)) {
		t.Errorf("%+v", days)
	}
	for _, one := range tables.Handoff() {
		if one.Name == "ref.calendar" {
			t.Error("the days of the home are only a part of the calendar")
		}
	}
}

func TestGB18030FileReadsLikeAnother(t *testing.T) {
	text := "property,zone,name,building,households\nP02,北苑,北苑片区,1号楼,96\nP02,北苑,北苑片区,2号楼,104\n"
	legacy, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	got := table(t, folder(t, "zones.csv", legacy), "zones", Known{})
	same(t, column(t, got, "zone", "building", "households"), [][]any{{"北苑", "1号楼", 96}, {"北苑", "2号楼", 104}})
}

func TestExcelFileKeepsDatesAndNumbers(t *testing.T) {
	for _, suffix := range []string{".xlsx", ".xlsm"} {
		dir := t.TempDir()
		f := excelize.NewFile()
		for i, row := range [][]any{
			{"property", "zone", "name", "building", "households", "valid_from"},
			{"P01", "E", "東區", 3, 120, time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)},
			{},
			{"P01", "E", "東區", "4座", 80.0, "2025-03-01"},
		} {
			if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.SaveAs(filepath.Join(dir, "zones"+suffix)); err != nil {
			t.Fatal(err)
		}
		got := table(t, dir, "zones", Known{})
		same(t, column(t, got, "row_no", "building", "households", "valid_from"), [][]any{{1, "3", 120, day(2025, 3, 1)}, {2, "4座", 80, day(2025, 3, 1)}})
	}
}

func TestHeaderWithoutRowsIsAFileThatIsThere(t *testing.T) {
	tables, problems := Read(folder(t, "zones.csv", "property,zone,name\n"), Known{})
	if len(problems) > 0 || len(tables.Missing) != 6 {
		t.Errorf("%v %v", problems, tables.Missing)
	}
}

func TestBarsBetweenWordsAreNoDelimiter(t *testing.T) {
	dir := folder(t, "root_causes.csv", "code,words\nleak,漏水|滲水|滴水|水漬\nrude,態度差|不理人|粗魯|冷淡\n")
	same(t, column(t, table(t, dir, "root_causes", Known{}), "code", "words"), [][]any{
		{"leak", []string{"漏水", "滲水", "滴水", "水漬"}}, {"rude", []string{"態度差", "不理人", "粗魯", "冷淡"}},
	})
}

func TestBig5AndTabsReadLikeAnother(t *testing.T) {
	legacy, err := traditionalchinese.Big5.NewEncoder().String("property\tzone\tname\tbuilding\thouseholds\r\nP01\tE\t東區花園\t第一座\t96\r\nP01\tW\t西區花園\t第二座\t104\r\n")
	if err != nil {
		t.Fatal(err)
	}
	got := table(t, folder(t, "zones.txt", legacy), "zones", Known{})
	same(t, column(t, got, "name_zh_hant", "building", "households"), [][]any{{"東區花園", "第一座", 96}, {"西區花園", "第二座", 104}})
}
