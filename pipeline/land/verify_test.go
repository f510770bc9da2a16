package land

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestVerifyFindsAFlippedByteInALandedFile(t *testing.T) {
	p := plan(t, given{})
	l := land(t, given{text: three + "A1,repair,2026-06-01\nA2,repair,never\n", landing: &p})
	if whole, problems, err := Verify(p.Folder); err != nil || whole != 1 || len(problems) > 0 {
		t.Fatalf("%d, %v, %v", whole, problems, err)
	}
	// A receipt of an older version may have had other fields: what it landed is whole all the same.
	receipt, err := os.ReadFile(p.receiptPath(l.Key))
	if err != nil {
		t.Fatal(err)
	}
	older := bytes.Replace(receipt, fmt.Appendf(nil, `"Key": %d`, l.Key), []byte(`"Key": "ba2de567"`), 1)
	if bytes.Equal(older, receipt) {
		t.Fatal("the receipt has no key")
	}
	if err := os.WriteFile(p.receiptPath(l.Key), older, 0o600); err != nil {
		t.Fatal(err)
	}
	if whole, problems, err := Verify(p.Folder); err != nil || whole != 1 || len(problems) > 0 {
		t.Errorf("an older receipt: %d, %v, %v", whole, problems, err)
	}
	content, err := os.ReadFile(l.Tables["tickets"])
	if err != nil {
		t.Fatal(err)
	}
	content[len(content)/2] ^= 1
	if err := os.WriteFile(l.Tables["tickets"], content, 0o600); err != nil {
		t.Fatal(err)
	}
	os.Remove(l.Rejects)
	_, problems, err := Verify(p.Folder)
	if err != nil || len(problems) != 2 {
		t.Fatalf("%v, %v", problems, err)
	}
	if !strings.Contains(problems[0].Message+problems[1].Message, "missing") || !strings.Contains(problems[0].Message+problems[1].Message, "no longer") {
		t.Errorf("%v", problems)
	}
}
