package flow

import (
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/summary"
)

// The body of a range-over-func loop is a literal of its own. Where a statement in it
// leaves the loop, it says by which exit in a variable that the function around it has
// made, and looks at afterwards.

// isExits reports whether a variable says by which exit a body was left.
func isExits(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Alloc:
		return strings.HasPrefix(v.Comment, "jump$")
	case *ssa.FreeVar:
		return strings.HasPrefix(v.Name(), "jump$")
	}
	return false
}

// isExit reports whether v is what the function finds in such a variable.
func isExit(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	return ok && load.Op == token.MUL && isExits(load.X)
}

// breaks returns what is acquired and released at the exits of a body that leave the
// loop, and is not at all of them.
func (a *analysis) breaks() []summary.Break {
	var out []summary.Break
	if bodyOf(a.fn) == nil {
		return nil
	}
	held := func(s *state) []entry { return s.held }
	released := func(s *state) []entry { return s.released }
	for _, e := range a.exits {
		b := summary.Break{Exit: exitOf(e.ret.Block())}
		if b.Exit == "" {
			continue
		}
		for _, h := range e.state.held {
			if h.obj.Class.Kind == summary.Lock && h.must && !h.stale && a.nameable(h.obj) && !a.onEveryExit(h, held, true) {
				b.Acquired = append(b.Acquired, heldOf([]entry{h})...)
			}
		}
		for _, r := range e.state.released {
			if r.must && a.nameable(r.obj) && !a.onEveryExit(r, released, true) {
				b.Released = append(b.Released, r.obj.Object)
			}
		}
		if len(b.Acquired)+len(b.Released) > 0 {
			out = append(out, b)
		}
	}
	slices.SortStableFunc(out, func(x, y summary.Break) int { return strings.Compare(x.Exit, y.Exit) })
	return out
}

// exitOf returns the exit by which the body is left at a block that returns, "" if it
// goes on with the next item.
func exitOf(block *ssa.BasicBlock) string {
	for _, instr := range slices.Backward(block.Instrs) {
		store, ok := instr.(*ssa.Store)
		if !ok || !isExits(store.Addr) {
			continue
		}
		if c, ok := store.Val.(*ssa.Const); ok && c.Int64() > 0 {
			return c.String()
		}
		return ""
	}
	return ""
}

// applyBreaks has what a loop's body does as it leaves the loop hang on the exit.
func (a *analysis) applyBreaks(s *state, closure *ssa.MakeClosure, t target, sum *summary.Summary) {
	var exit ssa.Value
	for _, binding := range closure.Bindings {
		if !isExits(binding) {
			continue
		}
		for _, ref := range *binding.Referrers() {
			if load, ok := ref.(*ssa.UnOp); ok && isExit(load) {
				exit = load
			}
		}
	}
	if exit == nil {
		return
	}
	s.forget(exit) // what it was after the last loop
	for n, b := range sum.Net.Breaks {
		c := a.equal(exit.Name(), b.Exit, []ssa.Value{exit})
		for _, o := range b.Released {
			x := a.rebase(o, t)
			mine := false
			for i := range s.held {
				if e := &s.held[i]; e.obj.same(x) {
					alone := e.must
					e.must, mine = false, true
					e.when = e.when.with(fact{cond: c, enough: alone && len(sum.Net.Breaks) == 1})
				}
			}
			if !mine {
				// The body of a loop around this one: the caller had it.
				e := entry{obj: x, at: point{a.at.block, a.at.instr, n + 1}}
				e.when = facts{{cond: c, holds: true, enough: true}}
				add(&s.released, e)
			}
		}
		for _, h := range b.Acquired {
			e := entry{obj: a.rebase(h.On, t), at: a.at, shared: h.Shared, pos: h.Pos, text: h.Text, fn: sum.Func}
			e.when = facts{{cond: c, holds: true, enough: true}}
			s.hold(e)
		}
	}
}
