package reach

import (
	"cmp"
	"iter"
	"slices"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Path is a way down, from where a walk started to a function: a list from the
// innermost hop outwards.
type Path struct {
	Up    *Path         // nil at the start
	Call  *summary.Call // the call in Up's function that led here, nil at the start
	Via   summary.Via   // why the call was resolved so
	State *State
	Start *Start
	Scope model.Context // allocation scopes open on the way

	only    uint64 // see handedOver
	mine    uint64 // the parameters that came with the root: see Space.owed
	doomed  bool
	dynamic int
	length  int
}

// step is the path that a hop makes longer.
func (p *Path) step(a ahead) *Path {
	next := &Path{
		Up: p, Call: a.call, Via: a.hop.via, State: a.hop.to, Start: p.Start, Scope: a.scope,
		only: a.only, doomed: a.doomed, dynamic: p.dynamic, length: p.length + 1,
	}
	if a.hop.dynamic() {
		next.dynamic++
	}
	return next
}

// Frames returns the path from the start downwards.
func (p *Path) Frames() []*Path {
	frames := make([]*Path, p.length+1)
	for i := p.length; i >= 0; i-- {
		frames[i] = p
		p = p.Up
	}
	return frames
}

// Hops is the number of calls on the path, and how many of them are dynamic.
func (p *Path) Hops() (all, dynamic int) { return p.length, p.dynamic }

// Start is where a walk begins: a function, or that part of it that In accepts.
type Start struct {
	State *State
	In    func(*summary.Site) bool // nil: all of it
	// Fence, when set, is the fence owed in that part. A callee that is handed it and
	// signals it owes it only up to there.
	Fence *summary.Object
	// Lock, when it has a name, is what is held in that part. A callee may drop it.
	Lock  summary.Class
	Scope model.Context
	// Near says that nothing is to be followed over more than dynamicLimit dynamic hops.
	Near bool
}

// dynamicLimit bounds the dynamic hops of a way from a [Start] that says so: each may lead to
// one of all the implementations of an interface, and after a few everything comes to everything.
const dynamicLimit = 4

// Walk calls yield for every operation that can be reached from the starts, each once
// for every state and scope, nearest first: not on the way to a panic, then fewest dynamic
// hops, then fewest hops, then in the order of starts and of names. It does not enter what
// is in a context of avoid. It stops when yield returns false.
func (s *Space) Walk(starts []*Start, avoid model.Context, yield func(*Path, *summary.Op) bool) {
	w := walker{space: s, avoid: avoid, operative: true}
	w.each(starts, func(p *Path) bool { return w.operations(p, yield) })
}

// WalkTo is Walk to operations in states that one only comes to by way of those that lead
// accepts.
func (s *Space) WalkTo(starts []*Start, lead func(*State) bool, yield func(*Path, *summary.Op) bool) {
	w := walker{space: s, lead: lead}
	w.each(starts, func(p *Path) bool { return w.operations(p, yield) })
}

// Certain is Walk from one start, over the hops that the text of the program resolves
// alone.
func (s *Space) Certain(start *Start, yield func(*Path, *summary.Op)) {
	s.walkTrusted(start, func(hop, *summary.Call, []hop) bool { return false }, yield)
}

// Likely is Certain over those hops too that the call graph resolves: where of all
// functions that a call may lead to, all of which are in sight, one alone comes to any
// operation.
func (s *Space) Likely(start *Start, yield func(*Path, *summary.Op)) {
	s.walkTrusted(start, func(h hop, c *summary.Call, all []hop) bool {
		return c.Unresolved == "" && !slices.ContainsFunc(all, func(other hop) bool { return other.to != h.to && !s.silent(other.to) })
	}, yield)
}

func (s *Space) walkTrusted(start *Start, trusted func(hop, *summary.Call, []hop) bool, yield func(*Path, *summary.Op)) {
	w := walker{space: s, trusted: trusted, operative: true}
	w.each([]*Start{start}, func(p *Path) bool {
		return w.operations(p, func(p *Path, op *summary.Op) bool {
			yield(p, op)
			return true
		})
	})
}

// each calls enter for every path of a walk. It stops when enter returns false.
func (w *walker) each(starts []*Start, enter func(*Path) bool) {
	w.best.open(w.space)
	defer w.best.close(w.space)
	for _, start := range starts {
		p := &Path{State: start.State, Start: start, Scope: start.Scope | start.State.Summary.Runs&model.Scopes}
		if !start.State.Summary.Runs.Any(w.avoid) && (p.partial() || !w.queued(w.visit(p), p.cost())) {
			w.push(p)
		}
	}
	for p := range w.queue.all() {
		if !p.partial() && w.best.of(w.visit(p)) < p.cost() {
			continue // there was a better one meanwhile
		}
		if !enter(p) {
			return
		}
		if !p.spoken() {
			w.follow(p)
		}
	}
}

// partial reports whether a path is in a part of a function, and not the whole of it.
func (p *Path) partial() bool { return p.Up == nil && p.Start.In != nil }

func (w *walker) visit(p *Path) visit {
	return visit{p.State, p.Scope, p.only, w.bodies && p.inlined()}
}

type walker struct {
	space  *Space
	avoid  model.Context
	bodies bool // whether a body was inlined matters
	// trusted reports which of the hops that the call graph alone resolves are followed, of
	// all that a call may be; nil for every one.
	trusted func(h hop, c *summary.Call, all []hop) bool
	// operative leaves out what comes to no operation.
	operative bool
	// lead accepts the states that lead to what is looked for; nil: all do.
	lead  func(*State) bool
	best  visits
	queue queue[*Path]
	found []ahead // room for what is ahead
}

func (w *walker) push(p *Path) { w.queue.push(p.cost(), p) }

// Functions returns a way to every function that can be reached from start, that of
// start included, nearest first. What is in a context of avoid is not entered.
func (s *Space) Functions(start *Start, avoid model.Context) []*Path {
	var all []*Path
	var seen States
	w := walker{space: s, avoid: avoid}
	w.each([]*Start{start}, func(p *Path) bool {
		if seen.Add(p.State) {
			all = append(all, p)
		}
		return true
	})
	return all
}

// spoken reports whether directives speak for the path's function, and not its body.
func (p *Path) spoken() bool { return p.State.Summary.Spoken && p.Up != nil }

// operations yields the operations of a path's function.
func (w *walker) operations(p *Path, yield func(*Path, *summary.Op) bool) bool {
	sum := p.State.Summary
	if p.spoken() {
		for i := range sum.Said {
			if !yield(p, &sum.Said[i]) {
				return false
			}
		}
		return true
	}
	for i := range sum.Ops {
		op := &sum.Ops[i]
		if p.covers(&op.Site) && !open(&op.Site).Any(w.avoid) && !yield(p, op) {
			return false
		}
	}
	return true
}

// calls are the calls of a path's function that belong to the walk, by their index.
func (w *walker) calls(p *Path) iter.Seq2[int, *summary.Call] {
	return func(yield func(int, *summary.Call) bool) {
		sum := p.State.Summary
		for i := range sum.Calls {
			if c := &sum.Calls[i]; w.makes(p, c) && !yield(i, c) {
				return
			}
		}
	}
}

// makes reports whether a call of a path's function belongs to the walk.
func (w *walker) makes(p *Path, c *summary.Call) bool {
	return p.covers(&c.Site) && !(open(&c.Site) | c.Contexts).Any(w.avoid)
}

// goesTo reports whether a hop leads to anything that is looked for.
func (w *walker) goesTo(h hop) bool {
	return !(w.operative && w.space.silent(h.to)) && (w.lead == nil || w.lead(h.to))
}

// follow queues where the calls of a path's function lead, but for what there is a way to in
// the queue already that is as good.
func (w *walker) follow(p *Path) {
	w.found = w.found[:0]
	sum := p.State.Summary
	for i := range sum.Calls {
		all := w.space.callees(p.State, i)
		c := &sum.Calls[i]
		if !slices.ContainsFunc(all, w.goesTo) || !w.makes(p, c) {
			continue // that it goes nowhere, as most do, shows without a look at it
		}
		doomed := p.doomed || p.State.Doomed(&c.Site)
		for _, h := range all {
			if !w.goesTo(h) || h.to.Summary.Runs.Any(w.avoid) ||
				w.trusted != nil && h.via.Dynamic() && !w.trusted(h, c, all) ||
				p.Start.Near && h.dynamic() && p.dynamic >= dynamicLimit {
				continue
			}
			next := ahead{call: c, hop: h, only: p.handedOver(c, h), doomed: doomed}
			next.scope = p.Scope | (open(&c.Site)|c.Contexts|h.to.Summary.Runs)&model.Scopes
			if w.queued(visit{h.to, next.scope, next.only, w.bodies && c.Inlined}, p.cost().ahead(h, doomed)) {
				continue
			}
			w.found = append(w.found, next)
		}
	}
	slices.SortStableFunc(w.found, func(a, b ahead) int { return cmp.Compare(a.hop.to.Key(), b.hop.to.Key()) })
	for _, next := range w.found {
		w.push(p.step(next))
	}
}

// ahead is a hop that a walk can make from where it is.
type ahead struct {
	call   *summary.Call
	hop    hop
	scope  model.Context
	only   uint64
	doomed bool
}

// queued reports whether there is a way to what is to be visited in the queue that is as good
// as one of some cost, and otherwise has it that there is one now.
func (w *walker) queued(v visit, c cost) bool {
	if w.best.of(v) <= c {
		return true
	}
	w.best.set(v, c)
	return false
}

// covers reports whether a site of the path's function belongs to the walk.
func (p *Path) covers(site *summary.Site) bool {
	switch {
	case p.State.Excludes(site):
		return false
	case p.Up == nil && p.Start.In != nil:
		return p.Start.In(site)
	case p.drops(site):
		return false
	case p.only != 0:
		for _, r := range site.Within {
			if r.Kind == summary.Owed && has(p.only, r.Owes) {
				return true
			}
		}
		return false
	default:
		return true
	}
}

// drops reports whether the lock that the walk is about was released before a site.
func (p *Path) drops(site *summary.Site) bool {
	return p.Start.Lock.Name != "" && slices.ContainsFunc(site.Dropped, func(o summary.Object) bool {
		return p.State.Class(o) == p.Start.Lock
	})
}

// handedOver returns the parameters of callee through which a call hands it the fence
// that is owed here and that it signals itself: 0 if none, and then all of callee
// runs before the signal.
func (p *Path) handedOver(c *summary.Call, h hop) uint64 {
	carries := func(o *summary.Object) bool { return false }
	switch {
	case p.Up == nil && p.Start.Fence != nil:
		carries = func(o *summary.Object) bool { return leadsTo(o, p.Start.Fence) }
	case p.only != 0:
		carries = func(o *summary.Object) bool { return has(p.only, o.Param) }
	}
	var only uint64
	for _, b := range c.Binds {
		if b.Object != nil && carries(b.Object) && h.to.owes(b.Param) {
			only = with(only, b.Param)
		}
	}
	if p.Start.Fence != nil && (p.Up == nil || p.only != 0) {
		only |= h.captured(c, p.Start.Fence.Class)
	}
	return only
}

// open returns the contexts open at a site.
func open(site *summary.Site) model.Context {
	var c model.Context
	for _, r := range site.Within {
		c |= r.Context
	}
	return c
}
