package vta

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Values is what values may be that are handed to others: function values that calls have as
// arguments, and interface values of which a method is called that a function type has, or for
// which somebody asks. Values that nothing flows to are left out, and so are those that say
// themselves what they are.
type Values struct {
	Functions map[ssa.Value][]*ssa.Function // of whatever signature
	Types     map[ssa.Value][]types.Type    // that have methods
}

// handed returns the values that functions hand over and that do not say what they are. Of what
// methods are called is as reached.
func (b *builder) handed(funcs map[*ssa.Function]bool, reached []*targets, asked []ssa.Value) []ssa.Value {
	var values []ssa.Value
	seen := make(map[ssa.Value]bool)
	add := func(v ssa.Value) {
		if !seen[v] {
			seen[v] = true
			values = append(values, v)
		}
	}
	for fn := range funcs {
		for _, block := range fn.Blocks {
			for _, instr := range block.Instrs {
				call, ok := instr.(ssa.CallInstruction)
				if !ok {
					continue
				}
				for _, arg := range call.Common().Args {
					switch arg.(type) {
					case *ssa.Function, *ssa.MakeClosure, *ssa.Const:
						continue
					}
					if isFunction(arg.Type()) {
						add(arg)
					}
				}
			}
		}
	}
	for _, v := range asked {
		add(v)
	}
	for i, site := range b.sites {
		if site.Common().IsInvoke() && ofFunctions(reached[i]) {
			add(site.Common().Value)
		}
	}
	return values
}

// ofFunctions reports whether some of the methods that a call may reach are those of function
// types.
func ofFunctions(methods *targets) bool {
	for _, fn := range methods.fns {
		if isFunction(fn.Signature.Recv().Type()) {
			return true
		}
	}
	return false
}

// valuesOf returns the functions and types in what flows to values.
func (b *builder) valuesOf(values []ssa.Value, flowing []*set) Values {
	if len(values) == 0 {
		return Values{}
	}
	functions, receivers := make([]*ssa.Function, b.props+1), make([]types.Type, b.props+1)
	for fn, p := range b.functions {
		functions[p] = fn
	}
	b.types.unique.Iterate(func(_ types.Type, e any) {
		if e := e.(*entry); e.receiver != 0 {
			receivers[e.receiver] = e.typ
		}
	})
	type content struct {
		fns   []*ssa.Function
		types []types.Type
	}
	known := make(map[*set]content) // many values have one set
	found := Values{make(map[ssa.Value][]*ssa.Function), make(map[ssa.Value][]types.Type)}
	for i, v := range values {
		s := flowing[i]
		if s == nil {
			continue
		}
		c, ok := known[s]
		if !ok {
			for _, p := range s.props {
				if fn := functions[p]; fn != nil {
					c.fns = append(c.fns, fn)
				} else if t := receivers[p]; t != nil {
					c.types = append(c.types, t)
				}
			}
			known[s] = c
		}
		if len(c.fns) > 0 {
			found.Functions[v] = c.fns
		}
		if len(c.types) > 0 {
			found.Types[v] = c.types
		}
	}
	return found
}
