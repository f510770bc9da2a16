package pipeline

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/fault"
)

// A new office's first export may be wrong as a whole: no night can publish, and the clerk needs the rows back all the same.
func TestTheFirstExportComesBackBeforeAnythingIsPublished(t *testing.T) {
	ctx, asOf := context.Background(), time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	c := newClerk(t, "")
	back := filepath.Join(t.TempDir(), "back")
	write := func(w *duck.Warehouse) error {
		_, err := Returned(ctx, c.plan, w, asOf, back)
		return err
	}
	if err := Unpublished(ctx, c.plan, asOf, write); fault.KindOf(err) != fault.Usage || !strings.Contains(err.Error(), "nothing was loaded") {
		t.Fatalf("an empty home: %v", err)
	}
	c.put("tickets/报事_20260615.csv", manyRows(10, 6))
	if _, _, err := Load(ctx, c.plan, Watch{}); fault.KindOf(err) != fault.NoInput {
		t.Fatalf("the file should be refused: %v", err)
	}
	c.put("tickets/报事_20260616.csv", "单号,类型,受理时间,备注\nB010,投诉,2026-06-02,later\n") // not taken in by looking
	if err := Unpublished(ctx, c.plan, asOf, write); err != nil {
		t.Fatal(err)
	}
	for _, left := range []string{"cache/unpublished-*", "out"} {
		if found, _ := filepath.Glob(filepath.Join(c.plan.Home, left)); len(found) > 0 {
			t.Errorf("left behind: %q", found)
		}
	}
	if archived, _ := filepath.Glob(filepath.Join(c.plan.Home, "archive", "exports", "*", "*20260616*")); len(archived) > 0 {
		t.Errorf("taken in: %q", archived)
	}
	if err := os.Remove(filepath.Join(c.plan.Home, "inbox", "tickets", "报事_20260616.csv")); err != nil {
		t.Fatal(err)
	}
	changes := [][3]string{}
	for i := range 6 {
		changes = append(changes, [3]string{fmt.Sprintf("B%03d", i+1), "受理时间", "2026-06-03 09:00"})
	}
	c.correct(result{T: t, folder: back}, refusedBook, "tickets/corrected.xlsx", changes...)
	first := c.night()
	first.same("select count(*) from stg.tickets", []string{"10"})
	first.waiting()
	first.returned()
}
