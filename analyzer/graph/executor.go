package graph

import (
	"slices"

	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Functions returns a way to every function that a root runs, its own included.
func (g *Graph) Functions(root *reach.State) []*reach.Path {
	return g.space.Functions(&reach.Start{State: root}, 0)
}

// Fences returns the fences that some section in sight owes, sorted. One known only by
// the type that others embed is one of those.
func (g *Graph) Fences() []summary.Class {
	var owed []summary.Class
	for _, c := range g.fences {
		if len(g.owing[c]) > 0 && len(g.wrappers[c]) == 0 && c != AnyFence() {
			owed = append(owed, c)
		}
	}
	return owed
}

// Installed reports whether a callback that is installed on a fence runs when fence
// signals: it is on that one, or on one of which no more is known than what fence wraps.
func (g *Graph) Installed(sp *reach.Spawn, fence summary.Class) bool {
	on := sp.In.Class(sp.On)
	return sp.Kind == summary.Callback && on.Kind == summary.Fence &&
		(Named(on) == fence || slices.Contains(g.wrappers[Named(on)], fence))
}
