package reach

import (
	"strings"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Section is a stretch of code in a context: the body of a root, or a region.
type Section struct {
	// Context is one context, not a set.
	Context model.Context
	Start   *Start
	Region  *summary.Region // nil where a whole body is the section
	Spawn   *Spawn          // the spawn that gave a whole body its context, if one did
	Call    *summary.Call   // the call that runs a callback in the context
	From    *Path           // for a fence owed by something that runs by itself: the way from there
}

// Root is the function that owes: what runs by itself, or else what the section
// starts in.
func (s *Section) Root() *summary.Summary {
	if s.From != nil {
		return s.From.Start.State.Summary
	}
	return s.Start.State.Summary
}

// Spawn is a spawn in a state, and one function that it starts.
type Spawn struct {
	In *State
	*summary.Spawn
	Root *State
}

// Sections are the sections and spawns of a program, in a fixed order.
type Sections struct {
	All    []*Section
	Spawns []*Spawn

	called map[string]bool // functions that are seen to be called or started; nil if others may call
}

// contexts are those that a section can have; the others only narrow or exempt.
var contexts = [...]model.Context{model.Signalling, model.Reclaim, model.Notifier, model.Atomic, model.NoHeap}

// Sections finds what states, as returned by Explore, run in which context.
func (s *Space) Sections(states []*State) *Sections {
	out := &Sections{}
	if s.Whole {
		out.called = s.called(states)
	}
	for _, st := range states {
		out.bodies(st)
		for i := range st.Summary.Spawns {
			for _, h := range s.spawned(st, i) {
				out.spawn(&Spawn{In: st, Spawn: &st.Summary.Spawns[i], Root: h.to})
			}
		}
		for i := range st.Summary.Calls {
			out.callback(st, &st.Summary.Calls[i])
		}
		for _, r := range st.allRegions() {
			if r.Kind != summary.Owed && (!r.Lent || out.Uncalled(st.Key())) {
				out.region(r, startOf(st, r), nil)
			}
		}
	}
	s.owed(states, out)
	return out
}

// called returns the keys of the functions that something calls or starts.
func (s *Space) called(states []*State) map[string]bool {
	called := map[string]bool{}
	for _, st := range states {
		if st.Summary.Crowded {
			called[st.Key()] = true
		}
		s.Called(st, nil, func(callee *State) { called[callee.Key()] = true })
		for i := range st.Summary.Spawns {
			for _, h := range s.spawned(st, i) {
				called[h.to.Key()] = true
			}
		}
	}
	return called
}

// Uncalled reports whether nobody calls or starts a function, in a program all of
// which is in sight.
func (out *Sections) Uncalled(key string) bool { return out.called != nil && !out.called[key] }

// bodies adds the contexts that a function runs in by contract.
func (out *Sections) bodies(st *State) {
	if !st.Entered() || st.Summary.Runs.Any(model.Opportunistic) {
		return // its entry state speaks for it
	}
	for _, c := range contexts {
		if st.Summary.Runs.Has(c) {
			out.All = append(out.All, &Section{Context: c, Start: &Start{State: st}})
		}
	}
}

// spawn adds the contexts that something started runs in.
func (out *Sections) spawn(sp *Spawn) {
	out.Spawns = append(out.Spawns, sp)
	for _, c := range contexts {
		if sp.Contexts.Has(c) && !sp.Root.Summary.Runs.Has(c) {
			start := &Start{State: sp.Root, Scope: sp.Contexts & model.Scopes}
			out.All = append(out.All, &Section{Context: c, Start: start, Spawn: sp})
		}
	}
}

// callback adds the contexts that a call gives the function value it calls.
func (out *Sections) callback(st *State, c *summary.Call) {
	for _, ctx := range contexts {
		if c.Contexts.Has(ctx) {
			in := func(site *summary.Site) bool { return site == &c.Site }
			out.All = append(out.All, &Section{Context: ctx, Start: &Start{State: st, In: in}, Call: c})
		}
	}
}

// region adds the contexts that a region is in.
func (out *Sections) region(r *summary.Region, start *Start, from *Path) {
	if r.Context.Any(model.Opportunistic) {
		return
	}
	for _, c := range contexts {
		if r.Context.Has(c) {
			out.All = append(out.All, &Section{Context: c, Start: start, Region: r, From: from})
		}
	}
}

// startOf is where a walk through a region starts.
func startOf(st *State, r *summary.Region) *Start {
	start := &Start{State: st, In: func(site *summary.Site) bool { return within(site, r) }}
	switch r.Kind {
	case summary.Owed, summary.Published:
		start.Fence = &r.Fence
	case summary.SpinHeld:
		start.Lock = lockOf(st, r)
	}
	return start
}

// owes reports whether the function signals a fence that it was given through param.
func (st *State) owes(param int) bool {
	for _, r := range st.allRegions() {
		if r.Kind == summary.Owed && r.Owes == param {
			return true
		}
	}
	return false
}

// leadsTo reports whether fence is o or part of it.
func leadsTo(o, fence *summary.Object) bool {
	prefix := func(outer, inner string) bool {
		return outer == inner || outer == "" || strings.HasPrefix(inner, outer+".")
	}
	if o.Param >= 0 && o.Param == fence.Param {
		return prefix(o.Path, fence.Path)
	}
	return o.Instance != "" && fence.Instance != "" && prefix(o.Instance, fence.Instance)
}

// regionKey tells regions of one function apart.
type regionKey struct {
	kind    summary.RegionKind
	context model.Context
	class   summary.Class
	owes    int
	pos     model.Pos
}

func keyOf(r *summary.Region) regionKey {
	k := regionKey{kind: r.Kind, context: r.Context, class: r.Fence.Class, pos: r.Pos}
	if r.Kind == summary.Owed {
		k.owes = r.Owes
	}
	return k
}

// lockOf returns the spin lock that opened a region: the one acquired where it opens.
func lockOf(st *State, r *summary.Region) summary.Class {
	var lock summary.Class
	find := func(site *summary.Site) {
		for _, h := range site.Held {
			if h.Pos == r.Pos {
				lock = st.Class(h.On)
			}
		}
	}
	for i := range st.Summary.Ops {
		find(&st.Summary.Ops[i].Site)
	}
	for i := range st.Summary.Calls {
		find(&st.Summary.Calls[i].Site)
	}
	return lock
}

func within(site *summary.Site, region *summary.Region) bool {
	for i := range site.Within {
		if keyOf(&site.Within[i]) == keyOf(region) {
			return true
		}
	}
	return false
}

// allRegions returns the regions of the function, each once, in the order in which
// its operations and calls show them.
func (st *State) allRegions() []*summary.Region {
	if st.regions == nil {
		st.regions = regionsOf(st.Summary)
	}
	return st.regions
}

func regionsOf(f *summary.Summary) []*summary.Region {
	out := []*summary.Region{} // never nil: nil is "not asked for yet"
	seen := map[regionKey]bool{}
	add := func(site *summary.Site) {
		for i := range site.Within {
			r := &site.Within[i]
			if k := keyOf(r); !seen[k] {
				seen[k] = true
				out = append(out, r)
			}
		}
	}
	for i := range f.Ops {
		add(&f.Ops[i].Site)
	}
	for i := range f.Calls {
		add(&f.Calls[i].Site)
	}
	return out
}

// has and with treat a set of parameters as bits. Parameters beyond the 63rd share
// the last bit, which can only make a section longer.
func has(set uint64, param int) bool {
	return param >= 0 && set&(1<<min(param, 63)) != 0
}

func with(set uint64, param int) uint64 { return set | 1<<min(param, 63) }
