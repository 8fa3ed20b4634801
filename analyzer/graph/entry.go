package graph

import (
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// onEntry returns, by function, the locks that all callers hold.
func (g *Graph) onEntry() map[string]guards {
	if g.entered != nil {
		return g.entered
	}
	g.entered = map[string]guards{}
	calling := g.whoCalls()
	for key, open := range calling.open {
		if open {
			g.entered[key] = guards{}
		}
	}
	for changed := true; changed; {
		changed = false
		for _, callee := range g.states {
			for _, site := range calling.sites[callee] {
				before := g.entered[callee.Key()]
				now := before.meet(g.heldAt(site.state, &site.call.Site).join(g.entered[site.state.Key()]))
				if !now.is(before) {
					g.entered[callee.Key()] = now
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
