package flow

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// promises notes the fences that the function is said to signal, or to take the duty to
// signal, by its own directives and by those of what it implements. Who calls it owes
// them no more, so that the body does.
func (a *analysis) promises(s *state) {
	c := a.asCalled()
	own := a.own()
	if own != nil && own.Trusted == "" && !own.Model {
		a.promise(s, c, own, true)
	}
	for _, name := range a.env.inherits(a.key(a.fn)) {
		if inherited := a.env.Model.Contract(name); inherited != nil {
			a.promise(s, c, inherited, false)
		}
	}
}

// inherits returns the names of the contracts that a function inherits.
func (e *Env) inherits(key string) []string {
	if e.Inherits == nil {
		return nil
	}
	return e.Inherits(key)
}

// asCalled is the function as called with its own parameters.
func (a *analysis) asCalled() called {
	var c called
	for _, p := range a.fn.Params {
		c.args = append(c.args, p)
	}
	if a.fn.Signature.Recv() != nil && len(c.args) > 0 {
		c.recv, c.args = c.args[0], c.args[1:]
	}
	return c
}

func (a *analysis) promise(s *state, c called, contract *model.Contract, own bool) {
	for _, e := range contract.Effects {
		if e.Kind != model.Signals && e.Kind != model.Takes || e.X.Base == model.Result {
			continue
		}
		x := a.actual(c, e.X, summary.Fence)
		if !x.place.known() || x.Class.Kind != summary.Fence || x.Class.Name == "" || (own || e.X.Base == model.Recv) && a.primitive(x) {
			continue
		}
		promise := &summary.Promise{By: contract.Name, Anywhere: e.Kind == model.Takes}
		add(&s.promised, entry{obj: x, at: point{instr: -1}, must: true, promise: promise})
		a.promised = append(a.promised, entry{obj: x, promise: promise})
	}
}

// primitive reports whether the function was given a fence by itself, of a type that its
// own package declares: how that signals is the inside of the fence.
func (a *analysis) primitive(x object) bool {
	named := model.NamedOf(x.place.typ)
	if named == nil || x.Param < 0 || x.Path != "" || kindSaid(a.env.Model.TypeOf(x.place.typ)) != summary.Fence {
		return false
	}
	return named.Obj().Pkg() == packageOf(a.fn)
}

// touch settles promises for fences that something is done to by other means than a
// call that signals: v is an address, or a value, that is the fence or a part of it.
func (a *analysis) touch(s *state, v ssa.Value) {
	if len(s.promised) == 0 {
		return
	}
	p := a.place(v)
	s.promised = slices.DeleteFunc(s.promised, func(e entry) bool { return p.known() && e.obj.place.within(p) })
}

// unkept records the returns on which a promised fence is neither signalled nor handed
// over, as far as the function by itself can tell. Whoever takes over a duty may know
// that somebody else sees to it: that is for the whole of the body to show.
func (a *analysis) unkept() {
	for _, d := range a.promised {
		var lost []exit
		for _, e := range a.exits {
			if a.forgets(e, d.obj) {
				lost = append(lost, e)
			}
		}
		all := len(lost) == len(a.exits)
		if d.promise.Anywhere && !all {
			continue
		}
		for _, e := range lost {
			promise := *d.promise
			promise.Asked = a.asks(e, d.obj)
			if promise.Asked && !all {
				continue
			}
			a.at = e.at
			a.addOp(summary.Op{Kind: summary.OpDutyLost, On: d.obj.Object, Promise: &promise, Site: a.returnSite(e)})
		}
	}
}

// keep adds what the function has promised: who calls it by its own name, and not
// through what promises it, counts on it as well.
func (a *analysis) keep(net *summary.Net) {
	for _, d := range a.promised {
		switch {
		case !a.nameable(d.obj):
		case d.promise.Anywhere:
			net.Taken = append(net.Taken, d.obj.Object)
		default:
			net.Signalled = append(net.Signalled, d.obj.Object)
		}
	}
	net.Taken, net.Signalled = distinctObjects(net.Taken), distinctObjects(net.Signalled)
}

// forgets reports whether nothing was done to a promised fence on some way to an exit.
func (a *analysis) forgets(e exit, x object) bool {
	if !slices.ContainsFunc(e.state.promised, func(d entry) bool { return d.obj.same(x) }) {
		return false
	}
	if slices.ContainsFunc(e.state.may, func(f entry) bool { return a.covers(f.obj, x) }) {
		return false
	}
	return !slices.ContainsFunc(e.ret.Results, func(result ssa.Value) bool {
		return pointerLike(result.Type()) && !isError(result.Type()) && a.leadsTo(a.place(result), x.place)
	})
}

// asks reports whether an exit is taken for what the fence, or what leads to it, was
// found to be: there may be nothing left to signal.
func (a *analysis) asks(e exit, x object) bool {
	for b := a.fn.Blocks[e.at.block]; b.Idom() != nil; b = b.Idom() {
		branch, ok := b.Idom().Instrs[len(b.Idom().Instrs)-1].(*ssa.If)
		if ok && a.about(branch.Cond, x, maxHeld) {
			return true
		}
	}
	return false
}

// about reports whether a value was computed from a fence, a part of it or what leads to
// it.
func (a *analysis) about(v ssa.Value, x object, depth int) bool {
	if depth == 0 {
		return false
	}
	_, param := v.(*ssa.Parameter)
	if p := a.place(v); p.known() && (p.base != v || param) {
		return x.place.within(p) || a.leadsTo(p, x.place)
	}
	instr, ok := v.(ssa.Instruction)
	if !ok {
		return false
	}
	var operands [8]*ssa.Value
	return slices.ContainsFunc(instr.Operands(operands[:0]), func(operand *ssa.Value) bool {
		switch (*operand).(type) {
		case *ssa.Function, *ssa.Builtin, *ssa.Const, nil:
			return false
		}
		return a.about(*operand, x, depth-1)
	})
}
