package judge

import (
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// atomic judges what may sleep where nothing may.
func (j *judgement) atomic() {
	for _, sec := range j.graph.Sections().All {
		if sec.Context != model.Atomic {
			continue
		}
		for _, r := range j.graph.Below(sec) {
			c := &candidate{section: sec, reached: r}
			c.Level = finding.Error
			switch {
			case !j.maySleep(r):
				continue
			case r.Op.Kind == summary.OpAlloc:
				c.Rule, c.On = "alloc-in-atomic", graph.Reclaim()
			default:
				c.Rule = "sleep-in-atomic"
			}
			j.add(c)
		}
	}
}

// maySleep reports whether an operation gives up the processor. An allocation in a
// noreclaim scope still may, on the allocator's locks.
func (j *judgement) maySleep(r graph.Reached) bool {
	if r.Op.Try {
		return false
	}
	switch r.Op.Kind {
	case summary.OpAlloc:
		return j.graph.Allocation(r.Path.State, r.Op) == graph.MayReclaim
	case summary.OpSleep, summary.OpWait, summary.OpFlush:
		return true
	case summary.OpAcquire:
		// Of a lock that came from nowhere in sight, not even the type is known.
		return r.Class().Type != "" && !j.graph.Is(r.Class(), func(t *model.Type) bool { return t.Spin })
	}
	return false
}
