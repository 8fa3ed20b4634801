package explore

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/callee"
)

// Marks returns the fields that functions set to true in objects that they have not made
// themselves: what is true there has been done since.
func Marks(fns []*ssa.Function) map[*types.Var]bool {
	marks := map[*types.Var]bool{}
	for _, instr := range instructions(fns) {
		store, ok := instr.(*ssa.Store)
		if !ok {
			continue
		}
		addr, isField := store.Addr.(*ssa.FieldAddr)
		set, isConst := store.Val.(*ssa.Const)
		if isField && isConst && !isNew(addr.X) && same(constantOf(set), boolean(true)) {
			marks[callee.Field(addr)] = true
		}
	}
	return marks
}

func isNew(v ssa.Value) bool {
	_, ok := v.(*ssa.Alloc)
	return ok
}

// marks reports whether what is at an address says, if true, what was done with an object.
func (x *explorer) marks(addr ssa.Value) bool {
	field, ok := addr.(*ssa.FieldAddr)
	return ok && x.options.Marks(callee.Field(field))
}
