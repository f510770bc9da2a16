// Package need lets a test say what it can't run without: a tool, or a file that isn't committed.
//
// It installs nothing and is imported by tests only.
//
// Invariant: a test that lacks something says what and how to get it; it is skipped where a developer may lack it, and fails where NOTICEBOARD_ALL=1 promises that nothing is lacking.
package need

import (
	"fmt"
	"os"
	"os/exec"
	"testing"
)

// Tool gives the path of a program, or ends the test.
func Tool(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		lacking(t, name+" is not installed")
	}
	return path
}

// File gives back a path that exists, or ends the test with how to make the file.
func File(t testing.TB, path, how string) string {
	t.Helper()
	if _, err := os.Stat(path); err != nil {
		lacking(t, fmt.Sprintf("%s is not there; %s makes it", path, how))
	}
	return path
}

func lacking(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("NOTICEBOARD_ALL") == "1" {
		t.Fatal(what + ", and under NOTICEBOARD_ALL=1 no test may be skipped")
	}
	t.Skip("skipped: " + what)
}
