package flow

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/model"
)

// askedFields returns the full names of the fields that branches ask about before a block
// is come to, sorted.
func (a *analysis) askedFields(block *ssa.BasicBlock) []string {
	var fields []string
	for d := block.Idom(); d != nil; d = d.Idom() {
		branch, ok := d.Instrs[len(d.Instrs)-1].(*ssa.If)
		if !ok || !slices.ContainsFunc(d.Succs, func(next *ssa.BasicBlock) bool {
			return len(next.Preds) == 1 && next.Dominates(block)
		}) {
			continue
		}
		fields = append(fields, fieldsIn(branch.Cond, 0)...)
	}
	slices.Sort(fields)
	return slices.Compact(fields)
}

// fieldsIn returns the fields that are loaded for a value.
func fieldsIn(v ssa.Value, depth int) []string {
	if depth > maxHeld {
		return nil
	}
	switch v := v.(type) {
	case *ssa.BinOp:
		return append(fieldsIn(v.X, depth+1), fieldsIn(v.Y, depth+1)...)
	case *ssa.UnOp:
		addr, ok := v.X.(*ssa.FieldAddr)
		if v.Op != token.MUL || !ok {
			return fieldsIn(v.X, depth+1)
		}
		if name := model.FieldAt(addr.X.Type(), addr.Field); name != "" {
			return []string{name}
		}
	}
	return nil
}

// setFields returns the full names of the fields that the function stores to, sorted.
func (a *analysis) setFields() []string {
	if a.fieldsSet == nil {
		a.fieldsSet = []string{}
		for _, block := range a.fn.Blocks {
			for _, instr := range block.Instrs {
				store, ok := instr.(*ssa.Store)
				if !ok {
					continue
				}
				if addr, ok := store.Addr.(*ssa.FieldAddr); ok {
					a.fieldsSet = append(a.fieldsSet, model.FieldAt(addr.X.Type(), addr.Field))
				}
			}
		}
		slices.Sort(a.fieldsSet)
		a.fieldsSet = slices.Compact(a.fieldsSet)
	}
	return a.fieldsSet
}
