package graph

import (
	"slices"

	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Recovered returns the function that goes on after a panic in another with a lock held:
// itself, or the nearest of those that lead to it by calls that the text alone resolves. It
// is nil where none is in sight, or where what is deferred on the way may release the lock.
func (g *Graph) Recovered(key string, lock summary.Object) *summary.Summary {
	for _, st := range g.states {
		if st.Key() == key {
			if recovered := g.recovered(st, st.Class(lock)); recovered != nil {
				return recovered
			}
		}
	}
	return nil
}

func (g *Graph) recovered(panics *reach.State, lock summary.Class) *summary.Summary {
	var seen reach.States
	for todo := []*reach.State{panics}; len(todo) > 0; todo = todo[1:] {
		st := todo[0]
		if !seen.Add(st) {
			continue
		}
		if g.defersRelease(st, lock) {
			continue
		}
		if st.Summary.Recovers {
			return st.Summary
		}
		for _, site := range g.whoCalls().sites.Of(st) {
			if !site.call.Via.Dynamic() {
				todo = append(todo, site.state)
			}
		}
	}
	return nil
}

// defersRelease reports whether what a function defers may release a lock of a class that it
// has not taken itself.
func (g *Graph) defersRelease(st *reach.State, lock summary.Class) bool {
	var todo []*reach.State
	for i, call := range st.Calls() {
		if call.Via == summary.Deferred {
			todo = slices.AppendSeq(todo, g.space.Callees(st, i))
		}
	}
	// A function that never returns makes no call of what it defers, and hands nothing over.
	unbound := len(todo) == 0
	if unbound {
		for _, key := range st.Summary.Defers {
			if deferred := g.Entry(key); deferred != nil {
				todo = append(todo, deferred)
			}
		}
	}
	var seen reach.States
	for ; len(todo) > 0; todo = todo[1:] {
		at := todo[0]
		if !seen.Add(at) {
			continue
		}
		for _, op := range at.Ops() {
			if op.GivesBack() && (at.Class(op.On) == lock || unbound && op.On.Open) {
				return true
			}
		}
		for i := range at.Calls() {
			todo = slices.AppendSeq(todo, g.space.Callees(at, i))
		}
	}
	return false
}
