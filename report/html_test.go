package report_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/audit"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/report"
)

// htmlOptions are those of the sample.
func htmlOptions(root string) report.Options {
	return report.Options{Root: root, Again: func(f *finding.Finding) string { return "fencelint -rules=" + f.Rule + " ./..." }}
}

// wholeCoverage is that of a run over a whole program, with its graph.
func wholeCoverage() report.Coverage {
	c := sampleCoverage()
	c.Stats = analyzer.Stats{
		Packages: 3, Functions: 9, Reached: 5, Roots: []audit.Root{
			{Kind: "owes JobFence", Name: "(*drv.Queue).run"}, {Kind: "runs reclaim", Name: "(*drv.buffers).Scan"},
		},
		Unresolved: []analyzer.Unresolved{{Kind: "func value", Calls: 4}},
	}
	const fence, mu = "example.org/m/drv.JobFence", "example.org/m/drv.Queue.mu"
	edge := func(from, to string, how finding.Provenance) graph.Export {
		return graph.Export{
			Edge:    finding.Edge{From: from, To: to, Provenance: how},
			Witness: []finding.Step{{Func: "f", Text: "f <- from " + from}},
		}
	}
	c.Edges = func() []graph.Export {
		return []graph.Export{
			edge(fence, mu, finding.Seen), edge(fence, "reclaim", finding.Seen), edge(mu, mu, finding.Seen),
			edge("reclaim", fence, finding.Seen), edge("notifier", fence, finding.ByContract),
		}
	}
	return c
}

var assets = regexp.MustCompile(`(?s)<style>.*</style>|<script>.*</script>|sha256-[^&]*`)

func TestHTML(t *testing.T) {
	root := sampleRoot(t)
	got := write(t, "html", htmlOptions(root), wholeCoverage(), sample(root)...)
	if strings.Contains(got, root) {
		t.Error("the page names the directory of the module")
	}
	for _, outside := range []string{"src=", "@import", "url(http", `href="http`} {
		if strings.Contains(got, outside) {
			t.Errorf("the page needs another file: it has %s", outside)
		}
	}
	golden(t, "sample.html", assets.ReplaceAllString(got, "..."))
}

func TestHTMLOfNothing(t *testing.T) {
	got := write(t, "html", report.Options{}, report.Coverage{Modular: true})
	if !strings.Contains(got, "Nothing was found.") || strings.Contains(got, "<svg class=\"wide") {
		t.Errorf("a clean run is written as\n%s", got)
	}
}

// A graph that is too large for a picture is not drawn, nor are the cycles of too many
// findings.
func TestHTMLOfLargeGraph(t *testing.T) {
	edges := make([]graph.Export, 500)
	for i := range edges {
		edges[i].Edge = finding.Edge{From: strings.Repeat("a", i+1), To: "b", Provenance: finding.Seen}
	}
	c := report.Coverage{Edges: func() []graph.Export { return edges }}
	f := finding.Finding{Rule: "lock-order"}
	for _, e := range edges {
		f.Edges = append(f.Edges, e.Edge)
	}
	got := write(t, "html", report.Options{}, c, f)
	if !strings.Contains(got, "500 edges are in the cycles of the findings, too many") {
		t.Error("the cycles of 500 edges are drawn")
	}
	if !strings.Contains(got, "500 edges are seen, too many for a picture") || strings.Contains(got, "aaaa") {
		t.Error("a picture of 500 edges is drawn")
	}
}
