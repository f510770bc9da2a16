package land

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/record"
)

// given is an export and what is said of its source.
type given struct {
	kind    string // tickets where empty
	text    string
	source  config.Source
	date    string // 2026-06-30 where empty
	path    string // in place of text
	zone    string
	limits  func(*config.Limits)
	landing *Plan // to land twice into one folder
}

func plan(t *testing.T, g given) Plan {
	t.Helper()
	zone := g.zone
	if zone == "" {
		zone = "Asia/Shanghai"
	}
	location, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	limits := config.Default().Limits
	if g.limits != nil {
		g.limits(&limits)
	}
	dir := t.TempDir()
	return Plan{Folder: filepath.Join(dir, "landed"), TempDir: filepath.Join(dir, "temp"), Limits: limits, Location: location}
}

// land lands one export alone.
func land(t *testing.T, g given) handoff.Landed {
	t.Helper()
	landed, err := try(t, g)
	if err != nil {
		t.Fatal(err)
	}
	return landed
}

func try(t *testing.T, g given) (handoff.Landed, error) {
	t.Helper()
	if g.kind == "" {
		g.kind = "tickets"
	}
	if g.date == "" {
		g.date = "2026-06-30"
	}
	if g.path == "" {
		g.path = filepath.Join(t.TempDir(), "export.csv")
		if err := os.WriteFile(g.path, []byte(g.text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	content, err := os.ReadFile(g.path)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(content)
	date, _ := time.Parse(time.DateOnly, g.date)
	p := plan(t, g)
	if g.landing != nil {
		p.Folder, p.TempDir = g.landing.Folder, g.landing.TempDir
	}
	g.source.Name, g.source.Kind = g.kind, g.kind
	p.Sources = []config.Source{g.source}
	landing, err := Run(context.Background(), p, handoff.Delivery{Files: []handoff.File{{
		Source: g.kind, Kind: g.kind, Name: filepath.Base(g.path), Digest: hex.EncodeToString(sum[:]), Path: g.path, Date: date, Size: int64(len(content)),
	}}})
	if err != nil {
		return handoff.Landed{}, err
	}
	return landing.Files[0], nil
}

// rows reads columns of a landed file, in the order of its rows: a cell a string, empty cells as ∅.
func rows(t *testing.T, path, columns string) []string {
	t.Helper()
	db, err := duck.Scratch(t.TempDir(), 500)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var list []string
	for _, c := range strings.Split(columns, ",") {
		list = append(list, "coalesce(("+c+")::varchar, '∅')")
	}
	found, err := db.Query(context.Background(), "select concat_ws('|', "+strings.Join(list, ", ")+") from "+landedAs(t, path)+" order by src_row")
	if err != nil {
		t.Fatal(err)
	}
	var shown []string
	for _, v := range found.Values {
		shown = append(shown, v[0].(string))
	}
	return shown
}

// landedAs gives a landed file all columns of its kind: those that its export doesn't have are empty.
func landedAs(t *testing.T, path string) string {
	t.Helper()
	_, rest, _ := strings.Cut(filepath.Base(path), ".")
	kind, known := record.Find(strings.TrimSuffix(rest, ".parquet"))
	if !known {
		return "read_parquet(" + duck.Literal(path) + ")"
	}
	var empty []string
	for _, c := range kind.Columns() {
		empty = append(empty, "null::"+c.Type+" as "+duck.Name(c.Name))
	}
	return "(select *, coalesce(src_within, '') || src_line_no as src_line from (select " + strings.Join(empty, ", ") + " where false union all by name from read_parquet(" + duck.Literal(path) + ")))"
}

// columnsIn lists the columns of a landed file with their types.
func columnsIn(t *testing.T, path string) []string {
	t.Helper()
	db, err := duck.Scratch(t.TempDir(), 500)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	found, err := db.Query(context.Background(), "select column_name || ' ' || column_type from (describe from read_parquet("+duck.Literal(path)+"))")
	if err != nil {
		t.Fatal(err)
	}
	var shown []string
	for _, v := range found.Values {
		shown = append(shown, v[0].(string))
	}
	return shown
}

func equal(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// good lands an export and compares columns of its good rows.
func good(t *testing.T, g given, columns string, want ...string) handoff.Landed {
	t.Helper()
	l := land(t, g)
	if l.Refused != nil {
		t.Fatalf("refused: %s: %s", l.Refused.Reason, l.Refused.Message)
	}
	kind := g.kind
	if kind == "" {
		kind = "tickets"
	}
	equal(t, rows(t, l.Tables[kind], columns), want...)
	return l
}

const three = "ticket_id,kind,registered_at\n"

func TestRows(t *testing.T) {
	for name, c := range map[string]struct {
		given   given
		columns string
		want    []string
	}{
		"chinese_headers_in_either_script": {
			given{text: "报事编号,报事类型,受理时间,完成時間\nA1,报修,2026-06-01 08:00,2026-06-02 09:30:15\n"},
			"ticket_id,kind,kind_code,registered_at,completed_at,src_row,src_line", []string{"A1|报修|repair|2026-06-01 08:00:00|2026-06-02 09:30:15|1|2"}},
		"headers_with_units_and_line_breaks": {
			given{text: "\"单号*\",工单类型,\"受理时间\n(年-月-日)\",收费金额（元）\nA1,投诉,2026-06-01,12.5\n"},
			"ticket_id,kind_code,registered_at,registered_at_day,fee_charged", []string{"A1|complaint|2026-06-01 00:00:00|true|12.50"}},
		"midnight_in_text_is_a_minute_and_a_date_is_a_day": {
			given{text: three + "A1,repair,2026-06-01 00:00\nA2,repair,2026-06-01\n"},
			"ticket_id,registered_at_day", []string{"A1|false", "A2|true"}},
		"signs_for_nothing_are_empty": {
			given{text: "ticket_id,kind,registered_at,completed_at,zone,description,fee_charged\nA1,repair,2026-06-01,-,N/A,無,--\nA2,repair,2026-06-01,/,null,&nbsp;,—\n"},
			"completed_at,zone,description,fee_charged", []string{"∅|∅|∅|∅", "∅|∅|∅|∅"}},
		"text_is_trimmed_of_wide_spaces": {
			given{text: "ticket_id,kind,registered_at,zone\n\u3000A1\u00a0,\trepair , 2026-06-01 ,\u3000東苑\u3000\n"},
			"ticket_id,kind_code,zone,zone_key", []string{"A1|repair|東苑|∅"}},
		"keys_fold_width_and_case": {
			given{text: "ticket_id,kind,registered_at,building,room\nA1,repair,2026-06-01,Ａ座,３０２ b\n"},
			"building,building_key,room,room_key", []string{"Ａ座|a座|３０２ b|302 b"}},
		"first_alias_wins_and_the_other_goes_to_extra": {
			given{text: "单号,报事编号,类型,受理时间\nX,A1,报修,2026-06-01\n"},
			"ticket_id,extra", []string{`A1|{"单号":"X"}`}},
		"unknown_columns_are_kept_by_header": {
			given{text: "ticket_id,kind,registered_at,Färbung \"x\",empty\nA1,repair,2026-06-01,\"say \"\"hi\"\"\",\n"},
			"extra", []string{`{"Färbung \"x\"":"say \"hi\""}`}},
		"cells_beyond_the_header_are_kept": {
			given{text: three + "A1,repair,2026-06-01,stray,,more\n"},
			"ticket_id,extra", []string{`A1|{"column 4":"stray","column 6":"more"}`}},
		"words_mean_codes_in_both_scripts": {
			given{text: "ticket_id,kind,registered_at,priority,scope,status,outcome,close_type\nA1,投诉,2026-06-01,急修,户内,已回访,無人在家,非正常\nA2,維修,2026-06-01,加急,公區,處理中,需后续,正常\nA3,表揚,2026-06-01,計劃,外围,作废,臨時處理,x\n"},
			"kind_code,priority_code,scope_code,status_code,outcome_code,close_type_code",
			[]string{"complaint|emergency|household|closed|no access|abnormal", "repair|urgent|common|in progress|follow-on|normal", "praise|planned|external|void|temporary|∅"}},
		"is_complaint_and_is_urgent_are_answers": {
			given{text: "单号,是否投诉,是否紧急,受理时间\nA1,是,否,2026-06-01\nA2,否,是,2026-06-01\n"},
			"kind_code,priority_code", []string{"complaint|normal", "repair|emergency"}},
		"a_filled_void_time_makes_the_status_void": {
			given{text: "单号,类型,受理时间,状态,废弃时间\nA1,报修,2026-06-01,处理中,2026-06-02\nA2,报修,2026-06-01,处理中,-\n"},
			"status,status_code,extra", []string{`处理中|void|{"废弃时间":"2026-06-02"}`, `处理中|in progress|∅`}},
		"material_and_labour_are_added": {
			given{text: "单号,类型,受理时间,材料费,人工费\nA1,报修,2026-06-01,10.5,¥20\nA2,报修,2026-06-01,,5元\nA3,报修,2026-06-01,,\n"},
			"fee_charged", []string{"30.50", "5.00", "∅"}},
		"a_charge_goes_before_material_and_labour": {
			given{text: "单号,类型,受理时间,收费金额,材料费\nA1,报修,2026-06-01,7,10.5\n"},
			"fee_charged,extra", []string{`7.00|{"材料费":"10.5"}`}},
		"numbers_in_other_signs": {
			given{text: "ticket_id,kind,registered_at,fee_charged,urged_count\nA1,repair,2026-06-01,\"１,２３４.５０元\",３次\nA2,repair,2026-06-01,￥0.5,2.0\nA3,repair,2026-06-01,-3,0\n"},
			"fee_charged,urged_count", []string{"1234.50|3", "0.50|2", "-3.00|0"}},
		"a_running_number_is_the_id_where_it_is_unique": {
			given{text: "序号,类型,受理时间\n1,报修,2026-06-01\n2,报修,2026-06-01\n"}, "ticket_id", []string{"1", "2"}},
		"constants_and_values_of_the_source": {
			given{text: "ticket_id,registered_at,status\nA1,2026-06-01,Bye\n", source: config.Source{Constants: map[string]string{"kind": "repair", "property": "P02"}, Values: map[string]map[string]string{"status": {"bye": "closed"}}}},
			"kind_code,property,status,status_code", []string{"repair|P02|Bye|closed"}},
		"mapping_overrides_aliases_and_composes_ids": {
			given{text: "管家,单号,类型,受理时间,责任人\n王,7,报修,2026-06-01,李\n", source: config.Source{Columns: map[string]string{"reporter_name": "管家", "technician": "-", "ticket_id": "类型 + 单号"}, Constants: map[string]string{"kind": "repair"}}},
			"ticket_id,reporter_name,technician", []string{"报修-7|王|∅"}},
		"a_date_and_its_time_in_columns_of_their_own": {
			given{text: "单号,类型,日期,时间\n1,报修,2026-06-01,下午2:05\n2,报修,2026-06-02,\n", source: config.Source{Columns: map[string]string{"registered_at": "日期 + 时间"}}},
			"ticket_id,registered_at,registered_at_day", []string{"1|2026-06-01 14:05:00|false", "2|2026-06-02 00:00:00|true"}},
		"id_prefix_on_every_id": {
			given{text: "ticket_id,kind,registered_at,rework_of\n1,repair,2026-06-01,2\n3,repair,2026-06-01,\n", source: config.Source{IDPrefix: "E-"}},
			"ticket_id,rework_of", []string{"E-1|E-2", "E-3|∅"}},
		"title_blank_lines_repeated_header_and_foot": {
			given{text: "翠湖灣報事明細,,\n导出时间：2026-06-30 10:00,,\n,,\nticket_id,kind,registered_at\nA1,repair,2026-06-01\n\nticket_id,kind,registered_at\nA2,repair,2026-06-02\n合计,,\n制表人：王五,,\n"},
			"ticket_id,src_row,src_line", []string{"A1|1|5", "A2|2|8"}},
		"two_row_header_where_names_need_their_group": {
			given{text: "单号,报事,,,回访,\n,类型,受理时间,内容,时间,结果\nA1,报修,2026-06-01,漏水,2026-06-03,成功\n"},
			"ticket_id,kind_code,registered_at,description", []string{"A1|repair|2026-06-01 00:00:00|漏水"}},
		"line_breaks_in_quotes_count_lines": {
			given{text: three + "\"A\n1\",repair,2026-06-01\r\nA2,repair,2026-06-01\r\n"},
			"src_line", []string{"2", "4"}},
		"semicolons_and_carriage_returns": {
			given{text: "ticket_id;kind;registered_at\rA1;repair;2026-06-01 10:00\rA2;repair;2026-06-01 11:00\r"},
			"ticket_id,src_line", []string{"A1|2", "A2|3"}},
		"excel_text_marks_are_stripped": {
			given{text: three + "=\"007\",repair,2026-06-01\n"}, "ticket_id", []string{"007"}},
		"day_first_where_the_source_says_so": {
			given{text: three + "A1,repair,06/05/2026 10:00\n", source: config.Source{DateOrder: "dmy"}}, "registered_at", []string{"2026-05-06 10:00:00"}},
		"roc_years_where_the_source_says_so": {
			given{text: three + "A1,repair,115/03/05\n", source: config.Source{DateOrder: "roc"}}, "registered_at", []string{"2026-03-05 00:00:00"}},
		"an_offset_is_brought_to_the_zone": {
			given{text: three + "A1,repair,2026-06-01T20:00:00Z\nA2,repair,2026-06-01T20:00:00+08:00\n"},
			"registered_at", []string{"2026-06-02 04:00:00", "2026-06-01 20:00:00"}},
		"the_day_after_the_file_date_is_still_right": {
			given{text: three + "A1,repair,2026-07-01 23:59\n"}, "ticket_id", []string{"A1"}},
		"completed_on_the_same_date_is_not_before": {
			given{text: "ticket_id,kind,registered_at,completed_at\nA1,repair,2026-06-01 10:00,2026-06-01\n"}, "ticket_id", []string{"A1"}},
		"a_plan_may_lie_ahead": {
			given{text: "ticket_id,kind,registered_at,appointment_at\nA1,repair,2026-06-01,2026-12-31\n"}, "appointment_at", []string{"2026-12-31 00:00:00"}},
		"inspections_by_plan_alone": {
			given{kind: "inspections", text: "任务编号,巡检类别,计划完成时间,得分,满分\nI1,照明,2026-06-01,9.5,10\n"}, "domain_code,planned_at,score,max_score", []string{"lighting|2026-06-01 00:00:00|9.5000|10.0000"}},
		"callback_answers_in_words": {
			given{kind: "callbacks", text: "回访编号,工单编号,回访时间,回访结果,是否解决,满意度,收费是否合理\nC1,A1,2026-06-01,成功,無,非常满意,合理\nC2,A1,2026-06-01,不成功,,4,\nC3,A1,2026-06-01,,,還行,\n"},
			"reached_code,resolved_code,satisfaction_score,fee_reasonable_code", []string{"yes|no|5|yes", "no|∅|4|∅", "∅|∅|∅|∅"}},
		"an_action_needs_no_property": {
			given{kind: "actions", text: "工單編號,根源,解決辦法,責任人,承諾日期\nA1,噪音,換隔音墊,王,2026-07-05\n"}, "ticket_id,root_cause,promised_on", []string{"A1|噪音|2026-07-05"}},
	} {
		t.Run(name, func(t *testing.T) {
			l := good(t, c.given, c.columns, c.want...)
			if l.Rejected != 0 {
				t.Errorf("%d rows were rejected: %s", l.Rejected, rows(t, l.Rejects, "reason,field,value"))
			}
		})
	}
}

func TestRejects(t *testing.T) {
	text := "单号,类型,受理时间,完成时间,费用,派工次数\n" +
		",报修,2026-06-01,,,\n" +
		"A2,,2026-13-02,无,单价*数量=总价,--\n" +
		"A3,报修,2026-06-02,2026-06-01,,\n" +
		"A4,报修,2026-06-02,2026-07-02 00:00,,2.5\n" +
		"A5,报修,2026-06-02,2026-07-01,1,1\n"
	l := land(t, given{text: text})
	if l.Read != 5 || l.Good != 1 || l.Rejected != 4 {
		t.Errorf("read %d, good %d, rejected %d", l.Read, l.Good, l.Rejected)
	}
	equal(t, rows(t, l.Rejects, "src_row,src_line,reason,field,header,value,kind"),
		"1|2|required_missing|ticket_id|单号|∅|tickets",
		"2|3|unreadable_number|fee_charged|费用|单价*数量=总价|tickets",
		"2|3|required_missing|kind|类型|∅|tickets",
		"2|3|unreadable_date|registered_at|受理时间|2026-13-02|tickets",
		"3|4|completed_before_registered|completed_at|完成时间|2026-06-01|tickets",
		"4|5|after_file_date|completed_at|完成时间|2026-07-02 00:00|tickets",
		"4|5|unreadable_number|dispatch_count|派工次数|2.5|tickets",
	)
	equal(t, rows(t, l.Rejects, "cells")[:2], `["","报修","2026-06-01","","",""]`, `["A2","","2026-13-02","无","单价*数量=总价","--"]`)
}

// Plans reach ten years beyond the file's date, 2026-06-30, and no further.
func TestAPlanInAnotherCenturyIsASlip(t *testing.T) {
	l := land(t, given{text: "单号,类型,受理时间,预约时间\nA1,报修,2026-06-01,2206-06-02 09:00\nA2,报修,2026-06-01,2036-06-30 00:00\nA3,报修,2026-06-01,2036-06-29 23:59\n"})
	equal(t, rows(t, l.Rejects, "src_line,reason,field,value"), "2|unreadable_date|appointment_at|2206-06-02 09:00", "3|unreadable_date|appointment_at|2036-06-30 00:00")
	l = land(t, given{kind: "works", text: "工程编号,工程名称,计划结束\nW1,水箱清洗,2062-07-01\nW2,外牆,2027-07-01\n"})
	equal(t, rows(t, l.Rejects, "src_line,reason,field,value"), "2|unreadable_date|planned_to|2062-07-01")
}

// The rows of another table below would load as tickets of an unknown kind.
func TestAnotherTableBelowRefusesTheFile(t *testing.T) {
	l := land(t, given{text: "单号,类型,受理时间\nA1,报修,2026-06-01\n\n回访编号,工单编号,回访时间\nH1,A1,2026-06-03\n"})
	if l.Refused == nil || l.Refused.Reason != "two_tables" || l.Refused.Message != "another table begins at 4: 回访编号, 工单编号, 回访时间" {
		t.Errorf("%+v", l.Refused)
	}
	for name, text := range map[string]string{
		"the header again":          "单号,类型,受理时间\nA1,报修,2026-06-01\n\n单号,类型,受理时间\nA2,报修,2026-06-01\n",
		"words that aren't headers": "单号,类型,受理时间,内容\nA1,报修,2026-06-01,漏水\n\nA2,报修,2026-06-02,状态\n",
	} {
		if l := land(t, given{text: text}); l.Refused != nil || l.Good != 2 {
			t.Errorf("%s: %+v, %d good", name, l.Refused, l.Good)
		}
	}
}

func many(n int, row string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, row+"\n", i)
	}
	return b.String()
}

func TestTooManyRejectsRefuseTheFile(t *testing.T) {
	for name, c := range map[string]struct {
		good, bad int
		refused   bool
	}{
		"four_of_four_are_too_few_to_refuse":      {0, 4, false},
		"five_of_hundred_are_just_the_share":      {95, 5, false},
		"five_of_ninety_nine_are_more":            {94, 5, true},
		"many_rejects_in_many_rows_are_the_share": {200, 10, false},
	} {
		t.Run(name, func(t *testing.T) {
			l := land(t, given{text: three + many(c.good, "G%d,repair,2026-06-01") + many(c.bad, "B%d,repair,yesterday")})
			if refused := l.Refused != nil; refused != c.refused {
				t.Fatalf("refused: %v", l.Refused)
			}
			if c.refused && (l.Read != 0 || l.Refused.Reason != "too_many_rejects" || len(l.Tables) != 0) {
				t.Errorf("%+v", l)
			}
			if !c.refused && (l.Good != int64(c.good) || l.Rejected != int64(c.bad)) {
				t.Errorf("good %d, rejected %d", l.Good, l.Rejected)
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		given  given
		reason string
	}{
		"nothing_in_it":                         {given{text: "\n\n"}, "empty"},
		"a_table_of_something_else":             {given{text: "a,b\n1,2\n"}, "no_header"},
		"a_kind_that_belongs_elsewhere":         {given{text: "回访编号,工单编号,回访时间,满意度\nC1,A1,2026-06-01,5\n"}, "wrong_kind"},
		"an_inspection_among_callbacks":         {given{kind: "callbacks", text: "任务编号,巡检类别,点位名称,实际巡检时间,得分\nI1,照明,P,2026-06-01,5\n"}, "wrong_kind"},
		"no_id":                                 {given{text: "报事类型,受理时间,状态\n报修,2026-06-01,完成\n"}, "missing_column"},
		"a_running_number_that_repeats":         {given{text: "序号,类型,受理时间\n1,报修,2026-06-01\n1,报修,2026-06-01\n"}, "missing_column"},
		"a_date_that_may_be_day_first":          {given{text: three + "A1,repair,06/05/2026\n"}, "date_order"},
		"the_end_inside_a_quote":                {given{text: three + "A1,repair,2026-06-01\nA2,\"repair,2026"}, "truncated"},
		"a_short_last_record_without_line_end":  {given{text: three + "A1,repair,2026-06-01\nA2,rep"}, "truncated"},
		"a_pdf":                                 {given{text: "%PDF-1.7\n..."}, "not_a_table"},
		"json":                                  {given{text: `{"ticket_id": 1}`}, "not_a_table"},
		"a_web_page_without_a_table":            {given{text: "<html><body>Please log in</body></html>"}, "not_a_table"},
		"an_unknown_encoding_named_by_a_person": {given{text: three, source: config.Source{Encoding: "klingon"}}, "unknown_encoding"},
		"a_cell_that_is_too_long":               {given{text: three + "A1,repair," + strings.Repeat("x", 2<<20) + "\n"}, "too_large"},
	} {
		t.Run(name, func(t *testing.T) {
			l := land(t, c.given)
			if l.Refused == nil || l.Refused.Reason != c.reason {
				t.Fatalf("got %+v, want %s", l.Refused, c.reason)
			}
			if l.Refused.Message == "" || l.Refused.Hint == "" || l.Read != 0 {
				t.Errorf("%+v", l.Refused)
			}
		})
	}
}

func TestFileEndsThatAreWhole(t *testing.T) {
	for name, end := range map[string]string{
		"a_full_record_without_line_end":   "A2,repair,2026-06-02",
		"a_total_without_line_end":         "A2,repair,2026-06-02\n合計",
		"a_foot_without_line_end":          "A2,repair,2026-06-02\n导出时间：2026-06-30",
		"the_end_mark_of_dos":              "A2,repair,2026-06-02\r\n\x1a",
		"an_empty_last_cell_and_line_ends": "A2,repair,2026-06-02\r\n\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			l := land(t, given{text: three + "A1,repair,2026-06-01\n" + end})
			if l.Refused != nil || l.Good != 2 || l.Read != 2 {
				t.Errorf("%+v", l)
			}
		})
	}
}

func TestHeaderWithoutRowsLandsNone(t *testing.T) {
	l := land(t, given{text: three})
	if l.Refused != nil || l.Read != 0 || len(rows(t, l.Tables["tickets"], "ticket_id")) != 0 {
		t.Errorf("%+v", l)
	}
}

func TestCallbackInARowOfTickets(t *testing.T) {
	text := "报事编号,报事类型,受理时间,回访时间,回访结果,满意度,回访内容,项目,更新时间\n" +
		"A1,报修,2026-06-01,2026-06-02 10:00,成功,4,好,P02,2026-06-03\n" +
		"A2,报修,2026-06-01,,,,,P02,\n" +
		"A3,报修,2026-06-01,2026-06-04,,5,,,\n"
	l := good(t, given{text: text}, "ticket_id,extra", "A1|∅", "A2|∅", "A3|∅")
	equal(t, rows(t, l.Tables["callbacks"], "callback_id,ticket_id,property,called_at,called_at_day,reached_code,satisfaction_score,issue,updated_at,src_row"),
		"A1@2026-06-02 10:00:00|A1|P02|2026-06-02 10:00:00|false|yes|4|好|2026-06-03 00:00:00|1",
		"A3@2026-06-04|A3|∅|2026-06-04 00:00:00|true|∅|5|∅|∅|3")
	equal(t, l.Fields["callbacks"], "callback_id", "called_at", "issue", "property", "reached", "satisfaction", "ticket_id", "updated_at")
	if l.Read != 3 || l.Good != 3 {
		t.Errorf("read %d, good %d", l.Read, l.Good)
	}
}

func TestRatingWithoutACallbackTimeIsNoCallback(t *testing.T) {
	l := good(t, given{text: "报事编号,报事类型,受理时间,满意度\nA1,报修,2026-06-01,5\n"}, "extra", `{"满意度":"5"}`)
	if _, there := l.Tables["callbacks"]; there {
		t.Error("a callback came of a rating alone")
	}
}

func TestEqualRowsHaveEqualContentWhateverTheLayout(t *testing.T) {
	one := land(t, given{text: "序号,单号,类型,受理时间,费用,备用\n1,A1,报修,2026-06-01 08:00,5,x\n"})
	other := land(t, given{text: "类型,单号,备用,费用,受理时间,完成时间\n报修,A1,x,5.00,2026/6/1 8:00:00,\n"})
	a, b := rows(t, one.Tables["tickets"], "content"), rows(t, other.Tables["tickets"], "content")
	equal(t, a, b...)
	changed := land(t, given{text: "单号,类型,受理时间,费用,备用\nA1,报修,2026-06-01 08:00,5,y\n"})
	if slices.Equal(a, rows(t, changed.Tables["tickets"], "content")) {
		t.Error("another extra has the same content")
	}
}

func TestControlTotals(t *testing.T) {
	for name, c := range map[string]struct {
		total string
		notes int
	}{
		"fits":                         {"合計,,,30", 0},
		"fits_with_currency":           {"總計：,,,¥30.00", 0},
		"differs":                      {"总计,,,31", 1},
		"counts_what_is_no_number":     {"合计,3,,30", 0},
		"counts_wrongly_but_of_text":   {"合计,7,,30", 0},
		"has_no_number":                {"小計,,,", 0},
		"label_carries_its_own_number": {"合计(3条),,,30", 0},
	} {
		t.Run(name, func(t *testing.T) {
			l := land(t, given{text: "单号,类型,受理时间,费用\nA1,报修,2026-06-01,10\nA2,报修,not a date,15\nA3,报修,2026-06-01,5\n" + c.total + "\n"})
			n := 0
			for _, note := range l.Notes {
				if note.Issue == "control_total" {
					n++
				}
			}
			if n != c.notes || l.Read != 3 {
				t.Errorf("%d rows, %v", l.Read, l.Notes)
			}
		})
	}
}

func TestColumnsWithoutATimeOfDayAreNamedOnce(t *testing.T) {
	l := land(t, given{text: "单号,类型,受理时间,完成时间,关闭时间\nA1,报修,2026-06-01,2026-06-02,2026-06-02 10:00\nA2,报修,2026-06-01,,\n"})
	for _, n := range l.Notes {
		if n.Issue == "day_precision" {
			if n.Rows != 2 || !strings.HasSuffix(n.Message, "受理时间, 完成时间") {
				t.Errorf("%+v", n)
			}
			return
		}
	}
	t.Errorf("no note: %v", l.Notes)
}

func TestUnmappedWordsAreCounted(t *testing.T) {
	l := land(t, given{text: "ticket_id,kind,registered_at,status\nA1,repair,2026-06-01,謎\nA2,repair,2026-06-01,謎\nA3,怪,2026-06-01,\n,怪,2026-06-01,\n"})
	want := []handoff.Unmapped{{Field: "kind", Value: "怪", Rows: 1}, {Field: "status", Value: "謎", Rows: 2}}
	if !slices.Equal(l.Unmapped, want) {
		t.Errorf("got %v, want %v", l.Unmapped, want)
	}
}
