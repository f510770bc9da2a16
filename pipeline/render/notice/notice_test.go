package notice

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/internal/need"
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

func fonts(t testing.TB) *Fonts {
	t.Helper()
	need.File(t, "../../../templates/fonts/NotoSansTC-Regular.ttf", "make fonts")
	f, err := typeset.LoadFonts(templates.Files)
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

func rendered(t testing.TB, w *duck.Warehouse, file string, e Edition) ([]byte, Result) {
	t.Helper()
	var out bytes.Buffer
	b := book(t, e.Language)
	result, err := template(t, file).Render(context.Background(), w, b, fonts(t), e, &out)
	if err != nil {
		t.Fatal(err)
	}
	if missing := b.Missing(); len(missing) > 0 {
		t.Errorf("words missing in %s: %v", e.Language, missing)
	}
	if *keep != "" {
		paper := e.Paper
		if paper == "" {
			paper = "A4"
		}
		name := e.Report + "_" + e.Period + "_" + e.Language + "_" + paper + ".pdf"
		if err := os.WriteFile(filepath.Join(*keep, name), out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes(), result
}

func TestHalfYear(t *testing.T) {
	for _, language := range words.Languages {
		for _, paper := range []string{"A4", "A3"} {
			e := firstHalf(language)
			e.Paper = paper
			_, result := rendered(t, world(t, "half_year.sql"), "r6_half_year.yaml", e)
			t.Log(result)
		}
	}
}
