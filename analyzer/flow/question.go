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

// asksOutOfSight reports whether a loop around a wait may ask for anything that is not seen to be
// read of a field there: what a call returns, or what a pointer leads to that was there before.
func (a *analysis) asksOutOfSight(loop []*ssa.BasicBlock, wait ssa.CallInstruction) bool {
	within := func(addr ssa.Value) bool {
		field, ok := addr.(*ssa.FieldAddr)
		return ok && slices.Contains(loop, field.Block())
	}
	asks := func(instr ssa.Instruction) bool {
		switch instr := instr.(type) {
		case *ssa.UnOp:
			switch instr.X.(type) {
			case *ssa.Alloc, *ssa.Global, *ssa.FreeVar, *ssa.IndexAddr:
				return false
			case *ssa.FieldAddr:
				return instr.Op == token.MUL && !within(instr.X)
			}
			return instr.Op == token.MUL && isBasic(instr.Type())
		case *ssa.Call:
			if isAtomic(&instr.Call, "Load") {
				return !within(instr.Call.Args[0])
			}
			return instr != wait && instr.Call.Signature().Results().Len() > 0 && !a.standardCall(&instr.Call)
		}
		return false
	}
	return slices.ContainsFunc(loop, func(block *ssa.BasicBlock) bool { return slices.ContainsFunc(block.Instrs, asks) })
}

// standardCall reports whether a call is of a builtin, or of a function or a method of the standard
// library that is handed no function.
func (a *analysis) standardCall(call *ssa.CallCommon) bool {
	if _, builtin := call.Value.(*ssa.Builtin); builtin {
		return true
	}
	var pkg *types.Package
	if call.IsInvoke() {
		pkg = call.Method.Pkg()
	} else if fn, ok := call.Value.(*ssa.Function); ok {
		pkg = packageOf(fn)
	}
	return pkg != nil && a.env.Standard(pkg.Path()) && !slices.ContainsFunc(call.Args, func(arg ssa.Value) bool { return isSignature(arg.Type()) })
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
	case isZero(with) && (op == token.EQL || op == token.NEQ || op == token.GTR || op == token.LEQ):
		return x, op
	case isNumber(with, 1) && isInteger(x.Type()) && op == token.LSS:
		return x, token.LEQ
	case isNumber(with, 1) && isInteger(x.Type()) && op == token.GEQ:
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
