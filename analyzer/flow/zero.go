package flow

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// zeroAsked returns the positions of the selectors of which a function asks whether what they
// select is 0, or has no elements.
func zeroAsked(fn *ssa.Function) map[token.Pos]bool {
	asked := make(map[token.Pos]bool)
	if fn.Syntax() == nil {
		return asked
	}
	ast.Inspect(fn.Syntax(), func(n ast.Node) bool {
		cmp, ok := n.(*ast.BinaryExpr)
		if !ok {
			return true
		}
		with, literal := ast.Unparen(cmp.Y).(*ast.BasicLit)
		if !literal || with.Kind != token.INT || with.Value != "0" {
			return true
		}
		switch cmp.Op {
		case token.EQL, token.NEQ, token.GTR, token.LEQ:
			if sel, ok := counted(cmp.X).(*ast.SelectorExpr); ok {
				asked[sel.Sel.Pos()] = true
			}
		}
		return true
	})
	return asked
}

// counted returns what a length is of, and anything else as it is.
func counted(e ast.Expr) ast.Expr {
	e = ast.Unparen(e)
	if call, ok := e.(*ast.CallExpr); ok && len(call.Args) == 1 {
		if name, ok := call.Fun.(*ast.Ident); ok && name.Name == "len" {
			return ast.Unparen(call.Args[0])
		}
	}
	return e
}

// foundMore notes of a write of a field that on the way from a block to its i-th successor the
// field is found to be more than 0, or to have elements. That says something of the value which
// was written only where nothing comes between the write and the look: both are in the block, and
// there is no call there, no other write, and nobody else can have had a lock meanwhile.
func (a *analysis) foundMore(s *state, block *ssa.BasicBlock, i int) {
	if len(s.wakes.writes) == 0 {
		return
	}
	load, fromAbove := loadOfMore(block.Instrs[len(block.Instrs)-1].(*ssa.If).Cond, i == 0)
	if load == nil || load.Block() != block {
		return
	}
	addr, ok := load.X.(*ssa.FieldAddr)
	if !ok {
		return
	}
	at := lastWrite(block, slices.Index(block.Instrs, ssa.Instruction(load)))
	if at < 0 || fromAbove && !stepsDown(block.Instrs[at]) {
		return
	}
	field, _ := a.watchedField(addr)
	if field == "" || !looksAt(writtenTo(block.Instrs[at]), load) {
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
	store, ok := instr.(*ssa.Store)
	if !ok {
		return true
	}
	if basic, ok := store.Val.Type().Underlying().(*types.Basic); !ok || basic.Info()&types.IsUnsigned != 0 {
		return true
	}
	step, ok := store.Val.(*ssa.BinOp)
	if !ok || step.Op != token.SUB {
		return false
	}
	by, ok := step.Y.(*ssa.Const)
	return ok && by.Value != nil && constant.Compare(by.Value, token.EQL, constant.MakeInt64(1))
}

// loadOfMore returns the load of what is more than 0, or of what has elements, where a condition
// is as holds says; nil if it does not say that. FromAbove says that it is only known not to be 0.
func loadOfMore(cond ssa.Value, holds bool) (load *ssa.UnOp, fromAbove bool) {
	cond, same := stripNot(cond)
	cmp, ok := cond.(*ssa.BinOp)
	if !ok || !isZero(cmp.Y) {
		return nil, false
	}
	switch cmp.Op {
	case token.NEQ, token.GTR:
	case token.EQL, token.LEQ:
		same = !same
	default:
		return nil, false
	}
	if holds != same {
		return nil, false
	}
	x := cmp.X
	if call, ok := x.(*ssa.Call); ok && isBuiltin(call, "len") {
		x = call.Call.Args[0]
	}
	load, ok = x.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return nil, false
	}
	return load, cmp.Op == token.EQL || cmp.Op == token.NEQ
}
