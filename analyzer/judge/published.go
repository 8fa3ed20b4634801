package judge

import (
	"cmp"
	"slices"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// published returns where fences of a class are published: of each function that does
// the first such operation, by position. The functions that publish for others, and say
// so, are left out: what can be done earlier is done by who calls them.
func (j *judgement) published(fence summary.Class) []finding.Step {
	if j.publishers == nil {
		j.publishers = j.allPublishers()
	}
	return j.publishers[graph.Named(fence)]
}

func (j *judgement) allPublishers() map[summary.Class][]finding.Step {
	all := make(map[summary.Class][]finding.Step)
	for key, s := range j.program.Summaries() {
		if publishes(j.program.Model.Contract(key)) {
			continue
		}
		first := make(map[summary.Class]finding.Step)
		for i := range s.Ops {
			op := &s.Ops[i]
			if op.Kind != summary.OpPublish || op.Pos.Line == 0 {
				continue
			}
			fence, step := graph.Named(op.On.Class), graph.OpStep(s, op)
			if known, ok := first[fence]; !ok || comparePos(step, known) < 0 {
				first[fence] = step
			}
		}
		for fence, step := range first {
			all[fence] = append(all[fence], step)
		}
	}
	for _, steps := range all {
		slices.SortFunc(steps, comparePos)
	}
	return all
}

func publishes(c *model.Contract) bool {
	return c != nil && slices.ContainsFunc(c.Effects, func(e model.Effect) bool { return e.Kind == model.Publishes })
}

func comparePos(a, b finding.Step) int {
	return cmp.Or(cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Col, b.Pos.Col), cmp.Compare(a.Func, b.Func))
}

// owedIn is the fence that a section's trouble is about: the first of the cycle, or the
// one that is owed, if that is but one.
func (c *candidate) owedIn() (fence summary.Class, ok bool) {
	switch {
	case c.Context != model.Signalling:
		return fence, false
	case len(c.Cycle) > 0:
		return c.Cycle[0], true
	case len(c.Owed) == 1:
		return c.Owed[0], true
	}
	return fence, false
}
