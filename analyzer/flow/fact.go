package flow

import (
	"cmp"
	"go/constant"
	"go/token"
	"iter"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/capture"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// condition is something that branches of the function decide on, spelled the same
// wherever it is asked.
type condition struct {
	key   string
	deps  []ssa.Value // whose redefinition makes it another one
	param int         // the bool parameter that it is, or -1
	// of is what it says is a certain constant; "" if it says something else.
	of string
}

// decides returns what f makes of a condition: a value is one constant alone.
func (f fact) decides(c *condition) (holds, known bool) {
	if f.cond == c {
		return f.holds, true
	}
	return false, f.holds && f.cond.of != "" && f.cond.of == c.of
}

// fact is that a condition is, or is not, true.
type fact struct {
	cond  *condition
	holds bool
	// enough says, of what an entry hangs on, that the entry is there whenever the fact is
	// one, and not only where it is one.
	enough bool
}

func (f fact) compare(g fact) int {
	return cmp.Or(cmp.Compare(f.cond.key, g.cond.key), compareBool(f.holds, g.holds))
}

// facts are ordered by the spelling of their conditions, each of which is in them once.
type facts []fact

func (f facts) find(cond *condition) (int, bool) {
	return slices.BinarySearchFunc(f, cond, func(f fact, c *condition) int { return cmp.Compare(f.cond.key, c.key) })
}

// says reports what is known of a condition.
func (f facts) says(cond *condition) (holds, known bool) {
	if i, found := f.find(cond); found {
		return f[i].holds, true
	}
	return false, false
}

// with returns f with one more fact, in place of what was known of its condition.
func (f facts) with(g fact) facts {
	i, found := f.find(g.cond)
	if found {
		f = slices.Clone(f)
		f[i] = g
		return f
	}
	return slices.Insert(slices.Clip(f), i, g)
}

// and returns what is in either; what f says counts.
func (f facts) and(g facts) facts {
	for _, x := range g {
		if _, known := f.says(x.cond); !known {
			x.enough = false
			f = f.with(x)
		}
	}
	return f
}

// common returns what is in both.
func (f facts) common(g facts) facts {
	var out facts
	for _, x := range f {
		if i, found := g.find(x.cond); found && g[i].holds == x.holds {
			x.enough = x.enough && g[i].enough
			out = append(out, x)
		}
	}
	return out
}

// forget returns f without what a redefinition of v makes another condition.
func (f facts) forget(v ssa.Value) facts {
	depends := func(x fact) bool { return slices.Contains(x.cond.deps, v) }
	if !slices.ContainsFunc(f, depends) {
		return f
	}
	return slices.DeleteFunc(slices.Clone(f), depends)
}

func (f facts) equal(g facts) bool {
	return slices.EqualFunc(f, g, func(x, y fact) bool { return x.compare(y) == 0 && x.enough == y.enough })
}

// learn adds a fact to a state: what hangs on the opposite is not there, and what hangs
// on it alone is. Either tells more: what is not there has none of the facts that are
// enough for it, and what is there has all of those that it hangs on.
func (s *state) learn(g fact) {
	s.facts = s.facts.with(g)
	var told []fact
	for _, list := range []*[]entry{&s.held, &s.released, &s.shared} {
		*list = slices.DeleteFunc(slices.Clone(*list), func(e entry) bool {
			gone := slices.ContainsFunc(e.when, func(f fact) bool {
				holds, known := g.decides(f.cond)
				return known && holds != f.holds
			})
			if gone {
				for _, f := range e.when {
					if f.enough {
						told = append(told, fact{cond: f.cond, holds: !f.holds})
					}
				}
			}
			return gone
		})
		for i := range *list {
			e := &(*list)[i]
			decided := func(f fact) bool { _, known := g.decides(f.cond); return known }
			switch at := slices.IndexFunc(e.when, decided); {
			case at < 0:
			case slices.ContainsFunc(e.when, func(f fact) bool { return f.enough && decided(f) }):
				told = append(told, e.when...)
				e.must, e.when = true, nil
			default:
				e.when = slices.DeleteFunc(slices.Clone(e.when), decided)
			}
		}
	}
	for _, f := range told {
		if _, known := s.facts.says(f.cond); !known {
			s.learn(fact{cond: f.cond, holds: f.holds})
		}
	}
}

// decided returns the fact that a branch on cond makes known where it is taken, or is
// not; false if it makes none that is of use.
func (a *analysis) decided(cond ssa.Value, taken bool) (fact, bool) {
	cond, same := stripNot(cond)
	c, is := a.conditionOf(cond)
	if !a.asked[c.key] {
		return fact{}, false
	}
	return fact{cond: c, holds: (taken == same) == is}, true
}

// conjuncts yields the conditions that are decided with another, which is a variable that
// was set to one of them, or to a constant where those before it had failed.
func (a *analysis) conjuncts(cond ssa.Value, taken bool) iter.Seq2[ssa.Value, bool] {
	return func(yield func(ssa.Value, bool) bool) {
		for range maxHeld {
			var same bool
			cond, same = stripNot(cond)
			taken = taken == same
			phi, ok := a.through(cond).(*ssa.Phi)
			if !ok {
				return
			}
			if cond, ok = sole(phi, taken); !ok || !yield(cond, taken) {
				return
			}
		}
	}
}

// sole returns what a bool is if it is not the opposite, where constants are all else that
// it may be.
func sole(phi *ssa.Phi, is bool) (v ssa.Value, ok bool) {
	for _, edge := range phi.Edges {
		c, written := edge.(*ssa.Const)
		switch {
		case written && c.Value != nil && c.Value.Kind() == constant.Bool && constant.BoolVal(c.Value) != is:
		case written || v != nil:
			return nil, false
		default:
			v = edge
		}
	}
	return v, v != nil
}

// outset returns what is known where the function begins: nothing is deferred.
func (a *analysis) outset() *state {
	s := &state{}
	for _, block := range a.fn.Blocks {
		for _, instr := range block.Instrs {
			if d, ok := instr.(*ssa.Defer); ok {
				s.facts = s.facts.with(fact{cond: a.deferral(d)})
			}
		}
	}
	return s
}

// chosen adds what a variable is known to be where a block is entered from another one
// that sets it to a constant.
func (a *analysis) chosen(s *state, from, to *ssa.BasicBlock) {
	i := slices.Index(to.Preds, from)
	for _, instr := range to.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			return
		}
		s.forget(phi)
		if !isBool(phi.Type()) {
			continue
		}
		c, _ := a.conditionOf(phi)
		value, ok := phi.Edges[i].(*ssa.Const)
		if a.asked[c.key] && ok && value.Value != nil {
			s.learn(fact{cond: c, holds: constant.BoolVal(value.Value)})
		}
	}
}

// forget drops what was known of a value that is defined anew.
func (s *state) forget(v ssa.Value) {
	s.facts = s.facts.forget(v)
	s.shared = slices.DeleteFunc(s.shared, func(e entry) bool { return e.obj.place.base == v })
	for _, list := range []*[]entry{&s.held, &s.released, &s.shared} {
		for i := range *list {
			if e := &(*list)[i]; len(e.when) > 0 {
				e.when = e.when.forget(v)
			}
		}
	}
}

// given returns what is known of the parameters, for a summary.
func (s *state) given() []summary.Given {
	var out []summary.Given
	for _, f := range s.facts {
		if f.cond.param >= 0 {
			out = append(out, summary.Given{Param: f.cond.param, Holds: f.holds})
		}
	}
	slices.SortFunc(out, func(x, y summary.Given) int { return cmp.Compare(x.Param, y.Param) })
	return out
}

// asksExit reports whether a condition asks by which exit a loop's body was left.
func asksExit(cond ssa.Value) bool {
	cmp, ok := cond.(*ssa.BinOp)
	return ok && isExit(cmp.X)
}

// truth returns what is known of a bool that is handed over, by value or as a variable
// that a literal has captured: the constant, or the parameter of the function's own.
func (a *analysis) truth(v ssa.Value) (value summary.Truth, from int) {
	switch x := v.(type) {
	case *ssa.Alloc:
		stores := capture.Stores(x)
		if len(stores) != 1 || stores[0].Parent() != x.Parent() {
			return summary.Unknown, -1
		}
		return a.truth(stores[0].Val)
	case *ssa.FreeVar:
		if capture.SetOnce(x) {
			return summary.Unknown, a.paramIndex(x)
		}
	case *ssa.Parameter:
		return summary.Unknown, a.paramIndex(x)
	case *ssa.Const:
		if x.Value != nil && x.Value.Kind() == constant.Bool {
			return summary.TruthOf(constant.BoolVal(x.Value)), -1
		}
	case *ssa.UnOp:
		if x.Op == token.MUL {
			return a.truth(x.X)
		}
	}
	return summary.Unknown, -1
}
