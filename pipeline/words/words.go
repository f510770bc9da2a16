// Package words holds what reports say, in three languages: sentences, heads, names of metrics and codes.
//
// It formats no numbers and knows no report; a word is a key, a text, and the places in it that a value fills.
//
// Invariant: every language has the same keys, and a key that is asked for and missing is remembered, so that no report is published with a hole in it.
package words

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"sort"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/layer"
)

// Languages lists the languages that reports come in; the first is the default.
var Languages = []string{"zh-Hant", "zh-Hans", "en"}

// Book is the words of one language. Once loaded, it may be asked by several goroutines.
type Book struct {
	Language string
	texts    map[string]string
	places   map[string]place
	asked    sync.Mutex // documents are made side by side
	missing  map[string]bool
	used     map[string]bool
}

type place struct {
	file string
	line int
}

// Load reads text/<language>/*.yaml: maps of maps, whose keys are joined by dots. All problems come back at once.
func Load(fsys fs.FS, language string) (*Book, []fault.Problem) {
	b := &Book{Language: language, texts: map[string]string{}, places: map[string]place{}, missing: map[string]bool{}, used: map[string]bool{}}
	files, err := layer.Glob(fsys, path.Join("text", language), ".yaml")
	if err != nil {
		return b, []fault.Problem{{File: "templates/text/" + language, Message: err.Error()}}
	}
	var problems []fault.Problem
	for _, name := range files {
		problems = append(problems, b.read(fsys, name)...)
	}
	return b, problems
}

func (b *Book) read(fsys fs.FS, name string) []fault.Problem {
	shown := "templates/" + name
	content, err := fs.ReadFile(fsys, name)
	if err != nil {
		return []fault.Problem{{File: shown, Message: err.Error()}}
	}
	var root yaml.Node
	if err := yaml.Unmarshal(content, &root); err != nil {
		return []fault.Problem{{File: shown, Message: err.Error(), Hint: "quote texts that contain a colon, a brace or a leading sign"}}
	}
	if len(root.Content) == 0 {
		return nil
	}
	return b.flatten(shown, "", root.Content[0])
}

func (b *Book) flatten(file, prefix string, node *yaml.Node) []fault.Problem {
	if node.Kind != yaml.MappingNode {
		return []fault.Problem{{File: file, Line: node.Line, Message: "words are a map of keys to texts"}}
	}
	var problems []fault.Problem
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := prefix+node.Content[i].Value, node.Content[i+1]
		switch value.Kind {
		case yaml.MappingNode:
			problems = append(problems, b.flatten(file, key+".", value)...)
		case yaml.ScalarNode:
			if before, twice := b.places[key]; twice {
				problems = append(problems, fault.Problem{File: file, Line: value.Line,
					Message: fmt.Sprintf("%q is given twice", key),
					Hint:    fmt.Sprintf("the other is %s:%d; keep one", before.file, before.line)})
				continue
			}
			b.texts[key], b.places[key] = value.Value, place{file, value.Line}
		default:
			problems = append(problems, fault.Problem{File: file, Line: value.Line, Message: fmt.Sprintf("%q is neither a text nor a map", key)})
		}
	}
	return problems
}

// Has tells whether the key has a text. It counts as a use.
func (b *Book) Has(key string) bool {
	b.asked.Lock()
	defer b.asked.Unlock()
	_, there := b.texts[key]
	if there {
		b.used[key] = true
	}
	return there
}

var slot = regexp.MustCompile(`\{([a-z0-9_.]+)\}`)

// Text gives the text of a key with its slots filled: Text("summary.better", "metric", name, "from", a) fills {metric} and {from}.
// A missing key, or a slot without a value, is remembered (Missing) and printed as itself.
func (b *Book) Text(key string, pairs ...string) string {
	b.asked.Lock()
	defer b.asked.Unlock()
	text, there := b.texts[key]
	if !there {
		b.missing[key] = true
		return "⟦" + key + "⟧"
	}
	b.used[key] = true
	if !strings.Contains(text, "{") {
		return text
	}
	return slot.ReplaceAllStringFunc(text, func(s string) string {
		name := s[1 : len(s)-1]
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		b.missing[key+" {"+name+"}"] = true
		return "⟦" + name + "⟧"
	})
}

// Slots lists the slots of a key's text, in order, or nil.
func (b *Book) Slots(key string) []string {
	var names []string
	for _, m := range slot.FindAllStringSubmatch(b.texts[key], -1) {
		names = append(names, m[1])
	}
	return names
}

// Keys lists all keys, sorted.
func (b *Book) Keys() []string { return sorted(b.texts) }

// Texts lists all texts, in the order of their keys.
func (b *Book) Texts() []string {
	list := make([]string, 0, len(b.texts))
	for _, key := range b.Keys() {
		list = append(list, b.texts[key])
	}
	return list
}

// Missing lists the keys and slots that were asked for and not there, sorted.
func (b *Book) Missing() []string { return sorted(b.missing) }

// Unused lists the keys that nobody asked for, sorted.
func (b *Book) Unused() []string {
	unused := map[string]bool{}
	for k := range b.texts {
		if !b.used[k] {
			unused[k] = true
		}
	}
	return sorted(unused)
}

// Place tells where a key stands: file and line.
func (b *Book) Place(key string) (file string, line int) {
	return b.places[key].file, b.places[key].line
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
