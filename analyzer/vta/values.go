package vta

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Values are the functions, of whatever signature, that values may be which are handed to
// others: function values that calls have as arguments, and interface values of which a method is
// called that a function type has. Values that no function flows to are left out, and so are those
// that say themselves what they are.
type Values map[ssa.Value][]*ssa.Function

// handed returns the values that functions hand over and that do not say what they are. Of what
// methods are called is as reached.
func (b *builder) handed(funcs map[*ssa.Function]bool, reached []*targets) []ssa.Value {
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

// functionsIn returns the functions in what flows to values.
func (b *builder) functionsIn(values []ssa.Value, flowing []*set) Values {
	if len(values) == 0 {
		return nil
	}
	functions := make([]*ssa.Function, b.props+1)
	for fn, p := range b.functions {
		functions[p] = fn
	}
	known := make(map[*set][]*ssa.Function) // many values have one set
	found := make(Values)
	for i, v := range values {
		s := flowing[i]
		if s == nil {
			continue
		}
		fns, ok := known[s]
		if !ok {
			for _, p := range s.props {
				if fn := functions[p]; fn != nil {
					fns = append(fns, fn)
				}
			}
			known[s] = fns
		}
		if len(fns) > 0 {
			found[v] = fns
		}
	}
	return found
}

// As returns those of functions that have a signature.
func As(fns []*ssa.Function, signature *types.Signature) []*ssa.Function {
	var some []*ssa.Function
	for _, fn := range fns {
		if types.Identical(fn.Signature, signature) {
			some = append(some, fn)
		}
	}
	return some
}
