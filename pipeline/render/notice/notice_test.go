package notice

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/internal/need"
	"noticeboard/pipeline/publish/guard"
	"noticeboard/pipeline/render/notice/sheet"
	"noticeboard/pipeline/render/notice/typeset"
	"noticeboard/pipeline/words"
	"noticeboard/templates"
)

var (
	update = flag.Bool("update", false, "write the golden files anew")
	keep   = flag.String("keep", "", "folder to keep the rendered notices in, to look at them")
)

func world(t testing.TB, script string) *duck.Warehouse {
	t.Helper()
	w, err := duck.Memory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	sql, err := os.ReadFile(filepath.Join("testdata", script))
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Exec(context.Background(), string(sql)); err != nil {
		t.Fatal(err)
	}
	return w
}

var loaded = sync.OnceValues(func() (*Fonts, error) { return typeset.LoadFonts(templates.Files, "") })

func fonts(t testing.TB) *Fonts {
	t.Helper()
	need.File(t, "../../../templates/fonts/NotoSansTC-Regular.ttf", "make fonts")
	f, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func book(t testing.TB, language string) *words.Book {
	t.Helper()
	b, problems := words.Load(templates.Files, language)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return b
}

func template(t testing.TB, file string) *Template {
	t.Helper()
	content, err := templates.Files.ReadFile("notices/" + file)
	if err != nil {
		t.Fatal(err)
	}
	parsed, problems := Parse("templates/notices/"+file, content)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return parsed
}

func firstHalf(language string) Edition {
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	return Edition{
		Report: "R6", Period: "2026H1", Start: day(2026, 1, 1), End: day(2026, 7, 1), AsOf: day(2026, 7, 1),
		Property: "P01", PropertyName: map[string]string{"zh-Hant": "翠湖灣", "zh-Hans": "翠湖湾", "en": "Emerald Lake Bay"}[language],
		Language: language, Number: 1, PostingDays: 30,
		Posting: config.Posting{
			Office:    config.Names{ZhHant: "翠湖灣物業服務中心", ZhHans: "翠湖湾物业服务中心", En: "Emerald Lake Bay Service Centre"},
			Telephone: "0000-0000", ComplaintLine: "0000-0001", Web: "https://notice.example/p01",
		},
	}
}

// withBook gives a bilingual notice the words of its other language.
func withBook(t testing.TB, e Edition) Edition {
	if e.Second != nil {
		second := *e.Second
		second.Book = book(t, "en")
		e.Second = &second
	}
	return e
}

func rendered(t testing.TB, w *duck.Warehouse, file string, e Edition) ([]byte, Result) {
	t.Helper()
	var out bytes.Buffer
	b := book(t, e.Language)
	e = withBook(t, e)
	result, err := template(t, file).Render(context.Background(), w, b, fonts(t), e, &out)
	if err != nil {
		t.Fatal(err)
	}
	if missing := b.Missing(); len(missing) > 0 {
		t.Errorf("words missing in %s: %v", e.Language, missing)
	}
	if *keep != "" {
		name := e.Report + "_" + e.Period + "_" + e.Language + "_" + e.paper() + ".pdf"
		if e.Second != nil {
			name = "two_" + name
		}
		if err := os.WriteFile(filepath.Join(*keep, name), out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes(), result
}

// set sets a notice without writing it.
func set(t testing.TB, w *duck.Warehouse, file string, e Edition) (*setter, *sheet.Document) {
	t.Helper()
	e = withBook(t, e)
	source := &source{ctx: context.Background(), warehouse: w, cut: duck.Cut{Property: e.Property, Period: e.Period}, kept: map[string][]row{}}
	s, doc, err := template(t, file).shortest(source, book(t, e.Language), fonts(t), e)
	if err != nil {
		t.Fatal(err)
	}
	return s, doc
}

// texts lists what a page says, in the order of painting.
func texts(page *sheet.Page) []sheet.Text {
	var list []sheet.Text
	for _, m := range page.Marks {
		if text, is := m.(sheet.Text); is {
			list = append(list, text)
		}
	}
	return list
}

// notices are all the made-up notices, each as it is posted.
func notices() map[string]Edition {
	list := map[string]Edition{}
	for _, language := range words.Languages {
		for _, paper := range []string{"A4", "A3"} {
			half := firstHalf(language)
			half.Paper = paper
			list["r6_half_year.yaml "+language+" "+paper] = half
		}
	}
	for _, paper := range []string{"A4", "A3"} {
		both := firstHalf("zh-Hant")
		both.Paper = paper
		both.Second = &Second{PropertyName: "Emerald Lake Bay"}
		list["r6_half_year.yaml zh-Hant+en "+paper] = both
	}
	for _, language := range words.Languages {
		works := firstHalf(language)
		works.Report, works.Period, works.Start = "R7", "2026-06", works.Start.AddDate(0, 5, 0)
		list["r7_works.yaml "+language+" A4"] = works
		topics := firstHalf(language)
		topics.Report, topics.Period, topics.Start = "R8", "2026-06-30", topics.End.AddDate(0, 0, -1)
		list["r8_topics.yaml "+language+" A4"] = topics
	}
	return list
}

func TestTextStandsWhereItStood(t *testing.T) {
	for name, e := range notices() {
		file, _, _ := strings.Cut(name, " ")
		if e.Paper == "A3" || e.Language == "zh-Hans" {
			continue
		}
		language := e.Language
		if e.Second != nil {
			language += "+en"
		}
		_, doc := set(t, world(t, "world.sql"), file, e)
		var b strings.Builder
		for n, page := range doc.Pages {
			for _, text := range texts(page) {
				fmt.Fprintf(&b, "%d %6.1f %6.1f %4.1f %s\n", n+1, text.X, text.Y, text.Line.Runs[0].Style.Size, text.Line.Text())
			}
		}
		golden(t, strings.TrimSuffix(file, ".yaml")+"."+language+".golden", b.String())
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if os.Getenv("CI") == "true" {
			t.Fatal("golden files are not written anew in CI")
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; write it with -update", err)
	}
	if got != string(want) {
		t.Errorf("%s differs; look at the notice with -keep, then -update:\n%s", file, got)
	}
}

func TestTheSameNoticeIsTheSameBytes(t *testing.T) {
	w := world(t, "world.sql")
	first, _ := rendered(t, w, "r6_half_year.yaml", firstHalf("zh-Hant"))
	second, _ := rendered(t, w, "r6_half_year.yaml", firstHalf("zh-Hant"))
	if !bytes.Equal(first, second) {
		t.Error("two renderings differ")
	}
}

func TestNothingStandsOutsideThePrintableArea(t *testing.T) {
	for name, e := range notices() {
		file, _, _ := strings.Cut(name, " ")
		s, doc := set(t, world(t, "world.sql"), file, e)
		for n, page := range doc.Pages {
			for _, m := range page.Marks {
				b := m.Box()
				if b.X0 < s.scale.side-0.05 || b.X1 > s.scale.width-s.scale.side+0.05 || b.Y0 < s.scale.top-0.05 || b.Y1 > s.scale.height-s.scale.bottom+0.6 {
					t.Errorf("%s, page %d: %+v at %+v", name, n+1, m, b)
				}
			}
		}
	}
}

func TestTextStandsOnTheGrid(t *testing.T) {
	for name, e := range notices() {
		file, _, _ := strings.Cut(name, " ")
		s, doc := set(t, world(t, "world.sql"), file, e)
		top, foot := s.scale.top+s.bandHeight(), s.scale.height-s.scale.bottom-s.footHeight()
		first := top + s.scale.baseline(s.scale.body())
		stood, heads := 0, 0
		for n, page := range doc.Pages {
			for _, text := range texts(page) {
				style, want := text.Line.Runs[0].Style, 0.0
				if text.Y < top || text.Y > foot || style.Size <= s.scale.small().Size {
					continue
				}
				if style.Bold && style.Ink == blue && style.Size < s.scale.figure().Size {
					want = -raised
					heads++
				}
				lines := (text.Y-first)/s.scale.step - want
				if off := lines - math.Round(lines); math.Abs(off) > 0.001 {
					t.Errorf("%s, page %d: %q stands %.2f steps off the grid", name, n+1, text.Line.Text(), off)
				}
				stood++
			}
		}
		if stood < 8 || heads == 0 {
			t.Errorf("%s: only %d lines, %d heads", name, stood, heads)
		}
	}
}

func TestLinesOfColumnsMeet(t *testing.T) {
	for _, paper := range []string{"A4", "A3"} {
		e := firstHalf("zh-Hant")
		e.Paper = paper
		_, doc := set(t, world(t, "world.sql"), "r6_half_year.yaml", e)
		for _, pair := range [][2]string{{"給排水", "集中巡查　26次"}, {"電氣", "演習　2次"}, {"兒童遊樂區地墊更換　3月完成", "外圍市政道路夜間施工（處理中）"}} {
			left, right := standing(doc, pair[0]), standing(doc, pair[1])
			if left.page == 0 || left.page != right.page || math.Abs(left.text.Y-right.text.Y) > 0.001 || left.text.X >= right.text.X {
				t.Errorf("%s: %q at %+v, %q at %+v", paper, pair[0], left, pair[1], right)
			}
		}
	}
}

// stood is where a line stands: its page from 1, its place.
type stood struct {
	page int
	text sheet.Text
}

// standing finds the line that begins with something.
func standing(doc *sheet.Document, says string) stood {
	for n, page := range doc.Pages {
		for _, text := range texts(page) {
			if strings.HasPrefix(text.Line.Text(), says) {
				return stood{n + 1, text}
			}
		}
	}
	return stood{}
}

func TestHalfYearKeepsToFourPages(t *testing.T) {
	for name, e := range notices() {
		if e.Report != "R6" {
			continue
		}
		if _, result := rendered(t, world(t, "world.sql"), "r6_half_year.yaml", e); result.Pages > 4 {
			t.Errorf("%s has %d pages", name, result.Pages)
		}
	}
}

func TestThePDFGivesBackEveryCharacter(t *testing.T) {
	tool := need.Tool(t, "pdftotext")
	for name, e := range notices() {
		file, _, _ := strings.Cut(name, " ")
		w := world(t, "world.sql")
		pdf, result := rendered(t, w, file, e)
		if strings.Contains(strings.Join(result.Warnings, "\n"), "no font has") {
			t.Errorf("%s: %q", name, result.Warnings)
		}
		_, doc := set(t, w, file, e)
		var want strings.Builder
		for _, page := range doc.Pages {
			for _, text := range texts(page) {
				want.WriteString(text.Line.Text())
			}
		}
		if got, want := squeezed(run(t, tool, pdf, "-raw", "-enc", "UTF-8", "-", "-")), squeezed(want.String()); got != want {
			t.Errorf("%s: the PDF reads\n%s\nand should read\n%s", name, got, want)
		}
	}
}

func TestTheGuardReadsEveryCharacter(t *testing.T) {
	for name, e := range notices() {
		file, _, _ := strings.Cut(name, " ")
		w := world(t, "world.sql")
		pdf, _ := rendered(t, w, file, e)
		_, doc := set(t, w, file, e)
		var want strings.Builder
		for _, page := range doc.Pages {
			for _, text := range texts(page) {
				want.WriteString(text.Line.Text())
			}
		}
		pieces, err := guard.Text(pdf)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := squeezed(strings.Join(pieces, "")), squeezed(want.String()); got != want {
			t.Errorf("%s: the PDF reads\n%s\nand should read\n%s", name, got, want)
		}
	}
}

// squeezed leaves out all blanks: where they stand in a PDF's text is the reader's guess.
func squeezed(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '\f' }), "")
}

func run(t *testing.T, tool string, stdin []byte, args ...string) string {
	t.Helper()
	cmd := exec.Command(tool, args...)
	cmd.Stdin = bytes.NewReader(stdin)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v", tool, err)
	}
	return string(out)
}

func TestFontsAreEmbeddedAndCut(t *testing.T) {
	tool := need.Tool(t, "pdffonts")
	for name, e := range notices() {
		template, _, _ := strings.Cut(name, " ")
		e.Draft = e.Report == "R6"
		pdf, _ := rendered(t, world(t, "world.sql"), template, e)
		file := filepath.Join(t.TempDir(), "notice.pdf")
		if err := os.WriteFile(file, pdf, 0o600); err != nil {
			t.Fatal(err)
		}
		listed := strings.Split(strings.TrimSpace(run(t, tool, nil, file)), "\n")[2:]
		for _, line := range listed {
			if !strings.Contains(line, "Identity-H") || !strings.Contains(line, " yes ") {
				t.Errorf("%s: not embedded: %s", name, line)
			}
		}
		if len(listed) == 0 || len(pdf) > 500_000 {
			t.Errorf("%s: %d fonts, %d bytes", name, len(listed), len(pdf))
		}
	}
}

func TestNoLineBeginsOrEndsWithWhatMayNot(t *testing.T) {
	for name, e := range notices() {
		file, _, _ := strings.Cut(name, " ")
		_, doc := set(t, world(t, "world.sql"), file, e)
		for n, page := range doc.Pages {
			for _, text := range texts(page) {
				line := []rune(text.Line.Text())
				if strings.ContainsRune("、。，．：；？！）」』】》%,.:;?!)", line[0]) || strings.ContainsRune("（「『【《(", line[len(line)-1]) {
					t.Errorf("%s, page %d: %q", name, n+1, text.Line.Text())
				}
			}
		}
	}
}

func TestADraftSaysSoAcrossEachPage(t *testing.T) {
	e := firstHalf("zh-Hant")
	e.Draft = true
	rendered(t, world(t, "world.sql"), "r6_half_year.yaml", e)
	_, doc := set(t, world(t, "world.sql"), "r6_half_year.yaml", e)
	for n, page := range doc.Pages {
		if mark, is := page.Marks[0].(sheet.Slanted); !is || mark.Line.Text() != "草稿　未經核准" {
			t.Errorf("page %d begins with %v", n+1, page.Marks[0])
		}
	}
}

func TestWithoutARowSentencesStand(t *testing.T) {
	e := firstHalf("zh-Hant")
	e.Property = "P02"
	s, doc := set(t, world(t, "world.sql"), "r6_half_year.yaml", e)
	var all strings.Builder
	for _, text := range texts(doc.Pages[0]) {
		all.WriteString(text.Line.Text() + "\n")
	}
	for _, sentence := range []string{"宗數較少，不作分類公佈。", "宗數較少，不作逐月公佈。", "宗數較少，不作分片區公佈。", "這半年沒有公共設施工程。"} {
		if !strings.Contains(all.String(), sentence) {
			t.Errorf("%q doesn't stand in\n%s", sentence, all.String())
		}
	}
	if missing := s.book.Missing(); len(missing) > 0 {
		t.Error(missing)
	}
}

func TestWhatTheNoticeBeforeSaidIsCorrected(t *testing.T) {
	for language, want := range map[string]string{
		"zh-Hant": "更正　去年下半年公佈的回訪滿意是81%，補入遲到和更正的記錄後是80%。去年下半年公佈的修後30天內再報修是4%，補入遲到和更正的記錄後是5%。",
		"zh-Hans": "更正　去年下半年公布的回访满意是81%，补入迟到和更正的记录后是80%。去年下半年公布的修后30天内再报修是4%，补入迟到和更正的记录后是5%。",
		"en": "Corrected Satisfied when called back: for the half-year before we said 81%; with records that came late or were corrected, it is 80%. " +
			"Back within 30 days: for the half-year before we said 4%; with records that came late or were corrected, it is 5%.",
	} {
		_, doc := set(t, world(t, "world.sql"), "r6_half_year.yaml", firstHalf(language))
		var all strings.Builder
		for _, page := range doc.Pages {
			for _, text := range texts(page) {
				all.WriteString(text.Line.Text())
			}
		}
		if !strings.Contains(squeezed(all.String()), squeezed(want)) {
			t.Errorf("%q doesn't stand in\n%s", want, all.String())
		}
	}
}

func TestALongNameKeepsItsPlace(t *testing.T) {
	for _, language := range words.Languages {
		e := firstHalf(language)
		e.Posting.Office = config.Names{
			ZhHant: "翠湖灣濱海國際花園大型社區東區及西區住宅與商業部分綜合物業管理服務中心駐場辦公室客戶服務及公共設施維護部",
			ZhHans: "翠湖湾滨海国际花园大型社区东区及西区住宅与商业部分综合物业管理服务中心驻场办公室客户服务及公共设施维护部",
			En:     "Emerald Lake Bay International Waterfront Garden Integrated Property Management Service Centre",
		}
		s, doc := set(t, world(t, "world.sql"), "r6_half_year.yaml", e)
		seal := 0
		for n, page := range doc.Pages {
			lines := texts(page)
			for i, a := range lines {
				for _, b := range lines[i+1:] {
					if math.Abs(a.Y-b.Y) < 0.01 && a.X < b.X+b.Line.Width && b.X < a.X+a.Line.Width {
						t.Errorf("%s, page %d: %q runs into %q", language, n+1, a.Line.Text(), b.Line.Text())
					}
				}
				if a.X > s.scale.width/2 && a.Line.Runs[0].Style == s.scale.body() && n == len(doc.Pages)-1 {
					seal++
				}
			}
		}
		if seal < 3 {
			t.Errorf("%s: the name over the seal has no more than %d lines of body type", language, seal-1)
		}
	}
}

func TestWhatFitsOnOnePageIsNotBroken(t *testing.T) {
	w := world(t, "world.sql")
	if err := w.Exec(context.Background(), "insert into public.half_year_figures (property, period, metric, reading, target) values ('P02', '2026H1', 'rework', 'too_few', 0.02)"); err != nil {
		t.Fatal(err)
	}
	for _, paper := range []string{"A4", "A3"} {
		e := firstHalf("zh-Hant")
		e.Property, e.Paper = "P02", paper
		s, doc := set(t, w, "r6_half_year.yaml", e)
		if len(doc.Pages) != 1 {
			t.Errorf("%s: %d pages", paper, len(doc.Pages))
		}
		// What is too few is told in the table, but is no figure to set large.
		for _, text := range texts(doc.Pages[0]) {
			if text.Line.Runs[0].Style.Size > s.scale.title().Size {
				t.Errorf("%s: %q stands large", paper, text.Line.Text())
			}
		}
	}
}

func TestATableThatIsTooLongRepeatsItsHead(t *testing.T) {
	w := world(t, "world.sql")
	if err := w.Exec(context.Background(), "insert into public.zones select 'P01', '2026H1', 'Z1', 9, null, 0.5, null, 0.1, null, 0.9, null from range(60)"); err != nil {
		t.Fatal(err)
	}
	_, doc := set(t, w, "r6_half_year.yaml", firstHalf("zh-Hant"))
	heads, rows := 0, 0
	for _, page := range doc.Pages {
		for _, text := range texts(page) {
			switch text.Line.Text() {
			case "投訴（宗）":
				heads++
			case "湖濱片區":
				rows++
			}
		}
	}
	if heads < 2 || rows != 61 {
		t.Errorf("%d heads, %d rows", heads, rows)
	}
}

func TestWhatIsNotConfiguredIsLeftBlank(t *testing.T) {
	e := firstHalf("zh-Hant")
	e.Posting = config.Posting{}
	_, result := rendered(t, world(t, "world.sql"), "r8_topics.yaml", e)
	if len(result.Warnings) != 6 {
		t.Errorf("%q", result.Warnings)
	}
}

func TestBookmarksAndTitleAreReadable(t *testing.T) {
	pdf, _ := rendered(t, world(t, "world.sql"), "r6_half_year.yaml", firstHalf("zh-Hant"))
	for _, title := range []string{"投訴主要原因（宗）", "各項目標", "2026年上半年服務公告 翠湖灣"} {
		if !bytes.Contains(pdf, utf16(title)) {
			t.Errorf("%q is not there", title)
		}
	}
	if !bytes.Contains(pdf, []byte("/Lang (zh-Hant)")) {
		t.Error("no language")
	}
}

// utf16 writes a text as PDF strings hold it, without their escapes.
func utf16(s string) []byte {
	out := []byte{0xFE, 0xFF}
	for _, r := range s {
		for _, b := range []byte{byte(r >> 8), byte(r)} {
			switch b {
			case '(', ')', '\\':
				out = append(out, '\\', b)
			case '\r':
				out = append(out, `\r`...)
			default:
				out = append(out, b)
			}
		}
	}
	return out
}
