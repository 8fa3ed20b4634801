package graph

import (
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Again is the taking of a lock, or the wait for a slot of a pool, by who holds that very
// lock, or a slot of that very pool. That two locks are of one class is not enough.
type Again struct {
	Reached
	Lock summary.Class // or pool
	Held *summary.Held
	// Asked says that it takes a certain state of what the lock is in, in a function that others
	// call without the lock: who calls it with the lock may know that the state is another.
	Asked bool
}

// Shared reports whether both times it is a reader's share that is taken: readers wait
// for each other only where a writer waits between them.
func (a Again) Shared() bool { return a.Held.Shared && a.Op.Shared }

// Edge is the edge from the lock to itself.
func (a Again) Edge() Edge {
	return Edge{
		From: a.Lock, To: a.Lock, Provenance: finding.Seen,
		Witness: &Witness{Held: a.Held, Path: a.Path, Op: a.Op},
	}
}

// Again returns where a lock is taken that is held already, and where a slot is waited for
// by who has one of the same pool and nobody else to give it back, once for each operation,
// in a fixed order. The edges are in the graph afterwards.
func (g *Graph) Again() []Again {
	var out []Again
	type spot struct {
		state *reach.State
		op    *summary.Op
	}
	seen := map[spot]bool{}
	var asked []Again
	found := func(a Again) {
		seen[spot{a.Path.State, a.Op}] = true
		out = append(out, a)
		g.closed = append(g.closed, a.Edge())
	}
	for _, h := range g.held {
		lock := h.state.Class(h.held.On)
		if lock.Name == "" || !alone(h.held, lock.Kind) || strings.Contains(h.held.On.Instance, "'") {
			continue
		}
		start := &reach.Start{State: h.state, In: h.in, Lock: lock}
		g.space.Follow(start, h.held.On, func(p *reach.Path, op *summary.Op) {
			if op.Kind != summary.OpAcquire || op.Try || op.Bounded || seen[spot{p.State, op}] {
				return
			}
			a := Again{Reached: Reached{p, op}, Lock: lock, Held: h.held}
			if a.Shared() && !g.written[lock] {
				return
			}
			if lock.Kind == summary.Pool && len(g.guarding(a.Edge(), instances{})) > 0 {
				return
			}
			if a.Asked = lock.Kind == summary.Lock && g.asked(a); a.Asked {
				asked = append(asked, a)
				return
			}
			found(a)
		})
	}
	for _, a := range asked {
		if !seen[spot{a.Path.State, a.Op}] {
			found(a)
		}
	}
	return out
}

// alone reports whether a lock is certainly held, or a slot with nobody else to give it
// back. Many may hold one and wait for the next, until all are held by those who wait.
func alone(h *summary.Held, kind summary.ClassKind) bool {
	switch kind {
	case summary.Lock:
		return !h.May
	case summary.Pool:
		return (!h.May || h.Again) && !h.Passed
	}
	return false
}

// asked reports whether a function on the way, all callers of which are in sight and some of
// which do not hold the lock, comes to the next step in a certain state alone of what the lock
// is in. The state is one that somebody changes, but nobody on the way to there.
func (g *Graph) asked(a Again) bool {
	marks := g.marks()
	site := &a.Op.Site
	for p := a.Path; p.Up != nil; p = p.Up {
		key := p.State.Key()
		if states := marks.States[site.Spot(key)]; len(states) > 0 && g.OnlyCalled(key) && g.calledWithout(a.Lock, key) &&
			slices.ContainsFunc(states, func(field string) bool { return inOne(a.Lock, field) && !changedBefore(marks, p, field) }) {
			return true
		}
		site = &p.Call.Site
	}
	return false
}

// changedBefore reports whether a function on the way to another one changes a field.
func changedBefore(marks *summary.Marks, p *reach.Path, field string) bool {
	for p = p.Up; p != nil; p = p.Up {
		if slices.Contains(marks.Changed[field], p.State.Key()) {
			return true
		}
	}
	return false
}

// calledWithout reports whether somebody calls a function without a lock.
func (g *Graph) calledWithout(lock summary.Class, key string) bool {
	for _, st := range g.states {
		if st.Key() == key && slices.ContainsFunc(g.whoCalls().sites[st], func(site callSite) bool {
			held := g.locks.join(g.heldAt(site.state, &site.call.Site), g.onEntry(site.state))
			return !g.has(held, lock, false)
		}) {
			return true
		}
	}
	return false
}
