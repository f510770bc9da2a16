package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"noticeboard": main})
}

// TestScripts runs the command lines of fixtures/scripts as a person would type them.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "../../fixtures/scripts", RequireExplicitExec: true, Setup: withReadme, Condition: isPublic})
}

var shellBlock = regexp.MustCompile("(?s)```sh\n(.*?)```")

// withReadme lays what the README has a person type, word by word, into readme.sh, and the program where it says it is.
func withReadme(env *testscript.Env) error {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		return err
	}
	var script []byte
	for _, block := range shellBlock.FindAllSubmatch(text, -1) {
		script = append(script, block[1]...)
	}
	if err := os.Mkdir(filepath.Join(env.WorkDir, "bin"), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(env.WorkDir, "bin", "noticeboard"), []byte("#!/bin/sh\nexec noticeboard \"$@\"\n"), 0o755); err != nil {
		return err
	}
	env.Setenv("PUBLIC", publicData())
	return os.WriteFile(filepath.Join(env.WorkDir, "readme.sh"), script, 0o644)
}
