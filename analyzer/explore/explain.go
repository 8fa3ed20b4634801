package explore

import (
	"slices"

	"github.com/fencelint/fencelint/analyzer/scc"
	"golang.org/x/tools/go/ssa"
)

// explain says why goroutines that are stuck are: each group that waits for nobody else
// is a deadlock of its own, and whoever waits for it is stuck because of it.
func (x *explorer) explain(s *state, names []string) []Stuck {
	var waiting []*goroutine
	var ops []*operation
	for _, n := range names {
		g := s.goroutine(n)
		op := x.pending(s, g)
		switch {
		case op == nil:
			return nil
		case op.kind == communicate && len(op.cases) == 0:
			continue // select {}: it is meant to stay
		}
		waiting, ops = append(waiting, g), append(ops, op)
	}
	edges := make([][]int, len(waiting))
	for i := range waiting {
		for j := range waiting {
			if x.dependsOn(s, waiting[i], ops[i], waiting[j]) {
				edges[i] = append(edges[i], j)
			}
		}
	}
	components := scc.Components(len(waiting), func(v int) []int { return edges[v] })
	var out []Stuck
	for _, members := range components {
		last := func(v int) bool { // nothing leads out
			return !slices.ContainsFunc(edges[v], func(w int) bool { return !slices.Contains(members, w) })
		}
		if slices.ContainsFunc(members, func(v int) bool { return !last(v) }) {
			continue
		}
		ring := shortest(members, edges)
		st := Stuck{Empty: s.empty, Uneven: s.turns.uneven, Marked: s.marked, Why: x.why(s, waiting, ops, ring, edges)}
		// What was not begun keeps those that wait for it, and waits for nothing itself.
		ring = slices.DeleteFunc(ring, func(v int) bool { return ops[v].kind == turn })
		if len(ring) == 0 {
			continue
		}
		for _, v := range ring {
			st.Goroutines = append(st.Goroutines, x.waits(s, waiting[v], ops[v]))
		}
		for v := range waiting {
			if !slices.Contains(ring, v) && leadsTo(v, ring[0], edges) {
				st.Others = append(st.Others, x.waits(s, waiting[v], ops[v]))
			}
		}
		for _, g := range s.goroutines {
			if g.ended {
				st.Gone = append(st.Gone, Site{g.lastExit.Parent(), g.lastExit})
			}
		}
		out = append(out, st)
	}
	return out
}

// shortest returns a shortest cycle in a component: each member waits for the next. A
// component of one that does not wait for itself is itself.
func shortest(members []int, edges [][]int) []int {
	slices.Sort(members)
	var best []int
	for _, start := range members {
		before := map[int]int{}
		queue := []int{start}
		for len(queue) > 0 {
			v := queue[0]
			queue = queue[1:]
			if slices.Contains(edges[v], start) {
				ring := []int{v}
				for v != start {
					v = before[v]
					ring = append(ring, v)
				}
				slices.Reverse(ring)
				if best == nil || len(ring) < len(best) {
					best = ring
				}
				break
			}
			for _, w := range edges[v] {
				if _, known := before[w]; !known && w != start && slices.Contains(members, w) {
					before[w] = v
					queue = append(queue, w)
				}
			}
		}
	}
	if best == nil {
		return members[:1]
	}
	return best
}

func leadsTo(from, to int, edges [][]int) bool {
	seen := map[int]bool{from: true}
	for queue := []int{from}; len(queue) > 0; queue = queue[1:] {
		for _, w := range edges[queue[0]] {
			if w == to {
				return true
			}
			if !seen[w] {
				seen[w] = true
				queue = append(queue, w)
			}
		}
	}
	return false
}

func (x *explorer) why(s *state, waiting []*goroutine, ops []*operation, ring []int, edges [][]int) Reason {
	first := ring[0]
	if len(ring) > 1 {
		return Circle
	}
	op := ops[first]
	if isLock(op.kind) {
		p := s.party(op.on)
		if p.holder == waiting[first].name || slices.Contains(p.readers, waiting[first].name) {
			return Again
		}
		return LeftLocked
	}
	if slices.Contains(edges[first], first) {
		return Circle
	}
	return NoPartner
}

func isLock(k kind) bool { return k <= readLock || k == relock }

// dependsOn reports whether it may be up to another goroutine, which is stuck too, to
// end a wait.
func (x *explorer) dependsOn(s *state, g *goroutine, op *operation, other *goroutine) bool {
	p := s.partyAt(op)
	switch op.kind {
	case lock, relock, writeLock:
		return p.holder == other.name || slices.Contains(p.readers, other.name)
	case readLock:
		return p.holder == other.name || slices.Contains(p.announce, other.name)
	case once:
		return other != g && slices.ContainsFunc(other.frames, func(f *frame) bool { return f.once != nil && *f.once == op.on })
	case waitGroup:
		if g == other {
			return g.group != nil && *g.group == op.on || slices.ContainsFunc(g.frames, func(f *frame) bool { return x.defersDone(s, f, op.on) })
		}
		return other.group != nil && *other.group == op.on || x.mayEnd(other, finishes) && x.reaches(s, other)[op.on.object]
	case parked:
		return g != other && x.mayEnd(other, wakes) && x.reaches(s, other)[op.on.object]
	case turn:
		return p.announce[0] == other.name
	case flush:
		return slices.Contains(g.awaits, other.name)
	case fenceWait:
		return g != other && x.mayEnd(other, signals) && x.reaches(s, other)[op.on.object]
	case communicate:
		if g == other {
			return false
		}
		reached := x.reaches(s, other)
		return slices.ContainsFunc(op.cases, func(c communication) bool { return reached[c.channel] && x.mayEnd(other, c.ends()) })
	}
	return false
}

// defersDone reports whether a call will tell a group at its end.
func (x *explorer) defersDone(s *state, f *frame, group pointer) bool {
	return slices.ContainsFunc(f.defers, func(d deferred) bool {
		fn, ok := d.call.fn.(function)
		if !ok || operations[x.name(fn.fn)] != done || fn.fn.Name() != "Done" {
			return false
		}
		p, ok := s.settled(d.call.args[0]).(pointer)
		return ok && p == group
	})
}

// reaches returns the objects that a goroutine can get at.
func (x *explorer) reaches(s *state, g *goroutine) map[int]bool {
	found := map[int]bool{}
	var visit func(v value)
	visit = func(v value) {
		for part := range s.parts(v) {
			id, ok := s.leadsTo(part)
			o := s.object(id)
			if !ok || o == nil || found[id] {
				continue
			}
			found[id] = true
			for _, cell := range o.cells {
				visit(cell.it)
			}
			for _, v := range slices.Concat(o.buffer, o.keys) {
				visit(v)
			}
		}
	}
	for _, f := range g.frames {
		for _, r := range f.env {
			visit(r.holds)
		}
		for _, d := range f.defers {
			visit(d.call.fn)
			for _, a := range d.call.args {
				visit(a)
			}
		}
	}
	return found
}

// waits describes a goroutine that is stuck.
func (x *explorer) waits(s *state, g *goroutine, op *operation) Waiting {
	w := Waiting{Started: startedAt(g), Lock: isLock(op.kind), Shared: op.kind == readLock}
	for i, f := range g.frames {
		at := f.instruction()
		if i < len(g.frames)-1 && f.index > 0 {
			if _, ok := at.(*ssa.RunDefers); !ok {
				at = f.block.Instrs[f.index-1] // the frame is behind its call already
			}
		}
		w.Stack = append(w.Stack, Site{f.fn, at})
	}
	if n := len(w.Stack); n > 0 {
		w.Stack[n-1].At = op.at
	}
	for _, h := range g.holding {
		p := s.party(h)
		w.Holds = append(w.Holds, Lock{Site: Site{p.takenIn, p.taken}, Left: p.left})
	}
	on := op.on.object
	if op.kind == communicate {
		on = op.cases[0].channel
	}
	if o := s.object(on); o != nil {
		w.Made = o.made
	}
	if w.Lock {
		p := s.party(op.on)
		if p.left != nil || p.holder != "" {
			w.Holder = &Lock{Site: Site{p.takenIn, p.taken}, Left: p.left, Open: s.object(on).outside}
		}
	}
	return w
}

func startedAt(g *goroutine) *Site {
	if g.started == nil {
		return nil
	}
	return &Site{g.started.Parent(), g.started}
}
