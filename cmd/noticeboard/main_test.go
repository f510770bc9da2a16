package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"noticeboard": main})
}

// TestScripts runs the command lines of fixtures/scripts as a person would type them.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "../../fixtures/scripts", RequireExplicitExec: true})
}
