package callee

import (
	"golang.org/x/tools/go/ssa"
)

// Behind is a function that is called by a wrapper of an interface's method.
type Behind struct {
	Func *ssa.Function
	// Direct says that its receiver is the value that the wrapper is given as one: that of a
	// method value or method expression of an interface. Otherwise it is something in it.
	Direct bool
}

// Behind returns what runs where SSA has made a function that calls an interface's method: one
// that a struct has from an interface which it embeds, and method values and method expressions
// of interfaces. It is what the call in there may reach, and, as of [Graph.Callees], why there
// may be more; ok is false for other functions.
func (g *Graph) Behind(wrapper *ssa.Function) (reached []Behind, unresolved string, ok bool) {
	if invoked(wrapper) == nil {
		return nil, "", false
	}
	seen := map[*ssa.Function]bool{}
	var visit func(wrapper *ssa.Function, direct bool)
	visit = func(wrapper *ssa.Function, direct bool) {
		seen[wrapper] = true
		site := invoked(wrapper)
		direct = direct && given(wrapper, site.Common().Value)
		fns, open := g.Callees(site)
		if open != "" {
			unresolved = open
		}
		for _, fn := range fns {
			switch {
			case seen[fn]:
			case invoked(fn) != nil: // what is embedded embeds another
				visit(fn, direct)
			default:
				seen[fn] = true
				reached = append(reached, Behind{fn, direct})
			}
		}
	}
	visit(wrapper, true)
	return reached, unresolved, true
}

// Bodies returns the functions of which the bodies run when fn does: itself, or what is behind
// it.
func (g *Graph) Bodies(fn *ssa.Function) []*ssa.Function {
	behind, _, ok := g.Behind(fn)
	if !ok {
		return []*ssa.Function{fn}
	}
	fns := make([]*ssa.Function, len(behind))
	for i := range behind {
		fns[i] = behind[i].Func
	}
	return fns
}

// invoked returns the call of an interface's method that a wrapper consists in, nil if a function
// is none.
func invoked(fn *ssa.Function) ssa.CallInstruction {
	if fn.Syntax() != nil || fn.Object() == nil || fn.Synthetic == "" || len(fn.Blocks) == 0 {
		return nil
	}
	for _, instr := range fn.Blocks[0].Instrs {
		if call, ok := instr.(ssa.CallInstruction); ok && call.Common().IsInvoke() && call.Common().Method == fn.Object() {
			return call
		}
	}
	return nil
}

// given reports whether a value is what a wrapper was given for the receiver.
func given(wrapper *ssa.Function, recv ssa.Value) bool {
	switch recv := recv.(type) {
	case *ssa.FreeVar:
		return true
	case *ssa.Parameter:
		return recv == wrapper.Params[0]
	}
	return false
}
