package judge_test

import (
	"slices"
	"testing"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/analyzer/judge/recompute"
)

func owed(class string) bool {
	return slices.Contains([]string{"reclaim", "notifier", "any fence", "d.Job", "o.Render"}, class)
}

// examine judges a program and returns what was found and the graph.
func examine(build func(*program)) ([]judge.Occurrence, []graph.Export) {
	p := newProgram()
	build(p)
	built := p.built()
	g := built.Graph()
	return judge.Judge(built, g), g.Export()
}

// Every finding follows from the exported edges, and every cycle in them is found.
func TestRecompute(t *testing.T) {
	for _, test := range slices.Concat(programs, loopPrograms) {
		t.Run(test.name, func(t *testing.T) {
			found, edges := examine(test.build)
			for _, wrong := range recompute.Check(found, edges, owed) {
				t.Error(wrong)
			}
		})
	}
}

// The check itself notices a finding without its edge, a wrong verdict, and a cycle
// that nobody found.
func TestRecomputeNotices(t *testing.T) {
	build := programs[1].build // an allocation in a section, and a shrinker that waits
	tests := []struct {
		name  string
		spoil func([]judge.Occurrence, []graph.Export) ([]judge.Occurrence, []graph.Export)
	}{
		{"an edge is missing", func(o []judge.Occurrence, e []graph.Export) ([]judge.Occurrence, []graph.Export) {
			return o, slices.DeleteFunc(e, func(x graph.Export) bool { return x.From == "reclaim" })
		}},
		{"the verdict is wrong", func(o []judge.Occurrence, e []graph.Export) ([]judge.Occurrence, []graph.Export) {
			o[0].Verdict = finding.Contract
			return o, e
		}},
		{"a finding is missing", func(o []judge.Occurrence, e []graph.Export) ([]judge.Occurrence, []graph.Export) {
			return nil, e
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			found, edges := examine(build)
			if wrong := recompute.Check(found, edges, owed); len(wrong) > 0 {
				t.Fatalf("before: %v", wrong)
			}
			found, edges = test.spoil(found, edges)
			if len(recompute.Check(found, edges, owed)) == 0 {
				t.Error("not noticed")
			}
		})
	}
}
