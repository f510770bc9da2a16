package typeset

import (
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"noticeboard/pipeline/internal/need"
	"noticeboard/templates"
)

func fonts(t testing.TB) *Fonts {
	t.Helper()
	need.File(t, "../../../../templates/fonts/NotoSansTC-Regular.ttf", "make fonts")
	f, err := LoadFonts(templates.Files, "")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var plain = Style{Size: 10}

func lines(c *Chain, measure float64, text string) []string {
	var list []string
	for _, l := range c.Lines(measure, true, Span{text, plain}) {
		list = append(list, l.Text())
	}
	return list
}

// ems gives the measure of so many squares at 10 points.
func ems(n float64) float64 { return n*10*Point + 1e-3 }

func TestLines(t *testing.T) {
	f := fonts(t)
	for _, c := range []struct {
		edge, text string
		measure    float64
		want       string
	}{
		{"a_stop_does_not_begin_a_line", "一二三四，五六", ems(4), "一二三／四，五六"},
		{"a_bracket_does_not_end_a_line", "一二三「四五」", ems(4), "一二三／「四五」"},
		{"a_half_year_stays_whole", "比去年下半年提高", ems(4), "比去年／下半年提／高"},
		{"the_address_of_a_page_stays_whole", "掃碼看https://a-b.example/c-d", ems(14), "掃碼看／https://a-b.example/c-d"},
		{"a_date_stays_whole", "自2026年6月30日起執行", ems(8), "自／2026年6月30日／起執行"},
		{"a_number_stays_with_what_it_counts", "報修共208宗多", ems(4.3), "報修共／208宗多"},
		{"tenths_stay_whole", "完成了八成三了", ems(4.4), "完成了／八成三了"},
		{"per_cent_stays_with_its_number", "返修率2.3%而已", ems(4.8), "返修率／2.3%而已"},
		{"the_last_character_stays_alone_where_company_would_tear_the_line", "一二三四五六七八九", ems(4), "一二三四／五六七八／九"},
		{"the_last_character_has_company", "一二三四五六七八九十一二三", ems(12), "一二三四五六七八九十一／二三"},
		{"words_are_not_torn", "repairs done on time", ems(5), "repairs／done on／time"},
		{"a_dash_of_two_is_not_torn", "一二三——四五六", ems(4), "一二／三——四／五六"},
		{"a_line_break_is_kept", "一二\n三四五六", ems(6), "一二／三四五六"},
		{"what_has_no_break_is_cut", "abcdefghijklmnop", ems(3), "abcde／fghijkl／mnop"},
	} {
		if got := strings.Join(lines(f.Chain("zh-Hant"), c.measure, c.text), "／"); got != c.want {
			t.Errorf("%s: %s, want %s", c.edge, got, c.want)
		}
	}
}

// alphabet mixes what notices mix: Han of both scripts, Latin, long words, figures, punctuation of both widths, and what no font has.
var alphabet = strings.Split("維 修 及 時 率 投 诉 报 楼 栋 闭 一 二 A b service on R6 2026年6月30日 208宗 2.3% 98% 1,208 ， 。 、 ； ： ？ ！ （ ） 「 」 《 》 — … % ( ) , . _ _ _ 𠮷 𡃁 😀 Instandhaltungsgenossenschaft https://notices.example/jade-lake-bay", " ")

func TestTenThousandMixesLoseNothingAndBreakNowhereForbidden(t *testing.T) {
	f := fonts(t)
	random := rand.New(rand.NewPCG(6, 2026))
	for range 10_000 {
		var b strings.Builder
		for range 4 + random.IntN(60) {
			b.WriteString(alphabet[random.IntN(len(alphabet))])
		}
		text := strings.TrimSpace(strings.ReplaceAll(b.String(), "_", " "))
		measure := ems(12 + 20*random.Float64())
		c := f.Chain("zh-Hant")
		checkLines(t, c.visible(text), text, measure, c.Lines(measure, random.IntN(2) == 0, Span{text, plain}))
		if t.Failed() {
			return
		}
	}
}

func checkLines(t *testing.T, visible, text string, measure float64, list []Line) {
	t.Helper()
	var all strings.Builder
	for i, l := range list {
		shown := l.Text()
		all.WriteString(shown)
		if l.Width > measure+0.01 {
			t.Errorf("%q: line %q is %.2f mm wide, the measure is %.2f", text, shown, l.Width, measure)
		}
		runes := []rune(shown)
		if i > 0 && strings.ContainsRune(noStart, runes[0]) && !unbreakable(text, measure) {
			t.Errorf("%q: line %q begins with what may not begin one", text, shown)
		}
		if i < len(list)-1 && strings.ContainsRune(noEnd, runes[len(runes)-1]) && !unbreakable(text, measure) {
			t.Errorf("%q: line %q ends with what may not end one", text, shown)
		}
	}
	if got, want := squeeze(all.String()), visible; got != want {
		t.Errorf("%q came back as %q", want, got)
	}
}

// unbreakable tells whether the text holds a piece without a break that is wider than the measure: such a piece is cut anywhere.
func unbreakable(text string, measure float64) bool {
	allowed := breaks(text)
	start := 0
	for i := range text + "|" {
		if allowed[i] || i == len(text) {
			if float64(len([]rune(text[start:i])))*10*Point > measure {
				return true
			}
			start = i
		}
	}
	return false
}

// squeeze leaves out blanks: those at the ends of lines are gone.
func squeeze(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.In(r, unicode.Zs, unicode.Zl, unicode.Zp) }), "")
}

func TestFullLinesReachBothEdges(t *testing.T) {
	list := fonts(t).Chain("zh-Hant").Lines(ems(12.4), true, Span{"上半年共接到報修208宗、投訴43宗，報修按時完成八成三，比去年下半年提高。", plain})
	for i, l := range list[:len(list)-1] {
		if ems(12.4)-l.Width > 0.02 {
			t.Errorf("line %d (%s) is %.2f mm wide of %.2f", i, l.Text(), l.Width, ems(12.4))
		}
	}
}

func TestEachCharacterIsAskedOfBothScripts(t *testing.T) {
	c := fonts(t).Chain("zh-Hant")
	line := c.Single(Span{"維修，维修", plain})
	used := map[string]string{}
	for _, r := range line.Runs {
		used[r.Face.Name] += r.Text
	}
	if used["NotoSansSC-Regular"] != "维" || len(c.Replaced()) > 0 {
		t.Errorf("%v, replaced %q", used, c.Replaced())
	}
}

func TestAMissingCharacterIsReplacedAndNamed(t *testing.T) {
	c := fonts(t).Chain("zh-Hant")
	if got := c.Single(Span{"王☐𠮷😀", plain}).Text(); got != "王〓〓〓" {
		t.Errorf("got %q", got)
	}
	if got := string(c.Replaced()); got != "☐😀𠮷" {
		t.Errorf("named %q", got)
	}
}

func TestInvisibleCharactersTakeNoRoom(t *testing.T) {
	c := fonts(t).Chain("zh-Hant")
	if got := c.Single(Span{"公\u200b告\ufe0f\u202e", plain}).Text(); got != "公告" {
		t.Errorf("got %q", got)
	}
}

func TestTwoMarksShareTheirBlank(t *testing.T) {
	c := fonts(t).Chain("zh-Hant")
	apart := c.Single(Span{"」", plain}).Width + c.Single(Span{"「", plain}).Width
	if got := c.Single(Span{"一」「二", plain}).Width; got > ems(3.55) {
		t.Errorf("%.2f mm wide, the two alone are %.2f", got, apart)
	}
}

func TestFontsThatAreNotThereSayHowToGetThem(t *testing.T) {
	_, err := LoadFonts(fstest.MapFS{}, "")
	if err == nil || !strings.Contains(err.Error(), "make fonts") || strings.Count(err.Error(), ".ttf: ") != 4 {
		t.Errorf("%v", err)
	}
}

func TestAFurtherFontIsAskedLast(t *testing.T) {
	loaded := *fonts(t)
	further := &Face{Name: "Further", widths: make([]uint16, 1<<16)}
	for r := range further.widths {
		further.widths[r] = 1000
	}
	loaded.further = further
	c := loaded.Chain("zh-Hant")
	for r, want := range map[rune]string{'維': "NotoSansTC-Regular", '维': "NotoSansSC-Regular", '\uE000': "Further"} {
		if face, shown := c.face(r, false); face.Name != want || shown != r {
			t.Errorf("%c came from %s", r, face.Name)
		}
	}
	if len(c.Replaced()) > 0 {
		t.Errorf("replaced %q", c.Replaced())
	}
}
