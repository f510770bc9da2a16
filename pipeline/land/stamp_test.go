package land

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
	"time"

	"noticeboard/pipeline/period"
	"noticeboard/pipeline/record"
)

func shown(s stamp, v verdict) string {
	switch {
	case v == unreadable:
		return "unreadable"
	case v == ambiguous:
		return "ambiguous"
	case v == minguo:
		return "minguo"
	case s.day:
		return s.time().Format(time.DateOnly)
	}
	return s.time().Format("2006-01-02 15:04:05.999")
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
		"45473":                  "2024-06-30",
		"45473.5":                "2024-06-30 12:00:00",
		"30 Jun 2026":            "2026-06-30",
		"Jun 30, 2026 2:05 PM":   "2026-06-30 14:05:00",
		"民國115年6月30日":            "2026-06-30",
		"06/30/2026":             "ambiguous",
		"30.06.2026 10:00":       "ambiguous",
		"2026-02-30":             "unreadable",
		"2026-13-02":             "unreadable",
		"0000-00-00 00:00:00":    "unreadable",
		"2026-06-30 25:00":       "unreadable",
		"2026-06-30 10:60":       "unreadable",
		"2026-06":                "unreadable",
		"26-06-30":               "unreadable",
		"115/06/30":              "minguo",
		"2026-06-30 09:00-11:00": "unreadable",
		"2026-06-30 09:00:00-05": "2026-06-30 22:00:00",
		"2026-06-30T09:00-05:00": "unreadable",
		"2026-06-30 上午12:30":     "2026-06-30 00:30:00",
		"2026-06-30 下午12:30":     "2026-06-30 12:30:00",
		"明天":                     "unreadable",
		"10:00":                  "unreadable",
		"1719727500":             "unreadable",
		"1900-01-01":             "1900-01-01",
		"1899-12-31 23:59":       "unreadable",
		"0202-06-01 08:00":       "unreadable",
		"2-6-1":                  "unreadable",
	} {
		t.Run(text, func(t *testing.T) {
			if got := shown(stampReader{zone: zone}.read(text)); got != want {
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
		{"roc", "1150630", "2026-06-30"},
		{"roc", "1150630 14:05", "2026-06-30 14:05:00"},
		{"ymd", "115/06/30", "unreadable"},
		{"ymd", "05/06/2026", "ambiguous"},
		{"", "05/06/26", "ambiguous"},
		{"", "5.6.26 9:05", "ambiguous"},
	} {
		t.Run(c.order+" "+c.text, func(t *testing.T) {
			if got := shown(stampReader{order: c.order, zone: time.UTC}.read(c.text)); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// Of what is only planned, a stretch of time is kept until its end, and half a day is that day.
func TestSlots(t *testing.T) {
	for text, want := range map[string]string{
		"2026-06-30 09:00-11:00": "2026-06-30 11:00:00",
		"2026-06-30 9:00~11:30":  "2026-06-30 11:30:00",
		"2026年6月30日 09:00至10:00": "2026-06-30 10:00:00",
		"2026/6/30 上午":           "2026-06-30",
		"2026-06-30（下午）":         "2026-06-30",
		"尽快":                     "unreadable",
		"09:00-11:00":            "unreadable",
	} {
		if got := shown(stampReader{zone: time.UTC}.readSlot(text)); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

// What is read quickly must be what the patterns read, and the plain ways of writing must be read quickly.
func TestQuickReadingOfStampsAgreesWithThePatterns(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	quick := 0
	for range 20_000 {
		text := randomStamp(random)
		got, plain := quickStamp(text)
		if !plain {
			continue
		}
		quick++
		if want, v := (stampReader{zone: time.UTC}).read(text); v != readable || want != got {
			t.Errorf("%q: quickly %s, by the patterns %s", text, shown(got, readable), shown(want, v))
		}
	}
	if quick < 3_000 {
		t.Errorf("only %d of 20,000 were read quickly", quick)
	}
	for _, text := range []string{"2026-06-30 14:05:06", "2026-06-30", "2026/6/3 9:05", "2026.06.30", "2026年6月30日 14时05分", "2016年2月18日14:09:04", "2026-06-30T14:05"} {
		if _, plain := quickStamp(text); !plain {
			t.Errorf("%q isn't read quickly", text)
		}
	}
}

// The days of the calendar are counted without the library, and must be the library's.
func TestQuickDaysAreThoseOfTheCalendar(t *testing.T) {
	for first := time.Date(period.FirstYear, 1, 1, 0, 0, 0, 0, time.UTC); first.Year() < 10_000; first = first.AddDate(0, 1, 0) {
		year, month := first.Year(), int(first.Month())
		if got, want := daysBefore(year, month), int(first.UnixMicro()/microsOfDay); got != want {
			t.Fatalf("%s is day %d, want %d", first.Format(time.DateOnly), got, want)
		}
		if got, want := daysIn(year, month), first.AddDate(0, 1, -1).Day(); got != want {
			t.Fatalf("%s has %d days, want %d", first.Format("2006-01"), got, want)
		}
	}
}

// randomStamp writes a moment in one of many ways, some of them wrong.
func randomStamp(random *rand.Rand) string {
	pick := func(of ...string) string { return of[random.IntN(len(of))] }
	n := func(most int) string { return fmt.Sprintf(pick("%d", "%02d"), random.IntN(most+1)) }
	marks := [][3]string{{"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}, {"-", "/", ""}, {"年", "月", ""}}[random.IntN(6)]
	text := pick("2026", "1999", "2024", "0000", "226") + marks[0] + n(12) + marks[1] + n(31) + marks[2]
	if random.IntN(4) > 0 {
		joint := pick(" ", " ", "T", "")
		colon := pick(":", ":", "时", "時", "点")
		text += joint + n(24) + colon + n(60) + map[bool]string{true: "", false: "分"}[colon == ":"]
		if random.IntN(2) == 0 {
			text += map[bool]string{true: ":", false: ""}[colon == ":"] + n(60) + pick("", "", "秒", ".5", "Z")
		}
	}
	return text
}

func TestQuickReadingOfNumbersAgreesWithThePatterns(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 5))
	alphabet := "0123456789.-+, 元"
	for range 50_000 {
		runes := []rune(alphabet)
		text := ""
		for range 1 + random.IntN(8) {
			text += string(runes[random.IntN(len(runes))])
		}
		for kind := range decimalsOf {
			if got, plain := quickFigure(text, kind); plain && got != figureOf(text, kind) {
				t.Errorf("%q: quickly %v, by the patterns %v", text, got, figureOf(text, kind))
			}
		}
	}
	for text, kind := range map[string]record.Type{"12": record.Count, "12.5": record.Money, "-0.25": record.Money, "9.1234": record.Number} {
		if _, plain := quickFigure(text, kind); !plain {
			t.Errorf("%q isn't read quickly", text)
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
		got := ""
		if n := figureOf(c.text, c.kind); n.readable {
			got = new(big.Rat).SetFrac64(n.units, int64(math.Pow10(decimalsOf[c.kind]))).FloatString(decimalsOf[c.kind])
		}
		if got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}
