package graph

import (
	"slices"

	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Heirs returns the functions that inherit a contract with effects, in order: those whose
// bodies do what a call by that contract is known for.
func (g *Graph) Heirs(contract string) []*reach.State {
	var heirs []*reach.State
	for _, st := range g.states {
		if slices.Contains(st.Summary.Promises, contract) && !slices.Contains(heirs, g.space.Entry(st.Key())) {
			heirs = append(heirs, g.space.Entry(st.Key()))
		}
	}
	return heirs
}

// MaySettle reports whether a function may have had a fence signalled, or have handed it
// over, on the way to a site of its: there or below something does so for what may be
// that fence, is done to a part of it, or leads out of sight. What the function makes
// run by itself may see to it at any time.
func (g *Graph) MaySettle(key string, fence summary.Object, at *summary.Site) bool {
	st := g.space.Entry(key)
	class := st.Class(fence)
	settles := false
	look := func(p *reach.Path, op *summary.Op) bool {
		settles = settles || g.settles(Reached{p, op}, class)
		return !settles
	}
	never := func(item) bool { return false }
	for _, i := range g.before(st, at, never) {
		start := &reach.Start{State: st}
		if i.op != nil {
			look(&reach.Path{State: st, Start: start}, i.op)
			continue
		}
		start.In = func(s *summary.Site) bool { return s == &i.call.Site }
		g.space.Walk([]*reach.Start{start}, 0, look)
		settles = settles || len(g.space.Blind([]*reach.Start{start}, 0)) > 0
	}
	return settles || slices.ContainsFunc(g.space.Functions(&reach.Start{State: st}, 0), g.starts)
}

// settles reports whether an operation may end waits for a fence of a class.
func (g *Graph) settles(r Reached, fence summary.Class) bool {
	c := Named(r.Class())
	switch {
	case r.Op.Kind != summary.OpSignal && r.Op.Kind != summary.OpTake && r.Op.Kind != summary.OpWake:
		return false
	case c.Kind == summary.Fence:
		return g.mayBe(c, Named(fence))
	default:
		inside := owner(c.Name)
		return inside == fence.Name || inside == fence.Type
	}
}

// mayBe reports whether fences of two classes may be one: one of them is known only by
// the type that the other embeds, or not at all.
func (g *Graph) mayBe(a, b summary.Class) bool {
	return a == b || a.Name == "" || b.Name == "" || slices.Contains(g.wrappers[a], b) || slices.Contains(g.wrappers[b], a)
}

// starts reports whether the last function of a path makes something run by itself.
func (g *Graph) starts(p *reach.Path) bool {
	sum := p.State.Summary
	if sum.Spoken && p.Up != nil {
		return false
	}
	return len(sum.Spawns) > 0 || slices.ContainsFunc(sum.Hands, func(field string) bool { return g.carriers[field] })
}
