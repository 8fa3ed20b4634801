package explore

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/capture"
)

// node is a state with where it can go on to.
type node struct {
	state    *state
	next     []int
	moved    [][]string // by edge: the goroutines that it moves
	cut      bool
	expanded bool
}

// Explore runs a function and returns where goroutines are stuck for ever.
func (e *Explorer) Explore(fn *ssa.Function) []Stuck {
	x := e.x
	x.scale, x.large = nil, false
	found := e.run(fn)
	if len(found) > 0 || !x.large || !x.blocked && x.exhausted() {
		return found
	}
	if x.scale = x.scaleOf(fn); x.scale == nil {
		return nil
	}
	return slices.DeleteFunc(e.run(fn), func(s Stuck) bool {
		return !x.scale.counts() && !slices.ContainsFunc(s.Goroutines, func(w Waiting) bool { return w.Lock })
	})
}

// Bounded reports whether there was more than was looked at of the function explored last:
// too many states, or goroutines.
func (e *Explorer) Bounded() bool { return e.x.bounded }

// run explores a function as far as is worth it: most functions with many states have
// nothing to be found in any of them.
func (e *Explorer) run(fn *ssa.Function) []Stuck {
	found := e.once(fn, true)
	if len(found) > 0 && e.x.bounded {
		return e.once(fn, false)
	}
	return found
}

func (e *Explorer) once(fn *ssa.Function, first bool) []Stuck {
	x := e.x
	x.first = first
	x.tries, x.locks = x.able(fn)&tries != 0, x.onlyLocks(fn)
	x.process = !x.called && fn.Name() == "main" && fn.Pkg != nil && fn.Pkg.Pkg.Name() == "main" && fn.Signature.Recv() == nil
	x.overdrawn, x.wary = false, false
	found := x.search(fn)
	if x.overdrawn {
		x.wary = true
		found = x.search(fn)
	}
	return found
}

// search goes through the states of a function.
func (x *explorer) search(fn *ssa.Function) []Stuck {
	x.spent, x.steps, x.compared, x.crowded, x.bounded, x.blocked, x.bare = 0, 0, 0, 0, false, false, true
	start := newState()
	f := &frame{fn: fn, block: fn.Blocks[0]}
	for _, free := range fn.FreeVars {
		if capture.SetOnce(free) {
			id := start.allocate(variable, nil)
			start.object(id).outside, start.object(id).steady = true, true
			f.env.set(free, pointer{id, ""})
		}
	}
	start.goroutines = []*goroutine{{name: rootName, frames: []*frame{f}}}
	d := &search{x: x, index: map[digest]int{}}
	x.most = earlyLimit
	for _, s := range x.settle(start) {
		d.add(s)
	}
	x.most = branchLimit
	return d.run()
}

type search struct {
	x     *explorer
	nodes []*node
	index map[digest]int
	todo  []int
}

// add adds a state, if it is new.
func (d *search) add(s *state) (id int, fresh bool) {
	if s.cut {
		return d.cutoff(), false
	}
	key := d.x.key(s)
	if id, ok := d.index[key]; ok {
		return id, false
	}
	id = len(d.nodes)
	d.index[key] = id
	d.nodes = append(d.nodes, &node{state: s})
	d.todo = append(d.todo, id)
	return id, true
}

// cutoff is the one node for whatever is not followed.
func (d *search) cutoff() int {
	id, ok := d.index[digest{}]
	if !ok {
		id = len(d.nodes)
		d.index[digest{}] = id
		d.nodes = append(d.nodes, &node{cut: true, expanded: true})
	}
	return id
}

// run visits states depth first. Where there are too many for all of them and nothing was
// seen, some that are near the begin are visited too: one way through loops that go round
// often does not take all visits. It returns what it has seen.
func (d *search) run() []Stuck {
	d.visit(stateLimit, func() int {
		last := len(d.todo) - 1
		id := d.todo[last]
		d.todo = d.todo[:last]
		return id
	})
	found := d.stuck()
	if len(d.todo) > 0 && len(found) == 0 {
		d.visit(stateLimit+nearLimit, func() int {
			id := d.todo[0]
			d.todo = d.todo[1:]
			return id
		})
		found = d.stuck()
	}
	d.x.bounded = d.x.bounded || len(d.todo) > 0 || d.x.exhausted()
	return found
}

// visit goes on from the states that next takes off those that are to be visited.
func (d *search) visit(limit int, next func() int) {
	for len(d.todo) > 0 && len(d.nodes) < limit && !d.x.exhausted() {
		d.expand(d.nodes[next()])
	}
}

// expand goes on from a state in every way. Where a goroutine can do what no other can
// see the order of, that alone is done first.
func (d *search) expand(n *node) {
	n.expanded = true
	s := n.state
	type option struct {
		g     *goroutine
		moves []move
	}
	var options []option
	for _, g := range s.goroutines {
		if g.ended {
			continue
		}
		op := d.x.pending(s, g)
		if op == nil {
			n.cut, d.x.lost = true, true
			return
		}
		d.x.note(op.at)
		if moves := d.x.moves(s, g, op); len(moves) > 0 {
			options = append(options, option{g, moves})
		} else {
			d.x.blocked = true
		}
	}
	for _, o := range options {
		if !d.x.commutes(s, o.moves) {
			continue
		}
		before := len(d.nodes)
		kept := len(n.next)
		d.take(n, o.g, o.moves)
		if len(d.nodes) > before {
			return
		}
		n.next, n.moved = n.next[:kept], n.moved[:kept]
	}
	for _, o := range options {
		d.take(n, o.g, o.moves)
	}
}

// take goes on by the moves of one goroutine.
func (d *search) take(n *node, g *goroutine, moves []move) {
	for _, m := range moves {
		d.x.spend()
		next := n.state.clone()
		moved := []string{g.name}
		if m.partner != nil {
			moved = append(moved, m.partner.name)
		}
		for _, after := range d.x.happen(next, g.name, m) {
			id, _ := d.add(after)
			n.next = append(n.next, id)
			n.moved = append(n.moved, moved)
		}
	}
}

// happen makes a move, and brings everybody to the next operation that others may see.
func (x *explorer) happen(s *state, name string, m move) []*state {
	if m.op.kind == add {
		n, ok := s.settled(m.op.inv.args[1]).(unknown)
		if ok && !s.symbol(n).vague && !x.exhausted() {
			var out []*state
			for _, next := range x.guess(s, n) {
				if next.cut {
					out = append(out, next)
				} else {
					out = append(out, x.happen(next, name, m)...)
				}
			}
			return out
		}
	}
	if !s.cut {
		x.perform(s, s.goroutine(name), m)
	}
	return x.settle(s)
}

// commutes reports whether an operation may be done before whatever others do without
// hiding anything: it only lets others go on, or nobody can see it.
func (x *explorer) commutes(s *state, moves []move) bool {
	for _, m := range moves {
		switch p := s.partyAt(m.op); m.op.kind {
		case unlock, readUnlock:
			if x.tries || x.wary || p.holder == "" && len(p.readers) == 0 {
				return false // somebody may find it locked; or it panics
			}
		case done:
			if x.wary || p.count <= 0 && !p.vague {
				return false // it panics, unless somebody adds first
			}
		case parked, fenceSignal:
		case communicate:
			if m.index < 0 || m.partner != nil || !s.object(m.op.cases[m.index].channel).outside {
				return false
			}
			if slices.ContainsFunc(m.op.cases, func(c communication) bool { return c.channel != 0 && !s.object(c.channel).outside }) {
				return false
			}
		default:
			return false
		}
	}
	return true
}
