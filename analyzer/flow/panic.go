package flow

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/summary"
)

// panics notes what is held where the function panics, after what it has deferred.
func (a *analysis) panics(s *state, instr *ssa.Panic) {
	if !a.record || !instr.Pos().IsValid() || len(s.held) == 0 {
		return
	}
	after := s.clone()
	a.record = false
	a.runDefers(after)
	a.record = true
	a.broken = append(a.broken, broken{instr, a.at, after})
}

// broken is a panic of the function.
type broken struct {
	instr *ssa.Panic
	at    point
	state *state
}

// panicsHolding records where the function panics with a lock held that it has taken and
// releases before it returns: who recovers from that goes on with the lock held.
func (a *analysis) panicsHolding() {
	held := func(s *state) []entry { return s.held }
	for _, p := range a.broken {
		for _, h := range p.state.held {
			if h.obj.Class.Kind != summary.Lock || h.stale || !h.must || h.fn != "" ||
				a.onEveryExit(h, held, false) || a.private(p.state, h.obj.place) {
				continue
			}
			a.at = p.at
			a.addOp(summary.Op{Kind: summary.OpUnlockMissing, On: h.obj.Object, Panics: true, Site: a.site(p.state, p.instr.Pos(), nil)})
		}
	}
}

// recovers notes what the function defers, by name or as a literal, and whether it goes on
// after a panic of what it calls: it defers what recovers, and neither panics again nor ends
// the process.
func (a *analysis) recovers() {
	for _, block := range a.fn.Blocks {
		for _, instr := range block.Instrs {
			d, ok := instr.(*ssa.Defer)
			if !ok || d.Call.StaticCallee() == nil {
				continue
			}
			if fn := body(d.Call.StaticCallee()); fn != nil {
				a.sum.Recovers = a.sum.Recovers || a.swallows(fn)
				a.sum.Defers = append(a.sum.Defers, a.key(fn))
			}
		}
	}
}

func (a *analysis) swallows(fn *ssa.Function) bool {
	found := false
	for _, block := range fn.Blocks {
		if a.endsIn(block) {
			return false
		}
		for _, instr := range block.Instrs {
			switch instr := instr.(type) {
			case *ssa.Panic:
				return false
			case *ssa.Call:
				b, ok := instr.Call.Value.(*ssa.Builtin)
				found = found || ok && b.Name() == "recover"
			}
		}
	}
	return found
}

// neverReturns reports whether no way through the function comes to a return: it panics, ends
// the process or goes on for ever, itself or in what it calls by name.
func (a *analysis) neverReturns() bool {
	if a.sum.Recovers {
		return false
	}
	reached := make([]bool, len(a.fn.Blocks))
	flood(reached, a.fn.Blocks[:1], -1, func(b *ssa.BasicBlock) []*ssa.BasicBlock {
		if a.endsIn(b) {
			return nil
		}
		return b.Succs
	})
	return !slices.ContainsFunc(a.fn.Blocks, func(b *ssa.BasicBlock) bool {
		_, returns := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		return returns && reached[b.Index] && !a.endsIn(b)
	})
}

// endsIn reports whether a block calls what never returns.
func (a *analysis) endsIn(block *ssa.BasicBlock) bool {
	return slices.ContainsFunc(block.Instrs, func(instr ssa.Instruction) bool {
		call, ok := instr.(*ssa.Call)
		if !ok || call.Call.StaticCallee() == nil {
			return false
		}
		fn := body(call.Call.StaticCallee())
		if fn == nil {
			return false
		}
		sum := a.env.Summary(a.key(fn))
		return sum != nil && sum.NeverReturns
	})
}
