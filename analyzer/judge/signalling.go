package judge

import (
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// signalling judges what is wrong in a section that owes fences, locks excepted.
func (j *judgement) signalling(o *graph.Owing) {
	for _, r := range o.Ops {
		c := &candidate{section: o.Section, others: o.Others, reached: r}
		c.Owed, c.Level = o.Fences, finding.Error
		if r.Op.Bounded {
			c.Level = finding.Warning
		}
		switch kind := r.Class().Kind; {
		case r.Op.Try:
			continue
		case r.Op.Kind == summary.OpAlloc:
			if !j.allocInSignalling(c, o) {
				continue
			}
		case r.Op.Kind == summary.OpSleep:
			c.Rule = "sleep-in-signalling"
		case r.Op.Kind == summary.OpWait && kind == summary.Fence:
			c.Rule = "wait-in-signalling"
			c.cycle = j.through(o, r, true)
		case r.Op.Kind == summary.OpWait, r.Op.Kind == summary.OpFlush, r.Op.Kind == summary.OpAcquire && kind == summary.Pool:
			c.Rule = "block-in-signalling"
			c.cycle = j.through(o, r, false)
		default:
			continue
		}
		j.add(c)
	}
}

// allocInSignalling reports whether an allocation is one to speak of, and finds the
// way from reclaim, if it may enter that, back to a fence that is owed. One that fails
// instead is worth a note where its failure is not shown to reach the signal.
func (j *judgement) allocInSignalling(c *candidate, o *graph.Owing) bool {
	waits := j.graph.WaitsFor(c.reached)
	c.Rule = "alloc-in-signalling"
	c.On = graph.Reclaim()
	if len(waits) == 0 {
		c.Level = finding.Note
		return !safe(c.reached) && j.graph.MayFail(c.reached)
	}
	for _, decreed := range []bool{false, true} {
		for _, to := range waits {
			if way := j.whole.WayBack(to, o, decreed); way != nil {
				c.cycle = closed(o, c.reached, to, way)
				c.On = to
				return true
			}
		}
	}
	return true
}

// safe reports whether a failing allocation is shown to reach the signal: in its own
// function, or in one on the way to it that gets on whatever comes of the call.
func safe(r graph.Reached) bool {
	if r.Op.Safe {
		return true
	}
	for p := r.Path; p.Up != nil; p = p.Up {
		if p.Call.Safe {
			return true
		}
	}
	return false
}

// through returns the cycle from a fence that is owed through what r waits for, by
// decreed edges too if asked; nil if there is none.
func (j *judgement) through(o *graph.Owing, r graph.Reached, decreed bool) []graph.Edge {
	for _, to := range j.graph.WaitsFor(r) {
		if stuck := j.graph.StuckAt(o, r); len(stuck) > 0 {
			return closed(o, r, to, stuck[:1])
		}
		if way := j.whole.WayBack(to, o, decreed); way != nil {
			return closed(o, r, to, way)
		}
	}
	return nil
}

// closed puts the edge of an operation in a section before the way back to the fence.
func closed(o *graph.Owing, r graph.Reached, to summary.Class, way []graph.Edge) []graph.Edge {
	owed := to
	if len(way) > 0 {
		owed = way[len(way)-1].To
	}
	first := graph.Edge{
		From: owed, To: to, Provenance: finding.Seen,
		Witness: &graph.Witness{Section: o.Section, Path: r.Path, Op: r.Op},
	}
	return append([]graph.Edge{first}, way...)
}
