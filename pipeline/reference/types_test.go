//go:build duckdb_arrow

package reference

import (
	"context"
	"testing"

	"noticeboard/pipeline/duck"
)

func TestEveryTableFitsItsTypes(t *testing.T) {
	dir := folder(t,
		"zones.csv", "property,zone,name,building,households,manager,email,valid_from\nP01,E,東區,1座,120,,,2025-03-01\n",
		"time_limits.csv", "kind,respond_minutes,complete_minutes,clock,valid_from\nrepair,30,240,working,2025-03-01\n",
		"root_causes.csv", "code,name,words,attitude\nrude,態度,差|冷,yes\nleak,漏,,\n",
		"categories.csv", "code,name,standard_hours,rework_window_days,callback_required,valid_from\nlift,電梯,1.25,15,no,2025-03-01\n",
		"staff.csv", "name,role,zone,email\n張三,技工,E,\n",
		"targets.csv", "metric,target,floor,valid_from\non_time,0.9,0.5,2025-03-01\n",
		"inspection_plan.csv", "property,domain,touchpoint,times,per,valid_from\nP01,lighting,B1,1,day,2025-03-01\n",
		"rework_decisions.csv", "property,ticket_id,returned_ticket_id,counts,decided_by,reason,decided_on\nP01,1,2,yes,林,,2025-03-01\n",
	)
	tables, problems := Read(dir, Known{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	w, err := duck.Memory()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	ctx := context.Background()
	if err := w.Exec(ctx, "create schema ref"); err != nil {
		t.Fatal(err)
	}
	for _, one := range tables.Handoff() {
		columns := make([]duck.Column, len(one.Columns))
		for i, c := range one.Columns {
			columns[i] = duck.Column(c)
		}
		if err := w.Fill(ctx, one.Name, columns, one.Rows); err != nil {
			t.Errorf("%s: %v", one.Name, err)
		}
		if len(one.Rows) == 0 {
			t.Errorf("%s has no row to try", one.Name)
		}
	}
}
