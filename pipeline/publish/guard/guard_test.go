package guard

import (
	"slices"
	"strings"
	"testing"

	"noticeboard/pipeline/handoff"
)

func TestLongNumbersAreFoundHoweverTheyAreParted(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"請致電13800138000", "13800138000"},
		{"138-0013-8000", "13800138000"},
		{"138 0013 8000", "13800138000"},
		{"１３８００１３８０００", "13800138000"},
		{"(0755) 2222-3333", "075522223333"},
		{"＋86 138.0013.8000", "8613800138000"},
		{"電話一三八零零一三八零零零", "13800138000"},
		{"幺三八〇〇一三八〇〇〇", "13800138000"},
		{"2345678", "2345678"},
		{"身份證110101199003070012", "110101199003070012"},
		{"11010119900307001X", "11010119900307001x"},
		{"K123456(A)", "k123456a"},
		{"Macau 1/234567/8", "12345678"},
		{"截至2026-06-30，13800138000", "13800138000"},
		{"20260630", "20260630"},
	} {
		var got []string
		for _, n := range numbers(c.text) {
			got = append(got, Digits(n.text))
		}
		if !slices.Equal(got, []string{c.want}) {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestWhatIsNoLongNumberIsLeftAlone(t *testing.T) {
	for _, text := range []string{
		"2026-06-30", "張貼2026-07-01至2026-07-30", "2026年6月30日8:30-17:30", "08.30-17.30", "2025-2026年度", "1,234,567元", "123456",
		"11、12棟已完成，13棟仍在施工", "六月十八日", "78%　84%", "第1頁，共2頁", "2026/6/3",
	} {
		if got := numbers(text); len(got) > 0 {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestRoomsAreBuildingAndRoomTogether(t *testing.T) {
	for _, text := range []string{
		"3棟2單元501室", "3栋501室", "A座12樓1203房", "３號樓２單元５０１", "3-2-501", "Block 3, Flat 12A", "Flat B, 12/F, Tower 2", "12幢B室", "三號樓502室",
	} {
		if got := rooms(text); len(got) != 1 {
			t.Errorf("%q: %q", text, got)
		}
	}
	for _, text := range []string{
		"5、6棟電梯", "11至13棟天台", "7棟電梯曳引機", "13棟2026年", "1樓大堂", "地下車庫B1、B2", "3棟1200平方米", "2026-06-30", "A、B區", "會所一樓", "Block 3 lobby", "house rules", "501室",
	} {
		if got := rooms(text); len(got) > 0 {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func lists() *Lists {
	return NewLists(Source{
		Names: [][2]string{{"P01", "王小明"}, {"P01", "花園"}, {"P01", "Li Wei"}, {"P01", "林"}, {"P01", "陳 大文"}, {"P02", "李華"}, {"P01", "趙錢"}},
		Rooms: [][4]string{{"P01", "3棟", "2單元", "501"}, {"P01", "11棟", "", "704"}, {"P01", "", "", "902"}},
		Plan:  []string{"花園片區", "Lighting"}, Allowed: []string{"趙錢", "0755-22223333"}, Posting: []string{"服務熱線 8888-0000"},
	})
}

func TestNamesOfResidentsAreFoundInWhatStaffWrote(t *testing.T) {
	for _, c := range []struct {
		edge, property, text, want string
	}{
		{"a name", "P01", "感謝王小明提議", "王小明"},
		{"blanks inside", "P01", "感謝王 小明提議", "王小明"},
		{"a name with a blank in the export", "P01", "陳大文", "陳大文"},
		{"part of a word of the plan", "P01", "花園片區的花園", ""},
		{"one character", "P01", "林蔭道", ""},
		{"Latin letters as words of their own", "P01", "thanks to LI WEI.", "li wei"},
		{"Latin letters inside a word", "P01", "Ali Weixx", ""},
		{"of another property", "P01", "李華", ""},
		{"allowed", "P01", "趙錢", ""},
	} {
		var got []string
		for _, f := range lists().inWritten(c.property, c.text) {
			got = append(got, f.Found)
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%s: %q, want %q", c.edge, got, c.want)
		}
	}
}

func TestRoomsOfTicketsAreFoundInAnyForm(t *testing.T) {
	for _, text := range []string{"3棟2單元501", "3 – 2 – 501 漏水", "11#704門前", "第11棟 704 號"} {
		if got := lists().inWritten("P01", text); len(got) == 0 || got[0].Kind != Room {
			t.Errorf("%q: %v", text, got)
		}
	}
	for _, text := range []string{"902", "501", "11、704", "11棟7045", "3棟2單元"} {
		if got := lists().inWritten("P01", text); len(got) > 0 {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestAllowedNumbersAreLeftAlone(t *testing.T) {
	for _, text := range []string{"(0755) 2222 3333", "熱線8888 0000"} {
		if got := lists().anywhere(text); len(got) > 0 {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestAFileThatCanNotBeReadIsAnError(t *testing.T) {
	for _, pdf := range []string{"", "%PDF-1.7\n", "1 0 obj\n<</Filter /FlateDecode /Length 900>>\nstream\nx"} {
		if _, err := lists().Search([]byte(pdf), "P01", []handoff.Said{}); err == nil {
			t.Errorf("%q was read", pdf)
		}
	}
}
