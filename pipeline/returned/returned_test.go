package returned

import "testing"

func TestAReferenceIsReadAsItWasWritten(t *testing.T) {
	for _, r := range []Reference{{"0123456789ab", 1, 0}, {"ffffffffffff", 812, 1000}} {
		if got, ok := Parse(r.String()); !ok || got != r {
			t.Errorf("%s: got %+v, %v", r, got, ok)
		}
	}
}

func TestOnlyReferencesAreReferences(t *testing.T) {
	for cell, want := range map[string]bool{
		"0123456789ab:7":     true,
		" 0123456789AB：7 ":   true, // a full-width colon and capitals, as an input method may leave them
		"0123456789ab:7/9":   true,
		"0123456789ab:9/7":   true, // of nine rows, two were given up
		"0123456789ab:9/0":   false,
		"0123456789ab:0":     false,
		"0123456789a:7":      false,
		"2026-06-30 14:05":   false,
		"0123456789ab:7 8":   false,
		"":                   false,
		"x0123456789ab:7":    false,
		"0123456789ab:1e9":   false,
		"0123456789abc:12/9": false,
	} {
		if _, ok := Parse(cell); ok != want {
			t.Errorf("%q: %v", cell, ok)
		}
	}
}

func TestOurColumnsAreKnownInEveryLanguage(t *testing.T) {
	for header, want := range map[string]bool{Heading("退回原因"): true, Heading("Why it came back"): true, "退回編號［R11］": true, "R11": false, "退回原因": false, "": false} {
		if IsOurs(header) != want {
			t.Errorf("%q: %v", header, !want)
		}
	}
}
