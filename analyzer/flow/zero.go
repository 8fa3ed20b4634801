package flow

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// asksZero reports whether all that a function asks of a field, where it reads that, is whether it
// is 0, or has no elements.
func asksZero(v ssa.Value) bool {
	switch v.(type) {
	case *ssa.Field:
		return onlyZero(v)
	case *ssa.FieldAddr:
	default:
		return false
	}
	asked := false
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Store:
			if ref.Addr != v {
				return false
			}
		default:
			read, ok := ref.(ssa.Value)
			if !ok || !isLoad(read, v) || !onlyZero(read) {
				return false
			}
			asked = true
		}
	}
	return asked
}

// isLoad reports whether v is what is at an address.
func isLoad(v, addr ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.UnOp:
		return v.Op == token.MUL
	case *ssa.Call:
		return isAtomic(&v.Call, "Load") && v.Call.Args[0] == addr
	}
	return false
}

// atomicLoad returns the one call that reads an atomic variable at an address; nil if something
// else is done with that.
func atomicLoad(addr ssa.Value) *ssa.Call {
	var load *ssa.Call
	for _, ref := range *addr.Referrers() {
		call, ok := ref.(*ssa.Call)
		if !ok || load != nil || !isLoad(call, addr) {
			return nil
		}
		load = call
	}
	return load
}

// isAtomic reports whether a call is of an atomic variable's method, or of a function of one, whose
// name begins with verb.
func isAtomic(call *ssa.CallCommon, verb string) bool {
	fn := call.StaticCallee()
	if fn == nil || len(call.Args) == 0 || !strings.HasPrefix(fn.Name(), verb) {
		return false
	}
	pkg := packageOf(fn)
	return pkg != nil && pkg.Path() == atomics
}

// onlyZero reports whether nothing is done with a number, or with a length, but to ask whether it
// is 0.
func onlyZero(v ssa.Value) bool {
	asked := false
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
			continue
		case *ssa.BinOp:
			if x, _ := zeroTest(ref); x != v {
				return false
			}
		case *ssa.Call:
			if !isBuiltin(ref, "len") || !onlyZero(ref) {
				return false
			}
		default:
			return false
		}
		asked = true
	}
	return asked
}

// zeroTest returns what a comparison asks of whether it is 0, which is never less, and by which
// operator it would compare that with 0; nil if it asks something else.
func zeroTest(cmp *ssa.BinOp) (x ssa.Value, op token.Token) {
	x, op, with := cmp.X, cmp.Op, cmp.Y
	if _, first := x.(*ssa.Const); first {
		x, op, with = with, turned(op), x
	}
	switch {
	case isNumber(with, 0) && (op == token.EQL || op == token.NEQ || op == token.GTR || op == token.LEQ):
		return x, op
	case isNumber(with, 1) && op == token.LSS:
		return x, token.LEQ
	case isNumber(with, 1) && op == token.GEQ:
		return x, token.GTR
	}
	return nil, token.ILLEGAL
}

// turned returns the operator that compares the other way round.
func turned(op token.Token) token.Token {
	switch op {
	case token.LSS:
		return token.GTR
	case token.GTR:
		return token.LSS
	case token.LEQ:
		return token.GEQ
	case token.GEQ:
		return token.LEQ
	}
	return op
}

func isNumber(v ssa.Value, n int64) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.Value != nil && c.Value.Kind() == constant.Int && constant.Compare(c.Value, token.EQL, constant.MakeInt64(n))
}

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
		if unsigned(instr.Val.Type()) {
			return true
		}
		step, ok := instr.Val.(*ssa.BinOp)
		return ok && step.Op == token.SUB && isNumber(step.Y, 1)
	case *ssa.Call:
		if isAtomic(&instr.Call, "Add") {
			return unsigned(instr.Type()) || isNumber(instr.Call.Args[1], -1)
		}
	}
	return true
}

// unsigned reports whether a value of a type is no number that may be less than 0.
func unsigned(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return !ok || basic.Info()&types.IsUnsigned != 0
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
