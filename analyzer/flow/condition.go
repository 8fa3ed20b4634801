package flow

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// contradicted drops from s the locks that were taken on the other side of a branch
// on the same condition: where cond decides once more, they are not held on the way
// that it did not take.
func (a *analysis) contradicted(s *state, cond ssa.Value, taken bool) {
	if !a.constant(cond) {
		return
	}
	s.held = slices.DeleteFunc(s.held, func(e entry) bool {
		return !e.must && a.requires(a.fn.Blocks[e.at.block], cond, !taken)
	})
}

// constant reports whether a value is the same whenever the function asks for it.
func (a *analysis) constant(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Parameter:
		return true
	case ssa.Instruction:
		return v.Block() == a.fn.Blocks[0]
	}
	return false
}

// requires reports whether a block is only come to where cond was taken one way.
func (a *analysis) requires(block *ssa.BasicBlock, cond ssa.Value, taken bool) bool {
	for d := block.Idom(); d != nil; d = d.Idom() {
		branch, ok := d.Instrs[len(d.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		asked, way := stripNot(branch.Cond)
		if asked != cond {
			continue
		}
		next := d.Succs[0]
		if way != taken {
			next = d.Succs[1]
		}
		if len(next.Preds) == 1 && next.Dominates(block) {
			return true
		}
	}
	return false
}

// stripNot returns what a condition negates, and whether it is true when that is.
func stripNot(cond ssa.Value) (asked ssa.Value, same bool) {
	same = true
	for {
		not, ok := cond.(*ssa.UnOp)
		if !ok || not.Op != token.NOT {
			return cond, same
		}
		cond, same = not.X, !same
	}
}
