package land

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/decode"
	"noticeboard/pipeline/record"
)

// ticketsText is a header and so many tickets; their descriptions hold so many letters.
func ticketsText(rows, letters int) string {
	var b strings.Builder
	b.WriteString("ticket_id,kind,registered_at,description\n")
	for i := range rows {
		fmt.Fprintf(&b, "A%d,repair,2026-06-01,%s\n", i+1, strings.Repeat("x", letters))
	}
	return b.String()
}

func layoutOf(t *testing.T, text string) layout {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tickets.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	book, err := decode.Open(path, decode.Hints{TempDir: t.TempDir()}, config.Default().Limits)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { book.Close() })
	kind, _ := record.Find("tickets")
	l, err := layOut(book, kind, config.Source{Name: "tickets", Kind: "tickets"})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestRowsDecodedAheadAreAllRowsInTheirOrder(t *testing.T) {
	for name, text := range map[string]string{
		"none":                          ticketsText(0, 1),
		"as_many_as_fill_bundles":       ticketsText(10*bundleRows, 1),
		"one_more":                      ticketsText(10*bundleRows+1, 1),
		"each_as_large_as_a_bundle_may": ticketsText(7, bundleBytes),
	} {
		t.Run(name, func(t *testing.T) {
			l, next := layoutOf(t, text), int64(0)
			g, err := l.gatherAhead(unchanged, idle, func(b *bundle) error {
				for _, r := range b.rows {
					if next++; r.n != next || r.Cells[0] != fmt.Sprintf("A%d", r.n) || r.Place() != fmt.Sprint(r.n+1) || len(r.Cells) != 4 {
						return fmt.Errorf("row %d: %d at %s: %.20q", next, r.n, r.Place(), r.Cells)
					}
				}
				return nil
			})
			if want := int64(strings.Count(text, "\n") - 1); err != nil || g.read != want || next != want {
				t.Errorf("read %d, taken %d, want %d: %v", g.read, next, want, err)
			}
		})
	}
}

func unchanged(take taker) taker { return take }

// idle are readers that do nothing.
var idle = []func(*bundle) error{func(*bundle) error { return nil }, func(*bundle) error { return nil }, func(*bundle) error { return nil }}

// failing are readers of which the one that meets a row fails with it.
func failing(at int64, fail func() error) []func(*bundle) error {
	read := func(b *bundle) error {
		for _, r := range b.rows {
			if r.n == at {
				return fail()
			}
		}
		return nil
	}
	return []func(*bundle) error{read, read, read}
}

func failed(b *bundle) error { return b.failed }

func TestAPanicIsARefusalOfItsFile(t *testing.T) {
	l := layoutOf(t, ticketsText(3*bundleRows, 1))
	_, err := l.gatherAhead(unchanged, failing(bundleRows+1, func() error { panic("unforeseen") }), failed)
	if refused, ok := refusedAs(err); !ok || refused.Reason != "damaged" || !strings.Contains(refused.Message, "unforeseen") {
		t.Error(err)
	}
	l.sheets = []sheet{{}} // nothing reads it
	if _, err := l.gatherAhead(unchanged, idle, failed); err == nil {
		t.Error("a panic of the decoder came to nothing")
	}
}

func TestTheFirstFailureInTheOrderOfRowsIsTheError(t *testing.T) {
	l := layoutOf(t, ticketsText(5*bundleRows, 1)+"A0,repair,2026-06-01,\"never ends\n")
	taken := 0
	_, err := l.gatherAhead(unchanged, idle, func(b *bundle) error { taken += len(b.rows); return nil })
	if refused, ok := refusedAs(err); !ok || refused.Reason != "truncated" || taken != 5*bundleRows {
		t.Errorf("%d rows were taken before %v", taken, err)
	}
	for _, at := range []int64{1, bundleRows, bundleRows + 1, 5 * bundleRows} {
		wrong := errors.New("wrong")
		if _, err := l.gatherAhead(unchanged, failing(at, func() error { return wrong }), failed); err != wrong {
			t.Errorf("at row %d: %v", at, err)
		}
	}
}

// Whatever the hands, what is told of a file is the same: the columns of each are absorbed, and doubts and odd rows are in the order of rows.
func TestSeveralReadersTellWhatOneWould(t *testing.T) {
	var mixed strings.Builder
	mixed.WriteString("ticket_id,kind,registered_at,description\n")
	for i := range 6 * bundleRows {
		kind, date := "repair", "2026-06-01"
		switch {
		case i == 5*bundleRows:
			kind = "mending"
		case i == 3*bundleRows:
			date = "2026-06-01 09:00"
		case i%bundleRows == 7:
			date = "never"
		}
		fmt.Fprintf(&mixed, "A%d,%s,%s,%d\n", i+1, kind, date, i)
	}
	l := land(t, given{text: mixed.String()})
	if l.Good != 6*bundleRows-6 || l.Rejected != 6 || len(l.Unmapped) != 1 || len(l.Notes) != 0 {
		t.Errorf("%d good, %d rejected, unmapped %v, notes %v", l.Good, l.Rejected, l.Unmapped, l.Notes)
	}
	equal(t, rows(t, l.Rejects, "src_row"), "8", "520", "1032", "1544", "2056", "2568")
	doubtful := strings.NewReplacer("2026-06-01,7\n", "01/02/2026,7\n", "2026-06-01,2000\n", "03/04/2026,2000\n", "2026-06-01,2001\n", "05/06/2026,2001\n", "2026-06-01,2500\n", "07/08/2026,2500\n")
	for range 5 {
		l := land(t, given{text: strings.ReplaceAll(doubtful.Replace(mixed.String()), "never,7\n", "01/02/2026,7\n")})
		if l.Refused == nil || !strings.HasSuffix(l.Refused.Message, `registered_at "01/02/2026" at 9; registered_at "03/04/2026" at 2002; registered_at "05/06/2026" at 2003`) {
			t.Errorf("%+v", l.Refused)
		}
	}
}
