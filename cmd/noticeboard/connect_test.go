package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// publicData is where public exports are kept, beside the repository; they are not copied into it.
func publicData() string {
	data, err := filepath.Abs("../../../shared/data")
	if err != nil {
		panic(err) // there is no current folder
	}
	return data
}

// isPublic is the condition that the public exports are there. Where nothing may lack it holds, and the script fails instead.
func isPublic(name string) (bool, error) {
	if name != "public" {
		return false, fmt.Errorf("there is no condition %q", name)
	}
	_, err := os.Stat(publicData())
	return err == nil || os.Getenv("NOTICEBOARD_ALL") == "1", nil
}

// What the README tells an office to type is what the script types.
func TestTheReadmeIsFollowedWordByWord(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	script, err := os.ReadFile("../../fixtures/scripts/connect_your_exports.txtar")
	if err != nil {
		t.Fatal(err)
	}
	_, chapter, _ := strings.Cut(string(readme), "\n## Connect your exports\n")
	chapter, _, _ = strings.Cut(chapter, "\n## ")
	var told, typed []string
	for _, line := range strings.Split(chapter, "\n") {
		if command, is := strings.CutPrefix(line, "    "); is {
			told = append(told, command)
		}
	}
	for _, line := range strings.Split(string(script), "\n") {
		if command, is := strings.CutPrefix(line, "exec sh -c '"); is {
			typed = append(typed, strings.TrimSuffix(command, "'"))
		}
	}
	if len(told) == 0 || !slices.Equal(told, typed) {
		t.Errorf("the README says\n  %s\nthe script types\n  %s", strings.Join(told, "\n  "), strings.Join(typed, "\n  "))
	}
}
