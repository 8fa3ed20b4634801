package graph

import (
	"cmp"
	"slices"

	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// instances are the two ends of an edge as they are made together.
type instances struct{ from, to end }

// end is a lock as it is held, or waited for.
type end struct {
	// args are the type arguments of the generic type whose field it is. Locks of two
	// instances of a generic type are of one class, and never one lock.
	args summary.TypeArgs
	in   string        // the field that has in itself what it is in, "" where that is not known
	read summary.Truth // for reading alone; Unknown where that is not asked
}

// endOf is the end that an object is as it is held, or waited for.
func endOf(st *reach.State, o summary.Object, read bool) end {
	return end{st.Args(o), o.In, summary.TruthOf(read)}
}

// end is the end of an edge that what is held is.
func (h holder) end() end { return endOf(h.state, h.held.On, h.held.Shared) }

// can reports whether what is held, or waited for, is such an end: where nothing is asked
// of the end anything is.
func (e end) can(is end) bool {
	return e.agrees(is) && (e.read == summary.Unknown || e.read == is.read)
}

// agrees reports whether two may be one lock: not of two instances of a generic type, and
// not in two fields.
func (e end) agrees(f end) bool {
	return e.args.Agree(f.args) && (e.in == "" || f.in == "" || e.in == f.in)
}

// noteInstance remembers the classes that are fields of generic types, or of what several
// fields have in themselves.
func (g *Graph) noteInstance(st *reach.State, o summary.Object) {
	c := st.Class(o)
	if st.Args(o) != "" {
		g.several[c] = true
	}
	if in, known := g.fields[c]; o.In != "" && known && in != o.In {
		g.several[c] = true
	}
	if o.In != "" {
		g.fields[c] = o.In
	}
}

// instancesOf returns the ways in which an edge is made that differ in what matters: with
// what type arguments, and whether for reading where a guard may keep writers away.
func (g *Graph) instancesOf(e Edge) []instances {
	if e.Witness.Held == nil || !g.several[e.From] && !g.several[e.To] && len(g.guarding(e, instances{})) == 0 {
		return []instances{{}}
	}
	key := ends{e.From, e.To}
	all, known := g.instances[key]
	if known {
		return all
	}
	made, known := g.froms[e.From]
	if !known {
		made = g.instancesFrom(e.From)
		g.froms[e.From] = made
	}
	all = made[e.To]
	if len(all) == 0 {
		all = []instances{{}}
	}
	g.instances[key] = all
	return all
}

// instancesFrom returns those of all edges from what is held.
func (g *Graph) instancesFrom(lock summary.Class) map[summary.Class][]instances {
	made := make(map[summary.Class][]instances)
	g.belowHolders(lock, nil, func(h holder, r Reached) bool {
		i := instances{h.end(), endOf(r.Path.State, r.Op.On, r.Op.Shared)}
		for _, to := range g.WaitsFor(r) {
			if !slices.Contains(made[to], i) {
				made[to] = append(made[to], i)
			}
		}
		return true
	})
	return made
}

// belowHolders calls yield for what is done while a lock is held, in states that lead accepts and one
// comes to by way of such; nil accepts all. Holders whose end of an edge is the same are looked
// at together: what several of them come to is yielded for the nearest. What they come to is
// yielded nearest first, until yield returns false.
func (g *Graph) belowHolders(lock summary.Class, lead func(*reach.State) bool, yield func(holder, Reached) bool) {
	var starts [][]*reach.Start
	held := make(map[*reach.Start]holder)
	at := make(map[end]int)
	for _, h := range g.holders[lock] {
		i, known := at[h.end()]
		if !known {
			i = len(starts)
			at[h.end()] = i
			starts = append(starts, nil)
		}
		start := g.startAt(h, lock)
		starts[i] = append(starts[i], start)
		held[start] = h
	}
	for _, alike := range starts {
		each := func(p *reach.Path, op *summary.Op) bool {
			return yield(held[p.Start], Reached{p, op})
		}
		g.down(alike, lead, each)
	}
}

// way is one way in which an edge is made.
type way struct {
	instances
	witness *Witness
	doomed  bool
}

// waysOf returns the ways in which an edge is made between what is held and waited for, that
// are on no more dynamic hops, nor on the way to a panic, if the edge as it was seen is not, and
// of which skip does not refuse each, one for all that differ in nothing that matters: of those
// the nearest.
func (g *Graph) waysOf(e Edge, skip Skip) []way {
	var all []way
	_, most := e.Witness.Path.Hops()
	leads := g.waiting(e.From, e.To, end{}).leads
	g.belowHolders(e.From, leads.Has, func(h holder, r Reached) bool {
		_, dynamic := r.Path.Hops()
		switch {
		case !e.Doomed && (dynamic > most || r.Path.Doomed()):
			return false // so is all that comes later
		case !e.Doomed && r.doomed(), dynamic > most, !slices.Contains(g.WaitsFor(r), e.To), skip != nil && skip(e.From, r):
			return true
		}
		made := way{
			instances{h.end(), endOf(r.Path.State, r.Op.On, r.Op.Shared)},
			&Witness{Held: h.held, Path: r.Path, Op: r.Op}, r.doomed(),
		}
		same := func(w way) bool { return w.instances == made.instances }
		if at := slices.IndexFunc(all, same); at < 0 {
			all = append(all, made)
		} else if made.nearer(all[at]) {
			all[at] = made
		}
		return true
	})
	return all
}

// nearer reports whether one way is on fewer conditions than another: it does not lead to a
// panic, or has fewer dynamic hops, or is shorter.
func (w way) nearer(than way) bool {
	if w.doomed != than.doomed {
		return than.doomed
	}
	all, dynamic := w.witness.Path.Hops()
	thanAll, thanDynamic := than.witness.Path.Hops()
	return cmp.Or(cmp.Compare(dynamic, thanDynamic), cmp.Compare(all, thanAll)) < 0
}

// meets reports whether those who make the edges of a cycle can all be at it at once: each
// waits for a lock that the next can have, no two of them hold what only one can, and they do
// not each wait for what was made after what they hold.
func (g *Graph) meets(loop []Edge) bool {
	if !slices.ContainsFunc(loop, func(e Edge) bool { return !e.Newer }) {
		return false // each is made after the one before it
	}
	ways := func(e Edge) []way {
		var all []way
		for _, i := range g.instancesOf(e) {
			all = append(all, way{instances: i})
		}
		return all
	}
	found := false
	g.meet(loop, ways, func([]way) bool {
		found = true
		return false
	})
	return found
}

// meetLimit bounds the ways that are tried together for one cycle.
const meetLimit = 1 << 16

// meet calls yield for the ways in which those who make the edges of a cycle can all be at it
// at once, until it returns false or enough were tried.
func (g *Graph) meet(loop []Edge, ways func(Edge) []way, yield func([]way) bool) {
	var met []way
	// blocks reports whether who makes an edge waits for who makes the next.
	blocks := func(at, next int) bool {
		waits, has := met[at].to, met[next].from
		if !waits.agrees(has) {
			return false
		}
		if waits.read != summary.True || has.read != summary.True {
			return true
		}
		writer := g.writing(loop[next].From, has.args)
		return !writer.exclude(g.guarding(loop[at], met[at].instances)) && !writer.exclude(g.guarding(loop[next], met[next].instances))
	}
	// excluded reports whether an edge, made as i says, is never made while one before it is.
	excluded := func(at int, i instances) bool {
		for j := range met {
			if g.guarding(loop[at], i).exclude(g.guarding(loop[j], met[j].instances)) {
				return true
			}
		}
		return false
	}
	tries := 0
	var next func() bool
	next = func() bool {
		at := len(met)
		if at == len(loop) {
			return !blocks(at-1, 0) || yield(met)
		}
		for _, w := range ways(loop[at]) {
			if tries++; tries > meetLimit {
				return false
			}
			if excluded(at, w.instances) {
				continue
			}
			met = append(met, w)
			if (at == 0 || blocks(at-1, at)) && !next() {
				return false
			}
			met = met[:at]
		}
		return true
	}
	next()
}

// writing returns the locks that everybody holds who takes a lock for writing. With readers
// alone nobody waits: one who comes waits for a writer who waits before them.
func (g *Graph) writing(lock summary.Class, args summary.TypeArgs) guards {
	key := instanceKey{lock, args}
	all, known := g.writers[key]
	if known {
		return all
	}
	var held *lockset
	for _, p := range g.waited[lock] {
		for _, op := range p.state.Ops() {
			if &op.Site == p.site && op.Kind == summary.OpAcquire && !op.Shared && p.state.Class(op.On) == lock && p.state.Args(op.On) == args {
				held = g.locks.meet(held, g.locks.join(g.heldAt(p.state, p.site), g.onEntry(p.state)))
			}
		}
	}
	home := g.home(lock, args)
	all = g.locks.guards(held, func(c summary.Class) bool {
		return c != lock && c.Kind != summary.NoClass && beside(c, lock.Name, home)
	})
	if all == nil {
		all = guards{} // it is written by who is not in sight
	}
	g.writers[key] = all
	return all
}

// instanceKey is a lock of a generic type with certain type arguments.
type instanceKey struct {
	lock summary.Class
	args summary.TypeArgs
}
