package flow

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// alreadySo takes to be done, on the i-th way out of a block, what the other way does with
// locks where a flag says that it has not been done yet, and sets it: who comes by this way
// finds that it has.
//
//	if locked {
//		mu.Unlock()
//		locked = false
//	}
func (a *analysis) alreadySo(s *state, block *ssa.BasicBlock, i int) {
	for _, c := range a.flagged(block, block.Succs[1-i], i != 0) {
		for _, effect := range c.contract.Effects {
			switch x := a.actual(c, effect.X, summary.Lock); {
			case effect.Kind == model.Releases:
				a.release(s, x)
			case effect.Kind == model.Acquires && !effect.Try && !slices.ContainsFunc(s.held, func(e entry) bool { return e.obj.same(x) }):
				e := a.lockEntry(c, effect, x)
				e.at = a.pointOf(c.site)
				a.acquire(s, e)
			}
		}
	}
}

// flagged returns the calls on one way out of a block that a captured variable decides alone,
// where that way sets the variable to what leads the other way. A field that is set so may say
// something else of its object, that it has been set up.
func (a *analysis) flagged(block, on *ssa.BasicBlock, taken bool) (calls []called) {
	if len(on.Preds) != 1 {
		return nil
	}
	cond, same := stripNot(block.Instrs[len(block.Instrs)-1].(*ssa.If).Cond)
	flag, ok := cond.(*ssa.UnOp)
	if !ok || flag.Op != token.MUL {
		return nil
	}
	if _, captured := flag.X.(*ssa.FreeVar); !captured {
		return nil
	}
	was := taken == same
	turns := func(instr ssa.Instruction) bool {
		store, ok := instr.(*ssa.Store)
		return ok && store.Addr == flag.X && isTruth(store.Val, !was)
	}
	if !slices.ContainsFunc(on.Instrs, turns) {
		return nil
	}
	for _, instr := range on.Instrs {
		if call, ok := instr.(*ssa.Call); ok {
			if c := a.resolve(call); c.contract.HasEffects() {
				calls = append(calls, c)
			}
		}
	}
	return calls
}

// isTruth reports whether a value is a certain truth value.
func isTruth(v ssa.Value, is bool) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.Value != nil && c.Value.Kind() == constant.Bool && constant.BoolVal(c.Value) == is
}
