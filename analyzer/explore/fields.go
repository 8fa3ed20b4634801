package explore

import (
	"go/types"
	"iter"
	"maps"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/callee"
)

// instructions iterates over the instructions of functions, with the function that each is in.
func instructions(fns []*ssa.Function) iter.Seq2[*ssa.Function, ssa.Instruction] {
	return func(yield func(*ssa.Function, ssa.Instruction) bool) {
		for _, fn := range fns {
			for _, b := range fn.Blocks {
				for _, instr := range b.Instrs {
					if !yield(fn, instr) {
						return
					}
				}
			}
		}
	}
}

// hidden returns the field at an address in a function, if nobody out of sight can get at
// it: one of the function's package, without an exported name; nil otherwise.
func hidden(fn *ssa.Function, addr *ssa.FieldAddr) *types.Var {
	field := callee.Field(addr)
	if field == nil || field.Exported() || fn.Pkg == nil || field.Pkg() != fn.Pkg.Pkg {
		return nil
	}
	return field
}

// replaced puts down the fields of a struct that is stored as a whole, but where it has just
// been made.
func (m *makers) replaced(store *ssa.Store, set map[*types.Var]bool) {
	if st, ok := store.Val.Type().Underlying().(*types.Struct); ok && !m.made(store) {
		setAll(st, set)
	}
}

// setAll puts down the fields of a struct, and of those in it, which are all set at once.
func setAll(st *types.Struct, set map[*types.Var]bool) {
	for field := range st.Fields() {
		set[field.Origin()] = true
		if inner, ok := field.Type().Underlying().(*types.Struct); ok {
			setAll(inner, set)
		}
	}
}

// without takes out of fields those that are in others.
func without(fields, others map[*types.Var]bool) map[*types.Var]bool {
	maps.DeleteFunc(fields, func(field *types.Var, _ bool) bool { return others[field] })
	return fields
}
