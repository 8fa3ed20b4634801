package analyzer

import (
	"reflect"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/fault"
	"github.com/fencelint/fencelint/analyzer/flow"
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

// made is a summary, and the component that its function is in.
type made struct {
	component int
	summary   *summary.Summary
}

// rounds bounds the fixpoint over one component. Net effects grow from nothing and
// the objects of a function are finite, so that it ends by itself; the bound guards
// against an engine that oscillates, which is then said and not hidden.
const rounds = 100

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
		env := m.environment(func(key string) *summary.Summary { return m.seen(key, c, wait) })
		m.fixpoint(components[c], env)
	})
}

// seen returns the summary of a function as the c-th component sees it: those of components
// that come later are not there yet.
func (m *making) seen(key string, c int, wait func(int)) *summary.Summary {
	made, ours := m.made[key]
	if !ours || made.component > c {
		return m.imported(key)
	}
	if made.component < c {
		wait(made.component)
	}
	if made.summary == nil {
		return m.imported(key)
	}
	return made.summary
}

// fixpoint analyses a component. After a change of a summary that callers see it looks
// at those again that depend on it, and at no others.
func (m *making) fixpoint(component []int, env *flow.Env) {
	dependents := make(map[int][]int)
	stale := make(map[int]bool)
	for _, v := range component {
		stale[v] = true
		for _, w := range m.leads[v] {
			dependents[w] = append(dependents[w], v)
		}
	}
	order := scc.Order(component, func(v int) []int { return m.leads[v] })
	unsettled := make(map[int]bool)
	outlines := make(map[int]*flow.Outline)
	for round := range rounds {
		for _, v := range order {
			if !stale[v] {
				continue
			}
			delete(stale, v)
			made := m.made[m.known.Of(m.fns[v])]
			before := made.summary
			after := m.analyse(v, outlines, env)
			unsettled[v] = unsettled[v] || round >= patience && !sameWrites(before, after)
			if unsettled[v] {
				after.Net.Writes = nil
			}
			made.summary = after
			if before != nil && sameForCallers(before, after) {
				continue
			}
			for _, caller := range dependents[v] {
				stale[caller] = true
			}
		}
		if len(stale) == 0 {
			return
		}
	}
	for _, v := range component {
		m.fail(m.fns[v], "its summary does not settle")
	}
}

// patience is how many rounds the writes of a function may take to settle: they are bounded
// by number, and which of many are kept can go round in circles where hundreds of
// functions call each other. After that its callers are told of none.
const patience = 12

func sameWrites(before, after *summary.Summary) bool {
	return before != nil && reflect.DeepEqual(before.Net.Writes, after.Net.Writes)
}

// sameForCallers reports whether two summaries of a function are the same as far as
// the summaries of its callers depend on them.
func sameForCallers(a, b *summary.Summary) bool {
	return slices.Equal(a.Params, b.Params) && reflect.DeepEqual(a.Net, b.Net) && a.Unknown == b.Unknown
}

// analyse makes one pass over one function. A fault of ours in one function must
// neither take the run down nor pass for "harmless".
func (m *making) analyse(v int, outlines map[int]*flow.Outline, env *flow.Env) (s *summary.Summary) {
	fn, key := m.fns[v], m.known.Of(m.fns[v])
	why := fault.Guard(func() {
		if outlines[v] == nil {
			outlines[v] = flow.Read(fn, env)
		}
		s = m.look(outlines[v], fn, key)
	})
	if why != "" {
		m.fail(fn, why)
		return &summary.Summary{Func: key, Display: fn.Name(), Unknown: "internal error"}
	}
	return s
}
