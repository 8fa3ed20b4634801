package graph

import (
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
			seen[spot{p.State, op}] = true
			out = append(out, a)
			g.closed = append(g.closed, a.Edge())
		})
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
