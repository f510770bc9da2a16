package model

import (
	"context"
	"encoding/csv"
	"strings"
	"testing"
)

// planted are contradictions, one for each check that guards a sum or a range: the rows of relations that can't all be true.
var planted = map[string]map[string]string{
	"queries/mart/cohort_figures.check.every_member_is_in_one_cell.sql": {
		"int.periods":         "period,period_kind,period_start,period_end\n2026,year,2026-01-01,2027-01-01",
		"ref.metrics":         "metric,cohort,aggregate,position\nrework,rework,share,7",
		"cohort.rework":       "property,id,counted_on,hit\nP01,R-1,2026-06-01,true\nP01,R-2,2026-06-02,true",
		"mart.cells":          "cell,property,zone,category\n1,P01,*,*\n2,P01,A,lift",
		"mart.period_numbers": "period_no,period,period_kind\n3,2026,year",
		"mart.cohort_figures": "metric_no,cell,period_no,members,not_measurable\n7,2,3,1,0\n7,1,3,2,0",
	},
	"queries/mart/cohort_figures.check.every_member_has_a_period.sql": {
		"int.periods":   "period,period_kind,period_start,period_end\n2026,year,2026-01-01,2027-01-01",
		"cohort.rework": "property,id,counted_on,hit\nP01,R-1,2025-12-31,true",
	},
	"queries/mart/figures.check.properties_add_up.sql": {
		"mart.metrics": "metric,aggregate\ncomplaints,count",
		"mart.figures": "metric,property,zone,category,period,x\ncomplaints,*,*,*,2026-06,3\ncomplaints,P01,*,*,2026-06,2",
	},
	"queries/mart/figures.check.zones_add_up.sql": {
		"mart.metrics": "metric,aggregate\ncomplaints,count",
		"mart.figures": "metric,property,zone,category,period,x\ncomplaints,P01,*,*,2026-06,3\ncomplaints,P01,A,*,2026-06,2",
	},
	"queries/mart/figures.check.counts_and_hours_are_not_negative.sql": {
		"mart.metrics": "metric,aggregate,unit\nhours_to_complete_median,median,hours",
		"mart.figures": "metric,property,zone,category,period,n,value\nhours_to_complete_median,P01,*,*,2026-06,2,-0.5",
	},
	"queries/mart/figures.check.shares_lie_between_0_and_1.sql": {
		"mart.metrics": "metric,aggregate\nrework,share",
		"mart.figures": "metric,property,zone,category,period,x,n,value\nrework,P01,*,*,2026-06,3,2,1.5",
	},
	"queries/mart/figures.check.what_can_be_measured_has_a_value.sql": {
		"mart.metrics": "metric,aggregate\nhours_to_complete_median,median",
		"mart.figures": "metric,property,zone,category,period,n,value,not_measurable\nhours_to_complete_median,P01,*,*,2026-06,4,,1",
	},
	"queries/mart/figures.check.working_days_are_announced.sql": {
		"mart.figures": "metric,property,zone,category,period,period_kind,provisional\non_time,*,*,*,2027,year,true",
	},
	"queries/mart/open_tickets.check.adds_up_to_the_figures.sql": {
		"mart.periods":         "period,period_kind,period_start,period_end\n2026-06,month,2026-06-01,2026-07-01",
		"mart.figures":         "metric,property,zone,category,period,x\nopen_tickets,P01,*,*,2026-06,1",
		"mart.open_tickets":    "property,ticket_id\nP01,T-1",
		"mart.daily_inventory": "property,kind,owner,closing\nP01,repair,Wang,2",
		"mart.ageing":          "property,kind,bucket,tickets\nP01,repair,0-1,1",
	},
	"queries/mart/freshness.check.no_source_is_beyond_stop_after.sql": {
		"mart.freshness": "source,newest_event,hours_old\ntickets,2026-06-01 00:00:00,720\ncallbacks,,",
		"ref.sources":    "source,kind,stop_after_hours\ntickets,tickets,240\ncallbacks,callbacks,240",
	},
	"queries/mart/complaint_root_causes.check.adds_up_to_complaints.sql": {
		"mart.periods":               "period,period_kind\n2026-06,month",
		"mart.figures":               "metric,property,zone,category,period,x\ncomplaints,P01,*,*,2026-06,3",
		"mart.complaint_root_causes": "property,zone,period,root_cause,complaints\nP01,*,2026-06,noise,2",
	},
	"queries/mart/daily_inventory.check.balances.sql": {
		"mart.daily_inventory": "property,kind,owner,opening,registered,completed,closing\nP01,repair,Wang,5,2,1,5",
	},
	"queries/mart/data_quality.check.read_is_loaded_rejected_and_duplicate.sql": {
		"mart.data_quality": "source,file_date,digest,file,issue,rows\ntickets,2026-06-30,d,a.csv,read,3\ntickets,2026-06-30,d,a.csv,loaded,2",
	},
}

func TestChecksFindWhatCanNotBeTrue(t *testing.T) {
	w := emptyWorld(t)
	for file, relations := range planted {
		t.Run(strings.TrimSuffix(strings.TrimPrefix(file, "queries/"), ".sql"), func(t *testing.T) {
			w.must(t, "begin")
			defer w.restore(t)
			for relation, text := range relations {
				if err := w.insert(relation, tableOf(t, relation, text)); err != nil {
					t.Fatal(err)
				}
			}
			rows, err := w.Query(context.Background(), w.check(t, file).SQL)
			if err != nil || len(rows.Values) == 0 {
				t.Errorf("the contradiction was passed over: %v", err)
			}
		})
	}
}

func tableOf(t *testing.T, name, text string) table {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	given := table{file: name, columns: records[0], rows: records[1:]}
	for i := range given.rows {
		given.lines = append(given.lines, i+2)
	}
	return given
}

func (w *world) check(t *testing.T, file string) Query {
	t.Helper()
	for _, c := range w.catalog.Checks {
		if c.File == file {
			return c
		}
	}
	t.Fatalf("there is no check %s", file)
	return Query{}
}
