package flow

import (
	"slices"

	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// netWakes applies what a callee writes and wakes.
func (a *analysis) netWakes(s *state, t target, sum *summary.Summary, must bool) {
	s.wakes.unlisted = s.wakes.unlisted || sum.Net.Unlisted
	writes, wakes := len(sum.Net.Writes) > 0, must && len(sum.Net.Woken) > 0
	if writes && s.wakes.full(a.at, sum.Net.Writes) {
		writes, s.wakes.unlisted = false, true
	}
	if !writes && !wakes {
		return
	}
	n := a.netOf(t, sum, !must && t.via.Dynamic())
	if must {
		for _, w := range n.woken {
			s.wake(w)
		}
	}
	s.wakes.unlisted = s.wakes.unlisted || n.unlisted
	a.addWrites(s, n.writes)
}

// netAt is a call of a function as it is seen from one place.
type netAt struct {
	at point
	fn *ssa.Function
}

// net is what a callee writes and wakes, in the words of the function that calls it. It is the
// same however often the call is come to.
type net struct {
	of       target
	among    bool
	woken    []woken
	writes   []*written
	unlisted bool
}

// netOf returns what a target writes and wakes. Among says that it is one of several that the
// call graph has for the call.
func (a *analysis) netOf(t target, sum *summary.Summary, among bool) net {
	key := netAt{a.at, t.fn}
	if known, ok := a.nets[key]; ok && known.of.same(t) && known.among == among {
		return known
	}
	var rebased map[summary.Object]object // many writes are of one object
	rebase := func(o summary.Object) object {
		if t.argument(o.Param) == nil {
			return a.rebase(o, t)
		}
		x, ok := rebased[o]
		if !ok {
			x = a.rebase(o, t)
			if rebased == nil {
				rebased = make(map[summary.Object]object)
			}
			rebased[o] = x
		}
		return x
	}
	n := net{of: t, among: among}
	for _, w := range sum.Net.Woken {
		n.woken = append(n.woken, woken{obj: rebase(w.On), looks: w.Looks, pos: w.Pos, text: w.Text})
	}
	more := 0
	if among {
		more = 1
	}
	near := 0
	for i := range sum.Net.Writes {
		if sum.Net.Writes[i].Hops+more <= maxWriteHops {
			near++
		}
	}
	n.unlisted = near < len(sum.Net.Writes)
	all := make([]written, 0, near)
	n.writes = make([]*written, 0, near)
	for i := range sum.Net.Writes {
		w := &sum.Net.Writes[i]
		hops := w.Hops + more
		if hops > maxWriteHops {
			continue
		}
		of := rebase(w.Of)
		if w.Of.Param >= 0 && (t.argument(w.Of.Param) == nil || of.place.known() && a.created(of.place)) {
			continue // what nobody can reach yet, nobody waits for; what a method value has bound may be such
		}
		all = append(all, written{at: a.at, Write: w, change: w.Change, hops: hops, notZero: w.NotZero})
		in := &all[len(all)-1]
		if of.Class = (summary.Class{}); of.Object != w.Of {
			here := *w
			here.Of, here.Wakes = of.Object, nil
			in.Write = &here
		}
		if owner := ownerField(of.place); w.Of.Param >= 0 && of.place.known() && owner != in.Owner {
			here := *in.Write
			here.Owner, here.Wakes = owner, nil
			in.Write = &here
		}
		for _, wake := range w.Wakes {
			in.wakes = withWake(in.wakes, woken{obj: rebase(wake.On), looks: wake.Looks, atZero: wake.AtZero, pos: wake.Pos, text: wake.Text})
		}
		n.writes = append(n.writes, in)
	}
	if !slices.IsSortedFunc(n.writes, (*written).compare) {
		slices.SortStableFunc(n.writes, (*written).compare)
	}
	a.nets[key] = n
	return n
}

// exitWakes computes what callers see of writes and wakes.
func (a *analysis) exitWakes() {
	var all wakes
	for i, e := range a.exits {
		if i == 0 {
			all = e.state.wakes
		} else {
			all.join(&e.state.wakes)
		}
	}
	a.sum.Net.FailsQuietly, a.sum.Net.FailsOn = a.failsQuietly()
	a.sum.Net.Unlisted = all.unlisted
	a.sum.Net.Writes = slices.Grow(a.sum.Net.Writes, len(all.writes))
	for _, w := range all.writes {
		a.sum.Net.Writes = append(a.sum.Net.Writes, w.summary())
	}
	for _, w := range all.woken {
		a.sum.Net.Woken = append(a.sum.Net.Woken, summary.Wake{On: w.obj.Object, Looks: w.looks, Pos: w.pos, Text: w.text})
	}
}
