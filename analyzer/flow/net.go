package flow

import (
	"go/types"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// applyNet takes the state through a call of functions that are followed: what is
// different once they have returned. Of several targets only what one of them may do
// is applied: what must happen needs all of them to do it.
func (a *analysis) applyNet(s *state, c called) {
	known := len(c.targets)+len(c.annotated) > 0 && c.open == ""
	for _, t := range c.targets {
		sum := a.env.Summary(a.key(t.fn))
		if a.unknown(sum, a.key(t.fn)) {
			known = false
			continue
		}
		if sum == nil {
			continue
		}
		a.applyOne(s, c, t, sum, len(c.targets) == 1)
	}
	for _, arg := range c.args {
		// What is in a list is not followed one by one.
		if _, list := arg.(*ssa.Slice); list && !(c.common.Signature().Variadic() && harmless(c.targets)) {
			a.escape(s, arg)
		}
	}
	if known || len(c.targets) > 0 && harmless(c.targets) {
		return
	}
	args := c.args
	if c.recv != nil {
		args = append(slices.Clip(args), c.recv)
	}
	for _, arg := range args {
		a.escape(s, arg)
		a.touch(s, arg)
	}
	if !slices.ContainsFunc(c.targets, a.startsNothing) {
		a.hand(args)
		a.passOn(s)
	}
}

func (a *analysis) applyOne(s *state, c called, t target, sum *summary.Summary, must bool) {
	net := &sum.Net
	if must && net.NoReturn {
		s.dead = true
		return
	}
	here := entry{at: a.at, must: true, pos: a.callPos(c.common), text: a.callText(c.common), fn: sum.Func}
	if net.PassesOn {
		a.passOn(s)
	}
	for _, o := range net.Released {
		if c.unlocked {
			break
		}
		x := a.rebase(o, t)
		switch name := a.throughNil(o, t); {
		case name != "":
			s.lost(x, name)
		case x.Instance != "" || !x.Open:
			a.release(s, x)
		}
	}
	a.mayRelease(s, t, sum)
	for _, h := range net.Acquired {
		if !must && h.On.Class.Kind == summary.Pool {
			// One of several functions took it, and in a loop over them nothing says which
			// come after: an order cannot be told.
			continue
		}
		e := here
		e.obj, e.shared, e.must = a.rebase(h.On, t), h.Shared, must && !h.May
		e.sure, e.passed = e.must, h.Passed
		e.pos, e.text = h.Pos, h.Text
		if h.Func != "" {
			e.fn = h.Func
		}
		a.acquire(s, e)
	}
	if must {
		a.leave(s, net.Left)
	}
	if net.Entered != 0 {
		e := here
		e.obj, e.context = noObject(), net.Entered
		add(&s.regions, e)
	}
	a.netWakes(s, t, sum, must)
	// What escapes does so before what is still owed at the callee's return was
	// published: otherwise the callee would not say that it is owed.
	for _, param := range net.Escaped {
		if arg := t.argument(param); arg != nil {
			a.lose(s, arg)
		}
	}
	for _, param := range net.Exposed {
		if arg := t.argument(param); arg != nil {
			a.share(s, arg)
		}
	}
	for _, o := range net.Published {
		e := here
		if e.obj = a.rebase(o, t); e.obj.place.known() && !a.settled(s, e.obj) {
			a.openDuty(s, e)
		}
	}
	if must {
		a.takeOver(s, c, net.Handed, here)
	}
	for _, o := range net.MaySignal {
		x := a.rebase(o, t)
		add(&s.may, entry{obj: x, at: a.at})
		a.end(x)
		if t.via == summary.Deferred && t.fn.Parent() != nil {
			// A deferred literal looks at what the paths have left in variables.
			s.duties = slices.DeleteFunc(s.duties, func(e entry) bool { return a.covers(x, e.obj) })
		}
	}
	for _, o := range net.Signalled {
		if must {
			a.signal(s, a.rebase(o, t))
		}
	}
	for _, o := range net.Taken {
		if must {
			a.take(s, a.rebase(o, t))
		}
	}
}

// rebase returns what an object of a callee is for this function.
func (a *analysis) rebase(o summary.Object, t target) object {
	arg := t.argument(o.Param)
	if arg == nil {
		// A global is the same object in every function; of another nothing is known.
		if o.Param >= 0 {
			o.Instance, o.Param = "", -1
		}
		o.Open = false
		return object{Object: o}
	}
	p := a.place(a.now(arg, t))
	if recv := t.fn.Signature.Recv(); recv != nil && o.Param == 0 && p.known() && types.IsInterface(p.typ) {
		// An item of a list brings its fence along. What an interface in a field has
		// inside is that one's own.
		if _, item := p.container(); item {
			p.typ = recv.Type()
		}
	}
	if o.Path != "" {
		for name := range strings.SplitSeq(o.Path, ".") {
			if name == anyElement {
				p = p.any()
			} else {
				p = a.fieldByName(p, name)
			}
		}
	}
	x := a.objectAt(p, o.Class.Kind)
	if !o.Open || x.Class.Name == "" {
		x.Class = o.Class
	}
	x.Class.Kind = o.Class.Kind
	if x.Class.Kind == summary.Fence && p.known() {
		if name, _, open := a.fence(p); o.Open {
			x.Class.Name, x.Open = name, open && x.Param >= 0
		}
	}
	return x
}

// callerSignals notes the fences that the targets of a call signal for this function.
func (a *analysis) callerSignals(_ *state, c called) {
	for _, t := range c.targets {
		sum := a.env.Summary(a.key(t.fn))
		if sum == nil {
			continue
		}
		for _, o := range sum.Net.MaySignal {
			x := a.rebase(o, t)
			if t.via == summary.FuncValue && o.Param >= parameters(t.fn) && t.argument(o.Param) == nil {
				x = a.capturedWith(o, c.common.Value)
			}
			if x.place.known() && x.Class.Kind == summary.Fence {
				a.signals = append(a.signals, signalPoint{at: a.at, obj: x})
			}
		}
	}
}

// capturedWith returns what a stored literal has captured as something of the function
// value's own: whoever gets hold of the one gets hold of the other.
func (a *analysis) capturedWith(o summary.Object, value ssa.Value) object {
	x := a.objectAt(a.place(value), o.Class.Kind)
	x.Class, x.Open = o.Class, false
	return x
}
