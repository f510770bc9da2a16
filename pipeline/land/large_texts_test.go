package land

import (
	"fmt"
	"strings"
	"testing"

	"noticeboard/pipeline/config"
)

// little is the least memory that may be configured: an eighth of it is what rows may hold that are held at once.
func little(l *config.Limits) { l.MemoryMB = 256 }

// longTexts writes as many tickets, each with a description of almost a megabyte; those whose number bad divides have no date.
func longTexts(tickets, bad int) string {
	var b strings.Builder
	b.WriteString("报事编号,报事类型,受理时间,报事内容\n")
	for i := 1; i <= tickets; i++ {
		date := "2026-06-01"
		if bad > 0 && i%bad == 0 {
			date = "昨天"
		}
		fmt.Fprintf(&b, "A%d,报修,%s,%d%s\n", i, date, i, strings.Repeat("x", 1_000_000))
	}
	return b.String()
}

func TestLongTextsTakeBoundedMemory(t *testing.T) {
	t.Run("of_as_many_rows_as_fit_are_landed", func(t *testing.T) {
		l := land(t, given{text: longTexts(33, 0), limits: little})
		if l.Refused != nil || l.Good != 33 {
			t.Fatalf("%+v", l.Refused)
		}
		equal(t, rows(t, l.Tables["tickets"], "ticket_id, length(description), description[:4]")[:10], "A1|1000001|1xxx", "A2|1000001|2xxx", "A3|1000001|3xxx", "A4|1000001|4xxx", "A5|1000001|5xxx",
			"A6|1000001|6xxx", "A7|1000001|7xxx", "A8|1000001|8xxx", "A9|1000001|9xxx", "A10|1000002|10xx")
	})
	t.Run("under_long_names_are_counted_with_them", func(t *testing.T) {
		text := three[:len(three)-1] + "," + strings.Repeat("x", 1_000_000) + "\n" + strings.Repeat("A1,repair,2026-06-01,y\n", 34)
		if l := land(t, given{text: text, limits: little}); l.Refused == nil || l.Refused.Reason != "too_large" {
			t.Errorf("%+v", l.Refused)
		}
	})
	t.Run("as_names_of_columns_that_alone_take_too_much_are_refused", func(t *testing.T) {
		text := three[:len(three)-1] + strings.Repeat(","+strings.Repeat("x", 1_000_000), 34) + "\n"
		l := land(t, given{text: text, limits: func(l *config.Limits) { little(l); l.CellBytes = 8 << 20 }})
		if l.Refused == nil || l.Refused.Reason != "too_large" || !strings.Contains(l.Refused.Message, "the names of the columns that stay with each row take more than 32 MB") {
			t.Errorf("%+v", l.Refused)
		}
	})
	t.Run("are_no_dates_and_no_numbers", func(t *testing.T) {
		blank := strings.Repeat(" ", longestValue)
		l := land(t, given{text: "报事编号,报事类型,受理时间,fee_charged\nA1,报修,2026-06-01" + blank + "9:00,\nA2,报修,2026-06-01,16" + blank + "元\n", limits: func(l *config.Limits) { l.MaxRejectShare = 1 }})
		equal(t, rows(t, l.Rejects, "src_row, reason"), "1|unreadable_date", "2|unreadable_number")
	})
	t.Run("of_one_row_more_are_refused", func(t *testing.T) {
		l := land(t, given{text: longTexts(34, 0), limits: little})
		if l.Refused == nil || l.Refused.Reason != "too_large" || !strings.Contains(l.Refused.Message, "34 rows that are held at once, the last of them at 35, take more than 32 MB") || !strings.Contains(l.Refused.Hint, "limits.memory_mb") {
			t.Errorf("%+v", l.Refused)
		}
	})
	t.Run("in_rejected_rows_are_handed_back_whole", func(t *testing.T) {
		l := land(t, given{text: longTexts(33, 11), limits: func(l *config.Limits) { little(l); l.MaxRejectShare = 1 }})
		if l.Refused != nil || l.Good != 30 || l.Rejected != 3 {
			t.Fatalf("%+v", l)
		}
		equal(t, rows(t, l.Rejects, "src_row, reason, length(cells)"), "11|unreadable_date|1000022", "22|unreadable_date|1000022", "33|unreadable_date|1000022")
	})
	t.Run("that_are_wrong_twice_and_returned_are_refused", func(t *testing.T) {
		text := strings.ReplaceAll(longTexts(17, 1), "报修", "")
		l := land(t, given{text: text, limits: func(l *config.Limits) { little(l); l.MaxRejectShare = 1 }})
		if l.Refused == nil || l.Refused.Reason != "too_large" || !strings.Contains(l.Refused.Message, "the last of them at 18") {
			t.Errorf("%+v", l.Refused)
		}
	})
}

func TestTooManyLinesOfTotalsOrFootAreRefused(t *testing.T) {
	for _, mark := range []string{"合计,,\n", "导出时间：2026-06-30,,\n"} {
		if l := land(t, given{text: three + "A1,repair,2026-06-01\n" + strings.Repeat(mark, mostMarks)}); l.Refused != nil || l.Good != 1 {
			t.Errorf("%s: %+v", mark, l.Refused)
		}
		if l := land(t, given{text: three + "A1,repair,2026-06-01\n" + strings.Repeat(mark, mostMarks+1)}); l.Refused == nil || l.Refused.Reason != "too_large" || !strings.Contains(l.Refused.Message, "up to 100003") {
			t.Errorf("%s: %+v", mark, l.Refused)
		}
	}
}

func TestAFileBeyondWhatMayBeUnpackedIsRefused(t *testing.T) {
	l := land(t, given{text: longTexts(2, 0), limits: func(l *config.Limits) { l.UnpackedBytes = 2_000_000 }})
	if l.Refused == nil || l.Refused.Reason != "too_large" || !strings.Contains(l.Refused.Hint, "limits.unpacked_bytes") {
		t.Errorf("%+v", l.Refused)
	}
}
