package graph

import (
	"go/token"
	"strings"

	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// calling is who calls what in a program.
type calling struct {
	sites map[*reach.State][]callSite // by what is called
	// alone are the functions that run by themselves: anybody may call what is exported,
	// and what is started or has no caller has nobody above it.
	alone map[string]bool
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
	c := &calling{sites: map[*reach.State][]callSite{}, alone: map[string]bool{}}
	called := map[string]bool{}
	for _, st := range g.states {
		if exported(st.Key()) || st.Summary.Runs != 0 {
			c.alone[st.Key()] = true
		}
		for _, call := range st.Calls() {
			g.space.Called(st, &call.Site, func(callee *reach.State) {
				called[callee.Key()] = true
				c.sites[callee] = append(c.sites[callee], callSite{st, call})
			})
		}
	}
	for _, sp := range g.sections.Spawns {
		c.alone[sp.Root.Key()] = true
	}
	for _, st := range g.states {
		if !called[st.Key()] {
			c.alone[st.Key()] = true
		}
	}
	g.calling = c
	return c
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
