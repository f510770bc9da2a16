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
			g, err := l.gatherAhead(func(n int64, r decode.Record) error {
				if next++; n != next || r.Cells[0] != fmt.Sprintf("A%d", n) || r.Place() != fmt.Sprint(n+1) || len(r.Cells) != 4 {
					return fmt.Errorf("row %d: %d at %s: %.20q", next, n, r.Place(), r.Cells)
				}
				return nil
			})
			if want := int64(strings.Count(text, "\n") - 1); err != nil || g.read != want || next != want {
				t.Errorf("read %d, taken %d, want %d: %v", g.read, next, want, err)
			}
		})
	}
}

func TestAPanicIsARefusalOfItsFile(t *testing.T) {
	l := layoutOf(t, ticketsText(3*bundleRows, 1))
	_, err := l.gatherAhead(func(n int64, _ decode.Record) error {
		if n == bundleRows+1 {
			panic("unforeseen")
		}
		return nil
	})
	if refused, ok := refusedAs(err); !ok || refused.Reason != "damaged" || !strings.Contains(refused.Message, "unforeseen") {
		t.Error(err)
	}
	l.sheets = []sheet{{}} // nothing reads it
	if _, err := l.gatherAhead(func(int64, decode.Record) error { return nil }); err == nil {
		t.Error("a panic of the decoder came to nothing")
	}
}

func TestTheFirstFailureInTheOrderOfRowsIsTheError(t *testing.T) {
	l := layoutOf(t, ticketsText(5*bundleRows, 1)+"A0,repair,2026-06-01,\"never ends\n")
	taken := int64(0)
	_, err := l.gatherAhead(func(n int64, _ decode.Record) error { taken = n; return nil })
	if refused, ok := refusedAs(err); !ok || refused.Reason != "truncated" || taken != 5*bundleRows {
		t.Errorf("%d rows were taken before %v", taken, err)
	}
	for _, at := range []int64{1, bundleRows, bundleRows + 1, 5 * bundleRows} {
		wrong := errors.New("wrong")
		_, err := l.gatherAhead(func(n int64, _ decode.Record) error {
			if n == at {
				return wrong
			}
			return nil
		})
		if err != wrong {
			t.Errorf("at row %d: %v", at, err)
		}
	}
}
