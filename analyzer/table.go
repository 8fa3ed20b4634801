package analyzer

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// tableLength is from which length on an array is a table.
const tableLength = 64

// emptyTables takes out of the initialiser of a package what fills tables with numbers and
// strings: in a program with the tables of cryptography and of Unicode that is a quarter of
// all instructions, and nothing is asked of any of them.
func emptyTables(pkg *ssa.Package) {
	init := pkg.Func("init")
	if init == nil {
		return
	}
	gone := make(map[ssa.Instruction]bool)
	for _, block := range slices.Backward(init.Blocks) {
		for _, instr := range slices.Backward(block.Instrs) {
			if fillsTable(instr, gone) {
				gone[instr] = true
			}
		}
	}
	if len(gone) == 0 {
		return
	}
	left := func(instrs []ssa.Instruction) (kept []ssa.Instruction) { // of its own: what goes is large
		for _, instr := range instrs {
			if !gone[instr] {
				kept = append(kept, instr)
			}
		}
		return kept
	}
	for _, block := range init.Blocks {
		block.Instrs = left(block.Instrs)
		for _, instr := range block.Instrs {
			if v, ok := instr.(ssa.Value); ok && v.Referrers() != nil {
				*v.Referrers() = left(*v.Referrers())
			}
		}
	}
}

// fillsTable reports whether an instruction puts a number or a string into a table, or is the
// address of a place that only such instructions use.
func fillsTable(instr ssa.Instruction, gone map[ssa.Instruction]bool) bool {
	switch instr := instr.(type) {
	case *ssa.Store:
		c, ok := instr.Val.(*ssa.Const)
		if !ok {
			return false
		}
		basic, ok := c.Type().Underlying().(*types.Basic)
		return ok && basic.Info()&(types.IsNumeric|types.IsString) != 0 && inTable(instr.Addr)
	case *ssa.IndexAddr, *ssa.FieldAddr:
		users := *instr.(ssa.Value).Referrers()
		return len(users) > 0 && inTable(instr.(ssa.Value)) &&
			!slices.ContainsFunc(users, func(user ssa.Instruction) bool { return !gone[user] })
	}
	return false
}

// inTable reports whether an address leads into a table that is a variable, or was just made.
func inTable(addr ssa.Value) bool {
	table := false
	for {
		switch at := addr.(type) {
		case *ssa.IndexAddr:
			pointer, ok := at.X.Type().Underlying().(*types.Pointer)
			if !ok {
				return false
			}
			array, ok := pointer.Elem().Underlying().(*types.Array)
			if !ok {
				return false
			}
			table = table || array.Len() >= tableLength
			addr = at.X
		case *ssa.FieldAddr:
			addr = at.X
		case *ssa.Alloc, *ssa.Global:
			return table
		default:
			return false
		}
	}
}
