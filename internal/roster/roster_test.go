package roster_test

import (
	"slices"
	"testing"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/load"
	"github.com/fencelint/fencelint/docs/rules"
	"github.com/fencelint/fencelint/internal/roster"
)

var today = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

// TestRules holds the rules of the passes against the list of all rules and their
// pages: a pass cannot look for a rule that nobody can look up.
func TestRules(t *testing.T) {
	for _, rule := range roster.Rules() {
		if !slices.Contains(finding.Rules(), rule) {
			t.Errorf("%s is not among all rules", rule)
		}
		if _, ok := rules.Page(rule); !ok {
			t.Errorf("%s has no page", rule)
		}
	}
	if ran := slices.Sorted(slices.Values(roster.Rules())); len(ran) != len(slices.Compact(ran)) {
		t.Error("two passes look for one rule")
	}
}

// TestNarrowed asks for one rule: others must not be in the answer, and ignore
// directives of theirs are not called unused.
func TestNarrowed(t *testing.T) {
	program, err := load.Load(t.Context(), load.Options{Dir: "../.."}, "./testdata/domain/ignored")
	if err != nil {
		t.Fatal(err)
	}
	result := analyzer.Whole(program.Named, analyzer.Options{})
	for _, want := range [][]string{{"alloc-in-signalling"}, {"unused-ignore"}, {"sleep-in-atomic", "unused-ignore"}} {
		for _, f := range roster.Findings(result, want, today) {
			if !slices.Contains(want, f.Rule) {
				t.Errorf("asked for %q, got %s", want, f.Rule)
			}
		}
	}
}

func TestAnalyzersAreValid(t *testing.T) {
	if err := analysis.Validate(roster.Analyzers()); err != nil {
		t.Error(err)
	}
}
