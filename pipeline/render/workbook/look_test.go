package workbook

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

func TestLook(t *testing.T) {
	dir := os.Getenv("LOOK")
	if dir == "" {
		t.Skip()
	}
	w := world(t)
	ctx := context.Background()
	company := monthly("zh-Hant")
	company.Property, company.PropertyName = "*", ""
	daily := monthly("zh-Hant")
	daily.Report, daily.Period = "R1", "2026-06-30"
	for name, c := range map[string]struct {
		template string
		e        Edition
	}{"r3": {"r3_monthly.yaml", monthly("zh-Hant")}, "r3c": {"r3_monthly.yaml", company}, "r1": {"r1_daily_inventory.yaml", daily}} {
		b := book(t, c.e.Language)
		r, err := parse(t, c.template).Render(ctx, w, b, c.e, filepath.Join(dir, name+".xlsx"))
		t.Log(name, err, r, b.Missing())
	}
}
