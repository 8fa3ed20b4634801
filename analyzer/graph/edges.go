package graph

import (
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// WaitsFor returns the classes that an operation waits for without bound: none for
// one that gives up, that ends by itself, that waits for any of several things or for
// something outside the program, or that does not wait.
func (g *Graph) WaitsFor(r Reached) []summary.Class {
	op := r.Op
	if op.Try || op.Bounded || op.Private {
		return nil
	}
	switch op.Kind {
	case summary.OpAlloc:
		if r.scope().Any(model.NoReclaim) || g.Allocation(r.Path.State, op) != MayReclaim {
			return nil
		}
		return []summary.Class{Reclaim(), Notifier()}
	case summary.OpWait, summary.OpAcquire, summary.OpFlush:
		if c := Named(r.Class()); c.Name != "" && c.Kind != summary.Outside && len(op.Cases) == 0 && !g.free(c, op) {
			if c.Kind == summary.Channel && op.Direction == summary.Send {
				return []summary.Class{Room(c)}
			}
			return append([]summary.Class{c}, g.wrappers[c]...)
		}
	}
	return nil
}

// free reports whether an operation takes a reader's share of a lock that nobody is
// seen, or has by contract, to hold otherwise.
func (g *Graph) free(c summary.Class, op *summary.Op) bool {
	return op.Kind == summary.OpAcquire && op.Shared && !g.written[c] &&
		!g.Is(c, func(t *model.Type) bool { return t.Over.Fence || t.Over.Reclaim })
}

// MayFail reports whether an allocation fails rather than enter reclaim, because of
// its flags.
func (g *Graph) MayFail(r Reached) bool {
	return g.Allocation(r.Path.State, r.Op) == NoReclaim && !r.scope().Any(model.NoReclaim)
}

// scope returns the allocation scopes in which an operation runs.
func (r Reached) scope() model.Context {
	scope := r.Path.Scope
	for _, region := range r.Op.Within {
		scope |= region.Context & model.Scopes
	}
	return scope
}

// Seen returns the seen edges that leave a class, by the class they lead to.
func (g *Graph) Seen(from summary.Class) []Edge {
	edges, ok := g.seen[from]
	if !ok {
		edges = g.edges(from, nil)
		g.seen[from] = edges
	}
	return edges
}

// SeenBut is Seen without the edges that skip refuses each witness of.
func (g *Graph) SeenBut(from summary.Class, skip Skip) []Edge {
	edges := g.Seen(from)
	refused := func(e Edge) bool {
		return skip(from, e.Witness.Waits()) || e.Anew != nil && skip(from, e.Anew.Waits())
	}
	if skip == nil || !slices.ContainsFunc(edges, refused) {
		return edges
	}
	return g.edges(from, skip)
}

// edges returns the seen edges that leave a class and have a witness whose operation
// skip does not refuse; one that is not loose, if there is one, and not doomed, and of those
// that are as long the one that hangs on the fewest branches.
func (g *Graph) edges(from summary.Class, skip Skip) []Edge {
	var out []Edge
	found := map[summary.Class]int{}
	put := func(r Reached, loose func() bool, w func() *Witness) {
		for _, to := range g.WaitsFor(r) {
			i, known := found[to]
			newer := r.makes(to)
			switch {
			case to == from && !repeats(from), skip != nil && skip(from, r):
			case known && newer && !out[i].Newer:
				if out[i].Doomed && !r.doomed() && out[i].Anew == nil && !loose() {
					out[i].Anew = w()
				}
			case known && !newer && out[i].Newer && !loose():
				e := Edge{From: from, To: to, Provenance: finding.Seen, Witness: w(), Doomed: r.doomed()}
				if e.Doomed && !out[i].Doomed && !out[i].Loose {
					e.Anew = out[i].Witness
				}
				out[i] = e
			case known && !out[i].Loose && out[i].Doomed == r.doomed() && r.surer(out[i].Witness) && !loose():
				out[i].Witness = w()
			case known && !out[i].Loose && (!out[i].Doomed || r.doomed()):
			case !known:
				found[to] = len(out)
				out = append(out, Edge{From: from, To: to, Provenance: finding.Seen, Witness: w(), Loose: loose(), Newer: newer, Doomed: r.doomed()})
			case !loose():
				out[i] = Edge{From: from, To: to, Provenance: finding.Seen, Witness: w(), Newer: newer, Doomed: r.doomed()}
			}
		}
	}
	add := func(r Reached, w func() *Witness) { put(r, func() bool { return false }, w) }
	switch from.Kind {
	case summary.Fence:
		for _, o := range g.owing[from] {
			for _, r := range o.Ops {
				add(r, func() *Witness { return &Witness{Section: o.Section, Path: r.Path, Op: r.Op} })
			}
		}
		if skip == nil || !skip(from, Reached{}) {
			out = append(out, g.carried[from]...)
		}
	case summary.Reclaim:
		g.below(g.reclaiming, add)
	case summary.Notifier:
		g.below(g.notifying, add)
	case summary.WorkQueue, summary.WaitGroup:
		for _, sp := range g.working[from] {
			g.space.Walk([]*reach.Start{{State: sp.Root}}, 0, func(p *reach.Path, op *summary.Op) bool {
				r := Reached{p, op}
				put(r, func() bool { return !g.goesWith(sp, r) }, func() *Witness { return &Witness{Path: p, Op: op} })
				return true
			})
		}
	default:
		g.under(from, nil, g.awaited(add))
	}
	for _, e := range g.ended(from, byText) {
		if _, known := found[e.To]; !known && (skip == nil || !skip(from, Reached{e.Witness.Path, e.Witness.Op})) {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b Edge) int { return compareClass(a.To, b.To) })
	return out
}

// makes reports whether what is waited for is made by the function that waits for it, which
// is called on the way.
func (r Reached) makes(c summary.Class) bool {
	in := r.Path.State.Summary
	return r.Path.Up != nil && strings.HasPrefix(c.Name, in.Package+"."+in.Display+":")
}

// goesWith reports whether what work waits for is no lock, or one that is certainly
// that of the queue, or group, which waits for the work: not one of many.
func (g *Graph) goesWith(sp *reach.Spawn, r Reached) bool {
	if r.Op.Kind != summary.OpAcquire || r.Class().Kind != summary.Lock {
		return true
	}
	lock, ok := r.Path.Object(r.Op.On)
	if ok {
		lock, ok = reach.Outer(sp.Binds, lock)
	}
	return ok && (determines(sp.On.Instance, lock.Instance) || siblings(sp.On, lock) || sp.On.Param < 0 && g.holds(sp.In, lock))
}

// repeats reports whether waiting for a class while one owes it is a cycle. Two locks
// of a class are not one lock; but the next fence of a type may be waited for by who
// signals the last one, and reclaim that allocates is in reclaim.
func repeats(c summary.Class) bool {
	return c.Kind == summary.Fence || c.Kind == summary.Reclaim || c.Kind == summary.Notifier
}

// below adds what sections wait for.
func (g *Graph) below(sections []*reach.Section, add func(Reached, func() *Witness)) {
	bySection := map[*reach.Start]*reach.Section{}
	var starts []*reach.Start
	for _, sec := range sections {
		bySection[sec.Start] = sec
		starts = append(starts, sec.Start)
	}
	g.walk(starts, nil, add, func(s *reach.Start) (*reach.Section, *summary.Held) { return bySection[s], nil })
}

// under adds what is waited for while a lock or a pool's slot is held, in states that lead
// accepts and one comes to by way of such; nil accepts all.
func (g *Graph) under(c summary.Class, lead func(*reach.State) bool, add func(Reached, func() *Witness)) {
	held := map[*reach.Start]*summary.Held{}
	var starts []*reach.Start
	for _, h := range g.holders[c] {
		start := g.startAt(h, c)
		held[start] = h.held
		starts = append(starts, start)
	}
	switch c.Kind {
	case summary.Pool:
		add = g.determined(held, add)
	case summary.Lock:
		add = kept(c, holding(held, add))
	}
	g.walk(starts, lead, add, func(s *reach.Start) (*reach.Section, *summary.Held) { return nil, held[s] })
}

// awaited is add without the receives that end although who else could end them is
// stuck.
func (g *Graph) awaited(add func(Reached, func() *Witness)) func(Reached, func() *Witness) {
	return func(r Reached, w func() *Witness) {
		for _, what := range endings(r) {
			if what.direction == summary.Receive && len(g.needed(what, byText)) > 0 && g.ends(r, what) {
				return
			}
		}
		add(r, w)
	}
}

// determined is add without the locks of a pool's holders that each of them may have
// one of its own of.
func (g *Graph) determined(held map[*reach.Start]*summary.Held, add func(Reached, func() *Witness)) func(Reached, func() *Witness) {
	return func(r Reached, w func() *Witness) {
		if r.Op.Kind == summary.OpAcquire && r.Class().Kind == summary.Lock &&
			!g.tied(r.Path.Start.State, held[r.Path.Start].On, r) {
			return
		}
		add(r, w)
	}
}

// holding is add without the pools that a lock is seen to be one of many for. Who waits
// for a slot with one of them held keeps only those who need that one, and those who
// have a slot need others.
func holding(held map[*reach.Start]*summary.Held, add func(Reached, func() *Witness)) func(Reached, func() *Witness) {
	return func(r Reached, w func() *Witness) {
		if r.Op.Kind == summary.OpAcquire && r.Class().Kind == summary.Pool {
			pool, ok := r.Path.Object(r.Op.On)
			lock := held[r.Path.Start].On
			if ok && lock.Instance != "" && !pool.Global() && !determines(pool.Instance, lock.Instance) {
				return
			}
		}
		add(r, w)
	}
}

// kept is add without the waits on a Cond by whose waiters the lock is given up: when a
// caller has taken it, that it lives beside the Cond is all there is to tell it by.
func kept(lock summary.Class, add func(Reached, func() *Witness)) func(Reached, func() *Witness) {
	return func(r Reached, w func() *Witness) {
		here := func(h summary.Held) bool { return r.Path.State.Class(h.On) == lock }
		if r.Class().Kind == summary.Cond && owner(r.Class().Name) == owner(lock.Name) && !slices.ContainsFunc(r.Op.Held, here) {
			return
		}
		add(r, w)
	}
}

func (g *Graph) walk(starts []*reach.Start, lead func(*reach.State) bool, add func(Reached, func() *Witness), why func(*reach.Start) (*reach.Section, *summary.Held)) {
	each := func(p *reach.Path, op *summary.Op) bool {
		add(Reached{p, op}, func() *Witness {
			section, held := why(p.Start)
			return &Witness{Section: section, Held: held, Path: p, Op: op}
		})
		return true
	}
	g.down(starts, lead, each)
}

// down walks from starts, in states that lead accepts and one comes to by way of such; nil
// accepts all.
func (g *Graph) down(starts []*reach.Start, lead func(*reach.State) bool, each func(*reach.Path, *summary.Op) bool) {
	if lead == nil {
		g.space.Walk(starts, 0, each)
	} else {
		g.space.WalkTo(starts, lead, each)
	}
}

// Decreed returns the edges that leave a class by contract, by the class they lead to.
func (g *Graph) Decreed(from summary.Class) []Edge {
	var to []summary.Class
	switch from.Kind {
	case summary.Reclaim, summary.Notifier, summary.Pool, summary.Fence:
		// Reclaim and notifiers may wait for any fence; a pool's slots come back as
		// fences signal; and whoever waits for one fence may be waiting for another, since
		// nobody can assume which.
		to = g.fences
	case summary.WorkQueue, summary.Worker:
		if !g.Is(from, func(t *model.Type) bool { return t.Rescuer }) {
			to = []summary.Class{Reclaim()} // a new worker is allocated
		}
	case summary.Lock:
		if g.Is(from, func(t *model.Type) bool { return t.Over.Fence }) {
			to = append(to, g.fences...)
		}
		if g.Is(from, func(t *model.Type) bool { return t.Over.Reclaim }) {
			to = append(to, Reclaim(), Notifier())
		}
	}
	var out []Edge
	for _, c := range to {
		if c != from {
			out = append(out, Edge{From: from, To: c, Provenance: finding.ByContract})
		}
	}
	return out
}
