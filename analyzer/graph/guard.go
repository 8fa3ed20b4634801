package graph

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// guards are locks that are held, and whether exclusively; nil stands for all there are.
type guards map[summary.Class]bool

// meet returns what is in both, held as in the one where it is less.
func (a guards) meet(b guards) guards {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	out := guards{}
	for c, alone := range a {
		if other, both := b[c]; both {
			out[c] = alone && other
		}
	}
	return out
}

// join returns what is in either.
func (a guards) join(b guards) guards {
	if a == nil || b == nil {
		return nil
	}
	out := maps.Clone(a)
	for c, alone := range b {
		out[c] = out[c] || alone
	}
	return out
}

// exclude reports whether not both can be held at once, by two who are not the same.
func (a guards) exclude(b guards) bool {
	if a == nil || b == nil {
		return true
	}
	for c, alone := range a {
		if other, both := b[c]; both && (alone || other) {
			return true
		}
	}
	return false
}

// is reports whether two are the same.
func (a guards) is(b guards) bool { return (a == nil) == (b == nil) && maps.Equal(a, b) }

func (a guards) sorted() []summary.Class { return slices.SortedFunc(maps.Keys(a), compareClass) }

// ends is an edge without how it was seen.
type ends struct{ from, to summary.Class }

// guarded is an edge as it is made in one way.
type guarded struct {
	ends
	instances
}

// guarding returns the locks that are held, besides the one that the edge leaves, wherever
// the edge is made as i says. Two edges that one of them guards are never made at once.
func (g *Graph) guarding(e Edge, i instances) guards {
	key := guarded{ends{e.From, e.To}, i}
	if known, ok := g.guarded[key]; ok {
		return known
	}
	all := guards{}
	if e.Witness.Held != nil {
		waiting := g.waiting(e.From, e.To, i.to)
		all = nil
		for _, h := range g.holders[e.From] {
			if i.from.can(h.state.Args(h.held.On), h.held.Shared) {
				all = all.meet(waiting.site(h.state, h.site).join(g.onEntry()[h.state]))
			}
		}
		all = maps.Clone(all)
		maps.DeleteFunc(all, func(c summary.Class, _ bool) bool { return c == e.From || !g.shared(c, e, i) })
	}
	g.guarded[key] = all
	return all
}

// shared reports whether everybody who makes an edge holds the same instance of a lock:
// there is one only, or it is in the object that one end of the edge is in, or beside the
// one field that leads to that object. Of a lock in another object, each may have their own.
// Who runs alone with an object has what was made for it.
func (g *Graph) shared(lock summary.Class, e Edge, i instances) bool {
	if lock.Kind == summary.NoClass {
		return g.madeFor(e.From, ownerOf(lock)) && g.madeFor(e.To, ownerOf(lock))
	}
	return beside(lock, e.From.Name, e.To.Name) || beside(lock, g.home(e.From, i.from.args), g.home(e.To, i.to.args))
}

// beside reports whether there is one instance of a lock only, or it is a field of what has
// one of some other fields.
func beside(lock summary.Class, fields ...string) bool {
	owner := ownerOf(lock)
	return !strings.Contains(path.Base(owner), ".") ||
		slices.ContainsFunc(fields, func(f string) bool { return f != "" && owner == ownerOf(summary.Class{Name: f}) })
}

// ownerOf returns the type whose field a class is, or the package of its variable.
func ownerOf(c summary.Class) string { return strings.TrimSuffix(c.Name, path.Ext(c.Name)) }

// waiting is with which locks held a class is waited for, in and below states.
type waiting struct {
	graph *Graph
	at    map[place]bool // where it is waited for
	below map[*reach.State]guards
}

// waiting looks at everything that is reached with from held and leads to a wait for to, as
// what says.
func (g *Graph) waiting(from, to summary.Class, what end) *waiting {
	w := &waiting{graph: g, at: map[place]bool{}, below: map[*reach.State]guards{}}
	leads := map[*reach.State]bool{}
	var todo []*reach.State
	mark := func(st *reach.State) {
		if !leads[st] {
			leads[st] = true
			todo = append(todo, st)
		}
	}
	for _, p := range g.waited[to] {
		for _, op := range p.state.Ops() {
			if &op.Site == p.site && what.can(p.state.Args(op.On), op.Shared) {
				w.at[p] = true
				mark(p.state)
			}
		}
	}
	for calling := g.whoCalls(); len(todo) > 0; {
		st := todo[0]
		todo = todo[1:]
		for _, site := range calling.sites[st] {
			mark(site.state)
		}
	}
	var order []*reach.State
	known := map[*reach.State]bool{}
	visit := func(st *reach.State) {
		if leads[st] && !known[st] {
			known[st] = true
			order = append(order, st)
		}
	}
	for _, h := range g.holders[from] {
		g.space.Called(h.state, h.site, visit)
	}
	for i := 0; i < len(order); i++ {
		g.space.Called(order[i], nil, visit)
	}
	for changed := true; changed; {
		changed = false
		for _, st := range slices.Backward(order) {
			now := w.below[st]
			for _, op := range st.Ops() {
				if w.at[place{st, &op.Site}] {
					now = now.meet(g.heldAt(st, &op.Site))
				}
			}
			for i, c := range st.Calls() {
				if below := w.called(st, i); below != nil {
					now = now.meet(below.join(g.heldAt(st, &c.Site)))
				}
			}
			if !now.is(w.below[st]) {
				w.below[st] = now
				changed = true
			}
		}
	}
	return w
}

// called returns what is held where a call leads to the wait, nil if it does not.
func (w *waiting) called(st *reach.State, i int) guards {
	var all guards
	for callee := range w.graph.space.Callees(st, i) {
		all = all.meet(w.below[callee])
	}
	return all
}

// site returns what is held at a site or below it where the class is waited for; nil
// if it is not.
func (w *waiting) site(st *reach.State, site *summary.Site) guards {
	var all guards
	if w.at[place{st, site}] {
		all = guards{}
	}
	w.graph.space.Called(st, site, func(callee *reach.State) { all = all.meet(w.below[callee]) })
	return all.join(w.graph.heldAt(st, site))
}
