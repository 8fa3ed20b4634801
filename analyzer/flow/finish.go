package flow

import (
	"cmp"
	"slices"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// finish computes what is different for callers from the states at the returns, and
// records what was lost there.
func (a *analysis) finish() {
	a.dutiesLost()
	a.unkept()
	net := &a.sum.Net
	net.NoReturn = len(a.exits) == 0 && a.fn.Recover == nil
	for i, e := range a.exits {
		s := e.state
		if i == 0 {
			net.Entered, net.Left = entered(s), s.left
		} else {
			net.Entered &= entered(s)
			net.Left &= s.left
		}
		for _, d := range s.duties {
			if a.forCaller(d) {
				net.Published = append(net.Published, d.obj.Object)
			}
		}
	}
	for _, signal := range a.signals {
		for _, o := range a.sources(signal.obj) {
			if (a.nameable(o) || o.Param >= 0 && o.Path != "") && !a.publishesItself(o) {
				net.MaySignal = append(net.MaySignal, o.Object)
			}
		}
	}
	for _, h := range a.everyExit(func(s *state) []entry { return s.held }, true) {
		if a.nameable(h.obj) {
			net.Acquired = append(net.Acquired, heldOf([]entry{h})...)
		}
	}
	net.Released = a.objects(func(s *state) []entry {
		return slices.DeleteFunc(slices.Clone(s.released), func(e entry) bool { return !e.must })
	})
	net.Signalled = a.objects(func(s *state) []entry { return s.signaled })
	net.Taken = a.objects(func(s *state) []entry { return s.taken })
	a.keep(net)
	a.onSuccess(net)
	a.slotsKept(net)
	net.Published = distinctObjects(net.Published)
	net.Withheld = a.withheld(net.Published)
	net.Handed = a.handed()
	net.MaySignal = distinctObjects(net.MaySignal)
	net.Unlocks = a.unlocks()
	net.Escaped, net.Exposed = a.escaped(), a.exposed()
	net.Fresh = a.fresh()
	net.Flags = a.returnedFlags()
	net.Returns = a.returnedFences()
	a.exitWakes()
	net.Breaks = a.breaks()
	a.unlocksMissing()
	a.panicsHolding()
}

// returnedFences returns the classes of the fences that the function returns.
func (a *analysis) returnedFences() []summary.Class {
	var out []summary.Class
	for _, e := range a.exits {
		for _, result := range e.ret.Results {
			if isNil(result) || isError(result.Type()) {
				continue
			}
			p := a.place(result)
			if !p.known() || a.kindAt(p, summary.NoClass) != summary.Fence {
				continue
			}
			if o := a.objectAt(p, summary.NoClass); !slices.Contains(out, o.Class) {
				out = append(out, o.Class)
			}
		}
	}
	slices.SortFunc(out, func(x, y summary.Class) int { return cmp.Compare(x.Name, y.Name) })
	return out
}

func entered(s *state) (c model.Context) {
	for _, e := range s.regions {
		if e.must {
			c |= e.context
		}
	}
	return c
}

// everyExit returns the entries that every exit has for the same object.
func (a *analysis) everyExit(list func(*state) []entry, must bool) []entry {
	if len(a.exits) == 0 {
		return nil
	}
	var out []entry
	for _, e := range list(a.exits[0].state) {
		if (e.must || !must) && !e.stale && a.onEveryExit(e, list, must) {
			out = append(out, e)
		}
	}
	return out
}

func (a *analysis) onEveryExit(e entry, list func(*state) []entry, must bool) bool {
	for _, exit := range a.exits {
		if !slices.ContainsFunc(list(exit.state), func(f entry) bool {
			return e.obj.same(f.obj) && (f.must || !must)
		}) {
			return false
		}
	}
	return true
}

func (a *analysis) objects(list func(*state) []entry) []summary.Object {
	var out []summary.Object
	for _, e := range a.everyExit(list, false) {
		if a.nameable(e.obj) {
			out = append(out, e.obj.Object)
		}
	}
	return distinctObjects(out)
}

// nameable reports whether a caller can name the object: it came from a parameter, by
// fields alone, or is global.
func (a *analysis) nameable(o object) bool {
	if _, ok := o.place.base.(*ssa.Global); !ok && o.Param < 0 {
		return false
	}
	return !slices.ContainsFunc(o.place.steps, func(s step) bool { return s.index != "" || s.at != nil && s.field == nil })
}

func distinctObjects(objects []summary.Object) []summary.Object {
	slices.SortFunc(objects, func(x, y summary.Object) int {
		return cmp.Or(cmp.Compare(x.Param, y.Param), cmp.Compare(x.Path, y.Path), cmp.Compare(x.Class.Name, y.Class.Name))
	})
	return slices.CompactFunc(objects, func(x, y summary.Object) bool {
		return x.Param == y.Param && x.Path == y.Path && x.Class == y.Class
	})
}

// params returns the parameters that the summary speaks of.
func (a *analysis) params() []int {
	var params []int
	note := func(i int) {
		if i >= 0 && !slices.Contains(params, i) {
			params = append(params, i)
		}
	}
	object := func(o summary.Object) { note(o.Param) }
	flags := func(f summary.Flags) {
		for _, flag := range f {
			note(flag.Param)
		}
	}
	site := func(s *summary.Site) {
		for _, g := range s.Given {
			note(g.Param)
		}
		for _, h := range s.Held {
			object(h.On)
		}
		for _, r := range s.Within {
			object(r.Fence)
			note(r.Owes)
		}
	}
	var binds func(list []summary.Bind)
	binds = func(list []summary.Bind) {
		for _, b := range list {
			if b.Object != nil {
				object(*b.Object)
			}
			flags(b.Flags)
			note(b.From)
			binds(b.Captured)
		}
	}
	for _, ops := range [...][]summary.Op{a.sum.Ops, a.sum.Said} {
		for i := range ops {
			op := &ops[i]
			object(op.On)
			for _, c := range op.Cases {
				object(c.On)
			}
			flags(op.Flags)
			site(&op.Site)
		}
	}
	for i := range a.sum.Calls {
		c := &a.sum.Calls[i]
		note(c.FromParam)
		binds(c.Binds)
		site(&c.Site)
	}
	for i := range a.sum.Spawns {
		s := &a.sum.Spawns[i]
		note(s.FromParam)
		object(s.On)
		binds(s.Binds)
		site(&s.Site)
	}
	net := &a.sum.Net
	for _, list := range [...][]summary.Held{net.Acquired, net.Tried} {
		for _, h := range list {
			object(h.On)
		}
	}
	for _, list := range [][]summary.Object{net.Released, net.Signalled, net.Taken, net.Published, net.MaySignal, net.Settled} {
		for _, o := range list {
			object(o)
		}
	}
	for _, u := range net.Unlocks {
		object(u.On)
	}
	for _, writes := range [...][]summary.Write{net.Writes, a.sum.Repeats} {
		for i := range writes {
			for _, wake := range writes[i].Wakes {
				object(wake.On)
			}
		}
	}
	for _, w := range net.Woken {
		object(w.On)
	}
	for _, w := range a.sum.Waits {
		object(w.On)
	}
	for _, k := range a.sum.Kept {
		object(k.Of)
	}
	for _, l := range a.sum.Lent {
		object(l.On)
	}
	flags(net.Flags)
	slices.Sort(params)
	return params
}
