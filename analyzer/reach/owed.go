package reach

import (
	"slices"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// maxRoots bounds the roots that are told of one region.
const maxRoots = 16

// owed adds the sections in which code that runs by itself owes a fence: in roots and
// in what they call, the regions of fences that they were given or get hold of. A
// region has a section for each root that leads to it, the nearest first.
func (s *Space) owed(states []*State, out *Sections) {
	f := &finder{space: s, out: out, leads: s.leadToOwed(states), starts: map[startKey]*Start{}}
	w := walker{space: s}
	var roots States
	root := func(st *State) {
		if roots.Add(st) {
			w.push(&Path{State: st, Start: &Start{State: st}, mine: ^uint64(0)})
		}
	}
	for _, sp := range out.Spawns {
		if !sp.Contexts.Any(model.Opportunistic) {
			root(sp.Root)
		}
	}
	for _, st := range states {
		if st.Entered() && st.Summary.Runs.Any(model.Signalling|model.Atomic) {
			root(st)
		}
	}
	type node struct {
		st   *State
		mine uint64
	}
	seen := map[node][]*Start{}
	given := map[startKey][]*Start{}
	for p := range w.queue.all() {
		n := node{p.State, p.mine}
		if !f.leads.Has(p.State) || p.State.Summary.Runs.Any(model.Opportunistic) || !first(seen, n, p.Start) {
			continue
		}
		for _, r := range p.State.allRegions() {
			key := startKey{p.State, keyOf(r)}
			if r.Kind == summary.Owed && (r.Owes < 0 || has(p.mine, r.Owes)) && first(given, key, p.Start) {
				out.region(r, f.start(key, r), p)
			}
		}
		f.follow(&w, p)
	}
}

// first reports whether a root comes to something for the first time, and is one of
// the first few.
func first[K comparable](roots map[K][]*Start, key K, root *Start) bool {
	if known := roots[key]; len(known) >= maxRoots || slices.Contains(known, root) {
		return false
	}
	roots[key] = append(roots[key], root)
	return true
}

// finder finds sections in which a fence is owed.
type finder struct {
	space  *Space
	out    *Sections
	leads  States
	starts map[startKey]*Start // shared by the roots that lead to a region
}

type startKey struct {
	st     *State
	region regionKey
}

func (f *finder) start(key startKey, r *summary.Region) *Start {
	start := f.starts[key]
	if start == nil {
		start = startOf(key.st, r)
		f.starts[key] = start
	}
	return start
}

// follow queues the calls of a path's function, with what of the root's own
// parameters it hands on.
func (f *finder) follow(w *walker, p *Path) {
	for i := range p.State.Summary.Calls {
		call := &p.State.Summary.Calls[i]
		if (open(&call.Site) | call.Contexts).Any(model.Opportunistic) {
			continue
		}
		var mine uint64
		for _, b := range call.Binds {
			if b.Object != nil && has(p.mine, b.Object.Param) {
				mine = with(mine, b.Param)
			}
		}
		for _, h := range f.space.callees(p.State, i) {
			next := p.step(ahead{call: call, hop: h, scope: p.Scope, doomed: p.doomed || p.State.Doomed(&call.Site)})
			next.mine = mine | h.captured(call, summary.Class{})
			w.push(next)
		}
	}
}

// leadToOwed returns the states from which one is reached that has a region in which
// a fence is owed. Most programs have few of them.
func (s *Space) leadToOwed(states []*State) (leads States) {
	var callers Table[[]*State]
	var todo []*State
	mark := func(st *State) {
		if leads.Add(st) {
			todo = append(todo, st)
		}
	}
	for _, st := range states {
		for i := range st.Summary.Calls {
			for _, h := range s.callees(st, i) {
				by := callers.At(h.to)
				*by = append(*by, st)
			}
		}
		for _, r := range st.allRegions() {
			if r.Kind == summary.Owed {
				mark(st)
			}
		}
	}
	for len(todo) > 0 {
		st := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, caller := range callers.Of(st) {
			mark(caller)
		}
	}
	return leads
}

// captured returns the fences, of a class if one is given, that a literal called as a
// stored function value has captured and owes: its caller, whoever that is, did not
// make them.
func (h hop) captured(call *summary.Call, class summary.Class) uint64 {
	if !h.via.Dynamic() {
		return 0
	}
	var mine uint64
	for _, r := range h.to.allRegions() {
		bound := slices.ContainsFunc(call.Binds, func(b summary.Bind) bool { return b.Param == r.Owes })
		if r.Kind == summary.Owed && r.Owes >= h.to.Summary.Captures && !bound &&
			(class.Name == "" || class.Name == r.Fence.Class.Name) {
			mine = with(mine, r.Owes)
		}
	}
	return mine
}
