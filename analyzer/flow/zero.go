package flow

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// foundMore notes of a write of a field that on the way from a block to its i-th successor the
// field is found to be more than 0, or to have elements. That says something of the value which
// was written only where nothing comes between the write and the look: both are in the block, and
// there is no call there, no other write, and nobody else can have had a lock meanwhile.
func (a *analysis) foundMore(s *state, block *ssa.BasicBlock, i int) {
	if len(s.wakes.writes) == 0 {
		return
	}
	found, fromAbove := foundToBeMore(block.Instrs[len(block.Instrs)-1].(*ssa.If).Cond, i == 0)
	at, addr := writeBefore(block, found)
	if at < 0 || fromAbove && !stepsDown(block.Instrs[at]) {
		return
	}
	field, _ := a.watchedField(addr)
	if field == "" {
		return
	}
	n := slices.IndexFunc(s.wakes.writes, func(w *written) bool {
		return w.at.block == block.Index && w.at.instr == at && w.Field == field
	})
	if n < 0 {
		return
	}
	more := *s.wakes.writes[n]
	more.notZero = true
	s.wakes.writes = slices.Clone(s.wakes.writes)
	s.wakes.writes[n] = &more
}

// writeBefore returns the index of the instruction of a block that has written what is found
// there, and the field; -1 if nothing is known of what did.
func writeBefore(block *ssa.BasicBlock, found ssa.Value) (at int, field *ssa.FieldAddr) {
	instr, ok := found.(ssa.Instruction)
	if !ok || instr.Block() != block {
		return -1, nil
	}
	at = slices.Index(block.Instrs, instr)
	switch found := found.(type) {
	case *ssa.UnOp:
		field, ok = found.X.(*ssa.FieldAddr)
		if at = lastWrite(block, at); at >= 0 && ok && found.Op == token.MUL && looksAt(writtenTo(block.Instrs[at]), found) {
			return at, field
		}
	case *ssa.Call:
		if isAtomic(&found.Call, "Add") { // it is what it has written
			if field, ok = found.Call.Args[0].(*ssa.FieldAddr); ok {
				return at, field
			}
		}
	}
	return -1, nil
}

// lastWrite returns the index of the last instruction of a block before one that may write or
// call, -1 if it is a call of a function, or there is none.
func lastWrite(block *ssa.BasicBlock, before int) int {
	for at := before - 1; at >= 0; at-- {
		switch instr := block.Instrs[at].(type) {
		case *ssa.Store, *ssa.MapUpdate:
			return at
		case *ssa.Call:
			switch {
			case isBuiltin(instr, "delete"), isBuiltin(instr, "clear"):
				return at
			case isBuiltin(instr, "len"), isBuiltin(instr, "cap"):
			default:
				return -1
			}
		case *ssa.Send, *ssa.Select, *ssa.RunDefers:
			return -1
		case *ssa.UnOp:
			if instr.Op == token.ARROW {
				return -1
			}
		}
	}
	return -1
}

// writtenTo returns the address that an instruction writes to, or the map that it changes.
func writtenTo(instr ssa.Instruction) ssa.Value {
	switch instr := instr.(type) {
	case *ssa.Store:
		return instr.Addr
	case *ssa.MapUpdate:
		return instr.Map
	case *ssa.Call: // delete, clear
		return instr.Call.Args[0]
	}
	return nil
}

// looksAt reports whether a load is of what was written to, as an address or as a map.
func looksAt(to ssa.Value, load *ssa.UnOp) bool { return sameWay(to, load.X) || sameWay(to, load) }

// sameWay reports whether two values are come to in the same way, and so are one as long as nothing
// is written in between.
func sameWay(x, y ssa.Value) bool {
	if x == y {
		return true
	}
	switch x := x.(type) {
	case *ssa.UnOp:
		y, ok := y.(*ssa.UnOp)
		return ok && x.Op == y.Op && x.Op == token.MUL && sameWay(x.X, y.X)
	case *ssa.FieldAddr:
		y, ok := y.(*ssa.FieldAddr)
		return ok && x.Field == y.Field && sameWay(x.X, y.X)
	case *ssa.IndexAddr:
		y, ok := y.(*ssa.IndexAddr)
		return ok && x.Index == y.Index && sameWay(x.X, y.X)
	}
	return false
}

// stepsDown reports whether an instruction writes one less than there was, so that what is not 0
// then is more, or writes what is never less than 0.
func stepsDown(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.Store:
		if !signed(instr.Val.Type()) {
			return true
		}
		step, ok := instr.Val.(*ssa.BinOp)
		if !ok || step.Op != token.SUB || !isNumber(step.Y, 1) || !isInteger(step.Type()) {
			return false
		}
		before, ok := step.X.(*ssa.UnOp)
		return ok && before.Op == token.MUL && sameWay(before.X, instr.Addr)
	case *ssa.Call:
		if isAtomic(&instr.Call, "Add") {
			return !signed(instr.Type()) || isNumber(instr.Call.Args[1], -1)
		}
	}
	return true
}

// foundToBeMore returns what is more than 0, or has elements, where a condition is as holds says;
// nil if it does not say that. FromAbove says that it is only known not to be 0.
func foundToBeMore(cond ssa.Value, holds bool) (found ssa.Value, fromAbove bool) {
	cond, same := stripNot(cond)
	cmp, ok := cond.(*ssa.BinOp)
	if !ok {
		return nil, false
	}
	found, op := zeroTest(cmp)
	if op == token.EQL || op == token.LEQ {
		same = !same
	}
	if found == nil || holds != same {
		return nil, false
	}
	if call, ok := found.(*ssa.Call); ok && isBuiltin(call, "len") {
		found = call.Call.Args[0]
	}
	return found, op == token.EQL || op == token.NEQ
}
