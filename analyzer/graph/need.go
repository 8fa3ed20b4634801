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

// needed returns what everybody who could end a wait needs first; of a group that is
// waited for, what anybody in it needs. There is nothing where not all of them are in
// sight.
func (g *Graph) needed(what ending) needs {
	known, ok := g.needs[what]
	if ok {
		return known
	}
	g.needs[what] = nil
	parties := map[string]needs{}
	if g.allSeen(what) {
		for _, e := range g.enders[what] {
			if g.isParty(e.state) {
				n := maps.Clone(g.above(e.state, e.on(), e, map[*reach.State]bool{}))
				maps.Copy(n, g.way(e.state, &e.op().Site, e.on(), e))
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
	g.needs[what] = all
	return all
}

// isParty reports whether a state is one in which its function runs: callers may all
// say more of its parameters than it knows by itself.
func (g *Graph) isParty(st *reach.State) bool {
	c := g.whoCalls()
	return c.alone[st.Key()] || len(c.sites[st]) > 0
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
func (g *Graph) way(st *reach.State, site *summary.Site, x summary.Object, e ender) needs {
	found := needs{}
	from := Named(e.what.waited())
	note := func(r Reached) {
		for _, to := range g.WaitsFor(r) {
			if _, ok := found[to]; ok || to.Kind == summary.Lock && !g.tied(st, x, r) {
				continue
			}
			found[to] = Edge{From: from, To: to, Provenance: finding.Seen, Witness: &Witness{
				Path: r.Path, Op: r.Op, Then: e.op(), In: e.state.Summary,
			}}
		}
	}
	begins := func(i item) bool { return g.receives(st, i) || from.Kind == summary.WaitGroup && g.counts(st, i, from) }
	for _, i := range g.before(st, site, begins) {
		for _, r := range g.demands(st, i) {
			note(r)
		}
	}
	return found
}

// demands returns what an operation or call of a state certainly waits for, or what is
// below it: of what waits for the same thing only the nearest. Channels are not among
// it: that who ends one wait waits for another is seen by running both. What is below an
// allocation scope that some caller has opened allocates in that.
func (g *Graph) demands(st *reach.State, i item) []Reached {
	place := place{st, i.site()}
	known, ok := g.demanded[place]
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
		g.space.Certain(start, note)
	}
	g.demanded[place] = known
	return known
}

// above returns what all callers of st wait for on the way to it.
func (g *Graph) above(st *reach.State, x summary.Object, e ender, seen map[*reach.State]bool) needs {
	calling := g.whoCalls()
	if calling.alone[st.Key()] || seen[st] {
		return needs{}
	}
	seen[st] = true
	var all needs
	for _, site := range calling.sites[st] {
		outer, _ := reach.Outer(site.call.Binds, x)
		n := g.way(site.state, &site.call.Site, outer, e)
		maps.Copy(n, g.above(site.state, outer, e, seen))
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
