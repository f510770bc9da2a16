package pipeline

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"noticeboard/pipeline/approval"
	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/period"
	"noticeboard/pipeline/publish"
	"noticeboard/pipeline/publish/guard"
	"noticeboard/pipeline/published"
	"noticeboard/pipeline/render"
)

// small is an estate with enough tickets for a half-year notice, which says something more once later exports are there.
func small(t *testing.T) string {
	t.Helper()
	home := t.TempDir()
	var b strings.Builder
	b.WriteString("單號,類型,報事時間,完成時間,狀態,投訴根源\n")
	for i := range 90 {
		kind := []string{"報修", "投訴"}[i%2]
		day := time.Date(2026, 1, 2+i*2, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		b.WriteString(strings.Join([]string{"T" + day, kind, day + " 09:00", day + " 15:00", "已完成", ""}, ",") + "\n")
	}
	write(t, filepath.Join(home, "inbox/tickets/tickets_202606.csv"), b.String())
	write(t, filepath.Join(home, "inbox/topics/topics_202606.csv"), "熱點編號,主題,進展,提出日期,更新日期,公示內容\nA1,噪音,處理中,2026-06-01,2026-06-20,已反映\n")
	return home
}

func documentOf(t *testing.T, o Outcome, report string) publish.Document {
	t.Helper()
	for _, d := range o.Receipt.Manifest.Documents {
		if d.Report == report {
			return d
		}
	}
	return publish.Document{}
}

func textOf(t *testing.T, o Outcome, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(o.Receipt.Folder, name))
	if err != nil {
		t.Fatal(err)
	}
	pieces, err := guard.Text(content)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(pieces, "")
}

func approveOn(t *testing.T, home, date string) ([]approval.Approval, error) {
	t.Helper()
	plan, err := Read(context.Background(), home)
	if err != nil {
		t.Fatal(err)
	}
	on, err := time.Parse(time.DateOnly, date)
	if err != nil {
		t.Fatal(err)
	}
	return Approve(context.Background(), plan, "R6", "2026H1", "", "陳大文", on)
}

// TestTheLifeOfANotice goes through the nights of one half-year notice, and of the topics beside it.
func TestTheLifeOfANotice(t *testing.T) {
	fonts(t)
	home := small(t)
	if d := documentOf(t, run(t, home, "2026-06-30"), "R8"); d.Name == "" {
		t.Error("the first topics had no notice")
	}
	draft := run(t, home, "2026-07-01")
	d := documentOf(t, draft, "R6")
	if !d.Draft || d.Edition != 1 || !strings.Contains(textOf(t, draft, d.Name), "未經核准") {
		t.Fatalf("not a draft: %+v", d)
	}
	if d := documentOf(t, draft, "R8"); d.Name != "" {
		t.Errorf("unchanged topics had a notice: %s", d.Name)
	}
	if _, err := approveOn(t, home, "2026-07-02"); err != nil {
		t.Fatal(err)
	}
	if _, err := approveOn(t, home, "2026-07-02"); err == nil {
		t.Error("the same draft was approved twice")
	}

	// Later exports don't change what was approved.
	write(t, filepath.Join(home, "inbox/tickets/tickets_20260702.csv"), "單號,類型,報事時間,完成時間,狀態,投訴根源\nLATE,投訴,2026-06-28 09:00,2026-06-29 09:00,已完成,\n")
	write(t, filepath.Join(home, "inbox/topics/topics_20260702.csv"), "熱點編號,主題,進展,提出日期,更新日期,公示內容\nA1,噪音,處理中,2026-06-01,2026-07-02,已約見施工單位\n")
	posted := run(t, home, "2026-07-03")
	d = documentOf(t, posted, "R6")
	text := textOf(t, posted, d.Name)
	if d.Draft || d.Edition != 1 || strings.Contains(text, "未經核准") || !strings.Contains(text, "2026-07-02至2026-07-31") || !strings.Contains(text, "投訴45宗") {
		t.Errorf("not what was approved: %+v\n%s", d, text)
	}
	if d := documentOf(t, posted, "R8"); d.Name == "" {
		t.Error("changed topics had no notice")
	}

	// The first night again: what it says now is another edition, and needs an approval of its own.
	d = documentOf(t, run(t, home, "2026-07-01"), "R6")
	if !d.Draft || d.Edition != 2 || len(d.Warnings) == 0 || !strings.Contains(strings.Join(d.Warnings, "\n"), "陳大文") {
		t.Errorf("not a draft of the second edition: %+v", d)
	}
	if _, err := approveOn(t, home, "2026-07-05"); err != nil {
		t.Fatal(err)
	}
	corrected := run(t, home, "2026-07-01")
	d = documentOf(t, corrected, "R6")
	if text := textOf(t, corrected, d.Name); d.Draft || d.Edition != 2 || !strings.Contains(text, "第2版（更正2026-07-02第1版）") || !strings.Contains(text, "投訴46宗") {
		t.Errorf("not the second edition: %+v\n%s", d, text)
	}

	// A reprint is the same sheet, whether from the night that was approved or from a later one that knows no other figures.
	for _, night := range []Outcome{corrected, posted} {
		if got, want := reprinted(t, home, night, d.Name), contents(t, corrected.Receipt.Folder)[d.Name]; !bytes.Equal(got, want) {
			t.Errorf("the reprint by the night of %s differs from what hangs: %d bytes and %d", night.Receipt.Manifest.AsOf, len(got), len(want))
		}
	}
}

// reprinted makes R6 once more from the warehouse of a night.
func reprinted(t *testing.T, home string, night Outcome, name string) []byte {
	t.Helper()
	plan, err := Read(context.Background(), home)
	if err != nil {
		t.Fatal(err)
	}
	w, err := duck.OpenReading(filepath.Join(home, night.Receipt.Manifest.Warehouse), []string{published.Of(home).Root()})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	asOf, err := time.Parse(time.DateOnly, night.Receipt.Manifest.AsOf)
	if err != nil {
		t.Fatal(err)
	}
	of, err := period.Parse("2026H1")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if _, _, err := Again(context.Background(), plan, w, asOf, render.Wanted{Report: "R6", Period: of}, folder); err != nil {
		t.Fatal(err)
	}
	return contents(t, folder)[name]
}
