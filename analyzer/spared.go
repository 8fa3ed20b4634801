package analyzer

import (
	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/explore"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// wait is a wait in a function.
type wait struct {
	in string
	at model.Pos
}

// spared returns the waits on Conds that nobody wakes to which nobody comes when those who
// call the function that waits, all of which are in sight, are run.
func (e *engine) spared(r *running) (spared map[wait]bool, failures []string) {
	spared = map[wait]bool{}
	woken := e.woken(r.fns)
	for _, fn := range r.fns {
		sum := e.summary(e.known.Of(fn))
		if sum == nil || !r.report(sum.Package) {
			continue
		}
		for _, w := range sum.Waits {
			if w.On.Class.Kind != summary.Cond || woken[w.On.Class] {
				continue
			}
			failure := e.guarded(fn, func() {
				spared[wait{sum.Func, w.Pos}] = r.callers().deny(fn, func(ran explore.Run) bool { return e.comes(ran, fn, w.Pos) })
			})
			if failure != "" {
				failures = append(failures, failure)
			}
		}
	}
	return spared, failures
}

// woken returns the Conds that functions wake.
func (e *engine) woken(fns []*ssa.Function) map[summary.Class]bool {
	woken := map[summary.Class]bool{}
	for _, fn := range fns {
		if sum := e.summary(e.known.Of(fn)); sum != nil {
			for _, op := range sum.Ops {
				if op.Kind == summary.OpWake {
					woken[op.On.Class] = true
				}
			}
		}
	}
	return woken
}

// comes reports whether somebody came to what stands in a function at a position.
func (e *engine) comes(ran explore.Run, fn *ssa.Function, at model.Pos) bool {
	for instr := range ran.Came {
		if instr.Parent() == fn {
			if pos, _ := e.source.At(instr); pos == at {
				return true
			}
		}
	}
	return false
}
