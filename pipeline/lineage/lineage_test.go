package lineage

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"noticeboard/pipeline/model"
)

// chain is exports → stg.a → int.b → mart.c → rpt.d → a report, and stg.z beside it that nothing reads but a notice's relation.
func chain(t *testing.T) *Graph {
	t.Helper()
	file := func(from string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("-- What: x\n-- Grain: x\n-- Key: x\nselect x from " + from)}
	}
	catalog, problems := model.Load(context.Background(), fstest.MapFS{
		"stg/a.sql": file("raw.tickets"), "int/b.sql": file("stg.a"), "mart/c.sql": file("int.b join ref.zones using (x) join ref.published_figures using (x)"),
		"rpt/d.sql": file("mart.c"), "stg/z.sql": file("raw.works"), "mart/y.sql": file("stg.z"),
	})
	for _, p := range problems {
		t.Fatal(p)
	}
	return Of(catalog, []Report{{"R3", []string{"rpt.d"}}})
}

func TestEveryNodeStandsAfterWhatItIsMadeOf(t *testing.T) {
	g := chain(t)
	for i, n := range g.nodes {
		for _, input := range g.inputs[n] {
			if at := slices.Index(g.nodes, input); at < 0 || at > i {
				t.Errorf("%s is made of %s, which stands at %d", n, input, at)
			}
		}
	}
}

func TestAroundKeepsWhatARelationComesFromAndGoesInto(t *testing.T) {
	var b strings.Builder
	if err := chain(t).Around("int.b").Write(&b, "text"); err != nil {
		t.Fatal(err)
	}
	want := "exports of tickets\nraw.tickets <- exports of tickets\nstg.a <- raw.tickets\nint.b <- stg.a\nmart.c <- int.b\nrpt.d <- mart.c\nreport R3 <- rpt.d\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func TestReferenceFilesAndTheArchiveAreSources(t *testing.T) {
	g := chain(t)
	for node, from := range map[string]string{"ref.zones": "configuration and reference files", "ref.published_figures": "archive of what was published"} {
		if !slices.Equal(g.inputs[node], []string{from}) {
			t.Errorf("%s comes from %v", node, g.inputs[node])
		}
	}
}

func TestDotAndMermaidHoldEveryEdge(t *testing.T) {
	g, edges := chain(t), 0
	for _, inputs := range g.inputs {
		edges += len(inputs)
	}
	for format, arrow := range map[string]string{"dot": " -> ", "mermaid": " --> "} {
		var b strings.Builder
		if err := g.Write(&b, format); err != nil {
			t.Fatal(err)
		}
		if got := strings.Count(b.String(), arrow); got != edges || edges < 10 {
			t.Errorf("%s has %d of %d edges:\n%s", format, got, edges, b.String())
		}
	}
}

func TestEveryRelationOfTheProgramIsConnectedToAnExportOrAReferenceFile(t *testing.T) {
	catalog, problems := model.Load(context.Background(), os.DirFS("../../queries"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	g := Of(catalog, nil)
	for _, n := range g.nodes {
		if strings.HasPrefix(n, "cohort.") && !slices.ContainsFunc(g.Around(n).nodes, func(m string) bool { return strings.HasPrefix(m, "exports of ") }) {
			t.Errorf("%s comes from no export", n)
		}
	}
}
