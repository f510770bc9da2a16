package land

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/record"
	"noticeboard/pipeline/textkey"
)

func shown(s stamp, v verdict) string {
	switch {
	case v == unreadable:
		return "unreadable"
	case v == ambiguous:
		return "ambiguous"
	case s.day:
		return s.at.Format(time.DateOnly)
	}
	return s.at.Format("2006-01-02 15:04:05.999")
}

func TestStamps(t *testing.T) {
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"2026-06-30 14:05":          "2026-06-30 14:05:00",
		"2026-06-30 14:05:06.123":   "2026-06-30 14:05:06.123",
		"2026/6/3 9:05":             "2026-06-03 09:05:00",
		"2026.06.30":                "2026-06-30",
		"20260630":                  "2026-06-30",
		"20260630140506":            "2026-06-30 14:05:06",
		"202606301405":              "2026-06-30 14:05:00",
		"20260630 14:05":            "2026-06-30 14:05:00",
		"2026年6月30日 14时05分":         "2026-06-30 14:05:00",
		"2026年6月30日14时":             "2026-06-30 14:00:00",
		"2016年2月18日14:09:04":        "2016-02-18 14:09:04",
		"2026-06-30 下午2:05":         "2026-06-30 14:05:00",
		"2026-06-30 上午12:05":        "2026-06-30 00:05:00",
		"2026-06-30 下午12:05":        "2026-06-30 12:05:00",
		"2026年6月30日 星期二 晚上8点30分":    "2026-06-30 20:30:00",
		"2026-06-28（星期日）":           "2026-06-28",
		"2026-06-30 2:05 PM":        "2026-06-30 14:05:00",
		"2026-06-30 12:05:00 AM":    "2026-06-30 00:05:00",
		"2026-06-30 24:00":          "2026-07-01 00:00:00",
		"2026-06-30 24:01":          "unreadable",
		"2026-06-30T20:00:00Z":      "2026-07-01 04:00:00",
		"2026-06-30T20:00:00+08:00": "2026-06-30 20:00:00",
		"2026-06-30T20:00:00-0500":  "2026-07-01 09:00:00",
		"２０２６－０６－３０　１４：０５":          "2026-06-30 14:05:00",
		"45473":                "2024-06-30",
		"45473.5":              "2024-06-30 12:00:00",
		"30 Jun 2026":          "2026-06-30",
		"Jun 30, 2026 2:05 PM": "2026-06-30 14:05:00",
		"民國115年6月30日":          "2026-06-30",
		"06/30/2026":           "ambiguous",
		"30.06.2026 10:00":     "ambiguous",
		"2026-02-30":           "unreadable",
		"2026-13-02":           "unreadable",
		"0000-00-00 00:00:00":  "unreadable",
		"2026-06-30 25:00":     "unreadable",
		"2026-06-30 10:60":     "unreadable",
		"2026-06":              "unreadable",
		"26-06-30":             "unreadable",
		"115/06/30":            "unreadable",
		"明天":                   "unreadable",
		"10:00":                "unreadable",
		"1719727500":           "unreadable",
	} {
		t.Run(text, func(t *testing.T) {
			if got := shown(stampReader{"", zone}.read(text)); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

func TestStampsInTheSourcesOrder(t *testing.T) {
	for _, c := range []struct{ order, text, want string }{
		{"dmy", "05/06/2026 9:05", "2026-06-05 09:05:00"},
		{"mdy", "05/06/2026", "2026-05-06"},
		{"mdy", "30/06/2026", "unreadable"},
		{"dmy", "5.6.26", "2026-06-05"},
		{"roc", "113/03/05 14:05", "2024-03-05 14:05:00"},
		{"roc", "2026-06-30", "2026-06-30"},
		{"ymd", "05/06/2026", "ambiguous"},
	} {
		t.Run(c.order+" "+c.text, func(t *testing.T) {
			if got := shown(stampReader{c.order, time.UTC}.read(c.text)); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// What the engine reads set-wise must be what is read one text at a time.
func TestTheEngineReadsEachShapeAsTheReaderDoes(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var texts []string
	for _, s := range shapes {
		for range 5 {
			texts = append(texts, strings.NewReplacer("%Y", fmt.Sprint(1990+random.IntN(50)), "%f", fmt.Sprint(100+random.IntN(900)),
				"%m", fmt.Sprintf("%0*d", 2, 1+random.IntN(12)), "%d", fmt.Sprintf("%0*d", 2, 1+random.IntN(31)), "%H", fmt.Sprintf("%0*d", 2, random.IntN(25)),
				"%M", fmt.Sprintf("%02d", random.IntN(61)), "%S", fmt.Sprintf("%02d", random.IntN(60))).Replace(s.format))
		}
	}
	db, err := duck.Scratch(t.TempDir(), 500)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Exec(context.Background(), statement("macros")); err != nil {
		t.Fatal(err)
	}
	for _, text := range texts {
		clocks, days := shapesOf([]string{text})
		if len(clocks)+len(days) == 0 {
			t.Errorf("%q has no shape", text)
			continue
		}
		got, err := db.Query(context.Background(), "select "+moment(duck.Literal(text), append(clocks, days...)))
		if err != nil {
			t.Fatal(err)
		}
		want, v := stampReader{"", time.UTC}.read(text)
		if at, read := got.Values[0][0].(time.Time); read && (v != readable || !at.Equal(want.at) || want.day != (len(days) > 0)) {
			t.Errorf("%q: the engine reads %v, the reader %s", text, at, shown(want, v))
		}
	}
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		text string
		kind record.Type
		want string
	}{
		{"12", record.Money, "12.00"}, {"1,234.5", record.Money, "1234.50"}, {"￥１２３．４", record.Money, "123.40"}, {"12元", record.Money, "12.00"}, {"-¥3", record.Money, "-3.00"},
		{"NT$ 300", record.Money, "300.00"}, {"12.345", record.Money, "12.35"}, {"1E3", record.Money, "1000.00"}, {"12,34", record.Money, ""}, {"1.2.3", record.Money, ""},
		{"免费", record.Money, ""}, {"9999999999999", record.Money, ""}, {"3次", record.Count, "3"}, {"2.0", record.Count, "2"}, {"2.5", record.Count, ""}, {"95分", record.Number, "95.0000"}, {"0%", record.Number, ""},
	} {
		got, ok := number(c.text, c.kind)
		if !ok {
			got = ""
		}
		if got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

// The keys that the engine makes must be those of textkey.
func TestTheEngineFoldsAsTextkeyDoes(t *testing.T) {
	db, err := duck.Scratch(t.TempDir(), 500)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Exec(context.Background(), statement("macros")); err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(3, 5))
	alphabet := []rune("aZ9 -~@[`{|}一丁漏龥鿿、。《》「」【】，！？：；（）")
	for range 500 {
		text := "x"
		for range random.IntN(12) {
			text += string(alphabet[random.IntN(len(alphabet))])
		}
		text += "y"
		got, err := db.Query(context.Background(), "select key_of("+duck.Literal(text)+")")
		if err != nil {
			t.Fatal(err)
		}
		if got.Values[0][0] != textkey.Of(text) {
			t.Fatalf("%q: the engine says %v, textkey %q", text, got.Values[0][0], textkey.Of(text))
		}
	}
}
