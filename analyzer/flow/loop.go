package flow

import (
	"slices"

	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// loopBody follows a range-over-func loop: its body runs during the call of the
// iterator, and what the body defers runs when this function returns.
func (a *analysis) loopBody(s *state, c called) {
	for _, arg := range c.common.Args {
		closure, ok := arg.(*ssa.MakeClosure)
		if !ok || bodyOf(closure.Fn.(*ssa.Function)) == nil {
			continue
		}
		body := closure.Fn.(*ssa.Function)
		a.collectDefers(s, body)
		t := target{fn: body, via: summary.Closure, free: closure.Bindings}
		if a.record && !a.callsBack(c, arg) {
			a.addCall(summary.Call{
				Targets:   []summary.Target{a.target(t)},
				FromParam: -1,
				Binds:     a.binds([]target{t}),
				Via:       summary.Closure,
				Site:      a.site(s, c.common.Pos(), c.common),
			})
		}
		if sum := a.env.Summary(a.key(body)); sum != nil {
			a.applyOne(s, c, t, sum, false)
			a.applyBreaks(s, closure, t, sum)
		}
	}
}

// callsBack reports whether every target is known to do something with the function
// it is handed.
func (a *analysis) callsBack(c called, arg ssa.Value) bool {
	if len(c.targets) == 0 || c.open != "" {
		return false
	}
	for _, t := range c.targets {
		sum := a.env.Summary(a.key(t.fn))
		i := slices.Index(t.params, arg)
		if sum == nil || i < 0 || !slices.Contains(sum.Params, i) {
			return false
		}
	}
	return true
}

func (a *analysis) collectDefers(s *state, body *ssa.Function) {
	for _, block := range body.Blocks {
		for _, instr := range block.Instrs {
			if d, ok := instr.(*ssa.Defer); ok {
				a.deferCall(s, d)
			}
		}
	}
	for _, inner := range body.AnonFuncs {
		if bodyOf(inner) != nil {
			a.collectDefers(s, inner)
		}
	}
}
