package graph

import (
	"maps"
	"slices"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// needs are the edges from something that is waited for to what must be had before
// the wait can end, by the latter.
type needs map[summary.Class]Edge

// trust is which calls on a way to what ends a wait are believed to lead anywhere.
type trust bool

const (
	byText  trust = false // those that the text alone resolves
	byGraph trust = true  // those too that the call graph resolves to one function
)

// asked is a question of what is needed, or done, first.
type asked[T any] struct {
	of    T
	trust trust
}

// needed returns what everybody who could end a wait needs first; of a group that is
// waited for, what anybody in it needs. There is nothing where not all of them are in
// sight.
func (g *Graph) needed(what ending, t trust) needs {
	key := asked[ending]{what, t}
	known, ok := g.needs[key]
	if ok {
		return known
	}
	g.needs[key] = nil
	parties := map[string]needs{}
	if g.allSeen(what) {
		for _, e := range g.enders[what] {
			if g.isParty(e.state) {
				n := maps.Clone(g.above(e.state, e.on(), e, t, map[*reach.State]bool{}))
				maps.Copy(n, g.way(e.state, &e.op().Site, e.on(), e, t))
				if t == byGraph {
					for to, edge := range g.leaving(e) {
						if _, known := n[to]; !known {
							n[to] = edge
						}
					}
				}
				for to, edge := range parties[e.state.Key()] {
					n[to] = edge
				}
				parties[e.state.Key()] = n
			}
		}
	}
	var all needs
	for _, key := range slices.Sorted(maps.Keys(parties)) {
		switch {
		case all == nil:
			all = parties[key]
		case what.class.Kind == summary.WaitGroup:
			maps.Copy(all, parties[key])
		default:
			all = both(all, parties[key])
		}
	}
	delete(all, what.class)
	g.needs[key] = all
	return all
}

// isParty reports whether a state is one in which its function runs: callers may all
// say more of its parameters than it knows by itself.
func (g *Graph) isParty(st *reach.State) bool {
	c := g.whoCalls()
	return c.alone[st.Key()] || len(c.sites.Of(st)) > 0
}

func both(a, b needs) needs {
	out := needs{}
	for to, edge := range a {
		if _, ok := b[to]; ok {
			out[to] = edge
		}
	}
	return out
}

// way returns what may be waited for on the way to a site of st, at or below which e
// ends a wait for x, an object of st.
func (g *Graph) way(st *reach.State, site *summary.Site, x summary.Object, e ender, t trust) needs {
	found := needs{}
	from := Named(e.what.waited())
	note := func(r Reached) {
		for _, to := range g.WaitsFor(r) {
			if _, ok := found[to]; ok || to.Kind != summary.Lock && t == byGraph {
				continue // of what is no lock nothing says that it goes with x
			}
			if to.Kind == summary.Lock && !g.tied(st, x, r) && (t == byText || !inOneType(from, r)) {
				continue
			}
			found[to] = Edge{From: from, To: to, Provenance: finding.Seen, Likely: t == byGraph, Witness: &Witness{
				Path: r.Path, Op: r.Op, Then: e.op(), In: e.state.Summary,
			}}
		}
	}
	begins := func(i item) bool { return g.receives(st, i) || from.Kind == summary.WaitGroup && g.counts(st, i, from) }
	for _, i := range g.before(st, site, begins) {
		for _, r := range g.demands(st, i, t) {
			note(r)
		}
	}
	return found
}

// demands returns what an operation or call of a state certainly waits for, or what is
// below it: of what waits for the same thing only the nearest. Channels are not among
// it: that who ends one wait waits for another is seen by running both. What is below an
// allocation scope that some caller has opened allocates in that.
func (g *Graph) demands(st *reach.State, i item, t trust) []Reached {
	key := asked[place]{place{st, i.site()}, t}
	known, ok := g.demanded[key]
	if ok {
		return known
	}
	type thing struct {
		class    summary.Class
		instance string
		param    int
	}
	seen := map[thing]bool{}
	note := func(p *reach.Path, op *summary.Op) {
		r := Reached{p, op}
		waits := g.WaitsFor(r)
		if len(waits) == 0 || waits[0].Kind == summary.Channel || waits[0].Kind == summary.Room {
			return
		}
		o, _ := p.Object(op.On)
		if t := (thing{waits[0], o.Instance, o.Param}); !seen[t] {
			seen[t] = true
			known = append(known, r)
		}
	}
	start := &reach.Start{State: st, Scope: g.scopes(st)}
	if i.op != nil {
		note(&reach.Path{State: st, Start: start, Scope: start.Scope}, i.op)
	} else {
		start.In = func(s *summary.Site) bool { return s == &i.call.Site }
		if t == byGraph {
			g.space.Likely(start, note)
		} else {
			g.space.Certain(start, note)
		}
	}
	g.demanded[key] = known
	return known
}

// above returns what all callers of st wait for on the way to it.
func (g *Graph) above(st *reach.State, x summary.Object, e ender, t trust, seen map[*reach.State]bool) needs {
	calling := g.whoCalls()
	if calling.alone[st.Key()] || seen[st] {
		return needs{}
	}
	seen[st] = true
	var all needs
	for _, site := range calling.sites.Of(st) {
		outer, _ := reach.Outer(site.call.Binds, x)
		n := g.way(site.state, &site.call.Site, outer, e, t)
		maps.Copy(n, g.above(site.state, outer, e, t, seen))
		if all == nil {
			all = n
		} else {
			all = both(all, n)
		}
		if len(all) == 0 {
			break // nothing that one of them does not need is needed by all
		}
	}
	delete(seen, st)
	return all
}

// tied reports whether the lock that r takes, below st, is certainly one that goes
// with x, an object of st: determined by it, or, where who started st made x, held by
// that one.
func (g *Graph) tied(st *reach.State, x summary.Object, r Reached) bool {
	lock, ok := r.Path.Object(r.Op.On)
	if !ok {
		return false
	}
	if determines(x.Instance, lock.Instance) {
		return true
	}
	for _, sp := range g.sections.Spawns {
		if sp.Root != st {
			continue
		}
		outerX, ok := reach.Outer(sp.Binds, x)
		outerLock, named := reach.Outer(sp.Binds, lock)
		if named && ok && (determines(outerX.Instance, outerLock.Instance) || siblings(outerX, outerLock) ||
			outerX.Param < 0 && g.holds(sp.In, outerLock)) {
			return true
		}
	}
	return false
}

// inOneType reports whether a lock that is taken where the call graph alone leads, and that
// nobody on the way there can name, is in the same type as a channel or group.
func inOneType(x summary.Class, r Reached) bool {
	_, dynamic := r.Path.Hops()
	_, named := r.Path.Object(r.Op.On)
	return dynamic > 0 && !named && owner(r.Class().Name) == owner(x.Name)
}

// holds reports whether a function holds a certain lock somewhere.
func (g *Graph) holds(st *reach.State, lock summary.Object) bool {
	held := func(h summary.Held) bool { return h.On.Instance == lock.Instance }
	for _, op := range st.Ops() {
		if slices.ContainsFunc(op.Held, held) {
			return true
		}
	}
	for _, c := range st.Calls() {
		if slices.ContainsFunc(c.Held, held) {
			return true
		}
	}
	return false
}
