package explore

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/callee"
)

// Steady returns the fields that nobody sets but in an object that he has just made: they are
// what they are, however often they are read. It counts those alone that nobody out of sight
// can set, of the packages of the functions.
func Steady(fns []*ssa.Function) map[*types.Var]bool {
	read, set, makers := map[*types.Var]bool{}, map[*types.Var]bool{}, newMakers()
	for fn, instr := range instructions(fns) {
		switch instr := instr.(type) {
		case *ssa.FieldAddr:
			if field := hidden(fn, instr); field != nil {
				read[field] = true
				set[field] = set[field] || !makers.onlyRead(instr) || isContainer(field.Type())
			}
		case *ssa.Store:
			makers.replaced(instr, set)
		}
	}
	return without(read, set)
}

// onlyRead reports whether what is at an address is read, or set in what has just been made,
// and it goes nowhere else.
func (m *makers) onlyRead(addr ssa.Value) bool {
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.UnOp, *ssa.DebugRef:
		case *ssa.FieldAddr:
			if !m.onlyRead(ref) {
				return false
			}
		case *ssa.Store:
			if ref.Addr != addr || !m.made(ref) {
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

// steady reports whether what is at an address never changes.
func (x *explorer) steady(addr ssa.Value) bool {
	field, ok := addr.(*ssa.FieldAddr)
	return ok && (x.options.Steady(callee.Field(field)) || x.options.Lasting(callee.Field(field)))
}
