package graph

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// guards is a set of locks that are held; nil stands for all there are.
type guards map[summary.Class]bool

// meet returns what is in both.
func (a guards) meet(b guards) guards {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	out := guards{}
	for c := range a {
		if b[c] {
			out[c] = true
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
	maps.Copy(out, b)
	return out
}

func (a guards) sorted() []summary.Class { return slices.SortedFunc(maps.Keys(a), compareClass) }

func (a guards) String() string {
	var names []string
	for _, c := range a.sorted() {
		names = append(names, Name(c))
	}
	return strings.Join(names, " ")
}

// ends is an edge without how it was seen.
type ends struct{ from, to summary.Class }

// guarding returns the locks that are held, besides the one that the edge leaves,
// wherever the edge is made. While one of them guards all edges of a cycle, no two of
// those who make it can meet.
func (g *Graph) guarding(e Edge) guards {
	key := ends{e.From, e.To}
	if known, ok := g.guarded[key]; ok {
		return known
	}
	all := guards{}
	if e.Witness.Held != nil {
		waiting := g.waiting(e.From, e.To)
		all = nil
		for _, h := range g.holders[e.From] {
			all = all.meet(waiting.site(h.state, h.site).join(g.onEntry()[h.state.Key()]))
		}
		all = maps.Clone(all)
		maps.DeleteFunc(all, func(c summary.Class, _ bool) bool { return c == e.From || !shared(c, e) })
	}
	g.guarded[key] = all
	return all
}

// shared reports whether everybody who makes an edge holds the same instance of a lock:
// there is one only, or it is in the object that one end of the edge is in. Of a lock in
// another object, each may have their own.
func shared(lock summary.Class, e Edge) bool {
	owner := ownerOf(lock)
	return !strings.Contains(path.Base(owner), ".") || owner == ownerOf(e.From) || owner == ownerOf(e.To)
}

// ownerOf returns the type whose field a class is, or the package of its variable.
func ownerOf(c summary.Class) string { return strings.TrimSuffix(c.Name, path.Ext(c.Name)) }

// waiting is with which locks held a class is waited for, in and below states.
type waiting struct {
	graph *Graph
	to    summary.Class
	below map[*reach.State]guards // nil: it is not waited for
}

// waiting looks at everything that is reached with from held.
func (g *Graph) waiting(from, to summary.Class) *waiting {
	w := &waiting{graph: g, to: to, below: map[*reach.State]guards{}}
	var order []*reach.State
	known := map[*reach.State]bool{}
	visit := func(st *reach.State) {
		if !known[st] {
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
			before := w.below[st]
			now := before
			for _, op := range st.Ops() {
				now = now.meet(w.site(st, &op.Site))
			}
			for _, c := range st.Calls() {
				now = now.meet(w.site(st, &c.Site))
			}
			if (now == nil) != (before == nil) || len(now) != len(before) {
				w.below[st] = now
				changed = true
			}
		}
	}
	return w
}

// site returns what is held at a site or below it where the class is waited for; nil
// if it is not.
func (w *waiting) site(st *reach.State, site *summary.Site) guards {
	var all guards
	for i := range st.Summary.Ops {
		op := &st.Summary.Ops[i]
		if &op.Site != site {
			continue
		}
		path := &reach.Path{State: st, Start: &reach.Start{State: st}}
		if slices.Contains(w.graph.WaitsFor(Reached{path, op}), w.to) {
			all = guards{}
		}
	}
	w.graph.space.Called(st, site, func(callee *reach.State) { all = all.meet(w.below[callee]) })
	return all.join(heldAt(st, site))
}
