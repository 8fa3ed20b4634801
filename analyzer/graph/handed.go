package graph

import (
	"slices"

	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// handOver notes the locks that a state gives back although it has not taken them, and no
// caller can have: it has come by the object itself, through a channel for instance.
// Such a lock is a completion: to take it is to wait for somebody's work, and who has
// taken it need not be who others wait for.
func (g *Graph) handOver(st *reach.State) {
	for _, op := range st.Ops() {
		on := op.On
		if op.Kind != summary.OpRelease || on.Class.Kind != summary.Lock || on.Param >= 0 || on.Global() || on.Instance == "" {
			continue
		}
		class := st.Class(on)
		if !slices.ContainsFunc(op.Held, func(h summary.Held) bool { return st.Class(h.On) == class }) {
			g.handed[class] = true
		}
	}
}

// HandedOver reports whether a lock is given back by others than took it.
func (g *Graph) HandedOver(c summary.Class) bool { return g.handed[c] }
