package workbook

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/period"
	"noticeboard/pipeline/words"
)

// dash stands where there is no value.
const dash = "—"

// speech turns codes and figures into the words of the report's language.
type speech struct {
	book  *words.Book
	names map[name]string
	turns []string // what this period and the ones to compare with are called: slots of every text
}

type name struct{ kind, property, code string }

func newSpeech(book *words.Book, src *source, relation string) (*speech, error) {
	s := &speech{book: book, names: map[name]string{}}
	if relation == "" {
		return s, nil
	}
	order := []string{"zh_hant", "zh_hans", "en"}
	switch book.Language {
	case "zh-Hans":
		order = []string{"zh_hans", "zh_hant", "en"}
	case "en":
		order = []string{"en", "zh_hant", "zh_hans"}
	}
	err := src.read(relation, duck.Cut{}, func(r row) error {
		for _, column := range order {
			if text := r.text(column); text != "" {
				s.names[name{r.text("kind"), r.text("property"), r.text("code")}] = text
				break
			}
		}
		return nil
	})
	return s, err
}

// turnSlots are the slots that every text may have beside its own.
var turnSlots = []string{"this", "before", "year_before", "this_head", "before_head", "year_before_head"}

// turn takes the words for periods of a kind: this month and last month, this half-year and the one before.
func (s *speech) turn(kind period.Kind) {
	for _, slot := range turnSlots {
		s.turns = append(s.turns, slot, s.book.Text(turnKey(kind, slot)))
	}
}

func turnKey(kind period.Kind, slot string) string {
	return "workbook.turn." + string(kind) + "." + slot
}

func (s *speech) text(key string, pairs ...string) string {
	return s.book.Text(key, append(pairs[:len(pairs):len(pairs)], s.turns...)...)
}

// name gives the name of a code: the property's own, else everybody's, else a fixed word, else the code.
func (s *speech) name(kind, property, code string) string {
	if kind == "metric" {
		return s.word("metric."+code+".name", code)
	}
	for _, p := range []string{property, "*"} {
		if text, there := s.names[name{kind, p, code}]; there {
			return text
		}
	}
	return s.word("code."+kind+"."+code, code)
}

// code gives the word of a fixed code; what isn't in the list, such as a channel as exported, stays as it is.
func (s *speech) code(list, code string) string { return s.word("code."+list+"."+code, code) }

func (s *speech) word(key, otherwise string) string {
	if s.book.Has(key) {
		return s.text(key)
	}
	return otherwise
}

// definition explains a metric, empty where no words are there for it.
func (s *speech) definition(metric string) string { return s.word("metric."+metric+".definition", "") }

// said writes a value for a sentence.
func (s *speech) said(r row, column, format, unit string) string {
	v := r.value(column)
	if v == nil {
		return dash
	}
	if format == "figure" || format == "change" {
		return s.figure(v, r.text(unit), format == "change")
	}
	if t, is := v.(time.Time); is {
		return s.date(t, format)
	}
	if n, is := number(v); is {
		if f, there := formats[format]; there {
			return digits(n*f.times, f.decimals, f.sign) + f.suffix
		}
		return digits(n, 0, false)
	}
	return r.text(column)
}

// figure writes a value in its unit, with the unit's word where there is one: 83.4%, 12 宗.
func (s *speech) figure(v any, unit string, isChange bool) string {
	n, is := number(v)
	if !is {
		return dash
	}
	f := unitFormat(unit, isChange)
	text := digits(n*f.times, f.decimals, f.sign) + f.suffix
	if isChange {
		return s.text("unit.change."+unit, "value", text)
	}
	return s.text("unit.value."+unit, "value", text)
}

func (s *speech) date(t time.Time, format string) string {
	pairs := []string{"year", strconv.Itoa(t.Year()), "month", strconv.Itoa(int(t.Month())), "day", strconv.Itoa(t.Day())}
	switch format {
	case "time":
		return t.Format("2006-01-02 15:04")
	case "month":
		return s.text("date.month", append(pairs, "iso", t.Format("2006-01"))...)
	default:
		return s.text("date.day", append(pairs, "iso", t.Format(time.DateOnly))...)
	}
}

// digits writes a number with thousands commas and a true minus.
func digits(n float64, decimals int, sign bool) string {
	scale := math.Pow10(decimals)
	rounded := math.Round(math.Abs(n)*scale) / scale
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(rounded, 'f', decimals, 64), ".")
	var groups []string
	for len(whole) > 3 {
		groups = append(groups, whole[len(whole)-3:])
		whole = whole[:len(whole)-3]
	}
	slices.Reverse(groups)
	text := strings.Join(append([]string{whole}, groups...), ",")
	if decimals > 0 {
		text += "." + fraction
	}
	switch {
	case rounded == 0:
		return text
	case n < 0:
		return "−" + text
	case sign:
		return "+" + text
	default:
		return text
	}
}
