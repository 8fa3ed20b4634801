package flow

import (
	"go/types"
	"slices"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// effects takes the state through a call of an annotated function: its directives say
// what it does, in their order.
func (a *analysis) effects(s *state, c called) {
	if len(c.contract.Effects) == 0 {
		args := c.args
		if c.recv != nil {
			args = append(slices.Clip(args), c.recv)
		}
		for _, arg := range args {
			a.touch(s, arg)
		}
		if a.hand(args) {
			a.passOn(s)
		}
		return
	}
	if a.asserts(c) {
		return
	}
	via := c.contractVia()
	for _, effect := range c.contract.Effects {
		op := summary.Op{
			Bounded: effect.Bounded,
			Try:     effect.Try,
			Shared:  effect.Shared,
			Via:     via,
			Callee:  c.name,
		}
		a.effect(s, c, effect, op)
	}
	if slices.ContainsFunc(c.contract.Effects, func(e model.Effect) bool { return lets(e.Kind) }) {
		a.passOn(s)
	}
}

// lets reports whether an effect makes somebody else go on.
func lets(kind model.EffectKind) bool {
	switch kind {
	case model.Signals, model.Takes, model.Publishes, model.Wakes, model.Queues:
		return true
	}
	return false
}

// contractVia says why a call does what it does: a directive or a model says so, or
// it is followed.
func (c *called) contractVia() summary.Via {
	switch {
	case !c.contract.HasEffects():
		return c.via
	case c.contract.Model:
		return summary.Model
	}
	return summary.Contract
}

func (a *analysis) effect(s *state, c called, effect model.Effect, op summary.Op) {
	switch effect.Kind {
	case model.Waits:
		kind := summary.Fence
		if effect.Until.Base != model.None {
			kind = summary.WaitQueue
		}
		op.Kind = summary.OpWait
		x := a.actual(c, effect.X, kind)
		a.emit(s, op, x, c)
		if effect.Until.Base != model.None {
			a.runCallback(s, c, effect.Until, 0)
		}
		if effect.Until.Base != model.None || x.Class.Kind == summary.Cond {
			a.predicateWait(s, c, effect, x)
			s.wake(woken{obj: x, looks: a.sum.Func, pos: a.callPos(c.common), text: a.callText(c.common)})
		}
	case model.Wakes:
		op.Kind = summary.OpWake
		x := a.actual(c, effect.X, summary.WaitQueue)
		a.emit(s, op, x, c)
		a.noteWake(s, x, c)
	case model.Counts:
		op.Kind = summary.OpCount
		if n, ok := a.value(c, model.Place{Base: model.Param}).(*ssa.Const); ok && n.Int64() < 0 {
			op.Kind = summary.OpWake
		}
		a.emit(s, op, a.actual(c, effect.X, summary.WaitGroup), c)
	case model.Signals:
		op.Kind = summary.OpSignal
		x := a.actual(c, effect.X, summary.Fence)
		a.emit(s, op, x, c)
		a.signal(s, x)
		a.noteWake(s, x, c)
	case model.Publishes:
		op.Kind = summary.OpPublish
		x := a.actual(c, effect.X, summary.Fence)
		a.emit(s, op, x, c)
		a.publish(s, c, x)
	case model.Takes:
		op.Kind = summary.OpTake
		x := a.actual(c, effect.X, summary.Fence)
		a.emit(s, op, x, c)
		a.take(s, x)
		if a.record {
			a.takes = append(a.takes, signalPoint{at: a.at, obj: x})
		}
	case model.Acquires:
		op.Kind = summary.OpAcquire
		x := a.actual(c, effect.X, summary.Lock)
		a.emit(s, op, x, c)
		if !effect.Try {
			a.acquire(s, a.lockEntry(c, effect, x))
		}
	case model.Releases:
		op.Kind = summary.OpRelease
		x := a.actual(c, effect.X, summary.Lock)
		a.emit(s, op, x, c)
		a.release(s, x)
	case model.Allocates:
		op.Kind = summary.OpAlloc
		if v := a.value(c, effect.Flags); v != nil {
			op.Flags, op.GFP = a.flags(v), typeName(v.Type())
		}
		a.emit(s, op, noObject(), c)
		a.allocDropped(s, c, effect.Flags, op)
	case model.Sleeps:
		op.Kind = summary.OpSleep
		a.emit(s, op, noObject(), c)
	case model.Blocks:
		op.Kind = summary.OpWait
		x := noObject()
		x.Class = summary.Class{Kind: summary.Outside, Name: c.name}
		a.emit(s, op, x, c)
	case model.Enters:
		add(&s.regions, entry{
			obj: noObject(), at: a.at, must: true, context: effect.Contexts,
			pos: a.callPos(c.common), text: a.callText(c.common),
		})
	case model.Leaves:
		a.leave(s, effect.Contexts)
	case model.Calls:
		if effect.Async {
			a.spawnCallback(s, c, effect.X, a.installed(c, effect))
		} else {
			a.runCallback(s, c, effect.X, effect.Contexts)
		}
	case model.Queues:
		on := a.actual(c, effect.On, summary.WorkQueue)
		a.spawnCallback(s, c, effect.X, summary.Spawn{Kind: summary.Work, On: on.Object})
	case model.Flushes:
		op.Kind = summary.OpFlush
		a.emit(s, op, a.actual(c, effect.X, summary.WorkQueue), c)
	}
}

func noObject() object { return object{Object: summary.Object{Param: -1}} }

// value returns the value of a contract's place at a call, nil if it is a field of
// one or absent.
func (a *analysis) value(c called, p model.Place) ssa.Value {
	if p.Path != "" {
		return nil
	}
	return a.root(c, p)
}

// root returns the value that a contract's place starts at.
func (a *analysis) root(c called, p model.Place) ssa.Value {
	switch p.Base {
	case model.Recv:
		return c.recv
	case model.Param:
		if p.Index < len(c.args) {
			return c.args[p.Index]
		}
	case model.Result:
		return result(c.site, p.Index)
	}
	return nil
}

// result returns a result of a call, nil if it is not used.
func result(site ssa.CallInstruction, index int) ssa.Value {
	if site == nil {
		return nil
	}
	v := site.Value()
	if v == nil {
		return nil
	}
	if site.Common().Signature().Results().Len() < 2 {
		return v
	}
	for _, ref := range *v.Referrers() {
		if extract, ok := ref.(*ssa.Extract); ok && extract.Index == index {
			return extract
		}
	}
	return nil
}

// actual returns the object that a contract's place is at a call.
func (a *analysis) actual(c called, p model.Place, kind summary.ClassKind) object {
	v := a.root(c, p)
	if v == nil {
		o := noObject()
		o.Class.Kind = kind
		return o
	}
	at := a.place(v)
	if p.Base == model.Recv && c.as != nil && at.known() && types.IsInterface(at.typ) {
		at.typ = c.as
	}
	for _, name := range p.Fields() {
		at = a.fieldByName(at, name)
	}
	return a.objectAt(at, kind)
}

// emit records an operation on x.
func (a *analysis) emit(s *state, op summary.Op, x object, c called) {
	if !a.record {
		return
	}
	op.On = x.Object
	op.Private = op.Kind == summary.OpAcquire && a.private(s, x.place)
	op.Site = a.site(s, c.common.Pos(), c.common)
	if x.Class.Kind == summary.Cond && op.Kind == summary.OpWait {
		op.Held = withoutCondLock(op.Held, x)
	}
	a.addOp(op)
	if op.Kind == summary.OpSignal && x.Class.Kind == summary.Fence {
		a.signals = append(a.signals, signalPoint{at: a.at, obj: x})
	}
}

func (a *analysis) addOp(op summary.Op) {
	a.sum.Ops = append(a.sum.Ops, op)
	a.opsAt = append(a.opsAt, a.at)
}
