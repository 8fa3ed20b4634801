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

// Reclaims reports whether an allocation may enter direct reclaim, if only by the
// choice of a caller out of sight.
func (g *Graph) Reclaims(r Reached) bool {
	return !r.scope().Any(model.NoReclaim) && g.Allocation(r.Path.State, r.Op) != NoReclaim
}
