package graph

import (
	"slices"

	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// surer reports whether a way, no longer than another that is known, hangs on fewer
// branches: it is the better witness.
func (r Reached) surer(w *Witness) bool {
	if r.Path == nil || w.Path == nil || w.Op == nil {
		return false
	}
	all, dynamic := r.Path.Hops()
	if knownAll, knownDynamic := w.Path.Hops(); all != knownAll || dynamic != knownDynamic || all == 0 {
		return false
	}
	return r.branches() < w.Waits().branches()
}

// branches counts the functions on a way, below the one it begins in, that come to the next
// step of it on some of their ways only.
func (r Reached) branches() int {
	n := 0
	site := &r.Op.Site
	for p := r.Path; p.Up != nil; p = p.Up {
		if !always(p.State, site) {
			n++
		}
		site = &p.Call.Site
	}
	return n
}

// always reports whether a function comes to a site on every way to its end.
func always(st *reach.State, site *summary.Site) bool {
	flow := st.Summary.Flow
	if site.Block == 0 || len(flow) == 0 {
		return true
	}
	seen := map[int]bool{0: true}
	for todo := []int{0}; len(todo) > 0; todo = todo[1:] {
		if todo[0] >= len(flow) || len(flow[todo[0]]) == 0 && !slices.Contains(st.Summary.Panics, todo[0]) {
			return false
		}
		for _, next := range flow[todo[0]] {
			if next != site.Block && !seen[next] {
				seen[next] = true
				todo = append(todo, next)
			}
		}
	}
	return true
}
