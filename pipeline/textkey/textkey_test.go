package textkey

import (
	"math/rand/v2"
	"testing"
	"unicode"
)

func TestOf(t *testing.T) {
	for name, c := range map[string]struct{ given, want string }{
		"full_width_letters_and_digits_are_half_width": {"ＡＢ１２－３", "ab12-3"},
		"ideographic_space_is_trimmed":                 {"\u3000三號樓\u3000", "三號樓"},
		"non_breaking_space_is_trimmed":                {"\u00a0A座\u00a0", "a座"},
		"inner_space_stays":                            {" 3 座 ", "3 座"},
		"case_is_folded":                               {"Block B", "block b"},
		"sharp_s_folds_to_two_letters":                 {"STRAßE", "strasse"},
		"compatibility_ideograph_is_the_common_one":    {"\uf9dc", "\u9686"},
		"scripts_stay_apart":                           {"维修", "维修"},
		"empty_stays_empty":                            {"\u3000", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Of(c.given); got != c.want {
				t.Errorf("Of(%q) = %q, want %q", c.given, got, c.want)
			}
		})
	}
}

func FuzzOfIsStable(f *testing.F) {
	for _, s := range []string{"ẞ", "ﬁ ", "ᾳ", "Ａ\u3000", "\u0345", "İ", "ꭰᎠ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if once := Of(s); Of(once) != once {
			t.Errorf("Of(%q) = %q, then %q", s, once, Of(once))
		}
	})
}

// What is folded quickly must be what the tables of Unicode say.
func TestQuickFoldingAgreesWithTheTables(t *testing.T) {
	alphabet := []rune("aZ9 -~@[`{|}一丁漏龥鿿、。〈〉《》「」『』【】，！？：；（）ＡｚＺ０９～\u3000")
	random := rand.New(rand.NewPCG(3, 5))
	for range 20_000 {
		var text []rune
		for range random.IntN(12) {
			text = append(text, alphabet[random.IntN(len(alphabet))])
		}
		if got := Of(string(text)); got != rest(string(text)) {
			t.Fatalf("%q: %q, by the tables %q", string(text), got, rest(string(text)))
		}
		if got, ok := quick([]byte("x"), string(text), foldedTo(string(text))); !ok || string(got) != "x"+rest(string(text)) {
			t.Fatalf("%q: quickly %q, by the tables %q", string(text), got, rest(string(text)))
		}
	}
	for r := range rune(0x30000) {
		if foldedTo(string(r)) > 0 && rest(string(r)) != string(r) && r != ' ' {
			t.Errorf("%U is no key of its own", r)
		}
		if got, ok := quick(nil, "x"+string(r)+"x", 1); ok && string(got) != rest("x"+string(r)+"x") {
			t.Errorf("%U: quickly %q, by the tables %q", r, got, rest("x"+string(r)+"x"))
		}
	}
}

func TestEveryCharacterRests(t *testing.T) {
	for r := range rune(unicode.MaxRune + 1) {
		once := Of("x" + string(r) + "x")
		if Of(once) != once {
			t.Errorf("%U: %q, then %q", r, once, Of(once))
		}
		for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
			if Of("x"+string(other)+"x") != once {
				t.Errorf("%U and %U differ in case alone, but have two keys", r, other)
			}
		}
	}
}
