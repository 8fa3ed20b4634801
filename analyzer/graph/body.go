package graph

import (
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Body returns every operation of a function and of what it calls, nearest first,
// whoever its caller is. Reclaim and notifiers, which an allocation may enter, are
// not followed: an allocation says as much.
func (g *Graph) Body(key string) []Reached {
	entry := g.space.Entry(key)
	if entry == nil {
		return nil
	}
	var ops []Reached
	g.space.Walk([]*reach.Start{{State: entry}}, model.Reclaim|model.Notifier, func(p *reach.Path, op *summary.Op) bool {
		ops = append(ops, Reached{p, op})
		return true
	})
	return ops
}

// Heap returns the allocations on the Go heap in a section, nearest first.
func (g *Graph) Heap(sec *reach.Section) []Reached {
	var ops []Reached
	g.space.Heap(sec.Start, func(p *reach.Path, op *summary.Op) { ops = append(ops, Reached{p, op}) })
	return ops
}

// Blind returns the calls of a section that may lead to what is not in sight.
func (g *Graph) Blind(sec *reach.Section) []reach.Blind {
	return g.space.Blind([]*reach.Start{sec.Start}, avoided(sec))
}

// avoided are the contexts that a section does not extend to.
func avoided(sec *reach.Section) model.Context {
	if sec.Context == model.Signalling {
		return model.Opportunistic
	}
	return 0
}

// Reclaims reports whether an allocation may enter direct reclaim, if only by the
// choice of a caller out of sight.
func (g *Graph) Reclaims(r Reached) bool {
	return !r.scope().Any(model.NoReclaim) && g.Allocation(r.Path.State, r.Op) != NoReclaim
}
