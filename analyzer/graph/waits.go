package graph

import (
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Waits counts the operations that wait for something inside the program, and not for a
// bounded time, and those of them for what nobody in sight signals.
func (g *Graph) Waits() (all, unsignalled int) {
	signalled := make(map[model.Pos]bool)
	for _, st := range g.states {
		for _, op := range st.Ops() {
			if op.Kind != summary.OpWait || op.Try || op.Bounded || op.On.Class.Kind == summary.Outside {
				continue
			}
			known := len(g.enders[ending{Named(st.Class(op.On)), op.Direction}]) > 0
			for _, c := range op.Cases {
				known = known || len(g.enders[ending{st.Class(c.On), c.Direction}]) > 0
			}
			signalled[op.Pos] = signalled[op.Pos] || known
		}
	}
	for _, known := range signalled {
		if !known {
			unsignalled++
		}
	}
	return len(signalled), unsignalled
}

// Deserted reports whether all who could end a wait for what has no direction are in
// sight, and there are none.
func (g *Graph) Deserted(c summary.Class) bool {
	what := ending{class: Named(g.space.Renamed(c))}
	return g.allSeen(what) && len(g.enders[what]) == 0
}

// Forsaken returns the straight waits, each once, for a channel of a field that nobody ends,
// although all who could are in sight, and the channel was made.
func (g *Graph) Forsaken() []Reached {
	var all []Reached
	seen := map[*summary.Op]bool{}
	for _, st := range g.states {
		for _, op := range st.Ops() {
			class := st.Class(op.On)
			what := ending{class, op.Direction}
			if op.Kind != summary.OpWait || op.Try || op.Bounded || len(op.Cases) > 0 || !isField(class) || g.mixed[class] || seen[op] ||
				len(g.made[class]) == 0 || len(g.enders[what]) > 0 || !g.allSeen(what) ||
				op.Direction == summary.Send && !g.roomless(class) {
				continue
			}
			seen[op] = true
			all = append(all, Reached{&reach.Path{State: st, Start: &reach.Start{State: st}}, op})
		}
	}
	return all
}
