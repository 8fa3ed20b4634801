package explore

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/model"
)

// promised returns what directives say that a function does that others may see: it waits
// for a fence, or signals one, queues work, or waits for the work on a queue. What else they say of it is none of the
// explorer's.
func (x *explorer) promised(fn *ssa.Function) (k kind, at model.Place, ok bool) {
	for _, e := range x.effects(fn) {
		switch {
		case e.Kind == model.Flushes:
			return flush, e.X, true
		case e.Kind == model.Queues && !ok:
			k, at, ok = push, e.On, true
		case !x.fenceAt(fn, e.X):
		case e.Kind == model.Waits && !e.Bounded:
			return fenceWait, e.X, true
		case e.Kind == model.Signals:
			k, at, ok = fenceSignal, e.X, true
		}
	}
	return k, at, ok
}

// effects returns what directives say that a call of a function does.
func (x *explorer) effects(fn *ssa.Function) []model.Effect {
	known, ok := x.said[fn]
	if !ok {
		known = x.options.Effects(fn)
		x.said[fn] = known
	}
	return known
}

// spoken makes an operation of a call of a function that directives say something of, nil
// if it is none.
func (x *explorer) spoken(s *state, fn *ssa.Function, op *operation) *operation {
	k, at, ok := x.promised(fn)
	if !ok {
		return nil
	}
	op.kind = k
	if op.on, ok = s.place(fn, op.inv.args, at); !ok {
		return nil
	}
	if k == push {
		if ordered, known := x.orderOf(s, op.on, fn, op.inv, at); !ordered || !known {
			return nil // nobody sees what was queued first
		}
	}
	return op
}

// heed does what directives say of a call besides: who takes over the duty to signal a
// fence signals it at some time, and a function that is handed over is run. Where it is not
// known when, or how often, others can get at what it has captured.
func (x *explorer) heed(s *state, g *goroutine, fn *ssa.Function, inv invocation, at ssa.Instruction) {
	for _, e := range x.effects(fn) {
		switch {
		case e.Kind == model.Calls || e.Kind == model.Queues:
			if i, ok := argument(fn, e.X); ok && i < len(inv.args) && !x.runsLater(s, g, fn, inv, i, e, at) {
				s.expose(inv.args[i])
			}
		case !x.fenceAt(fn, e.X):
		case e.Kind == model.Takes:
			if on, ok := s.place(fn, inv.args, e.X); ok {
				p := s.party(on)
				p.vague = true
				s.setParty(on, p)
			}
		case e.Kind == model.Waits && !e.Bounded:
			x.lose(s) // for a fence that is not known, or it were an operation
		}
	}
}

// runsLater starts a function that is an argument as something that runs by itself, or as
// work on a queue; false if it is not known when, or how often, it is called.
func (x *explorer) runsLater(s *state, g *goroutine, fn *ssa.Function, inv invocation, i int, e model.Effect, at ssa.Instruction) bool {
	handed := invocation{fn: inv.args[i], common: inv.common}
	var queue *pointer
	ordered, known := false, true
	if e.Kind == model.Queues {
		on, ok := s.place(fn, inv.args, e.On)
		queue = &on
		if known = ok; ok {
			ordered, known = x.orderOf(s, on, fn, inv, e.On)
		}
	}
	if !known || e.Kind == model.Calls && !e.Async {
		return false
	}
	before := len(s.goroutines)
	x.spawnIn(s, g, handed, at, nil)
	if len(s.goroutines) == before || queue == nil {
		return true
	}
	work := s.goroutines[before]
	work.queue, work.ordered = queue, ordered
	p := s.party(*queue)
	p.announce = append(slices.Clone(p.announce), work.name)
	s.setParty(*queue, p)
	return true
}

// orderOf reports whether the queue of a call does one thing at a time. What was made in
// sight tells of itself; of anything else the call has to.
func (x *explorer) orderOf(s *state, queue pointer, fn *ssa.Function, inv invocation, on model.Place) (ordered, known bool) {
	if alloc, ok := s.object(queue.object).made.(*ssa.Alloc); ok && queue.path == "" {
		return x.options.Ordered(alloc)
	}
	i, ok := argument(fn, on)
	if !ok || on.Path != "" || inv.common.IsInvoke() || i >= len(inv.common.Args) {
		return false, false
	}
	return x.options.Ordered(inv.common.Args[i])
}

// fenceAt reports whether a place of a function is one for fences.
func (x *explorer) fenceAt(fn *ssa.Function, at model.Place) bool {
	t, ok := argumentType(fn, at)
	if !ok {
		return false
	}
	for _, name := range at.Fields() {
		f := fieldNamed(t, name)
		if f < 0 {
			return false
		}
		t = structOf(t).Field(f).Type()
	}
	return x.options.Fence(t)
}

// argument returns which argument of a function a place starts at.
func argument(fn *ssa.Function, at model.Place) (int, bool) {
	switch at.Base {
	case model.Recv:
		return 0, fn.Signature.Recv() != nil
	case model.Param:
		if fn.Signature.Recv() != nil {
			return at.Index + 1, true
		}
		return at.Index, true
	}
	return 0, false
}

func argumentType(fn *ssa.Function, at model.Place) (types.Type, bool) {
	switch sig := fn.Signature; {
	case at.Base == model.Recv && sig.Recv() != nil:
		return sig.Recv().Type(), true
	case at.Base == model.Param && at.Index < sig.Params().Len():
		return sig.Params().At(at.Index).Type(), true
	}
	return nil, false
}

// structOf returns the struct that a type is or points to, nil if it does neither.
func structOf(t types.Type) *types.Struct {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, _ := t.Underlying().(*types.Struct)
	return st
}

// fieldNamed returns the index of a field of such a struct, -1 if there is none.
func fieldNamed(t types.Type, name string) int {
	st := structOf(t)
	for i := 0; st != nil && i < st.NumFields(); i++ {
		if st.Field(i).Name() == name {
			return i
		}
	}
	return -1
}

// place returns where the arguments of a call lead to what its directives name.
func (s *state) place(fn *ssa.Function, args []value, at model.Place) (pointer, bool) {
	i, ok := argument(fn, at)
	t, typed := argumentType(fn, at)
	if !ok || !typed || i >= len(args) {
		return pointer{}, false
	}
	v := s.settled(args[i])
	for _, name := range at.Fields() {
		p, ok := s.target(v)
		f := fieldNamed(t, name)
		ptr, isPtr := t.Underlying().(*types.Pointer)
		if !ok || !isPtr || f < 0 {
			return pointer{}, false
		}
		p.path = fieldPath(p.path, ptr.Elem(), f)
		t, v = structOf(t).Field(f).Type(), p
		if _, ok := t.Underlying().(*types.Pointer); ok {
			v = s.load(p, t, nil)
		} else {
			t = types.NewPointer(t)
		}
	}
	if b, ok := v.(boxed); ok {
		v = s.settled(b.v)
	}
	return s.target(v)
}
