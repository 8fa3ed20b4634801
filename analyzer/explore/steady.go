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
	read, set := map[*types.Var]bool{}, map[*types.Var]bool{}
	for _, fn := range fns {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				switch instr := instr.(type) {
				case *ssa.FieldAddr:
					field := callee.Field(instr)
					if field == nil || field.Exported() || fn.Pkg == nil || field.Pkg() != fn.Pkg.Pkg {
						continue
					}
					read[field] = true
					if !onlyRead(instr) && !isPartOfNew(instr) {
						set[field] = true
					}
				case *ssa.Store:
					if st, ok := instr.Val.Type().Underlying().(*types.Struct); ok && !isPartOfNew(instr.Addr) {
						setAll(st, set)
					}
				}
			}
		}
	}
	for field := range set {
		delete(read, field)
	}
	return read
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

// isPartOfNew reports whether an address is inside of what its function has made.
func isPartOfNew(addr ssa.Value) bool {
	for {
		outer, ok := addr.(*ssa.FieldAddr)
		if !ok {
			return isNew(addr)
		}
		addr = outer.X
	}
}

// steady reports whether what is at an address never changes.
func (x *explorer) steady(addr ssa.Value) bool {
	field, ok := addr.(*ssa.FieldAddr)
	return ok && x.options.Steady(callee.Field(field))
}
