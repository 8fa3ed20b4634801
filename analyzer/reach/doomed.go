package reach

import (
	"slices"

	"github.com/fencelint/fencelint/analyzer/summary"
)

// Doomed reports whether every way on from a site ends in a panic. What is done there is
// done by who has found that something is wrong already.
func (st *State) Doomed(site *summary.Site) bool {
	if len(st.Summary.Panics) == 0 || site.Block >= len(st.Summary.Flow) {
		return false
	}
	if st.doomed == nil {
		st.doomed = make([]summary.Truth, len(st.Summary.Flow))
	}
	if st.doomed[site.Block] == summary.Unknown {
		st.doomed[site.Block] = summary.TruthOf(doomed(st.Summary, site.Block))
	}
	return st.doomed[site.Block] == summary.True
}

func doomed(sum *summary.Summary, block int) bool {
	panics := false
	seen := map[int]bool{block: true}
	for todo := []int{block}; len(todo) > 0; todo = todo[1:] {
		next := sum.Flow[todo[0]]
		if len(next) == 0 {
			if !slices.Contains(sum.Panics, todo[0]) {
				return false
			}
			panics = true
		}
		for _, b := range next {
			if !seen[b] {
				seen[b] = true
				todo = append(todo, b)
			}
		}
	}
	return panics
}

// Doomed reports whether a call on the way is made where every way on ends in a panic.
func (p *Path) Doomed() bool { return p.doomed }
