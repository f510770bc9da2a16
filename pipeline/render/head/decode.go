package head

import (
	"bytes"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v3"

	"noticeboard/pipeline/fault"
)

// Source is a template's YAML as it was written, to find the line of what is wrong.
type Source struct {
	File string
	root yaml.Node
}

// Decode reads a template strictly into a struct: a field that it doesn't know is a problem with a line.
func Decode(file string, content []byte, into any) (*Source, []fault.Problem) {
	s := &Source{File: file}
	decoder := yaml.NewDecoder(bytes.NewReader(content))
	decoder.KnownFields(true)
	if err := decoder.Decode(into); err != nil {
		return s, syntax(file, err)
	}
	if err := yaml.Unmarshal(content, &s.root); err != nil {
		return s, syntax(file, err)
	}
	return s, nil
}

var yamlLine = regexp.MustCompile(`^(?:yaml: )?line (\d+): (.*)$`)

func syntax(file string, err error) []fault.Problem {
	lines := []string{err.Error()}
	var mistyped *yaml.TypeError
	if errors.As(err, &mistyped) {
		lines = mistyped.Errors
	}
	problems := make([]fault.Problem, len(lines))
	for i, l := range lines {
		problems[i] = fault.Problem{File: file, Message: l}
		if m := yamlLine.FindStringSubmatch(l); m != nil {
			problems[i].Line, _ = strconv.Atoi(m[1])
			problems[i].Message = m[2]
		}
	}
	return problems
}

// Line gives the line of a value by its path: Line("sheets", 2, "title"). Where the path ends early, the last line found counts.
func (s *Source) Line(path ...any) int {
	node := &s.root
	if node.Kind == yaml.DocumentNode && len(node.Content) > 0 {
		node = node.Content[0]
	}
	line := node.Line
	for _, step := range path {
		next := child(node, step)
		if next == nil {
			break
		}
		node, line = next, next.Line
	}
	return line
}

// relationForm is how a template names a relation.
var relationForm = regexp.MustCompile(`^(rpt|public)\.[a-z][a-z0-9_]*$`)

// Relations lists the relations that the template names anywhere, by name.
func (s *Source) Relations() []string {
	found := map[string]bool{}
	var visit func(*yaml.Node)
	visit = func(node *yaml.Node) {
		if node.Kind == yaml.ScalarNode && relationForm.MatchString(node.Value) {
			found[node.Value] = true
		}
		for _, inner := range node.Content {
			visit(inner)
		}
	}
	visit(&s.root)
	return slices.Sorted(maps.Keys(found))
}

func child(node *yaml.Node, step any) *yaml.Node {
	switch s := step.(type) {
	case int:
		if node.Kind == yaml.SequenceNode && s < len(node.Content) {
			return node.Content[s]
		}
	case string:
		for i := 0; node.Kind == yaml.MappingNode && i+1 < len(node.Content); i += 2 {
			if node.Content[i].Value == s {
				return node.Content[i+1]
			}
		}
	}
	return nil
}
