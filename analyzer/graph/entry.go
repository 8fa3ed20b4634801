package graph

import (
	"go/token"
	"strings"

	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// onEntry returns, by function, the locks that all callers hold. Anybody may call what
// is exported, and what is started or has no caller runs by itself.
func (g *Graph) onEntry() map[string]guards {
	if g.entered != nil {
		return g.entered
	}
	g.entered = map[string]guards{}
	alone := map[string]bool{}
	for _, sp := range g.sections.Spawns {
		alone[sp.Root.Key()] = true
	}
	called := map[string]bool{}
	for _, st := range g.states {
		if exported(st.Key()) || st.Summary.Runs != 0 {
			alone[st.Key()] = true
		}
		g.space.Called(st, nil, func(callee *reach.State) { called[callee.Key()] = true })
	}
	for _, st := range g.states {
		if alone[st.Key()] || !called[st.Key()] {
			g.entered[st.Key()] = guards{}
		}
	}
	for changed := true; changed; {
		changed = false
		for _, st := range g.states {
			for i := range st.Summary.Calls {
				site := &st.Summary.Calls[i].Site
				held := heldAt(st, site).join(g.entered[st.Key()])
				g.space.Called(st, site, func(callee *reach.State) {
					before := g.entered[callee.Key()]
					now := before.meet(held)
					if (now == nil) != (before == nil) || len(now) != len(before) {
						g.entered[callee.Key()] = now
						changed = true
					}
				})
			}
		}
	}
	return g.entered
}

// exported reports whether a function can be called from other packages by its name.
func exported(key string) bool {
	return token.IsExported(key[strings.LastIndexByte(key, '.')+1:])
}

// heldAt returns the locks that are certainly held at a site, by nobody else.
func heldAt(st *reach.State, site *summary.Site) guards {
	held := guards{}
	for _, h := range site.Held {
		if c := st.Class(h.On); c.Kind == summary.Lock && !h.Shared && !h.May {
			held[c] = true
		}
	}
	return held
}
