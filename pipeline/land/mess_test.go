package land

import (
	"bytes"
	"fmt"
	"html"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"noticeboard/pipeline/config"
)

// mess is an export as a table of cells, with what surrounds and interrupts its rows.
type mess struct {
	random *rand.Rand
	lines  [][]string
	rows   int // data rows, counted as they are written
	total  float64
}

func (m *mess) pick(of ...string) string { return of[m.random.IntN(len(of))] }

// makeMess writes good rows, bad rows and what is no row at all.
func makeMess(random *rand.Rand) *mess {
	m := &mess{random: random}
	if random.IntN(2) == 0 {
		m.lines = append(m.lines, []string{"報事明細"}, nil)
	}
	header := []string{"单号", "工单类型", "报修时间", "完成时间", "收费金额", "内容", "备用"}
	m.lines = append(m.lines, header)
	for i := range 20 + random.IntN(40) {
		switch random.IntN(12) {
		case 0:
			m.lines = append(m.lines, nil)
		case 1:
			m.lines = append(m.lines, header)
		default:
			m.row(i)
		}
	}
	if random.IntN(2) == 0 {
		m.lines = append(m.lines, []string{"合计", "", "", "", fmt.Sprint(m.total)}, []string{"导出时间：2026-06-30 23:00"})
	}
	return m
}

func (m *mess) row(i int) {
	fee := m.random.IntN(100)
	m.total += float64(fee)
	m.rows++
	m.lines = append(m.lines, []string{
		m.pick(fmt.Sprintf("BX%03d", i), fmt.Sprintf("BX%03d", i), fmt.Sprintf("BX%03d", i), "—"), m.pick("报修", "投诉", "维修", "其它事"),
		m.pick("2026-06-01 08:30", "2026/6/1", "2026年6月1日 下午2:05", "昨天", "20260601", "2026-06-31"), m.pick("", "2026-06-02 09:00", "2026-05-01", "2027-01-01", "-"),
		fmt.Sprint(fee), m.pick("漏水", "a,b；c|d", `说"快点"`, "第一行\n第二行", "　", "合同纠纷"), m.pick("", "x", "無"),
	})
}

// The ways in which a table is handed in.
var handedIn = map[string]func(t *testing.T, m *mess) []byte{
	"utf8_commas":    func(t *testing.T, m *mess) []byte { return []byte(m.text(",", "\n")) },
	"utf8_tabs_crlf": func(t *testing.T, m *mess) []byte { return []byte(m.text("\t", "\r\n")) },
	"gb18030":        func(t *testing.T, m *mess) []byte { return encoded(t, m, simplifiedchinese.GB18030.NewEncoder().Bytes) },
	"gbk_semicolons": func(t *testing.T, m *mess) []byte {
		return encodedText(t, m.text(";", "\r\n"), simplifiedchinese.GBK.NewEncoder().Bytes)
	},
	"utf16": func(t *testing.T, m *mess) []byte {
		return encoded(t, m, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes)
	},
	"big5": func(t *testing.T, m *mess) []byte {
		return encodedText(t, traditional(m.text(",", "\r\n")), traditionalchinese.Big5.NewEncoder().Bytes)
	},
	"workbook":        func(t *testing.T, m *mess) []byte { return m.workbook(t) },
	"page_called_xls": func(t *testing.T, m *mess) []byte { return m.page() },
}

func encoded(t *testing.T, m *mess, encode func([]byte) ([]byte, error)) []byte {
	t.Helper()
	return encodedText(t, m.text(",", "\n"), encode)
}

func encodedText(t *testing.T, text string, encode func([]byte) ([]byte, error)) []byte {
	t.Helper()
	b, err := encode([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// traditional writes the few words of the mess as Big5 has them.
func traditional(s string) string {
	return strings.NewReplacer("单", "單", "号", "號", "类", "類", "报", "報", "时", "時", "间", "間", "费", "費", "额", "額", "内", "內", "备", "備", "诉", "訴", "维", "維", "说", "說", "点", "點", "纠", "糾", "纷", "紛",
		"导", "導", "计", "計", "它", "他").Replace(s)
}

func (m *mess) text(delimiter, end string) string {
	var b strings.Builder
	for _, line := range m.lines {
		for i, c := range line {
			if i > 0 {
				b.WriteString(delimiter)
			}
			if strings.ContainsAny(c, delimiter+"\"\n") {
				c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
			}
			b.WriteString(c)
		}
		b.WriteString(end)
	}
	return b.String()
}

func (m *mess) workbook(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, line := range m.lines {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &line); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (m *mess) page() []byte {
	var b strings.Builder
	b.WriteString("<html><head><meta charset=\"utf-8\"></head><body><table>")
	for _, line := range m.lines {
		b.WriteString("<tr>")
		for _, c := range line {
			b.WriteString("<td>" + strings.ReplaceAll(html.EscapeString(c), "\n", "<br>") + "</td>")
		}
		b.WriteString("</tr>")
	}
	return []byte(b.String() + "</table></body></html>")
}

// Whatever an export looks like, its rows are those that were written into it: each is good or rejected, and what is no row is neither.
func TestRandomMessIsReadWholeInEveryFormat(t *testing.T) {
	for name, hand := range handedIn {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(4) {
				m := makeMess(rand.New(rand.NewPCG(seed, 23)))
				path := filepath.Join(t.TempDir(), "報事明細_20260630")
				if err := os.WriteFile(path, hand(t, m), 0o600); err != nil {
					t.Fatal(err)
				}
				l := land(t, given{path: path, limits: func(l *config.Limits) { l.MaxRejectShare = 1 }})
				if l.Refused != nil {
					t.Fatalf("seed %d: refused: %s", seed, l.Refused.Message)
				}
				if l.Read != int64(m.rows) || l.Good+l.Rejected != l.Read || l.Good == 0 || l.Rejected == 0 {
					t.Errorf("seed %d: %d rows were written, %d read, %d good, %d rejected: %v", seed, m.rows, l.Read, l.Good, l.Rejected, l.Notes)
				}
				for _, n := range l.Notes {
					if n.Issue == "control_total" {
						t.Errorf("seed %d: %s", seed, n.Message)
					}
				}
			}
		})
	}
}
