package typeset

import (
	"strings"
	"testing"
)

// FuzzLines sets whatever comes: every visible character comes back, in order or as its substitute, and no line is too wide.
func FuzzLines(f *testing.F) {
	for _, seed := range []string{"報修按時完成八成三，比去年下半年提高。", "a\u0301é\u200b\ufe0f𠮷☐", "「「「「（（（", "2026年6月30日", "\n\n a\tb ", "%%%%％％", "\xff\xfe"} {
		f.Add(seed, uint8(40))
	}
	loaded := fonts(f)
	f.Fuzz(func(t *testing.T, text string, width uint8) {
		c := loaded.Chain("zh-Hant")
		measure := ems(1.2) + float64(width)/4
		var got strings.Builder
		for _, l := range c.Lines(measure, true, Span{text, plain}) {
			got.WriteString(l.Text())
			if l.Width > measure+0.01 {
				t.Errorf("line %q is %.2f mm wide, the measure is %.2f", l.Text(), l.Width, measure)
			}
		}
		if want := c.visible(text); squeeze(got.String()) != want {
			t.Errorf("%q came back as %q", want, squeeze(got.String()))
		}
	})
}

// visible is what a reader must find: the text without blanks and invisible characters, substitutes in place of what no face has.
func (c *Chain) visible(text string) string {
	var b strings.Builder
	for _, r := range squeeze(clean(text)) {
		if r == '\n' {
			continue
		}
		_, shown := c.face(r, false)
		b.WriteRune(shown)
	}
	return b.String()
}
