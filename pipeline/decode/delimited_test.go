package decode

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"noticeboard/pipeline/config"
)

// Lines without quotes are cut out of a text at once, and must be the records that are found byte by byte.
func TestPlainLinesAreTheRecordsFoundByteByByte(t *testing.T) {
	limits := config.Default().Limits
	pieces := []string{"a", "b", ",", ",", "\n", "\n", "\r\n", "\r", `"`, `""`, "漏水", "\x00", "\x1A", "\uFEFF", " ", `="7"`, strings.Repeat("长", plainBytes/20)}
	random := rand.New(rand.NewPCG(7, 8))
	plain := 0
	for range 3_000 {
		var text strings.Builder
		for range random.IntN(60) {
			text.WriteString(pieces[random.IntN(len(pieces))])
		}
		content, end := text.String(), byte('\n')
		if !strings.Contains(content, "\n") {
			end = '\r'
		}
		want, wantErr := byteByByte(content, end, limits)
		for _, source := range []io.Reader{strings.NewReader(content), iotest.HalfReader(strings.NewReader(content))} {
			var got []string
			s := newSplitter(source, ',', end, limits)
			err := s.each(func(r Record) error {
				got = append(got, fmt.Sprintf("%d %q", r.Line, r.Cells))
				if s.plain != "" {
					plain++
				}
				return nil
			})
			if (err == nil) != (wantErr == io.EOF) || !slices.Equal(got, want) {
				t.Fatalf("%.500q ended by %q: got %.500q, %v; want %.500q, %v", content, end, got, err, want, wantErr)
			}
		}
	}
	if plain < 3_000 {
		t.Errorf("only %d records were found in plain lines", plain)
	}
}

func byteByByte(text string, end byte, limits config.Limits) (records []string, err error) {
	s := newSplitter(strings.NewReader(text), ',', end, limits)
	for {
		r, size, state := s.scan(s.buf[s.pos:s.fill])
		switch {
		case state == whole || s.eof && state == unended:
			r, err := s.take(r, size)
			if err != nil {
				return records, err
			}
			records = append(records, fmt.Sprintf("%d %q", r.Line, r.Cells))
		case state == misquoted:
			return records, errStop
		case s.eof && s.pos == s.fill:
			return records, io.EOF
		case s.eof:
			return records, errStop
		default:
			if err := s.more(); err != nil {
				return records, err
			}
		}
	}
}

func TestBytesThatFollowAreCountedAsTheLibraryDoes(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 9))
	letters := []rune("a,\n漏é𠀀")
	for range 1_000 {
		var text []rune
		for range random.IntN(40) {
			text = append(text, letters[random.IntN(len(letters))])
		}
		b := []byte(string(text))
		if got, want := following(b), len(b)-utf8.RuneCount(b); got != want {
			t.Fatalf("%q: %d, want %d", b, got, want)
		}
		if got, want := isASCII(b), len(b) == utf8.RuneCount(b); got != want {
			t.Fatalf("%q: ASCII %t, want %t", b, got, want)
		}
	}
}

func TestARecordThatIsTooLongIsCalledOne(t *testing.T) {
	limits := config.Default().Limits
	limits.CellBytes = 1000
	for name, text := range map[string]string{
		"of_many_short_cells":     "a,b\n1,2\n" + strings.Repeat(strings.Repeat("x", 500)+",", 5_000) + "\n",
		"with_a_quote_never_shut": "a,b\n1,2\n\"" + strings.Repeat("x,y\n", 700_000) + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			err := newSplitter(strings.NewReader(text), ',', '\n', limits).each(func(Record) error { return nil })
			var refused Refused
			if !errors.As(err, &refused) || refused.Reason != "too_large" || !strings.Contains(refused.Message, "the record that begins on line 3 takes more than 1056576 bytes") {
				t.Errorf("%v", err)
			}
		})
	}
}
