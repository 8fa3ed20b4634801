package recompute_test

import (
	"slices"
	"testing"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/judge/recompute"
	"github.com/fencelint/fencelint/analyzer/load"
)

// The findings on every corpus and on the sample driver follow from the graph that is
// exported for them, and no cycle in it goes without a finding.
func TestPrograms(t *testing.T) {
	for _, pattern := range []string{"./testdata/domain/...", "./testdata/lang/...", "./sampledriver/..."} {
		t.Run(pattern, func(t *testing.T) {
			loaded, err := load.Load(t.Context(), load.Options{Dir: "../../.."}, pattern)
			if err != nil {
				t.Fatal(err)
			}
			r := analyzer.Whole(loaded.Named, analyzer.Options{})
			edges := r.Edges()
			if len(edges) == 0 {
				t.Fatal("the graph has no edges")
			}
			t.Logf("%d findings, %d edges", len(r.Occurrences()), len(edges))
			for _, wrong := range recompute.Check(r.Occurrences(), edges, owed(edges)) {
				t.Error(wrong)
			}
		})
	}
}

// owed knows the classes that are owed: reclaim, notifiers, and the fences, which by
// contract both may wait for.
func owed(edges []graph.Export) func(string) bool {
	classes := []string{"reclaim", "notifier"}
	for _, e := range edges {
		decreed := e.Provenance == finding.ByContract
		if decreed && (e.From == "reclaim" || e.From == "notifier") && !slices.Contains(classes, e.To) {
			classes = append(classes, e.To)
		}
	}
	return func(class string) bool { return slices.Contains(classes, class) }
}
