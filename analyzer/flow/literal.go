package flow

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/summary"
)

// mayRelease has the locks be held on some ways only that a deferred literal releases on
// some: it looks at what the ways there have left in variables.
func (a *analysis) mayRelease(s *state, t target, sum *summary.Summary) {
	if t.via != summary.Deferred || t.fn.Parent() == nil {
		return
	}
	for _, op := range sum.Ops {
		if op.Kind != summary.OpRelease || op.On.Class.Kind != summary.Lock {
			continue
		}
		x := a.rebase(op.On, t)
		if name := a.throughNil(op.On, t); name != "" {
			s.lost(x, name)
			continue
		}
		is := func(e entry) bool { return e.obj.same(x) }
		if !slices.ContainsFunc(s.held, is) {
			is = func(e entry) bool { return e.obj.mayBe(x) }
		}
		for i := range s.held {
			if e := &s.held[i]; x.Instance != "" && is(*e) {
				e.must, e.sure = false, false
				a.givesBack(e.obj)
			}
		}
	}
}

// now returns what a variable that a literal has captured holds where the literal runs, if
// it runs during a call and that is one thing; otherwise the variable.
func (a *analysis) now(arg ssa.Value, t target) ssa.Value {
	alloc, ok := arg.(*ssa.Alloc)
	if !ok || t.via == summary.Go || !pointerLike(deref(alloc.Type())) || alloc.Parent() != a.fn {
		return arg
	}
	at := a.fn.Blocks[a.at.block].Instrs[a.at.instr]
	if set := a.lastSet(alloc, at); set != nil {
		return set
	}
	return arg
}

// throughNil returns the name of the variable by which a literal has captured what o is
// reached from, if it is nil where the literal runs: a return has set the result, for
// instance, before what is deferred looks at it.
func (a *analysis) throughNil(o summary.Object, t target) string {
	alloc, ok := t.argument(o.Param).(*ssa.Alloc)
	if !ok || !isNil(a.now(alloc, t)) {
		return ""
	}
	return alloc.Comment
}

// lost notes that what x may be stays held: who would have released it has nil in its hands.
func (s *state) lost(x object, variable string) {
	for i := range s.held {
		if e := &s.held[i]; e.obj.Class == x.Class {
			e.through = variable
		}
	}
}
