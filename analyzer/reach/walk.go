package reach

import (
	"cmp"
	"container/heap"
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

// step is the path that a call adds a hop to.
func (p *Path) step(c *summary.Call, h hop) *Path {
	next := &Path{
		Up: p, Call: c, Via: h.via, State: h.to, Start: p.Start, Scope: p.Scope,
		doomed: p.doomed || p.State.Doomed(&c.Site), dynamic: p.dynamic, length: p.length + 1,
	}
	if h.dynamic() {
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
}

// Walk calls yield for every operation that can be reached from the starts, each once
// for every state and scope, nearest first: not on the way to a panic, then fewest dynamic
// hops, then fewest hops, then in the order of starts and of names. It does not enter what
// is in a context of avoid. It stops when yield returns false.
func (s *Space) Walk(starts []*Start, avoid model.Context, yield func(*Path, *summary.Op) bool) {
	w := walker{space: s, avoid: avoid, operative: true, seen: map[visit]bool{}}
	w.each(starts, func(p *Path) bool { return w.operations(p, yield) })
}

// WalkTo is Walk to operations in states that one only comes to by way of those that lead
// accepts.
func (s *Space) WalkTo(starts []*Start, lead func(*State) bool, yield func(*Path, *summary.Op) bool) {
	w := walker{space: s, lead: lead, seen: map[visit]bool{}}
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
	w := walker{space: s, trusted: trusted, operative: true, seen: map[visit]bool{}}
	w.each([]*Start{start}, func(p *Path) bool {
		return w.operations(p, func(p *Path, op *summary.Op) bool {
			yield(p, op)
			return true
		})
	})
}

// each calls enter for every path of a walk. It stops when enter returns false.
func (w *walker) each(starts []*Start, enter func(*Path) bool) {
	for _, start := range starts {
		if !start.State.Summary.Runs.Any(w.avoid) {
			w.push(&Path{State: start.State, Start: start, Scope: start.Scope | start.State.Summary.Runs&model.Scopes})
		}
	}
	for w.queue.Len() > 0 {
		p := w.pop()
		// Starts with a part of a function are not the whole of it.
		if p.Up != nil || p.Start.In == nil {
			v := visit{p.State.id, p.Scope, p.only, w.bodies && p.inlined()}
			if w.seen[v] {
				continue
			}
			w.seen[v] = true
		}
		if !enter(p) {
			return
		}
		if !p.spoken() {
			w.follow(p)
		}
	}
}

type visit struct {
	state int
	scope model.Context
	only  uint64
	// inlined tells the body of a function from its copy in a caller.
	inlined bool
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
	seen  map[visit]bool
	queue queue
	count int
}

func (w *walker) push(p *Path) {
	heap.Push(&w.queue, entry{p, w.count})
	w.count++
}

func (w *walker) pop() *Path { return heap.Pop(&w.queue).(entry).path }

// Functions returns a way to every function that can be reached from start, that of
// start included, nearest first. What is in a context of avoid is not entered.
func (s *Space) Functions(start *Start, avoid model.Context) []*Path {
	var all []*Path
	seen := map[*State]bool{}
	w := walker{space: s, avoid: avoid, seen: map[visit]bool{}}
	w.each([]*Start{start}, func(p *Path) bool {
		if !seen[p.State] {
			seen[p.State] = true
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
			c := &sum.Calls[i]
			if p.covers(&c.Site) && !(open(&c.Site) | c.Contexts).Any(w.avoid) && !yield(i, c) {
				return
			}
		}
	}
}

// follow queues where the calls of a path's function lead.
func (w *walker) follow(p *Path) {
	var found []*Path
	for i, c := range w.calls(p) {
		all := w.space.callees(p.State, i)
		for _, h := range all {
			if h.to.Summary.Runs.Any(w.avoid) || w.operative && w.space.silent(h.to) || w.lead != nil && !w.lead(h.to) ||
				w.trusted != nil && h.via.Dynamic() && !w.trusted(h, c, all) {
				continue
			}
			next := p.step(c, h)
			next.Scope |= (open(&c.Site) | c.Contexts | h.to.Summary.Runs) & model.Scopes
			next.only = p.handedOver(c, h)
			found = append(found, next)
		}
	}
	slices.SortStableFunc(found, func(a, b *Path) int { return cmp.Compare(a.State.Key(), b.State.Key()) })
	for _, next := range found {
		w.push(next)
	}
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

// entry is a path in the queue, with the order in which it came.
type entry struct {
	path  *Path
	count int
}

// queue orders paths by what makes a witness good.
type queue []entry

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	a, b := q[i], q[j]
	if a.path.doomed != b.path.doomed {
		return b.path.doomed
	}
	if a.path.dynamic != b.path.dynamic {
		return a.path.dynamic < b.path.dynamic
	}
	if a.path.length != b.path.length {
		return a.path.length < b.path.length
	}
	return a.count < b.count
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(entry)) }
func (q *queue) Pop() any {
	old := *q
	last := old[len(old)-1]
	*q = old[:len(old)-1]
	return last
}
