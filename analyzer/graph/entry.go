package graph

import (
	"github.com/fencelint/fencelint/analyzer/reach"
)

// onEntry returns the locks that all callers of a state hold; nil of one that is never
// entered.
func (g *Graph) onEntry(st *reach.State) *lockset {
	if g.entered == nil {
		g.enter()
	}
	return g.entered.Of(st)
}

// enter finds with what states are entered, from those that anybody may enter downwards.
func (g *Graph) enter() {
	entered := &reach.Table[*lockset]{}
	open := g.whoCalls().open
	var todo []*reach.State
	var queued reach.Table[bool]
	put := func(st *reach.State, held *lockset) {
		*entered.At(st) = held
		if is := queued.At(st); !*is {
			*is = true
			todo = append(todo, st)
		}
	}
	for _, st := range g.states {
		if st.Entered() && open[st.Key()] {
			put(st, g.locks.none)
		}
	}
	for _, sp := range g.sections.Spawns {
		put(sp.Root, g.locks.none)
	}
	for ; len(todo) > 0; todo = todo[1:] {
		st := todo[0]
		*queued.At(st) = false
		for i, c := range st.Calls() {
			held := g.locks.join(g.heldAt(st, &c.Site), entered.Of(st))
			for callee := range g.space.Callees(st, i) {
				before := entered.Of(callee)
				if now := g.locks.meet(before, held); now != before {
					put(callee, now)
				}
			}
		}
	}
	g.entered = entered
}
