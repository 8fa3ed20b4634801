package judge

import (
	"slices"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
)

// besides judges what blocks the worker that signalling code needs next. Nobody is
// stuck for ever because of that alone, but every later signal waits with it. What is
// stuck for ever, behind itself, is more than that.
func (j *judgement) besides(behind [][]graph.Edge) {
	for _, b := range j.graph.Beside() {
		stuck := slices.ContainsFunc(behind, func(loop []graph.Edge) bool { return loop[0].Witness.Op == b.Op })
		if stuck || j.isBroken(b.Reached) {
			continue
		}
		c := &candidate{beside: &b, reached: b.Reached}
		c.Rule, c.Level = "block-in-signalling", finding.Warning
		c.Opened, c.Delays, c.Worker = ByWorker, b.Delayed.Display, b.Queue
		j.add(c)
	}
}
