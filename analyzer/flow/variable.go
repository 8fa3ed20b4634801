package flow

import (
	"go/types"
	"slices"

	"github.com/fencelint/fencelint/analyzer/capture"
	"github.com/fencelint/fencelint/analyzer/model"
	"golang.org/x/tools/go/ssa"
)

// load returns the place of the value loaded by v.
func (a *analysis) load(v *ssa.UnOp) place {
	switch addr := v.X.(type) {
	case *ssa.Alloc:
		if stored := a.variable(addr, v); stored != nil {
			return a.place(stored)
		}
		if _, ok := deref(addr.Type()).Underlying().(*types.Struct); !ok {
			return place{base: addr, steps: []step{{at: v}}, typ: v.Type()}
		}
	case *ssa.FreeVar:
		if addr.Parent() == a.fn && len(capture.Stores(addr)) > 0 {
			return place{base: addr, steps: []step{{at: v}}, typ: v.Type()}
		}
	}
	p := a.place(v.X)
	p.typ = v.Type()
	if n := len(p.steps); n > 0 && a.stored[keyOf(p.steps[n-1])] && p.steps[n-1].at == nil && pointerLike(v.Type()) {
		p.steps = slices.Clone(p.steps)
		p.steps[n-1].at = v
	}
	return p
}

func keyOf(s step) fieldKey {
	if s.field == nil || s.owner == nil {
		return fieldKey{}
	}
	return fieldKey{model.TypeName(s.owner), s.field.Name()}
}

// storedFields returns the fields of named structs that fn stores to, other than to
// fill in what it has just made.
func storedFields(fn *ssa.Function) map[fieldKey]bool {
	fields := make(map[fieldKey]bool)
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			store, ok := instr.(*ssa.Store)
			if !ok {
				continue
			}
			addr, ok := store.Addr.(*ssa.FieldAddr)
			if !ok {
				continue
			}
			if _, ok := addr.X.(*ssa.Alloc); ok {
				continue
			}
			owner := model.NamedOf(addr.X.Type())
			if st, ok := deref(addr.X.Type()).Underlying().(*types.Struct); ok && owner != nil {
				fields[fieldKey{model.TypeName(owner), st.Field(addr.Field).Name()}] = true
			}
		}
	}
	return fields
}

// variable returns the value that a local variable has when it is loaded by at: its
// only one, or the last set in the same block; nil if that is not clear.
func (a *analysis) variable(alloc *ssa.Alloc, at *ssa.UnOp) ssa.Value {
	stores := capture.Stores(alloc)
	if len(stores) == 1 && stores[0].Parent() == alloc.Parent() {
		return stores[0].Val
	}
	if at.Block() == nil || captured(alloc) {
		return nil
	}
	instrs := at.Block().Instrs
	for i := slices.Index(instrs, ssa.Instruction(at)) - 1; i >= 0; i-- {
		if store, ok := instrs[i].(*ssa.Store); ok && store.Addr == alloc {
			return store.Val
		}
	}
	return nil
}

func captured(alloc *ssa.Alloc) bool {
	return slices.ContainsFunc(*alloc.Referrers(), func(ref ssa.Instruction) bool {
		_, ok := ref.(*ssa.MakeClosure)
		return ok
	})
}
