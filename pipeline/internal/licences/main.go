// Command licences looks at the licence of every module that is linked into noticeboard, and fails where one isn't on the list.
//
// It is not legal advice: it knows a handful of permissive licences by their own words.
//
// Invariant: a module whose licence it can't name fails the check.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
)

// known lists the licences that may be linked in, each with words that only it has.
var known = []struct{ name, words string }{
	{"Apache-2.0", "Apache License Version 2.0"},
	{"MIT", "Permission is hereby granted, free of charge, to any person obtaining a copy"},
	{"ISC", "Permission to use, copy, modify, and/or distribute this software for any purpose"},
	{"BSD", "Redistribution and use in source and binary forms, with or without modification"},
	{"MPL-2.0", "Mozilla Public License Version 2.0"},
}

func main() {
	modules, err := linked()
	if err != nil {
		fmt.Fprintln(os.Stderr, "licences:", err)
		os.Exit(1)
	}
	bad := 0
	for _, m := range modules {
		name := licenceOf(m.dir)
		if name == "" {
			bad++
			fmt.Fprintf(os.Stderr, "licences: %s has no licence that is on the list\n  → read it, then add it to pipeline/internal/licences or use another library\n", m.path)
		}
	}
	if bad > 0 {
		os.Exit(1)
	}
	fmt.Printf("licences: %d modules, all on the list\n", len(modules))
}

type module struct{ path, dir string }

// linked lists the modules of all packages that the command imports.
func linked() ([]module, error) {
	out, err := exec.Command("go", "list", "-deps", "-tags", "duckdb_arrow", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Dir}}{{end}}{{end}}", "./cmd/...").Output()
	if err != nil {
		return nil, err
	}
	seen := map[string]string{}
	for _, line := range strings.Fields(strings.ReplaceAll(string(out), "\t", "|")) {
		path, dir, _ := strings.Cut(line, "|")
		seen[path] = dir
	}
	var list []module
	for path, dir := range seen {
		list = append(list, module{path, dir})
	}
	sort.Slice(list, func(i, j int) bool { return list[i].path < list[j].path })
	return list, nil
}

// licenceOf names the licence of a module by the files at its root; empty when none is known.
func licenceOf(dir string) string {
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	for _, f := range files {
		base := strings.ToUpper(filepath.Base(f))
		if !strings.HasPrefix(base, "LICEN") && !strings.HasPrefix(base, "COPYING") {
			continue
		}
		content, err := os.ReadFile(f)
		if err != nil {
			continue
		}
		text := strings.Join(strings.Fields(string(content)), " ")
		for _, k := range known {
			if strings.Contains(text, k.words) {
				return k.name
			}
		}
	}
	return ""
}
