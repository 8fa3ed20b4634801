package flow

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/summary"
)

// slotsKept adds the slots that the function returns with on some paths. Unlike a lock,
// a slot is kept for later as a rule, and whoever waits while somebody may have one
// keeps it from others. Who fails gives back.
func (a *analysis) slotsKept(net *summary.Net) {
	kept := &net.Acquired
	if results := a.fn.Signature.Results(); results.Len() > 0 {
		if last := results.At(results.Len() - 1).Type(); isError(last) || isBool(last) {
			kept = &net.Tried
		}
	}
	for _, exit := range a.exits {
		if a.outcomeOf(exit) == failed {
			continue
		}
		for _, h := range exit.state.held {
			known := func(k summary.Held) bool { return k.On.Instance == h.obj.Instance && k.On.Class == h.obj.Class }
			if h.obj.Class.Kind != summary.Pool || h.stale || !a.nameable(h.obj) ||
				slices.ContainsFunc(net.Acquired, known) || slices.ContainsFunc(net.Tried, known) {
				continue
			}
			h.must = false
			*kept = append(*kept, heldOf([]entry{h})...)
		}
	}
}

// passOn notes that somebody was made to go on who may give back the slots held: what was
// taken before is not for certain this goroutine's alone.
func (a *analysis) passOn(s *state) {
	a.sum.Net.PassesOn = true
	for i := range s.held {
		if s.held[i].obj.Class.Kind == summary.Pool {
			s.held[i].passed = true
		}
	}
}

// giveAway takes from what is held the slots that something started gives back: they
// are its own from now on.
func (a *analysis) giveAway(s *state, targets []target) {
	a.passOn(s)
	for _, t := range targets {
		sum := a.env.Summary(a.key(t.fn))
		if sum == nil {
			continue
		}
		for _, o := range sum.Net.Released {
			if x := a.rebase(o, t); (x.Class.Kind == summary.Pool || x.Class.Kind == summary.Lock) && x.Instance != "" {
				s.held = slices.DeleteFunc(s.held, func(e entry) bool { return e.obj.same(x) })
			}
		}
	}
}

// heldHere returns what is held at the instruction at hand.
func (a *analysis) heldHere(s *state) []summary.Held {
	held := heldOf(s.held)
	for i, e := range s.held {
		held[i].Again = e.obj.Class.Kind == summary.Pool && !e.must && e.sure && !e.stale && !e.passed &&
			e.at.block == a.at.block && e.at.instr == a.at.instr && a.repeats(a.fn.Blocks[a.at.block])
	}
	return held
}

// repeats reports whether a block is in a loop in which each turn may come through it,
// for all that is known: no branch that decides whether a turn does asks for more than
// its number or element, so that nothing an earlier turn did keeps it away.
func (a *analysis) repeats(block *ssa.BasicBlock) bool {
	head := a.loopHead(block)
	if head == nil {
		return false
	}
	for b := block; b != head; {
		b = b.Idom()
		branch, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok || turns(branch.Cond, maxHeld) {
			continue
		}
		for _, next := range b.Succs {
			if next == head || next != block && !a.inTurn(head, next)[block.Index] {
				return false
			}
		}
	}
	return true
}

// loopHead returns the block in which the innermost loop around a block begins, nil if
// there is none.
func (a *analysis) loopHead(block *ssa.BasicBlock) *ssa.BasicBlock {
	for head := block; head != nil; head = head.Idom() {
		after := a.inTurn(head, block)
		for _, from := range head.Preds {
			if head.Dominates(from) && (from == block || after[from.Index]) {
				return head
			}
		}
	}
	return nil
}

// inTurn returns which blocks come after one in the same turn of the loop that begins in
// head.
func (a *analysis) inTurn(head, block *ssa.BasicBlock) []bool {
	after := make([]bool, len(a.fn.Blocks))
	flood(after, block.Succs, head.Index, func(b *ssa.BasicBlock) []*ssa.BasicBlock { return b.Succs })
	return after
}

// turns reports whether a value is made of constants, of what the function was given and
// of what a loop runs over: the number of its turn, or an element.
func turns(v ssa.Value, depth int) bool {
	if depth == 0 {
		return false
	}
	switch v := v.(type) {
	case *ssa.Const, *ssa.Parameter, *ssa.Next, *ssa.Index:
		return true
	case *ssa.Phi:
		return counts(v)
	case *ssa.BinOp:
		return turns(v.X, depth-1) && turns(v.Y, depth-1)
	case *ssa.Convert:
		return turns(v.X, depth-1)
	case *ssa.Field:
		return turns(v.X, depth-1)
	case *ssa.Extract:
		return turns(v.Tuple, depth-1)
	case *ssa.UnOp:
		return v.Op == token.NOT && turns(v.X, depth-1) || v.Op == token.MUL && isElement(v.X)
	case *ssa.Call:
		builtin, ok := v.Call.Value.(*ssa.Builtin)
		return ok && builtin.Name() == "len"
	}
	return false
}

// counts reports whether a variable counts the turns of a loop: each adds a constant.
func counts(v *ssa.Phi) bool {
	return !slices.ContainsFunc(v.Edges, func(edge ssa.Value) bool {
		switch edge := edge.(type) {
		case *ssa.Const, *ssa.Parameter:
			return false
		case *ssa.BinOp:
			_, constant := edge.Y.(*ssa.Const)
			return edge.X != v || !constant
		}
		return true
	})
}

// isElement reports whether an address is that of a list's element, or of a part of one.
func isElement(addr ssa.Value) bool {
	switch addr := addr.(type) {
	case *ssa.IndexAddr:
		return true
	case *ssa.FieldAddr:
		return isElement(addr.X)
	}
	return false
}
