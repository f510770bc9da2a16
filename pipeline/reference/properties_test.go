package reference

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"noticeboard/pipeline/textkey"
)

// written is a random sheet: rows of a file, each of which must be read.
func written(r *rand.Rand, s sheet, rows int) [][]string {
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	lines := [][]string{nil}
	for _, f := range s.fields {
		lines[0] = append(lines[0], pick(f.name, strings.ToUpper(f.name), " "+f.name+"\u3000"))
	}
	for n := range rows {
		line := make([]string, len(s.fields))
		for i, f := range s.fields {
			line[i] = cellOf(r, f, n)
			if !f.required && r.IntN(3) == 0 {
				line[i] = pick("", "-", " ", "無", "N/A")
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// cellOf writes a cell that can be read, different in every row where it is text, so that no two rows have one key.
func cellOf(r *rand.Rand, f field, n int) string {
	switch f.form.sql {
	case "INTEGER":
		return fmt.Sprint(1 + n)
	case "DOUBLE":
		return fmt.Sprint(r.IntN(1000), ".", n)
	case "DECIMAL(8,2)":
		return fmt.Sprintf("%d.%02d", r.IntN(100), r.IntN(100))
	case "BOOLEAN":
		return []string{"是", "no", "TRUE", "０"}[r.IntN(4)]
	case "DATE":
		return fmt.Sprintf("20%02d/%d/%d", 10+n%80, 1+r.IntN(12), 1+r.IntN(28))
	case "VARCHAR[]":
		return fmt.Sprintf("詞%d|Word %d", n, n)
	}
	if codes := strings.TrimPrefix(f.form.want, "one of "); codes != f.form.want {
		list := strings.Split(codes, ", ")
		return list[r.IntN(len(list))]
	}
	return fmt.Sprintf(" 三號, \"樓\"\n%d ", n)
}

func TestEveryRowWellWrittenIsReadInItsOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, s := range sheets() {
		for range 20 {
			n := r.IntN(12)
			lines := written(r, s, n)
			records := make([]record, len(lines))
			for i, cells := range lines {
				records[i] = record{i + 1, cells}
			}
			rows, problems := s.read(s.name, records, "P01")
			if len(problems) > 0 || len(rows) != n {
				t.Fatalf("%s: %d of %d rows of %q: %v", s.name, len(rows), n, lines, problems)
			}
			for i, one := range rows {
				if one.line != i+2 {
					t.Errorf("%s: row %d is of line %d", s.name, i, one.line)
				}
			}
		}
	}
}

func TestTableHasAValueForEveryColumnAndKeysThatRest(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, s := range sheets() {
		lines := written(r, s, 10)
		records := make([]record, len(lines))
		for i, cells := range lines {
			records[i] = record{i + 1, cells}
		}
		rows, _ := s.read(s.name, records, "P01")
		made := s.table(rows)
		for i, values := range made.Rows {
			if len(values) != len(made.Columns) || values[0] != i+1 {
				t.Fatalf("%s: row %d: %v for %v", s.name, i+1, values, made.Columns)
			}
			for j, c := range made.Columns {
				if text, ok := values[j].(string); ok && strings.HasSuffix(c.Name, "_key") && textkey.Of(text) != text {
					t.Errorf("%s.%s: %q is no key", s.name, c.Name, text)
				}
			}
		}
	}
}

func FuzzNoFileIsReadInPart(f *testing.F) {
	f.Add("zones", "property,zone,households\nP01,E,12\n")
	f.Add("time_limits", "kind,category,respond_minutes\n報修,,3\n\n,電梯,-1\n")
	f.Add("root_causes", "code,words,attitude\nx,a|b,是\n")
	f.Add("measures", "number,evidence\n1,on_time + a 1/week\n")
	f.Add("calendar", "date,kind\n2026年7月4日,班\n")
	f.Fuzz(func(t *testing.T, name, text string) {
		for _, s := range sheets() {
			if s.name != name {
				continue
			}
			cells, err := csv.NewReader(strings.NewReader(text)).ReadAll()
			if err != nil {
				return
			}
			full := -1
			var records []record
			for i, c := range cells {
				records = append(records, record{i + 1, c})
				if !records[i].isBlank() {
					full++
				}
			}
			rows, problems := s.read(name, records, "P01")
			if len(problems) == 0 && len(rows) != max(full, 0) {
				t.Errorf("%d rows of %d without a problem", len(rows), full)
			}
			s.table(rows)
		}
	})
}
