package flow

import (
	"go/token"

	"github.com/fencelint/fencelint/analyzer/capture"
	"golang.org/x/tools/go/ssa"
)

// departures returns the blocks in which a select goes on when it is time, or when a context
// is done that its function was handed: nobody in sight decides when that is.
func (a *analysis) departures(instr *ssa.Select) []int {
	var blocks []int
	for i, state := range instr.States {
		if a.isTimer(state.Chan) || isDone(state.Chan) && handedIn(state.Chan.(*ssa.Call).Call.Value) {
			if b := chosen(instr, i); b != nil {
				blocks = append(blocks, b.Index)
			}
		}
	}
	return blocks
}

// chosen returns the block in which a select goes on with its i-th case, nil if it does
// nothing there.
func chosen(instr *ssa.Select, i int) *ssa.BasicBlock {
	for _, ref := range *instr.Referrers() {
		index, ok := ref.(*ssa.Extract)
		if !ok || index.Index != 0 {
			continue
		}
		for _, use := range *index.Referrers() {
			test, ok := use.(*ssa.BinOp)
			if !ok || test.Op != token.EQL {
				continue
			}
			if c, ok := test.Y.(*ssa.Const); !ok || c.Value == nil || c.Int64() != int64(i) {
				continue
			}
			for _, branch := range *test.Referrers() {
				if branch, ok := branch.(*ssa.If); ok {
					return branch.Block().Succs[0]
				}
			}
		}
	}
	return nil
}

// handedIn reports whether a value is a parameter of the function, or of one around it.
func handedIn(v ssa.Value) bool {
	for range maxHeld {
		switch x := v.(type) {
		case *ssa.Parameter:
			return true
		case *ssa.UnOp:
			v = x.X
		case *ssa.FreeVar:
			v = capture.Binding(x)
		case *ssa.Alloc:
			stores := capture.Stores(x)
			if len(stores) != 1 {
				return false
			}
			v = stores[0].Val
		default:
			return false
		}
	}
	return false
}
