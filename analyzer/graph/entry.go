package graph

import (
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// onEntry returns, by state, the locks that all callers hold; nothing of a state that is
// never entered.
func (g *Graph) onEntry() map[*reach.State]guards {
	if g.entered != nil {
		return g.entered
	}
	g.entered = map[*reach.State]guards{}
	calling := g.whoCalls()
	for _, st := range g.states {
		if st.Entered() && calling.open[st.Key()] {
			g.entered[st] = guards{}
		}
	}
	for _, sp := range g.sections.Spawns {
		g.entered[sp.Root] = guards{}
	}
	for changed := true; changed; {
		changed = false
		for _, callee := range g.states {
			for _, site := range calling.sites[callee] {
				before := g.entered[callee]
				now := before.meet(g.heldAt(site.state, &site.call.Site).join(g.entered[site.state]))
				if !now.is(before) {
					g.entered[callee] = now
					changed = true
				}
			}
		}
	}
	return g.entered
}

// locksAt returns the locks that are certainly held at a site.
func locksAt(st *reach.State, site *summary.Site) guards {
	held := guards{}
	for _, h := range site.Held {
		if c := st.Class(h.On); c.Kind == summary.Lock && !h.May {
			held[c] = held[c] || !h.Shared
		}
	}
	return held
}
