package flow

import (
	"slices"

	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// target is a function that a call may reach, and what the call hands to it.
type target struct {
	fn     *ssa.Function
	via    summary.Via
	params []ssa.Value // by the target's parameters, receiver first; nil where not known
	free   []ssa.Value // by its free variables
}

// same reports whether two targets of one function are called alike.
func (t target) same(u target) bool {
	return t.via == u.via && slices.Equal(t.params, u.params) && slices.Equal(t.free, u.free)
}

// argument returns what is handed over for a parameter, free variables after them;
// nil if that is not known.
func (t target) argument(param int) ssa.Value {
	n := parameters(t.fn)
	switch {
	case param < 0:
		return nil
	case param < n && param < len(t.params):
		return t.params[param]
	case param >= n && param-n < len(t.free):
		return t.free[param-n]
	}
	return nil
}

// parameters returns the number of fn's parameters, the receiver included. A function
// of an import that has no body has no list of them either.
func parameters(fn *ssa.Function) int {
	if n := len(fn.Params); n > 0 {
		return n
	}
	n := fn.Signature.Params().Len()
	if fn.Signature.Recv() != nil {
		n++
	}
	return n
}

// groupTargets splits targets by what is handed to them, in order.
func groupTargets(targets []target) [][]target {
	var groups [][]target
next:
	for _, t := range targets {
		for i, group := range groups {
			if slices.Equal(group[0].params, t.params) && slices.Equal(group[0].free, t.free) {
				groups[i] = append(group, t)
				continue next
			}
		}
		groups = append(groups, []target{t})
	}
	return groups
}
