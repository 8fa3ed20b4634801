package flow

import (
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

func (a *analysis) lockEntry(c called, effect model.Effect, x object) entry {
	return entry{
		obj: x, at: a.at, must: true, sure: true, shared: effect.Shared,
		pos: a.callPos(c.common), text: a.callText(c.common),
	}
}

// acquire adds a lock or pool slot to what is held.
func (a *analysis) acquire(s *state, e entry) {
	again := func(r entry) bool { return r.obj.same(e.obj) }
	if slices.ContainsFunc(s.released, again) {
		// The caller's lock, given up for a while.
		s.released = slices.DeleteFunc(slices.Clone(s.released), again)
		return
	}
	s.hold(e)
}

// release takes x from what is held: the same object, else the last one acquired
// that may be it, and on ways on which another that may be it is held instead, that one.
// If there is none, the caller held it.
func (a *analysis) release(s *state, x object) {
	match := -1
	for i, e := range s.held {
		if e.obj.same(x) {
			match = i
		}
	}
	exact := match >= 0
	for i := len(s.held) - 1; i >= 0 && match < 0; i-- {
		if s.held[i].obj.mayBe(x) {
			match = i
		}
	}
	if match < 0 {
		add(&s.released, entry{obj: x, must: true}) // whoever did it
		return
	}
	// The same object acquired on several ways here is one.
	taken := s.held[match]
	a.givesBack(taken.obj)
	gone := func(e entry) bool {
		return e.compare(taken) == 0 || e.obj.same(taken.obj) || !exact && s.instead(e, taken) && e.obj.mayBe(x)
	}
	held := s.held
	s.held = slices.DeleteFunc(slices.Clone(held), gone)
	for _, e := range held {
		if gone(e) {
			a.given[given{taken: e.at, at: a.at}] = x.place
		}
		s.part(e.at)
	}
}

// givesBack notes that some way releases what was taken here.
func (a *analysis) givesBack(x object) {
	if !slices.ContainsFunc(a.givenBack, x.same) {
		a.givenBack = append(a.givenBack, x)
	}
}

// tried adds what a call has acquired, whose result says that it has.
func (a *analysis) tried(s *state, c called) {
	for _, effect := range c.contract.Effects {
		if effect.Kind == model.Acquires && effect.Try {
			e := a.lockEntry(c, effect, a.actual(c, effect.X, summary.Lock))
			e.at = a.pointOf(c.site)
			a.acquire(s, e)
		}
	}
}

func (a *analysis) pointOf(instr ssa.Instruction) point {
	if instr.Parent() != a.fn {
		return a.at
	}
	block := instr.Block()
	return point{block: block.Index, instr: slices.Index(block.Instrs, instr)}
}

// withoutCondLock drops the lock that waiting on a Cond gives up: the last acquired
// of those that live beside it, else the last.
func withoutCondLock(held []summary.Held, cond object) []summary.Held {
	owner := func(name string) string { return name[:max(0, strings.LastIndexByte(name, '.'))] }
	drop := len(held) - 1
	for i := len(held) - 1; i >= 0; i-- {
		if owner(held[i].On.Class.Name) == owner(cond.Class.Name) {
			drop = i
			break
		}
	}
	if drop < 0 {
		return held
	}
	// The same object acquired on several ways here is one.
	given := held[drop].On
	return slices.DeleteFunc(slices.Clone(held), func(h summary.Held) bool { return h.On == given })
}
