package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"noticeboard/pipeline/fault"
)

// Load reads a configuration file. A file that isn't there is no problem: the configuration is then Default. With problems, the Config
// that comes back is not for use.
func Load(path string) (Config, []fault.Problem) {
	c := Default()
	r := &reader{file: filepath.Base(path), lines: map[string]int{}}
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return c, nil
	}
	if err != nil {
		return c, []fault.Problem{{File: r.file, Message: "can't be read: " + plain(err), Hint: "it must be a file that the user of noticeboard may read"}}
	}
	root, problem := parse(r.file, content)
	if problem != nil {
		return c, []fault.Problem{*problem}
	}
	if root == nil {
		return c, nil
	}
	if problem := otherVersion(r.file, root); problem != nil {
		return c, []fault.Problem{*problem}
	}
	r.fill("", root, &c)
	c.complete()
	c.file, c.lines = r.file, r.lines
	return c, inOrder(append(r.problems, c.check()...))
}

func plain(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err.Error()
	}
	return err.Error()
}

var yamlLine = regexp.MustCompile(`^yaml: line (\d+): `)

// parse gives the root of the one document, nil for an empty file.
func parse(file string, content []byte) (*yaml.Node, *fault.Problem) {
	decoder := yaml.NewDecoder(strings.NewReader(string(content)))
	var document, second yaml.Node
	err := decoder.Decode(&document)
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	if err != nil {
		return nil, unreadable(file, err)
	}
	if err := decoder.Decode(&second); !errors.Is(err, io.EOF) {
		return nil, &fault.Problem{File: file, Line: second.Line, Message: "a second document begins here", Hint: "remove the line ---; a configuration is one document"}
	}
	root := document.Content[0]
	if root.Kind == yaml.ScalarNode && root.Tag == "!!null" {
		return nil, nil
	}
	return root, nil
}

func unreadable(file string, err error) *fault.Problem {
	p := &fault.Problem{File: file, Message: strings.TrimPrefix(err.Error(), "yaml: ") + ", so this isn't YAML",
		Hint: "indent with spaces, not tabs; put a space after each colon; quote texts that begin with a sign or contain \": \""}
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		p.Line, _ = strconv.Atoi(m[1])
		p.Message = strings.TrimPrefix(err.Error(), m[0]) + ", so this isn't YAML"
	}
	return p
}

// otherVersion stops the reading of a configuration that was written for another release: its other lines would only be judged by the wrong rules.
func otherVersion(file string, root *yaml.Node) *fault.Problem {
	for i := 0; root.Kind == yaml.MappingNode && i+1 < len(root.Content); i += 2 {
		if value := root.Content[i+1]; root.Content[i].Value == "version" && value.Value != "1" {
			return &fault.Problem{File: file, Line: value.Line, Message: fmt.Sprintf("version %q is not known to this release of noticeboard, which reads version 1", value.Value),
				Hint: "run the release that this file was written for, or write version: 1 and run noticeboard check, which lists every line that version 1 doesn't have"}
		}
	}
	return nil
}

// complete gives each source the name and the folder that it leaves out.
func (c *Config) complete() {
	for i := range c.Sources {
		if c.Sources[i].Name == "" {
			c.Sources[i].Name = c.Sources[i].Kind
		}
		if c.Sources[i].Path == "" {
			c.Sources[i].Path = "inbox/" + c.Sources[i].Kind
		}
	}
	for metric, weight := range c.Metrics.ZoneWeights {
		if weight == 0 {
			delete(c.Metrics.ZoneWeights, metric)
		}
	}
}
