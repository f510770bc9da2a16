// Package lineage draws where figures come from and where they go: exports and reference files, relations, reports.
//
// It runs no query; it reads what the queries and templates name.
//
// Invariant: an edge is there if, and only if, a query or template names its source.
package lineage

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"noticeboard/pipeline/model"
	"noticeboard/pipeline/record"
)

// Report is a report with the relations that its template reads.
type Report struct {
	ID        string
	Relations []string
}

// Graph holds what each node is made of. Nodes stand after all that they are made of.
type Graph struct {
	nodes  []string
	inputs map[string][]string
}

// Of draws the graph of a plan.
func Of(catalog model.Catalog, reports []Report) *Graph {
	g := &Graph{inputs: map[string][]string{}}
	for _, q := range catalog.Queries {
		inputs := slices.Clone(catalog.Inputs(q))
		for _, i := range inputs {
			g.source(i)
		}
		g.add(q.Relation(), inputs)
	}
	for _, r := range reports {
		g.add("report "+r.ID, r.Relations)
	}
	return g
}

func (g *Graph) add(node string, inputs []string) {
	if g.inputs[node] == nil {
		g.nodes = append(g.nodes, node)
	}
	for _, i := range inputs {
		if !slices.Contains(g.inputs[node], i) {
			g.inputs[node] = append(g.inputs[node], i)
		}
	}
}

// source puts what no query makes, and what that comes from, before the first that reads it.
func (g *Graph) source(relation string) {
	if _, there := g.inputs[relation]; there {
		return
	}
	schema, table, _ := strings.Cut(relation, ".")
	from := "configuration and reference files"
	_, isKind := record.Find(table)
	switch {
	case schema != "raw" && schema != "ref":
		return
	case strings.HasPrefix(table, "published_"):
		from = "archive of what was published"
	case schema == "raw" && isKind:
		from = "exports of " + table
	case schema == "raw":
		from = "landing"
	}
	if _, there := g.inputs[from]; !there {
		g.nodes, g.inputs[from] = append(g.nodes, from), []string{}
	}
	g.add(relation, []string{from})
}

// Has tells whether there is such a node.
func (g *Graph) Has(node string) bool { return slices.Contains(g.nodes, node) }

// Nodes lists them all.
func (g *Graph) Nodes() []string { return slices.Clone(g.nodes) }

// Around keeps a node, all that it comes from and all that it goes into.
func (g *Graph) Around(node string) *Graph {
	kept := map[string]bool{node: true}
	for _, n := range slices.Backward(g.nodes) { // what comes from what is kept: backwards, so that each is seen after those it goes into
		if kept[n] {
			for _, i := range g.inputs[n] {
				kept[i] = true
			}
		}
	}
	into := map[string]bool{node: true}
	for _, n := range g.nodes {
		if slices.ContainsFunc(g.inputs[n], func(i string) bool { return into[i] }) {
			into[n] = true
		}
	}
	around := &Graph{inputs: map[string][]string{}}
	for _, n := range g.nodes {
		if !kept[n] && !into[n] {
			continue
		}
		around.nodes = append(around.nodes, n)
		around.inputs[n] = []string{}
		for _, i := range g.inputs[n] {
			if kept[n] || into[i] {
				around.inputs[n] = append(around.inputs[n], i)
			}
		}
	}
	return around
}

// Formats lists the ways in which a graph can be written.
var Formats = []string{"text", "dot", "mermaid"}

// Write writes the graph as text (a line a node, with what it is made of), for Graphviz, or for Mermaid.
func (g *Graph) Write(out io.Writer, format string) error {
	switch format {
	case "dot":
		return g.edges(out, "digraph noticeboard {\n  rankdir=LR;\n  node [shape=box];\n", "  %q -> %q;\n", "}\n")
	case "mermaid":
		return g.mermaid(out)
	default:
		return g.text(out)
	}
}

func (g *Graph) text(out io.Writer) error {
	for _, n := range g.nodes {
		line := n
		if len(g.inputs[n]) > 0 {
			line += " <- " + strings.Join(g.inputs[n], ", ")
		}
		if _, err := fmt.Fprintln(out, line); err != nil {
			return err
		}
	}
	return nil
}

func (g *Graph) edges(out io.Writer, head, edge, foot string) error {
	var b strings.Builder
	b.WriteString(head)
	for _, n := range g.nodes {
		for _, i := range g.inputs[n] {
			fmt.Fprintf(&b, edge, i, n)
		}
	}
	b.WriteString(foot)
	_, err := io.WriteString(out, b.String())
	return err
}

// mermaid numbers the nodes, since its own names can't hold dots and blanks.
func (g *Graph) mermaid(out io.Writer) error {
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	number := map[string]int{}
	for i, n := range g.nodes {
		number[n] = i
		fmt.Fprintf(&b, "  n%d[%q]\n", i, n)
	}
	for _, n := range g.nodes {
		for _, i := range g.inputs[n] {
			fmt.Fprintf(&b, "  n%d --> n%d\n", number[i], number[n])
		}
	}
	_, err := io.WriteString(out, b.String())
	return err
}
