package judge

import (
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// reclaim judges what reclaim and notifiers wait for, locks excepted. Fences they may
// wait for: that is why those who signal may not wait for them.
func (j *judgement) reclaim() {
	for _, sec := range j.graph.Sections().All {
		if !sec.Context.Any(model.Reclaim | model.Notifier) {
			continue
		}
		owed := graph.Reclaim()
		if sec.Context == model.Notifier {
			owed = graph.Notifier()
		}
		for _, r := range j.graph.Below(sec) {
			waits := j.graph.WaitsFor(r)
			if r.Op.Try || r.Op.Bounded || r.Op.Kind == summary.OpAlloc && len(waits) == 0 {
				continue
			}
			c := &candidate{section: sec, reached: r}
			c.Level = finding.Error
			switch kind := r.Class().Kind; {
			case r.Op.Kind == summary.OpAlloc:
				c.Rule, c.On = "alloc-in-reclaim", owed
				c.cycle = []graph.Edge{first(sec, r, owed, owed)}
			case r.Op.Kind == summary.OpWait && kind != summary.Fence,
				r.Op.Kind == summary.OpFlush && !j.graph.Is(r.Class(), func(t *model.Type) bool { return t.Rescuer }),
				r.Op.Kind == summary.OpAcquire && kind == summary.Pool:
				c.Rule = "block-in-reclaim"
				for _, to := range waits {
					if way := j.whole.WayTo(to, owed, false); way != nil {
						c.cycle = append([]graph.Edge{first(sec, r, owed, to)}, way...)
					}
				}
			default:
				continue
			}
			j.add(c)
		}
	}
}

func first(sec *reach.Section, r graph.Reached, from, to summary.Class) graph.Edge {
	return graph.Edge{
		From: from, To: to, Provenance: finding.Seen,
		Witness: &graph.Witness{Section: sec, Path: r.Path, Op: r.Op},
	}
}
