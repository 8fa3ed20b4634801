package graph

import (
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Recovered returns the function that goes on after a panic in another: itself, or the
// nearest of those that lead to it by calls that the text alone resolves. It is nil where
// none is in sight.
func (g *Graph) Recovered(key string) *summary.Summary {
	seen := map[*reach.State]bool{}
	var todo []*reach.State
	for _, st := range g.states {
		if st.Key() == key {
			todo = append(todo, st)
		}
	}
	for ; len(todo) > 0; todo = todo[1:] {
		st := todo[0]
		if seen[st] {
			continue
		}
		seen[st] = true
		if st.Summary.Recovers {
			return st.Summary
		}
		for _, site := range g.whoCalls().sites[st] {
			if !site.call.Via.Dynamic() {
				todo = append(todo, site.state)
			}
		}
	}
	return nil
}
