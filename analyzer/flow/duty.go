package flow

import (
	"slices"

	"github.com/fencelint/fencelint/analyzer/capture"
	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// publish opens a region in which x must be signalled, and the duty to do so. One
// already signalled or handed over owes nothing.
func (a *analysis) publish(s *state, c called, x object) {
	if !x.place.known() || a.settled(s, x) {
		return
	}
	a.openDuty(s, entry{obj: x, at: a.at, must: true, pos: a.callPos(c.common), text: a.callText(c.common)})
}

func (a *analysis) openDuty(s *state, e entry) {
	if a.record {
		a.published = append(a.published, e.obj)
	}
	add(&s.regions, e)
	add(&s.duties, e)
}

// publishesItself reports whether the function publishes the fence: before that,
// nobody could wait for it.
func (a *analysis) publishesItself(o object) bool {
	return slices.ContainsFunc(a.published, o.same)
}

// settled reports whether x was signalled or handed over on every way here.
func (a *analysis) settled(s *state, x object) bool {
	is := func(e entry) bool { return e.obj.same(x) }
	return slices.ContainsFunc(s.signaled, is) || slices.ContainsFunc(s.taken, is)
}

// signal settles x: its regions end here.
func (a *analysis) signal(s *state, x object) {
	a.settle(s, x)
	add(&s.signaled, entry{obj: x, at: a.at, must: true})
	add(&s.may, entry{obj: x, at: a.at})
}

// take settles x by handing it over.
func (a *analysis) take(s *state, x object) {
	a.settle(s, x)
	add(&s.taken, entry{obj: x, at: a.at, must: true})
}

func (a *analysis) settle(s *state, x object) {
	a.end(x)
	is := func(e entry) bool { return e.context == 0 && a.covers(x, e.obj) }
	s.regions = slices.DeleteFunc(s.regions, is)
	s.duties = slices.DeleteFunc(s.duties, is)
	s.promised = slices.DeleteFunc(s.promised, is)
}

// end notes that a fence does not stay with the function.
func (a *analysis) end(x object) {
	if a.record {
		a.ended = append(a.ended, x)
	}
}

// covers reports whether what settles x settles the fence d: they are one, or may
// be, or x is the struct with which d was handed over.
func (a *analysis) covers(x, d object) bool {
	if x.mayBe(d) {
		return true
	}
	return x.place.known() && a.leadsTo(x.place, d.place)
}

// leadsTo reports whether d can be reached from p: as a field, as something stored in
// a struct made here, or as an argument of the call that made p.
func (a *analysis) leadsTo(p, d place) bool { return a.leads(p, d, 3) }

func (a *analysis) leads(p, d place, depth int) bool {
	if !p.known() || !d.known() || depth == 0 {
		return false
	}
	if p.within(d) {
		return true
	}
	switch base := p.base.(type) {
	case *ssa.Alloc:
		return a.partLeads(base, d, depth)
	case *ssa.Call:
		for _, arg := range base.Call.Args {
			if pointerLike(arg.Type()) && a.leads(a.place(arg), d, depth-1) {
				return true
			}
		}
	}
	return false
}

// partLeads reports whether something stored in a part of what addr points to leads
// to d.
func (a *analysis) partLeads(addr ssa.Value, d place, depth int) bool {
	return slices.ContainsFunc(*addr.Referrers(), func(ref ssa.Instruction) bool {
		switch ref := ref.(type) {
		case *ssa.FieldAddr:
			return a.partLeads(ref, d, depth)
		case *ssa.IndexAddr:
			return a.partLeads(ref, d, depth)
		case *ssa.Store:
			return ref.Addr == addr && a.leads(a.place(ref.Val), d, depth-1)
		}
		return false
	})
}

// escape notes that what v leads to is held where the analysis cannot follow from here on.
func (a *analysis) escape(s *state, v ssa.Value) {
	a.share(s, v)
	a.lose(s, v)
}

// lose drops the duties for what v leads to, which is held where the analysis cannot
// follow. The regions stay open: others can reach the fence.
func (a *analysis) lose(s *state, v ssa.Value) {
	if len(s.duties)+len(s.promised) == 0 {
		return
	}
	p := a.place(v)
	gone := func(e entry) bool { return a.leadsTo(p, e.obj.place) }
	s.promised = slices.DeleteFunc(s.promised, gone)
	s.duties = slices.DeleteFunc(s.duties, func(e entry) bool {
		if gone(e) {
			a.end(e.obj)
			return true
		}
		return false
	})
}

// store follows a store: into something that was not made here, the value escapes.
func (a *analysis) store(s *state, instr *ssa.Store) {
	a.contracted(s, instr)
	a.touch(s, instr.Addr)
	if !pointerLike(instr.Val.Type()) {
		return
	}
	if _, ok := a.place(instr.Addr).base.(*ssa.Alloc); ok {
		if _, field := instr.Addr.(*ssa.FieldAddr); field {
			a.share(s, instr.Val)
		}
		return
	}
	a.escape(s, instr.Val)
}

// closure follows a literal that captures values: it escapes with them unless it is
// only called here.
func (a *analysis) closure(s *state, instr *ssa.MakeClosure) {
	for _, ref := range *instr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Call:
			if ref.Call.Value == instr || bodyOf(instr.Fn.(*ssa.Function)) != nil {
				continue
			}
		case *ssa.Defer:
			if ref.Call.Value == instr {
				continue
			}
		case *ssa.DebugRef:
			continue
		}
		for _, binding := range instr.Bindings {
			a.escape(s, binding)
			if alloc, ok := binding.(*ssa.Alloc); ok {
				for _, store := range capture.Stores(alloc) {
					a.escape(s, store.Val)
				}
			}
		}
		return
	}
}

// lost returns the duties that are still owed at an exit.
func (a *analysis) lost(e exit) []entry {
	return slices.DeleteFunc(slices.Clone(e.state.duties), func(d entry) bool {
		if a.settledInTurn(d) {
			return true
		}
		for _, result := range e.ret.Results {
			if pointerLike(result.Type()) && !isError(result.Type()) && a.leadsTo(a.place(result), d.obj.place) {
				return true
			}
		}
		return false
	})
}

// settledInTurn reports whether a fence is one of many that a loop publishes and
// another loop, after it, signals or hands over: whoever runs none of the turns of the
// one runs none of the other's.
func (a *analysis) settledInTurn(d entry) bool {
	list, ok := d.obj.place.container()
	if !ok {
		return false
	}
	return slices.ContainsFunc(slices.Concat(a.signals, a.takes), func(s signalPoint) bool {
		other, ok := s.obj.place.container()
		return ok && other.base == list.base && other.path() == list.path() &&
			a.leadsOn(d.at, s.at) && !a.leadsOn(s.at, d.at)
	})
}

// leadsOn reports whether there is a way from the end of a point's block to another.
func (a *analysis) leadsOn(from, to point) bool {
	reached := make([]bool, len(a.fn.Blocks))
	flood(reached, a.fn.Blocks[from.block].Succs, -1, func(b *ssa.BasicBlock) []*ssa.BasicBlock { return b.Succs })
	return reached[to.block]
}

// failing reports whether an exit leaves because something failed: on the failure
// branch of a check, or with an error made there.
func (a *analysis) failing(e exit) bool {
	if e.state.failed {
		return true
	}
	return slices.ContainsFunc(e.ret.Results, func(result ssa.Value) bool {
		return isError(result.Type()) && a.fails(a.through(result))
	})
}

// fails reports whether an error is made or handed on, rather than tested and found
// nil.
func (a *analysis) fails(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.MakeInterface, *ssa.Call, *ssa.Extract:
		return true
	case *ssa.UnOp:
		_, global := v.X.(*ssa.Global)
		return global
	}
	return false
}

// dutiesLost records the returns on which a published fence is still owed. Where the
// fence is the caller's, that is a loss only if the function settles it on another
// way: else it publishes for its caller.
func (a *analysis) dutiesLost() {
	for _, e := range a.exits {
		for _, d := range a.lost(e) {
			lent := lent(d.obj) && (a.forCaller(d) || a.imported(d.obj))
			if a.publishes(d.obj) || !lent && (a.forCaller(d) || a.imported(d.obj)) {
				continue
			}
			a.at = e.at
			a.addOp(summary.Op{Kind: summary.OpDutyLost, On: d.obj.Object, Failure: a.failing(e), Lent: lent, Site: a.returnSite(e)})
		}
	}
}

// forCaller reports whether a fence was published on behalf of the caller: it is the
// caller's, the function never settles it, and its callers are all in sight. An
// exported function has to say so.
func (a *analysis) forCaller(d entry) bool {
	if d.obj.Open {
		return !a.settlesElsewhere(d) // a fence alone is whoever's
	}
	exported := a.fn.Object() != nil && a.fn.Object().Exported()
	return a.nameable(d.obj) && !exported && !a.settlesElsewhere(d)
}

func (a *analysis) settlesElsewhere(d entry) bool {
	return slices.ContainsFunc(a.exits, func(e exit) bool {
		is := func(f entry) bool { return a.covers(f.obj, d.obj) }
		return slices.ContainsFunc(e.state.may, is) || slices.ContainsFunc(e.state.taken, is)
	})
}
