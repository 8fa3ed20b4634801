package flow

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// leastAsked returns the positions of the selectors of which a function asks whether what they
// select is the least there is: 0, nil, or without elements.
func leastAsked(fn *ssa.Function) map[token.Pos]bool {
	asked := make(map[token.Pos]bool)
	if fn.Syntax() == nil {
		return asked
	}
	ast.Inspect(fn.Syntax(), func(n ast.Node) bool {
		cmp, ok := n.(*ast.BinaryExpr)
		if !ok || !isLeast(cmp.Y) {
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

// seenMore notes of the writes of a field that on the way from a block to its i-th successor it
// is found to be more than the least there is.
func (a *analysis) seenMore(s *state, block *ssa.BasicBlock, i int) {
	if len(s.wakes.writes) == 0 {
		return
	}
	load := moreThanLeast(block.Instrs[len(block.Instrs)-1].(*ssa.If).Cond, i == 0)
	if load == nil || load.Block() != block {
		return
	}
	addr, ok := load.X.(*ssa.FieldAddr)
	if !ok {
		return
	}
	field, owner := a.watchedField(addr)
	of := a.objectAt(owner, summary.NoClass).Object
	of.Class = summary.Class{}
	if field == "" || of.Instance == "" {
		return
	}
	at := slices.Index(block.Instrs, ssa.Instruction(load))
	var writes []*written
	for n, w := range s.wakes.writes {
		if w.more || w.Field != field || w.Of != of || w.at.block == block.Index && w.at.instr > at {
			continue
		}
		if writes == nil {
			writes = slices.Clone(s.wakes.writes)
		}
		more := *w
		more.more = true
		writes[n] = &more
	}
	if writes != nil {
		s.wakes.writes = writes
	}
}

// moreThanLeast returns the load of what is more than the least there is, 0, nil or no elements,
// where a condition is as holds says; nil if it does not say that.
func moreThanLeast(cond ssa.Value, holds bool) *ssa.UnOp {
	cond, same := stripNot(cond)
	cmp, ok := cond.(*ssa.BinOp)
	if !ok || !isNil(cmp.Y) && !isZero(cmp.Y) {
		return nil
	}
	switch cmp.Op {
	case token.NEQ, token.GTR:
	case token.EQL, token.LEQ:
		same = !same
	default:
		return nil
	}
	if holds != same {
		return nil
	}
	x := cmp.X
	if call, ok := x.(*ssa.Call); ok && isBuiltin(call, "len") {
		x = call.Call.Args[0]
	}
	load, ok := x.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return nil
	}
	return load
}
