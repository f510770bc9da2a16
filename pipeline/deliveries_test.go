package pipeline

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// dump is an export of one date: rows of cells below a header. No two of its rows have the same id, so that no version ties.
type dump struct {
	date   string
	header []string
	rows   [][]string
}

// dumps draws the exports of a week: records come, change, change back, lose a column and are misspelt.
func dumps(random *rand.Rand) []dump {
	pick := func(of ...string) string { return of[random.IntN(len(of))] }
	var list []dump
	for day := range 7 {
		d := dump{date: fmt.Sprintf("2026-06-%02d", 20+day), header: []string{"單號", "類型", "報事時間", "完成時間", "狀態", "維修人員", "內容", "備註"}}
		slips := 0 // five would refuse the file
		for _, id := range random.Perm(40)[:25] {
			completed := pick("", "", "2026-06-18 09:00", "2026-06-19")
			if slips < 4 && random.IntN(20) == 0 {
				completed = "昨天"
				slips++
			}
			registered := fmt.Sprintf("2026-06-%02d %02d:30", 1+id%15, id%24)
			d.rows = append(d.rows, []string{fmt.Sprintf("BX%03d", id), "報修", registered, completed,
				pick("處理中", "已完成", "已關閉"), pick("", "王工", "李工"), pick("漏水", `說"快點", 謝謝`, "第一行\n第二行"), pick("", "急")})
		}
		if random.IntN(3) == 0 { // this date's export lacks a column
			d.header = slices.Delete(d.header, 5, 6)
			for i := range d.rows {
				d.rows[i] = slices.Delete(d.rows[i], 5, 6)
			}
		}
		list = append(list, d)
	}
	return list
}

func (d dump) text(rows [][]string) string {
	var b strings.Builder
	for _, row := range append([][]string{d.header}, rows...) {
		for i, cell := range row {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`"` + strings.ReplaceAll(cell, `"`, `""`) + `"`)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func (d dump) shuffled(random *rand.Rand) [][]string {
	rows := slices.Clone(d.rows)
	random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	return rows
}

// known is what a home knows in the end: the current records, whatever file they came in, and how many rows were handed back.
func (c *clerk) known() []string {
	c.Helper()
	r := c.night()
	var lines []string
	for _, query := range []string{
		"select to_json(t)::varchar from (select * exclude (file_no, landed, src_row, src_line) from stg.tickets) as t order by property, ticket_id",
		"select 'rejected ' || count(distinct id || value) from raw.rejects",
	} {
		rows, err := r.w.Query(context.Background(), query)
		if err != nil {
			c.Fatal(err)
		}
		for _, v := range rows.Values {
			lines = append(lines, v[0].(string))
		}
	}
	for _, f := range r.landing.Files {
		if f.Refused != nil {
			c.Fatalf("%s was refused: %s", f.Name, f.Refused.Message)
		}
		if f.Read != f.Good+f.Rejected {
			c.Errorf("%s: read %d, good %d, rejected %d", f.Name, f.Read, f.Good, f.Rejected)
		}
	}
	return lines
}

// The same rows are the same records, however they are handed in.
func TestRecordsDoNotDependOnHowExportsAreDelivered(t *testing.T) {
	for seed := range uint64(4) {
		random := rand.New(rand.NewPCG(seed, 26))
		list := dumps(random)
		deliveries := []struct {
			how     string
			deliver func(c *clerk)
		}{
			{"one file a date", func(c *clerk) {
				for _, d := range list {
					c.put("tickets/工單_"+d.date+".csv", d.text(d.rows))
				}
			}},
			{"the newest first, over two nights", func(c *clerk) {
				for i, d := range slices.Backward(list) {
					c.put("tickets/工單_"+d.date+".csv", d.text(d.rows))
					if i == 3 {
						c.night()
					}
				}
			}},
			{"split in files of the same date", func(c *clerk) {
				for _, d := range list {
					rows := d.shuffled(random)
					for part := 0; len(rows) > 0; part++ {
						n := 1 + random.IntN(len(rows))
						c.put(fmt.Sprintf("tickets/%d_%s_%d.csv", random.IntN(10), d.date, part), d.text(rows[:n]))
						rows = rows[n:]
					}
				}
			}},
			{"twice, the second time in another order under another name", func(c *clerk) {
				for _, d := range list {
					c.put("tickets/工單_"+d.date+".csv", d.text(d.rows))
					c.put("tickets/again/工單_"+d.date+".csv", d.text(d.rows))
					c.put("tickets/A_"+d.date+".csv", d.text(d.shuffled(random)))
				}
			}},
		}
		var want []string
		for _, d := range deliveries {
			t.Run(fmt.Sprintf("%d %s", seed, d.how), func(t *testing.T) {
				c := newClerk(t, "")
				d.deliver(c)
				got := c.known()
				if want == nil {
					want = got
				}
				if len(want) < 30 || want[len(want)-1] == "rejected 0" {
					t.Fatalf("too little to compare: %q", want)
				}
				if !slices.Equal(got, want) {
					t.Errorf("%s\n  differs from\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
				}
			})
		}
	}
}
