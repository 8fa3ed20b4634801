package flow

import (
	"cmp"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// unlockedBy returns the locks that a function value releases when it is called, as far
// as that can be told: what a call has returned releases what the callee says.
func (a *analysis) unlockedBy(v ssa.Value) []object {
	var locks []object
	if call := callOf(a.through(v)); call != nil {
		for _, t := range a.resolve(call).targets {
			sum := a.env.Summary(a.key(t.fn))
			if sum == nil {
				continue
			}
			for _, u := range sum.Net.Unlocks {
				if result(call, u.Result) == a.through(v) {
					locks = append(locks, a.rebase(u.On, t))
				}
			}
		}
		return locks
	}
	var c called
	values, _, _ := a.functions(v)
	for _, v := range values {
		c.addValue(a, v, nil)
	}
	for _, known := range c.annotated {
		for _, e := range known.contract.Effects {
			if e.Kind == model.Releases {
				locks = append(locks, a.actual(known, e.X, summary.Lock))
			}
		}
	}
	for _, t := range c.targets {
		if sum := a.env.Summary(a.key(t.fn)); sum != nil {
			for _, o := range sum.Net.Released {
				locks = append(locks, a.rebase(o, t))
			}
		}
	}
	return locks
}

// unlocks returns what is released by the functions that the function returns.
func (a *analysis) unlocks() []summary.Unlock {
	var out []summary.Unlock
	for _, e := range a.exits {
		for i, result := range e.ret.Results {
			if !isSignature(result.Type()) {
				continue
			}
			for _, x := range a.unlockedBy(result) {
				if a.nameable(x) {
					out = append(out, summary.Unlock{Result: i, On: x.Object})
				}
			}
		}
	}
	slices.SortFunc(out, func(x, y summary.Unlock) int {
		return cmp.Or(cmp.Compare(x.Result, y.Result), cmp.Compare(x.On.Param, y.On.Param), cmp.Compare(x.On.Path, y.On.Path), cmp.Compare(x.On.Class.Name, y.On.Class.Name))
	})
	return slices.CompactFunc(out, func(x, y summary.Unlock) bool {
		return x.Result == y.Result && x.On.Param == y.On.Param && x.On.Path == y.On.Path && x.On.Class == y.On.Class
	})
}

// unlock releases what the function value that c calls was seen to release: its targets
// do not say of which object.
func (a *analysis) unlock(s *state, c *called) {
	if c.common.IsInvoke() || callOf(a.through(c.common.Value)) == nil {
		return
	}
	locks := a.unlockedBy(c.common.Value)
	if len(locks) == 0 {
		return
	}
	for _, x := range locks {
		a.release(s, x)
	}
	c.unlocked = true
	c.annotated = slices.DeleteFunc(slices.Clone(c.annotated), func(known called) bool {
		return !slices.ContainsFunc(known.contract.Effects, func(e model.Effect) bool { return e.Kind != model.Releases })
	})
}

// returnsUnlock reports whether an exit hands the caller a function that releases x.
func (a *analysis) returnsUnlock(e exit, x object) bool {
	return slices.ContainsFunc(e.ret.Results, func(result ssa.Value) bool {
		return isSignature(result.Type()) &&
			slices.ContainsFunc(a.unlockedBy(result), func(o object) bool { return o.Class == x.Class })
	})
}
