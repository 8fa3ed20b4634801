package explore

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/callee"
)

// Steady returns the fields that nobody sets but in an object that he has just made: they are
// what they are, however often they are read. It counts those alone that nobody out of sight
// can set, of the packages of the functions.
func Steady(fns []*ssa.Function) map[*types.Var]bool {
	read, set := map[*types.Var]bool{}, map[*types.Var]bool{}
	for fn, instr := range instructions(fns) {
		switch instr := instr.(type) {
		case *ssa.FieldAddr:
			if field := hidden(fn, instr); field != nil {
				read[field] = true
				set[field] = set[field] || !onlyRead(instr) && !made(instr) || isContainer(field.Type())
			}
		case *ssa.Store:
			replaced(instr, set)
		}
	}
	return without(read, set)
}

// onlyRead reports whether what is at an address is read, and it goes nowhere else.
func onlyRead(addr ssa.Value) bool {
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.UnOp, *ssa.DebugRef:
		case *ssa.FieldAddr:
			if !onlyRead(ref) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// isContainer reports whether what is in a value of a type changes although the value is the
// same: a map, or a channel.
func isContainer(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Map, *types.Chan:
		return true
	}
	return false
}

// made reports whether an address is inside of what its function has just made, and nobody
// else can have yet: in the block that makes it, before it is used for anything but its fields.
func made(addr ssa.Value) bool {
	at, ok := addr.(ssa.Instruction)
	for {
		outer, inside := addr.(*ssa.FieldAddr)
		if !inside {
			break
		}
		addr = outer.X
	}
	alloc, fresh := addr.(*ssa.Alloc)
	if !ok || !fresh || at.Block() != alloc.Block() {
		return false
	}
	instrs := at.Block().Instrs
	for _, instr := range instrs[slices.Index(instrs, ssa.Instruction(alloc))+1:] {
		if instr == at {
			return true
		}
		switch instr.(type) {
		case *ssa.FieldAddr, *ssa.DebugRef:
			continue
		}
		if slices.ContainsFunc(instr.Operands(nil), func(v *ssa.Value) bool { return *v == ssa.Value(alloc) }) {
			whole, ok := instr.(*ssa.Store)
			return ok && at == ssa.Instruction(alloc) && whole.Addr == addr && whole.Val != addr
		}
	}
	return false
}

// steady reports whether what is at an address never changes.
func (x *explorer) steady(addr ssa.Value) bool {
	field, ok := addr.(*ssa.FieldAddr)
	return ok && (x.options.Steady(callee.Field(field)) || x.options.Lasting(callee.Field(field)))
}
