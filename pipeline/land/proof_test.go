package land

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/decode"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/record"
)

// Whatever the rows are, each is good or rejected, and another reader of CSV counts as many.
func TestEveryRowReadIsGoodOrRejected(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 11))
	cells := []string{"A%d", "", "repair", "投诉", "2026-06-01", "2026-06-01 10:00", "yesterday", "12.5", "免费", "a,b", "a\nb", `say "x"`, " ", "-", "\u3000", "合同"}
	for round := range 8 {
		var text bytes.Buffer
		w := csv.NewWriter(&text)
		w.UseCRLF = round%2 == 0
		w.Write([]string{"ticket_id", "kind", "registered_at", "completed_at", "fee_charged", "description", "未知"})
		n := int64(0)
		for i := range 200 {
			row := []string{fmt.Sprintf("T%d", i), "repair", "2026-06-01 08:00"}
			for range 4 {
				c := cells[random.IntN(len(cells))]
				row = append(row, strings.ReplaceAll(c, "%d", fmt.Sprint(i)))
			}
			if random.IntN(20) == 0 {
				row[random.IntN(3)] = ""
			}
			w.Write(row)
			n++
		}
		w.Flush()
		l := land(t, given{text: text.String(), limits: func(l *config.Limits) { l.MaxRejectShare = 1 }})
		if l.Refused != nil || l.Read != n || l.Good+l.Rejected != n || l.Rejected == 0 || l.Good == 0 {
			t.Fatalf("round %d: %d rows, read %d, good %d, rejected %d, %v", round, n, l.Read, l.Good, l.Rejected, l.Refused)
		}
	}
}

// losing drops the first row on its way from the decoder to the loader.
func losing(take taker) taker {
	return func(n int64, r decode.Record) error {
		if n == 1 {
			return nil
		}
		return take(n, r)
	}
}

func TestARowLostBetweenDecoderAndLoaderEndsTheNight(t *testing.T) {
	path := filepath.Join(t.TempDir(), "export.csv")
	if err := os.WriteFile(path, []byte(three+"A1,repair,2026-06-01\nA2,repair,2026-06-01\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := plan(t, given{})
	for _, dir := range []string{p.Folder, p.TempDir} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	book, err := decode.Open(path, decode.Hints{}, p.Limits)
	if err != nil {
		t.Fatal(err)
	}
	kind, _ := record.Find("tickets")
	l, err := layOut(book, kind, config.Source{})
	if err != nil {
		t.Fatal(err)
	}
	engines := engines{plan: p}
	defer engines.close()
	db, err := engines.take(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer engines.give(db)
	whole := task{plan: p, file: handoff.File{Date: time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC)}, key: 1, layout: l, db: db, through: losing}
	if _, err := whole.run(t.Context()); err == nil || !strings.Contains(err.Error(), "2 rows were read, but 1 good and 0 rejected rows were written") {
		t.Errorf("got %v", err)
	}
}

func TestALandedKeyIsNotReadAgainAndAChangeOfReadingMakesAnother(t *testing.T) {
	text := three + "A1,repair,2026-06-01\n"
	p := plan(t, given{})
	first := land(t, given{text: text, landing: &p})
	stamp := modified(t, first.Tables["tickets"])
	again := land(t, given{text: text, landing: &p})
	if again.Key != first.Key || modified(t, again.Tables["tickets"]) != stamp || again.Read != 1 || again.Good != 1 {
		t.Errorf("landed twice: %+v", again)
	}
	other := land(t, given{text: text, landing: &p, source: config.Source{IDPrefix: "E-"}})
	if other.Key == first.Key {
		t.Error("another mapping has the same key")
	}
	refused := land(t, given{text: "a,b\n", landing: &p})
	if kept := land(t, given{text: "a,b\n", landing: &p}); kept.Refused == nil || kept.Refused.Message != refused.Refused.Message {
		t.Errorf("a refusal wasn't kept: %+v", kept)
	}
	os.Remove(first.Tables["tickets"])
	if mended := land(t, given{text: text, landing: &p}); mended.Good != 1 {
		t.Errorf("a lost file wasn't landed anew: %+v", mended)
	}
}

func TestTheSameBytesOfTwoSourcesAreLandedOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "export.csv")
	if err := os.WriteFile(path, []byte(three+"A1,repair,2026-06-01\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := plan(t, given{})
	var files []handoff.File
	for i := range 8 {
		files = append(files, handoff.File{Source: fmt.Sprint("s", i), Kind: "tickets", Name: "export.csv", Digest: "same", Path: path})
	}
	landing, err := Run(t.Context(), p, handoff.Delivery{Files: files})
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range landing.Files {
		if f.Source != files[i].Source || f.Key != landing.Files[0].Key || f.Good+f.Rejected != 1 {
			t.Errorf("%+v", f)
		}
	}
}

func modified(t *testing.T, path string) int64 {
	t.Helper()
	st, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return st.ModTime().UnixNano()
}

func TestLandedColumnsAreThoseOfTheKind(t *testing.T) {
	for _, kind := range record.Kinds() {
		var names, cells []string
		for _, f := range kind.Fields {
			names, cells = append(names, f.Name), append(cells, map[record.Type]string{record.Stamp: "2026-06-01 10:00", record.Date: "2026-06-01", record.Count: "1", record.Number: "1", record.Money: "1"}[f.Type])
			if f.Type == record.Text || f.Type == record.Code {
				cells[len(cells)-1] = "x"
			}
		}
		l := land(t, given{kind: kind.Name, text: strings.Join(names, ",") + "\n" + strings.Join(cells, ",") + "\n"})
		if l.Refused != nil || l.Good != 1 {
			t.Fatalf("%s: %+v, %v", kind.Name, l.Refused, l.Rejected)
		}
		var want []string
		for _, c := range kind.Columns() {
			if c.Name != "src_within" { // a lone text is within nothing
				want = append(want, c.Name+" "+c.Type)
			}
		}
		equal(t, columnsIn(t, l.Tables[kind.Name]), want...)
	}
	l := land(t, given{text: three + "A1,repair,never\n"})
	var want []string
	for _, c := range record.RejectColumns() {
		want = append(want, c.Name+" "+c.Type)
	}
	equal(t, columnsIn(t, l.Rejects), want...)
}

func TestLandedColumnsAreThoseThatTheExportHas(t *testing.T) {
	l := land(t, given{text: three + "A1,repair,2026-06-01\n"})
	equal(t, columnsIn(t, l.Tables["tickets"]), "ticket_id VARCHAR", "kind VARCHAR", "kind_code VARCHAR", "registered_at TIMESTAMP", "registered_at_day BOOLEAN",
		"extra VARCHAR", "content UUID", "landed BIGINT", "src_row BIGINT", "src_line_no INTEGER")
}

func TestAliasesNameOneFieldEach(t *testing.T) {
	for kind, list := range aliases() {
		owner := map[string]string{}
		for _, a := range list {
			for _, name := range a.names {
				if other, twice := owner[name]; twice && name != "" {
					t.Errorf("%s: %q names %s and %s", kind, name, other, a.field)
				}
				owner[name] = a.field
			}
			k, _ := record.Find(kind)
			if _, known := k.Field(a.field); !known {
				t.Errorf("%s has no field %q", kind, a.field)
			}
		}
	}
}

func TestWordsMeanOneCodeOfAListEach(t *testing.T) {
	seen := map[string]string{}
	rows, err := csv.NewReader(strings.NewReader(valuesFile)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows[1:] {
		for _, word := range strings.Split(r[2], "|") {
			if other, twice := seen[r[0]+"."+word]; twice && other != r[1] {
				t.Errorf("%s: %q means %s and %s", r[0], word, other, r[1])
			}
			seen[r[0]+"."+word] = r[1]
		}
	}
}
