package ooxml

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
)

// node is one element.
type node struct {
	name     string
	attrs    []xml.Attr
	children []*node
	text     string
}

func parse(content []byte) (*node, error) {
	decoder := xml.NewDecoder(bytes.NewReader(content))
	root := &node{}
	open := []*node{root}
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		last := open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			next := &node{name: t.Name.Local, attrs: t.Copy().Attr}
			if err := twice(next); err != nil {
				return nil, err
			}
			last.children = append(last.children, next)
			open = append(open, next)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			last.text += string(t)
		}
	}
	if len(root.children) != 1 {
		return nil, fmt.Errorf("a part has one root, this one has %d", len(root.children))
	}
	return root.children[0], nil
}

// twice finds an attribute that an element has two times; the reader of the standard library lets it pass.
func twice(n *node) error {
	seen := map[xml.Name]bool{}
	for _, a := range n.attrs {
		if seen[a.Name] {
			return fmt.Errorf("<%s> has the attribute %s twice", n.name, a.Name.Local)
		}
		seen[a.Name] = true
	}
	return nil
}

func (n *node) attr(name string) string {
	for _, a := range n.attrs {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// all lists the children of a name.
func (n *node) all(name string) []*node {
	var list []*node
	for _, c := range n.children {
		if c.name == name {
			list = append(list, c)
		}
	}
	return list
}

// one gives the first child of a name, an empty one where there is none.
func (n *node) one(name string) *node {
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return &node{}
}

func (n *node) walk(do func(*node)) {
	do(n)
	for _, c := range n.children {
		c.walk(do)
	}
}
