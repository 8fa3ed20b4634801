// Package capture follows variables that function literals capture.
package capture

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Stores returns the stores to a variable in its function and in the literals that
// capture it.
func Stores(addr ssa.Value) []*ssa.Store {
	var stores []*ssa.Store
	refs := addr.Referrers()
	if refs == nil {
		return nil
	}
	for _, ref := range *refs {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Addr == addr {
				stores = append(stores, ref)
			}
		case *ssa.MakeClosure:
			literal := ref.Fn.(*ssa.Function)
			for i, binding := range ref.Bindings {
				if binding == addr && i < len(literal.FreeVars) {
					stores = append(stores, Stores(literal.FreeVars[i])...)
				}
			}
		}
	}
	return stores
}

// Binding returns what the enclosing function binds to a free variable, nil if that is
// not known.
func Binding(v *ssa.FreeVar) ssa.Value {
	literal := v.Parent()
	closure := Closure(literal)
	if closure == nil {
		return nil
	}
	if i := slices.Index(literal.FreeVars, v); i >= 0 && i < len(closure.Bindings) {
		return closure.Bindings[i]
	}
	return nil
}

// Closure returns the instruction that makes the closure of a literal, nil if there is
// none.
func Closure(literal *ssa.Function) *ssa.MakeClosure {
	parent := literal.Parent()
	if parent == nil {
		return nil
	}
	for _, block := range parent.Blocks {
		for _, instr := range block.Instrs {
			if closure, ok := instr.(*ssa.MakeClosure); ok && closure.Fn == literal {
				return closure
			}
		}
	}
	return nil
}

// Origin returns the variable that a literal, or one around it, has captured; nil if
// it is none.
func Origin(free *ssa.FreeVar) *ssa.Alloc {
	binding := Binding(free)
	for {
		outer, ok := binding.(*ssa.FreeVar)
		if !ok {
			break
		}
		binding = Binding(outer)
	}
	alloc, _ := binding.(*ssa.Alloc)
	return alloc
}

// SetOnce reports whether a captured variable is set before it is captured, and never
// again.
func SetOnce(free *ssa.FreeVar) bool {
	alloc := Origin(free)
	return alloc != nil && len(Stores(alloc)) == 1
}

// Steady reports whether a variable is set once and can be reached by its name alone: all
// that is done with its address is to read, to set and to capture it.
func Steady(alloc *ssa.Alloc) bool { return Named(alloc) && len(Stores(alloc)) == 1 }

// Named reports whether a variable can be reached by its name alone: all that is done with
// its address is to read, to set and to capture it.
func Named(addr ssa.Value) bool {
	refs := addr.Referrers()
	if refs == nil {
		return false
	}
	for _, ref := range *refs {
		switch ref := ref.(type) {
		case *ssa.UnOp, *ssa.DebugRef:
		case *ssa.Store:
			if ref.Val == addr {
				return false
			}
		case *ssa.MakeClosure:
			literal := ref.Fn.(*ssa.Function)
			for i, binding := range ref.Bindings {
				if binding == addr && (i >= len(literal.FreeVars) || !Named(literal.FreeVars[i])) {
					return false
				}
			}
		default:
			return false
		}
	}
	return true
}
