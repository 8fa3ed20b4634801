package flow

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// retry is the head of a loop that asks for one item after another until there is none:
// for j := pop(); j != nil; j = pop(). Whichever call it was that returned nil, it
// wrote nothing; what the others wrote stays. So the way out of the loop is followed
// apart from the way into its body.
type retry struct {
	item *ssa.Phi // the items, or the variables that hold them where literals capture them
	out  int      // the successor of the head where the item is nil
}

// retryOf returns what is known of a block if it is such a head.
func retryOf(block *ssa.BasicBlock) (retry, bool) {
	branch, ok := block.Instrs[len(block.Instrs)-1].(*ssa.If)
	if !ok {
		return retry{}, false
	}
	cmp, ok := branch.Cond.(*ssa.BinOp)
	if !ok || cmp.Block() != block || cmp.Op != token.EQL && cmp.Op != token.NEQ || !isNil(cmp.Y) || isError(cmp.X.Type()) {
		return retry{}, false
	}
	asked := cmp.X
	if load, ok := asked.(*ssa.UnOp); ok && load.Op == token.MUL && load.Block() == block {
		asked = load.X
	}
	item, ok := asked.(*ssa.Phi)
	if !ok || item.Block() != block {
		return retry{}, false
	}
	for _, instr := range block.Instrs {
		switch instr := instr.(type) {
		case *ssa.Phi, *ssa.BinOp, *ssa.If, *ssa.DebugRef:
		case *ssa.UnOp:
			if instr.Op != token.MUL {
				return retry{}, false
			}
		default:
			return retry{}, false // something else happens here
		}
	}
	r := retry{item: item}
	if cmp.Op == token.NEQ {
		r.out = 1
	}
	return r, true
}

// from returns the item that is asked for on the way from a block.
func (r retry) from(block *ssa.BasicBlock) ssa.Value {
	item := r.item.Edges[slices.Index(r.item.Block().Preds, block)]
	variable, ok := item.(*ssa.Alloc)
	if !ok {
		return item
	}
	for _, instr := range slices.Backward(block.Instrs) {
		if store, ok := instr.(*ssa.Store); ok && store.Addr == variable {
			return store.Val
		}
	}
	return item
}

// enter adds the state with which a block leads to the head of such a loop to what is
// known on the loop's way out. It reports whether that changed anything.
func (a *analysis) enter(head, from *ssa.BasicBlock, s *state) bool {
	r, ok := retryOf(head)
	if !ok {
		return false
	}
	s = s.clone()
	a.failQuietly(s, callOf(r.from(from)))
	for _, instr := range head.Instrs {
		if v, ok := instr.(ssa.Value); ok {
			s.refresh(v)
		}
	}
	if a.exhausted[head] == nil {
		a.exhausted[head] = s
		return true
	}
	return a.exhausted[head].join(s)
}
