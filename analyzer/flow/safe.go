package flow

import (
	"slices"

	"github.com/fencelint/fencelint/analyzer/summary"
	"go/token"
	"golang.org/x/tools/go/ssa"
)

// markSafe marks the allocations after whose failure every fence that is owed there
// is still signalled or handed over, and the calls after which it is, whatever comes
// of what they lead to.
func (a *analysis) markSafe() {
	for i := range a.sum.Ops {
		if op := &a.sum.Ops[i]; op.Kind == summary.OpAlloc {
			op.Safe = a.settlesAfter(a.opsAt[i], op.Within)
		}
	}
	for i := range a.sum.Calls {
		call := &a.sum.Calls[i]
		call.Safe = a.settlesAfter(a.callsAt[i], call.Within)
	}
}

// settlesAfter reports whether fences are owed at a point, and all of them settled on
// every way on from the failure of what happens there.
func (a *analysis) settlesAfter(at point, within []summary.Region) bool {
	owed := false
	for _, r := range within {
		if r.Kind == summary.Owed || r.Kind == summary.Published {
			owed = true
			if !a.reachesSettling(at, r.Fence) {
				return false
			}
		}
	}
	return owed
}

// reachesSettling reports whether every way from the failure of what happens at a
// point to a return passes where the fence is settled.
func (a *analysis) reachesSettling(from point, fence summary.Object) bool {
	settles := func(block int, after, before int) bool {
		return slices.ContainsFunc(a.signals, func(s signalPoint) bool {
			return s.at.block == block && s.at.instr > after && s.at.instr < before &&
				s.obj.Class.Kind == fence.Class.Kind && (s.obj.Instance == fence.Instance || s.obj.Class.Name == fence.Class.Name)
		})
	}
	seen := make([]bool, len(a.fn.Blocks))
	failed, _ := a.fn.Blocks[from.block].Instrs[from.instr].(ssa.Value)
	var lost func(block *ssa.BasicBlock, after int) bool
	lost = func(block *ssa.BasicBlock, after int) bool {
		if settles(block.Index, after, len(block.Instrs)) {
			return false
		}
		if after < 0 {
			if seen[block.Index] {
				return false
			}
			seen[block.Index] = true
		}
		switch last := block.Instrs[len(block.Instrs)-1].(type) {
		case *ssa.Return:
			return true
		case *ssa.If:
			if branch := a.failureBranch(last, failed); branch != nil {
				return lost(branch, -1)
			}
		}
		return slices.ContainsFunc(block.Succs, func(next *ssa.BasicBlock) bool { return lost(next, -1) })
	}
	return !lost(a.fn.Blocks[from.block], from.instr)
}

// failureBranch returns where a branch goes when the call that made v has failed, nil
// if the branch does not ask.
func (a *analysis) failureBranch(branch *ssa.If, v ssa.Value) *ssa.BasicBlock {
	if v == nil {
		return nil
	}
	cond, good := branch.Cond, true
	for {
		not, ok := cond.(*ssa.UnOp)
		if !ok || not.Op != token.NOT {
			break
		}
		cond, good = not.X, !good
	}
	asked := cond
	if cmp, ok := cond.(*ssa.BinOp); ok {
		if !isNil(cmp.Y) || cmp.Op != token.EQL && cmp.Op != token.NEQ {
			return nil
		}
		asked = cmp.X
		// A nil error is success, any other nil failure.
		if (cmp.Op == token.EQL) != isError(asked.Type()) {
			good = !good
		}
	}
	asked = a.through(asked)
	if extract, ok := asked.(*ssa.Extract); ok {
		asked = extract.Tuple
	}
	if asked != v {
		return nil
	}
	if good {
		return branch.Block().Succs[1]
	}
	return branch.Block().Succs[0]
}
