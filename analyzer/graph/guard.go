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
		var held *lockset
		for _, h := range g.holders[e.From] {
			if i.from.can(endOf(h.state, h.held.On, h.held.Shared)) {
				held = g.locks.meet(held, g.locks.join(waiting.site(h.state, h.site), g.onEntry(h.state)))
			}
		}
		all = g.locks.guards(held, func(c summary.Class) bool { return c != e.From && g.shared(c, e, i) })
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
	leads *reach.States  // to there
	known reach.States   // what is below the holders that were asked for so far
	below map[*reach.State]*lockset
}

// awaiting is a class as somebody waits for it.
type awaiting struct {
	to   summary.Class
	what end
}

// waiting looks at everything that is reached with from held and leads to a wait for to, as
// what says. What leads there from what others hold is the same.
func (g *Graph) waiting(from, to summary.Class, what end) *waiting {
	key := awaiting{to, what}
	w := g.awaiting[key]
	if w == nil {
		w = &waiting{graph: g, at: map[place]bool{}, below: map[*reach.State]*lockset{}}
		for _, p := range g.waited[to] {
			for _, op := range p.state.Ops() {
				if &op.Site == p.site && what.can(endOf(p.state, op.On, op.Shared)) {
					w.at[p] = true
				}
			}
		}
		w.leads = g.leadingTo(w.at)
		g.awaiting[key] = w
	}
	w.look(g.holders[from])
	return w
}

// leadingTo returns the states from which one comes to a place.
func (g *Graph) leadingTo(places map[place]bool) *reach.States {
	var leads reach.States
	var todo []*reach.State
	mark := func(st *reach.State) {
		if leads.Add(st) {
			todo = append(todo, st)
		}
	}
	for p := range places {
		mark(p.state)
	}
	for calling := g.whoCalls(); len(todo) > 0; {
		st := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, site := range calling.sites.Of(st) {
			mark(site.state)
		}
	}
	return &leads
}

// look finds what is held in states below holders that were not looked at before.
func (w *waiting) look(holders []holder) {
	g := w.graph
	var order []*reach.State
	visit := func(st *reach.State) {
		if w.leads.Has(st) && w.known.Add(st) {
			order = append(order, st)
		}
	}
	for _, h := range holders {
		g.space.Called(h.state, h.site, visit)
	}
	var calls [][]leadingCall // by state in order
	for i := 0; i < len(order); i++ {
		var leading []leadingCall
		for j, c := range order[i].Calls() {
			if to := w.leadingOf(order[i], j); len(to) > 0 {
				leading = append(leading, leadingCall{&c.Site, to})
			}
		}
		calls = append(calls, leading)
		for _, c := range leading {
			for _, to := range c.to {
				visit(to)
			}
		}
	}
	for changed := true; changed; {
		changed = false
		for i, st := range slices.Backward(order) {
			now := w.below[st]
			for _, op := range st.Ops() {
				if w.at[place{st, &op.Site}] {
					now = g.locks.meet(now, g.heldAt(st, &op.Site))
				}
			}
			for _, c := range calls[i] {
				if below := w.meet(c.to); below != nil {
					now = g.locks.meet(now, g.locks.join(below, g.heldAt(st, c.site)))
				}
			}
			if now != w.below[st] {
				w.below[st] = now
				changed = true
			}
		}
	}
}

// leadingCall is a call that may lead to the wait, and the functions by which it does.
type leadingCall struct {
	site *summary.Site
	to   []*reach.State
}

// leadingOf returns the functions that a call may lead to which lead to the wait.
func (w *waiting) leadingOf(st *reach.State, call int) (to []*reach.State) {
	for callee := range w.graph.space.Callees(st, call) {
		if w.leads.Has(callee) {
			to = append(to, callee)
		}
	}
	return to
}

// meet returns what is held below all of some functions.
func (w *waiting) meet(fns []*reach.State) *lockset {
	var all *lockset
	for _, fn := range fns {
		all = w.graph.locks.meet(all, w.below[fn])
	}
	return all
}

// site returns what is held at a site or below it where the class is waited for; nil
// if it is not.
func (w *waiting) site(st *reach.State, site *summary.Site) *lockset {
	locks := w.graph.locks
	var all *lockset
	if w.at[place{st, site}] {
		all = locks.none
	}
	w.graph.space.Called(st, site, func(callee *reach.State) { all = locks.meet(all, w.below[callee]) })
	return locks.join(all, w.graph.heldAt(st, site))
}
