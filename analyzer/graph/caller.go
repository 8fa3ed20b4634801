package graph

import (
	"go/token"
	"strings"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// calling is who calls what in a program.
type calling struct {
	sites reach.Table[[]callSite] // by what is called
	// alone are the functions that run by themselves: anybody may call what is exported,
	// and what is started or has no caller has nobody above it.
	alone map[string]bool
	// open are those of them that anybody may call, who holds nothing, or that are started
	// or have no caller.
	open map[string]bool
}

type callSite struct {
	state *reach.State
	call  *summary.Call
}

// whoCalls returns who calls what.
func (g *Graph) whoCalls() *calling {
	if g.calling != nil {
		return g.calling
	}
	c := &calling{alone: map[string]bool{}, open: map[string]bool{}}
	for _, st := range g.states {
		if exported(st.Key()) || st.Summary.Runs != 0 {
			c.alone[st.Key()] = true
			c.open[st.Key()] = !g.sight.Hidden[st.Key()] || st.Summary.Runs != 0
		}
		for i, call := range st.Calls() {
			for callee := range g.space.Callees(st, i) {
				sites := c.sites.At(callee)
				*sites = append(*sites, callSite{st, call})
			}
		}
	}
	for _, sp := range g.sections.Spawns {
		c.alone[sp.Root.Key()], c.open[sp.Root.Key()] = true, true
	}
	called := map[string]bool{}
	for _, st := range g.states {
		if len(c.sites.Of(st)) > 0 {
			called[st.Key()] = true
		}
	}
	for _, st := range g.states {
		if !called[st.Key()] {
			// What those hold who are not known is not nothing.
			c.alone[st.Key()], c.open[st.Key()] = true, !st.Summary.Crowded
		}
	}
	g.calling = c
	return c
}

// scopes returns the allocation scopes that may be open where a state is entered: those
// that some caller has opened.
func (g *Graph) scopes(st *reach.State) model.Context {
	if known, ok := g.scoped[st]; ok {
		return known
	}
	var all model.Context
	var seen reach.States
	for todo := []*reach.State{st}; len(todo) > 0; {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if !seen.Add(at) {
			continue
		}
		all |= at.Summary.Runs
		for _, site := range g.whoCalls().sites.Of(at) {
			all |= site.call.Contexts
			for _, r := range site.call.Within {
				all |= r.Context
			}
			todo = append(todo, site.state)
		}
	}
	all &= model.Scopes
	g.scoped[st] = all
	return all
}

// Uncalled reports whether nobody calls or starts a function, in a program all of
// which is in sight.
func (g *Graph) Uncalled(key string) bool { return g.sections.Uncalled(key) }

// OnlyCalled reports whether a function is run by its callers alone, all of which are in
// sight.
func (g *Graph) OnlyCalled(key string) bool { return !g.whoCalls().alone[key] }

// initialises reports whether a function is run before anything else, by one goroutine.
func initialises(key string) bool {
	name := key[strings.LastIndexByte(key, '.')+1:]
	return name == "init" || strings.HasPrefix(name, "init#")
}

// exported reports whether a function can be called from other packages by its name.
func exported(key string) bool {
	name := key[strings.LastIndexByte(key, '.')+1:]
	return token.IsExported(name) && !strings.Contains(name, "$")
}
