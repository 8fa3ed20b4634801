package graph

import (
	"maps"
	"slices"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// UnderLock returns the cycles of a lock and a select, or a send to a buffer that may be
// full: it waits with a lock held that everybody needs who could be at the other end. Of
// a select that is so of every case. The edges are in the graph afterwards; a straight
// wait has its edges like any other.
func (g *Graph) UnderLock() [][]Edge {
	var out [][]Edge
	leads := g.leadingTo(g.choices)
	for _, lock := range slices.SortedFunc(maps.Keys(g.holders), compareClass) {
		if lock.Kind != summary.Lock {
			continue
		}
		found := map[ending]bool{}
		g.under(lock, leads.Has, func(r Reached, w func() *Witness) {
			ends := endings(r)
			if len(ends) == 0 || found[ends[0]] || g.straight(r) {
				return
			}
			loop := g.underLock(lock, r, ends, w())
			if loop == nil {
				return
			}
			found[ends[0]] = true
			out = append(out, loop)
			g.closed = append(g.closed, loop...)
		})
	}
	return out
}

// underLock returns the cycle that a wait with a lock held makes, nil if somebody may end
// it. Of a select that somebody needs the lock for is enough where those who could end
// the other cases are the same ones.
func (g *Graph) underLock(lock summary.Class, r Reached, ends []ending, witness *Witness) []Edge {
	var loop []Edge
	var others []ending
	stuck := map[*reach.State]bool{}
	for _, what := range ends {
		back, ok := g.needed(what, byText)[lock]
		if !ok {
			back, ok = g.needed(what, byGraph)[lock]
		}
		switch {
		case !ok:
			others = append(others, what)
			continue
		case g.ends(r, what):
			return nil
		}
		witness.Full = witness.Full || what.direction == summary.Send && !g.roomless(what.class)
		for _, e := range g.enders[what] {
			stuck[e.state] = true
		}
		if loop == nil {
			there := Edge{From: lock, To: what.waited(), Provenance: finding.Seen, Witness: witness}
			loop = []Edge{there, back}
		}
	}
	if slices.ContainsFunc(others, func(what ending) bool { return !g.endedIn(what, stuck) || g.ends(r, what) }) {
		return nil
	}
	return loop
}

// straight reports whether an operation waits for one thing, a send for room that there is
// not.
func (g *Graph) straight(r Reached) bool {
	return len(r.Op.Cases) == 0 && (r.Op.Direction != summary.Send || g.roomless(r.Class()))
}

// endedIn reports whether nobody ends a wait but functions of a set, themselves or by what
// they alone call. Nobody at all does of a channel that is made in sight, and neither sent to nor
// closed there.
func (g *Graph) endedIn(what ending, set map[*reach.State]bool) bool {
	if !g.allSeen(what) || len(g.enders[what])+len(g.made[what.class]) == 0 {
		return false
	}
	return !slices.ContainsFunc(g.enders[what], func(e ender) bool {
		return g.isParty(e.state) && !g.runsIn(e.state, set, map[*reach.State]bool{})
	})
}

// runsIn reports whether a state is one of a set, or called by nothing else.
func (g *Graph) runsIn(st *reach.State, set, seen map[*reach.State]bool) bool {
	if set[st] || seen[st] {
		return true
	}
	seen[st] = true
	calling := g.whoCalls()
	sites := calling.sites.Of(st)
	return !calling.alone[st.Key()] && len(sites) > 0 &&
		!slices.ContainsFunc(sites, func(site callSite) bool { return !g.runsIn(site.state, set, seen) })
}

// endings returns what ends a wait for a channel that does not end by itself: one for
// each case of a select.
func endings(r Reached) []ending {
	op := r.Op
	if op.Kind != summary.OpWait || op.Try || op.Bounded || op.On.Class.Kind != summary.Channel {
		return nil
	}
	if len(op.Cases) == 0 {
		return named(ending{r.Class(), op.Direction})
	}
	var all []ending
	for _, c := range op.Cases {
		what := named(ending{r.Path.State.Class(c.On), c.Direction})
		if what == nil {
			return nil
		}
		all = append(all, what...)
	}
	return all
}

func named(what ending) []ending {
	if what.class.Name == "" || what.class.Kind != summary.Channel {
		return nil
	}
	return []ending{what}
}

// ends reports whether a wait ends although everybody at the other end is stuck: there is
// room, or who waits has done something on the way there that ends it.
func (g *Graph) ends(r Reached, what ending) bool {
	if what.direction == summary.Send {
		return !g.roomless(what.class) && !g.fills(what.class)
	}
	if g.told(r.Op, what) {
		return true
	}
	never := func(item) bool { return false }
	site := &r.Op.Site
	for p := r.Path; p != nil; p = p.Up {
		for _, i := range g.before(p.State, site, never) {
			if g.certainly(p.State, i).ends[what] {
				return true
			}
		}
		if p.Call != nil {
			site = &p.Call.Site
		}
	}
	return false
}

// roomless reports whether a channel certainly has no buffer.
func (g *Graph) roomless(channel summary.Class) bool {
	room, known := g.room(channel)
	return known && room == 0
}

// fills reports whether a buffer, of whatever size, may become full: it is that of a field,
// which outlives those who send, all who make it are in sight, and it is sent to more than
// once.
func (g *Graph) fills(channel summary.Class) bool {
	if !isField(channel) || len(g.made[channel]) == 0 {
		return false
	}
	sends := map[*summary.Op]bool{}
	for _, e := range g.enders[ending{channel, summary.Receive}] {
		if e.op().Direction == summary.Close {
			continue
		}
		if exported(e.state.Key()) || reaches(e.state, e.op().Block, e.op().Block, -1) {
			return true
		}
		sends[e.op()] = true
	}
	return len(sends) > 1
}

// told reports whether a receive is come to only where a field says so that everybody
// sets who sends or closes, and has room to.
func (g *Graph) told(op *summary.Op, what ending) bool {
	room, known := g.room(what.class)
	return known && room > 0 && slices.ContainsFunc(op.Asked, func(field string) bool {
		return !slices.ContainsFunc(g.enders[what], func(e ender) bool { return !slices.Contains(e.op().Sets, field) })
	})
}

// Behind returns the cycles of a queue and what its work waits for: its own flush, or
// what only work on the same queue can end, which runs one after another. The edges are
// in the graph afterwards. Sends are not among the waits: there may be room.
func (g *Graph) Behind() [][]Edge {
	var out [][]Edge
	for _, queue := range slices.SortedFunc(maps.Keys(g.working), compareClass) {
		if queue.Kind != summary.WorkQueue || queue.Name == "" {
			continue
		}
		found := map[*summary.Op]bool{}
		for _, sp := range g.working[queue] {
			g.space.Walk([]*reach.Start{{State: sp.Root}}, 0, func(p *reach.Path, op *summary.Op) bool {
				r := Reached{p, op}
				if found[op] || op.Direction == summary.Send {
					return true
				}
				if loop := g.behind(queue, sp, r); loop != nil {
					found[op] = true
					out = append(out, loop)
					g.closed = append(g.closed, loop...)
				}
				return true
			})
		}
	}
	return out
}

// behind returns the cycle that an operation of work on a queue makes, nil if none.
func (g *Graph) behind(queue summary.Class, sp *reach.Spawn, r Reached) []Edge {
	there := Edge{From: queue, Provenance: finding.Seen, Witness: &Witness{Path: r.Path, Op: r.Op}}
	for _, to := range g.WaitsFor(r) {
		there.To = to
		switch to.Kind {
		case summary.WorkQueue:
			if to == queue && g.sameQueue(sp, r) {
				return []Edge{there}
			}
		case summary.Fence, summary.Pool, summary.WaitQueue, summary.Channel, summary.Cond, summary.WaitGroup:
			back, ok := g.onlyFrom(queue, ending{to, r.Op.Direction})
			if ok && g.Is(queue, ordered) {
				return []Edge{there, back}
			}
		}
	}
	return nil
}

// sameQueue reports whether work flushes the very queue that it is on.
func (g *Graph) sameQueue(sp *reach.Spawn, r Reached) bool {
	flushed, ok := r.Path.Object(r.Op.On)
	if ok {
		flushed, ok = reach.Outer(sp.Binds, flushed)
	}
	return ok && (flushed.Instance == sp.On.Instance || siblings(flushed, sp.On))
}

// onlyFrom returns an edge from something that is waited for back to the queue that
// alone runs what could end the wait.
func (g *Graph) onlyFrom(queue summary.Class, what ending) (Edge, bool) {
	enders := g.enders[what]
	if !g.allSeen(what) {
		return Edge{}, false
	}
	var edge Edge
	for _, e := range enders {
		if !g.isParty(e.state) {
			continue
		}
		if !g.runsOnlyOn(queue, e.state, map[*reach.State]bool{}) {
			return Edge{}, false
		}
		if edge.Witness == nil {
			path := &reach.Path{State: e.state, Start: &reach.Start{State: e.state}}
			edge = Edge{From: what.class, To: queue, Provenance: finding.Seen, Witness: &Witness{Path: path, Op: e.op(), Then: e.op()}}
		}
	}
	return edge, edge.Witness != nil
}

// runsOnlyOn reports whether a state is work on a queue, or called by nothing else.
func (g *Graph) runsOnlyOn(queue summary.Class, st *reach.State, seen map[*reach.State]bool) bool {
	if seen[st] {
		return true
	}
	seen[st] = true
	calling := g.whoCalls()
	queued := false
	for _, sp := range g.sections.Spawns {
		if sp.Root.Key() != st.Key() {
			continue
		}
		if sp.Kind != summary.Work || sp.In.Class(sp.On) != queue {
			return false
		}
		queued = true
	}
	if calling.alone[st.Key()] && !queued || queued && exported(st.Key()) {
		return false
	}
	for _, site := range calling.sites.Of(st) {
		if !g.runsOnlyOn(queue, site.state, seen) {
			return false
		}
	}
	return queued || len(calling.sites.Of(st)) > 0
}
