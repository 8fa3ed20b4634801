package analyzer

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/inorder"
	"github.com/fencelint/fencelint/analyzer/scc"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// making is the making of the summaries of functions.
type making struct {
	*engine
	fns   []*ssa.Function
	leads [][]int          // by function: see leadsTo
	made  map[string]*made // by key of the functions
}

// made is a summary, and where its function is: in which component, and at which position in
// the order in which the functions of that are looked at.
type made struct {
	component, position int
	summary             *summary.Summary
	last                *summary.Summary // as the round before left it, see component
}

// make analyses the components of the call graph, callees before callers, on all processors.
func (m *making) make() {
	components := scc.Components(len(m.fns), func(v int) []int { return m.leads[v] })
	in := make([]int, len(m.fns))
	for c, component := range components {
		for _, v := range component {
			in[v] = c
			m.made[m.known.Of(m.fns[v])].component = c
		}
	}
	needs := func(c int) (others []int) {
		for _, v := range components[c] {
			for _, w := range m.leads[v] {
				if in[w] != c {
					others = append(others, in[w])
				}
			}
		}
		slices.Sort(others)
		return slices.Compact(others)
	}
	inorder.Run(len(components), needs, func(c int, wait func(int)) {
		newComponent(m, components[c], wait).fixpoint()
	})
}
