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
	return fieldKey{s.owner.Origin().Obj(), s.field.Name()}
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
				fields[fieldKey{owner.Origin().Obj(), st.Field(addr.Field).Name()}] = true
			}
		}
	}
	return fields
}

// variable returns the value that a local variable has when it is loaded by at: its
// only one, or the one last set; nil if that is not clear.
func (a *analysis) variable(alloc *ssa.Alloc, at *ssa.UnOp) ssa.Value {
	stores := capture.Stores(alloc)
	if len(stores) == 1 && stores[0].Parent() == alloc.Parent() {
		return stores[0].Val
	}
	if at.Block() == nil || at.Parent() != alloc.Parent() {
		return nil
	}
	block := at.Block()
	if set, ok := setIn(alloc, block.Instrs[:slices.Index(block.Instrs, ssa.Instruction(at))]); ok && !captured(alloc) {
		return set
	}
	return a.lastSet(alloc, at)
}

// lastSet returns what a variable was last set to wherever at is come to: nil if that is not
// one thing, or others than its function may set it.
func (a *analysis) lastSet(alloc *ssa.Alloc, at ssa.Instruction) ssa.Value {
	if at.Parent() != alloc.Parent() || !a.setsAlone(alloc) {
		return nil
	}
	block := at.Block()
	if set, ok := setIn(alloc, block.Instrs[:slices.Index(block.Instrs, at)]); ok {
		return set
	}
	return a.setBefore(alloc, block)
}

// setsAlone reports whether nobody but its function sets a variable.
func (a *analysis) setsAlone(alloc *ssa.Alloc) bool {
	alone, known := a.alone[alloc]
	if !known {
		alone = capture.Named(alloc) && !slices.ContainsFunc(capture.Stores(alloc), func(s *ssa.Store) bool {
			return s.Parent() != alloc.Parent()
		})
		a.alone[alloc] = alone
	}
	return alone
}

// setBefore returns what a variable was last set to on every way to a block, nil if there is
// no such thing.
func (a *analysis) setBefore(alloc *ssa.Alloc, block *ssa.BasicBlock) ssa.Value {
	key := variableAt{alloc, block}
	if known, ok := a.setAt[key]; ok {
		return known
	}
	var common ssa.Value
	same := true
	seen := make([]bool, len(block.Parent().Blocks))
	var visit func(b *ssa.BasicBlock)
	visit = func(b *ssa.BasicBlock) {
		for _, pred := range b.Preds {
			if seen[pred.Index] || !same {
				continue
			}
			seen[pred.Index] = true
			set, ok := setIn(alloc, pred.Instrs)
			switch {
			case !ok:
				visit(pred)
			case set == nil || common != nil && common != set:
				same = false
			default:
				common = set
			}
		}
	}
	visit(block)
	if !same {
		common = nil
	}
	a.setAt[key] = common
	return common
}

// setIn returns what instructions set a variable to last: nil if they only make it. It
// reports false if they do neither.
func setIn(alloc *ssa.Alloc, instrs []ssa.Instruction) (ssa.Value, bool) {
	for _, instr := range slices.Backward(instrs) {
		if instr == alloc {
			return nil, true
		}
		if store, ok := instr.(*ssa.Store); ok && store.Addr == alloc {
			return store.Val, true
		}
	}
	return nil, false
}

// variableAt is a variable where a block begins.
type variableAt struct {
	variable *ssa.Alloc
	block    *ssa.BasicBlock
}

func captured(alloc *ssa.Alloc) bool {
	return slices.ContainsFunc(*alloc.Referrers(), func(ref ssa.Instruction) bool {
		_, ok := ref.(*ssa.MakeClosure)
		return ok
	})
}
