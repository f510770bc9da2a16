package model

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestCurrentVersionsAgreeWithASecondOpinion shows the same few tickets over and over in files of different columns, and compares
// the current versions with those that plain loops find.
func TestCurrentVersionsAgreeWithASecondOpinion(t *testing.T) {
	w := emptyWorld(t)
	for seed := uint64(1); seed <= 20; seed++ {
		t.Run(fmt.Sprintf("world_%d", seed), func(t *testing.T) { w.agreeOnVersions(t, seed) })
	}
}

var shownColumns = []string{"kind", "technician", "channel", "updated_at"}

// sighting is one row of an export: what it shows, and in which columns.
type sighting struct {
	id     string
	file   int // counted by file date
	row    int
	values map[string]string
	fields map[string]bool
}

func (w *world) agreeOnVersions(t *testing.T, seed uint64) {
	d := &draw{rand.New(rand.NewPCG(seed, 11))}
	sightings := d.sightings()
	w.must(t, "begin")
	defer w.restore(t)
	for relation, rows := range asTables(sightings) {
		if err := w.insert(relation, rows); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.derive(map[string]bool{"raw.files": true, "raw.file_fields": true, "raw.tickets": true}, "stg.tickets"); err != nil {
		t.Fatal(err)
	}
	found, err := w.Query(context.Background(), "select ticket_id, file_no, coalesce(kind, ''), coalesce(technician, ''), coalesce(channel, '') from stg.tickets order by ticket_id")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range found.Values {
		got = append(got, fmt.Sprint(row...))
	}
	if want := currentOf(sightings); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("the query says\n%s\nthe loops say\n%s\nof %+v", strings.Join(got, "\n"), strings.Join(want, "\n"), sightings)
	}
}

func (d *draw) sightings() []sighting {
	var all []sighting
	for file := 1; file <= 5; file++ {
		fields := map[string]bool{"kind": true, "technician": d.IntN(3) > 0, "channel": d.IntN(3) > 0, "updated_at": d.IntN(2) > 0}
		for row := 1; row <= 6; row++ {
			s := sighting{d.one("T1", "T2", "T3"), file, row, map[string]string{}, fields}
			s.values["kind"] = d.one("repair", "complaint")
			s.values["technician"], s.values["channel"] = d.one("", "Li", "Wang"), d.one("", "app")
			s.values["updated_at"] = d.one("", "2026-06-02 00:00", "2026-06-03 00:00", "2026-06-04 00:00", "2026-06-09 00:00")
			for column := range fields {
				if !fields[column] {
					s.values[column] = ""
				}
			}
			all = append(all, s)
		}
	}
	return all
}

func asTables(sightings []sighting) map[string]table {
	files := table{file: "files", columns: []string{"file_no", "kind", "file_date", "landed", "property"}}
	fields := table{file: "fields", columns: []string{"kind", "landed", "fields"}}
	rows := table{file: "rows", columns: append([]string{"landed", "src_row", "ticket_id"}, shownColumns...)}
	for _, s := range sightings {
		landed := fmt.Sprint(s.file)
		if s.row == 1 {
			var there []string
			for _, c := range shownColumns {
				if s.fields[c] {
					there = append(there, c)
				}
			}
			files.add(fmt.Sprint(s.file), "tickets", s.fileDate(), landed, "P01")
			fields.add("tickets", landed, "["+strings.Join(append(there, "ticket_id"), ", ")+"]")
		}
		cells := []string{landed, fmt.Sprint(s.row), s.id}
		for _, c := range shownColumns {
			cells = append(cells, s.values[c])
		}
		rows.add(cells...)
	}
	return map[string]table{"raw.files": files, "raw.file_fields": fields, "raw.tickets": rows}
}

func (t *table) add(cells ...string) {
	t.rows, t.lines = append(t.rows, cells), append(t.lines, len(t.rows)+2)
}

func (s sighting) fileDate() string { return fmt.Sprintf("2026-06-%02d", s.file) }

func (s sighting) content() string {
	text := s.id
	for _, c := range shownColumns {
		text += "|" + s.values[c]
	}
	return text
}

// updated is when a version is of: its own stamp, else the end of its file's date.
func (s sighting) updated() string {
	if s.values["updated_at"] != "" {
		return s.values["updated_at"]
	}
	return fmt.Sprintf("2026-06-%02d 00:00", s.file+1)
}

// before orders the newest sightings of two contents.
func (s sighting) before(o sighting) bool {
	if s.updated() != o.updated() {
		return s.updated() < o.updated()
	}
	if s.file != o.file {
		return s.file < o.file
	}
	return s.row < o.row
}

// currentOf gives the current version of each ticket: each column from the newest content that was ever seen in a file with it.
func currentOf(sightings []sighting) []string {
	var lines []string
	for _, id := range []string{"T1", "T2", "T3"} {
		newest := map[string]sighting{} // of each content; sightings come in the order of files and rows
		known := map[string]bool{}      // content and column
		for _, s := range sightings {
			if s.id != id {
				continue
			}
			newest[s.content()] = s
			for c, there := range s.fields {
				known[s.content()+"#"+c] = known[s.content()+"#"+c] || there
			}
		}
		if len(newest) == 0 {
			continue
		}
		latest := func(column string) sighting {
			var best sighting
			for content, s := range newest {
				if (column == "" || known[content+"#"+column]) && (best.id == "" || best.before(s)) {
					best = s
				}
			}
			return best
		}
		lines = append(lines, fmt.Sprint(id, int64(latest("").file), latest("kind").values["kind"], latest("technician").values["technician"], latest("channel").values["channel"]))
	}
	return lines
}
