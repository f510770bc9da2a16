package config

import (
	"fmt"
	"math"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"noticeboard/pipeline/fault"
)

// reader fills a Go value from a YAML tree, strictly, and remembers the line of every dotted path. Items of a list count from 1: sources[2].kind.
type reader struct {
	file     string
	lines    map[string]int
	problems []fault.Problem
}

func (r *reader) say(node *yaml.Node, hint, format string, args ...any) {
	r.problems = append(r.problems, fault.Problem{File: r.file, Line: node.Line, Message: fmt.Sprintf(format, args...), Hint: hint})
}

func (r *reader) fill(path string, node *yaml.Node, into any) {
	r.value(path, node, reflect.ValueOf(into).Elem())
}

func (r *reader) value(path string, node *yaml.Node, into reflect.Value) {
	if node.Kind == yaml.AliasNode {
		r.say(node, "write the value out here", "%s refers to another place of the file", shown(path))
		return
	}
	// A key whose lines below are all commented out is as if it weren't there.
	if node.Kind == yaml.ScalarNode && node.Tag == "!!null" {
		return
	}
	r.lines[path] = node.Line
	switch into.Kind() {
	case reflect.Struct:
		r.structure(path, node, into)
	case reflect.Map:
		r.mapping(path, node, into)
	case reflect.Slice:
		r.list(path, node, into)
	default:
		r.scalar(path, node, into)
	}
}

func (r *reader) structure(path string, node *yaml.Node, into reflect.Value) {
	fields := map[string]int{}
	for i := range into.NumField() {
		if tag := into.Type().Field(i).Tag.Get("yaml"); tag != "" {
			fields[tag] = i
		}
	}
	r.pairs(path, node, func(key *yaml.Node, below string, value *yaml.Node) {
		i, known := fields[key.Value]
		if !known {
			r.say(key, fault.Meant(key.Value, sorted(fields)), "%s is no setting", below)
			return
		}
		r.value(below, value, into.Field(i))
	})
}

// mapping adds to the defaults: an entry that the file doesn't name stays.
func (r *reader) mapping(path string, node *yaml.Node, into reflect.Value) {
	if into.IsNil() {
		into.Set(reflect.MakeMap(into.Type()))
	}
	r.pairs(path, node, func(key *yaml.Node, below string, value *yaml.Node) {
		element := reflect.New(into.Type().Elem()).Elem()
		r.value(below, value, element)
		into.SetMapIndex(reflect.ValueOf(key.Value), element)
	})
}

// pairs walks a map, each key once.
func (r *reader) pairs(path string, node *yaml.Node, each func(key *yaml.Node, below string, value *yaml.Node)) {
	if node.Kind != yaml.MappingNode {
		r.say(node, "write its settings below it, each on a line of its own: name: value", "%s must be a group of settings", shown(path))
		return
	}
	seen := map[string]int{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		below := strings.TrimPrefix(path+"."+key.Value, ".")
		if line, twice := seen[key.Value]; twice {
			hint := fmt.Sprintf("keep this one or that of line %d", line)
			if value.Kind == yaml.SequenceNode {
				hint = fmt.Sprintf("take this line out and put its entries below those of line %d", line)
			}
			r.say(key, hint, "%s is set twice", below)
			continue
		}
		seen[key.Value] = key.Line
		each(key, below, value)
	}
}

// list replaces the default: a list that is named is the whole list.
func (r *reader) list(path string, node *yaml.Node, into reflect.Value) {
	if node.Kind != yaml.SequenceNode {
		r.say(node, "write [a, b], or one item a line, each after a dash", "%s must be a list", shown(path))
		return
	}
	items := reflect.MakeSlice(into.Type(), len(node.Content), len(node.Content))
	for i, item := range node.Content {
		r.value(fmt.Sprintf("%s[%d]", path, i+1), item, items.Index(i))
	}
	into.Set(items)
}

func (r *reader) scalar(path string, node *yaml.Node, into reflect.Value) {
	if node.Kind != yaml.ScalarNode {
		r.say(node, "write one value after the colon", "%s must be a single value", shown(path))
		return
	}
	read, want := reading(into)
	if err := read(node.Value, into); err != nil {
		r.say(node, "", "%s: %q is not %s", path, node.Value, want)
	}
}

// reading tells how a value of that type is read, and what it must look like. A value that can't be read leaves the default as it was.
func reading(into reflect.Value) (read func(string, reflect.Value) error, want string) {
	switch into.Interface().(type) {
	case string:
		return func(s string, v reflect.Value) error { v.SetString(strings.TrimSpace(s)); return nil }, "a text"
	case bool:
		return readBool, "true or false"
	case time.Duration:
		return readDuration, "a duration such as 48h, 30m or 5s"
	case float64:
		return readNumber, "a number such as 0.05"
	default:
		return readWhole, "a whole number"
	}
}

func readBool(s string, v reflect.Value) error {
	if s != "true" && s != "false" {
		return strconv.ErrSyntax
	}
	v.SetBool(s == "true")
	return nil
}

func readDuration(s string, v reflect.Value) error {
	d, err := time.ParseDuration(s)
	if err == nil {
		v.SetInt(int64(d))
	}
	return err
}

func readNumber(s string, v reflect.Value) error {
	f, err := strconv.ParseFloat(s, 64)
	if err == nil && (math.IsNaN(f) || math.IsInf(f, 0)) {
		err = strconv.ErrRange
	}
	if err == nil {
		v.SetFloat(f)
	}
	return err
}

func readWhole(s string, v reflect.Value) error {
	n, err := strconv.ParseInt(s, 10, 64)
	if err == nil {
		v.SetInt(n)
	}
	return err
}

func shown(path string) string {
	if path == "" {
		return "the configuration"
	}
	return path
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
