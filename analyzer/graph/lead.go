package graph

import (
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// leading is what may lead to a fence, to reclaim or to a notifier: the locks and
// queues of which that can be said, found backwards in one pass. Most locks of a
// program are not among them, and need no search.
type leading struct {
	graph   *Graph
	classes map[summary.Class]bool
	states  reach.States
	queued  map[*reach.State][]summary.Class // the queues that run a state
	todo    []func()
}

// place is an operation or a call in a state.
type place struct {
	state *reach.State
	site  *summary.Site
}

// always reports whether a class leads to what is owed whatever the program does.
func (g *Graph) always(c summary.Class) bool {
	switch c.Kind {
	case summary.Lock:
		return g.Is(c, func(t *model.Type) bool { return t.Over.Fence || t.Over.Reclaim })
	case summary.WorkQueue:
		return !g.Is(c, func(t *model.Type) bool { return t.Rescuer })
	default:
		return true
	}
}

// leads reports whether a class may lead to what is owed.
func (g *Graph) leads(c summary.Class) bool { return g.always(c) || g.leading[c] }

// lead finds the classes that may lead to what is owed.
func (g *Graph) lead(states []*reach.State) {
	l := &leading{
		graph: g, classes: map[summary.Class]bool{},
		queued: map[*reach.State][]summary.Class{},
	}
	for _, st := range states {
		g.wait(st)
	}
	for queue, spawns := range g.working {
		for _, sp := range spawns {
			l.queued[sp.Root] = append(l.queued[sp.Root], queue)
		}
	}
	for c, places := range g.waited {
		if g.always(c) {
			for _, p := range places {
				l.visit(p)
			}
		}
	}
	for len(l.todo) > 0 {
		next := l.todo[len(l.todo)-1]
		l.todo = l.todo[:len(l.todo)-1]
		next()
	}
	g.leading = l.classes
}

// wait notes what a state waits for.
func (g *Graph) wait(st *reach.State) {
	path := &reach.Path{State: st, Start: &reach.Start{State: st}}
	for _, op := range st.Ops() {
		r := Reached{path, op}
		for _, c := range g.WaitsFor(r) {
			g.waited[c] = append(g.waited[c], place{st, &op.Site})
		}
		if len(endings(r)) > 0 && (len(op.Cases) > 0 || op.Direction == summary.Send) {
			g.choices[place{st, &op.Site}] = true
		}
	}
}

// visit marks what is held at a place, and the state that it is in.
func (l *leading) visit(p place) {
	for _, h := range p.site.Held {
		l.class(p.state.Class(h.On))
	}
	if l.states.Add(p.state) {
		l.todo = append(l.todo, func() {
			for _, caller := range l.graph.whoCalls().sites.Of(p.state) {
				l.visit(place{caller.state, &caller.call.Site})
			}
			for _, queue := range l.queued[p.state] {
				l.class(queue)
			}
		})
	}
}

func (l *leading) class(c summary.Class) {
	if !l.classes[c] {
		l.classes[c] = true
		l.todo = append(l.todo, func() {
			for _, p := range l.graph.waited[c] {
				l.visit(p)
			}
		})
	}
}
