package flow

import (
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

// recovers reports whether the function goes on after a panic of what it calls: it defers
// what recovers, and neither panics again nor ends the process.
func recovers(fn *ssa.Function) bool {
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			if d, ok := instr.(*ssa.Defer); ok && d.Call.StaticCallee() != nil && swallows(d.Call.StaticCallee()) {
				return true
			}
		}
	}
	return false
}

func swallows(fn *ssa.Function) bool {
	found := false
	for _, block := range fn.Blocks {
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
