package vta

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// hierarchy resolves calls by type alone: to all functions of a signature, or to that method of
// all types that implement an interface (Dean, Grove, Chambers, "Optimization of Object-Oriented
// Programs Using Static Class Hierarchy Analysis", ECOOP 1995).
type hierarchy struct {
	types      *table
	functions  map[*entry]*targets // by signature
	methods    map[string][]*ssa.Function
	called     map[abstract]*targets
	implements map[*entry]map[*entry]bool
}

// abstract is a method of an interface.
type abstract struct {
	of *entry
	id string
}

func newHierarchy(b *builder, funcs map[*ssa.Function]bool) *hierarchy {
	h := &hierarchy{
		types:      b.types,
		functions:  make(map[*entry]*targets),
		methods:    make(map[string][]*ssa.Function),
		called:     make(map[abstract]*targets),
		implements: make(map[*entry]map[*entry]bool),
	}
	for fn := range funcs {
		if fn.Signature.Recv() == nil {
			if fn.Name() != "init" || fn.Synthetic != "package initializer" {
				to := h.of(fn.Signature)
				to.fns = append(to.fns, fn)
			}
		} else if method, ok := fn.Object().(*types.Func); ok {
			h.methods[method.Id()] = append(h.methods[method.Id()], fn)
		}
	}
	return h
}

// of returns the functions of a signature.
func (h *hierarchy) of(signature *types.Signature) *targets {
	e := h.types.of(signature)
	to := h.functions[e]
	if to == nil {
		to = &targets{}
		h.functions[e] = to
	}
	return to
}

// candidates returns what a dynamic call may reach by its type.
func (h *hierarchy) candidates(call *ssa.CallCommon) *targets {
	if !call.IsInvoke() {
		return h.of(call.Signature())
	}
	inner := call.Value.Type().Underlying().(*types.Interface)
	key := abstract{h.types.of(inner), call.Method.Id()}
	to := h.called[key]
	if to == nil {
		to = &targets{method: true}
		for _, fn := range h.methods[key.id] {
			if h.implement(h.types.of(fn.Signature.Recv().Type()), key.of, inner) {
				to.fns = append(to.fns, fn)
			}
		}
		h.called[key] = to
	}
	return to
}

// implement reports whether values of a type are of an interface.
func (h *hierarchy) implement(concrete, of *entry, inner *types.Interface) bool {
	known := h.implements[of]
	if known == nil {
		known = make(map[*entry]bool)
		h.implements[of] = known
	}
	yes, asked := known[concrete]
	if !asked {
		yes = types.Implements(concrete.typ, inner)
		known[concrete] = yes
	}
	return yes
}
