package graph

import (
	"maps"
	"slices"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// ending is what ends a wait: of a channel's two ends, the other one.
type ending struct {
	class     summary.Class
	direction summary.Direction // of the waiter
}

// waited is the class of what ends: of a channel's two ends, one.
func (e ending) waited() summary.Class {
	if e.class.Kind == summary.Channel && e.direction == summary.Send {
		return Room(e.class)
	}
	return e.class
}

// ender is an operation that ends waits.
type ender struct {
	state *reach.State
	index int // in the operations of its function
	what  ending
}

func (e ender) op() *summary.Op { return &e.state.Summary.Ops[e.index] }

// on is what it ends a wait for: of a select, that of one of its cases.
func (e ender) on() summary.Object {
	op := e.op()
	for _, c := range op.Cases {
		if e.state.Class(c.On) == e.what.class {
			return c.On
		}
	}
	return op.On
}

// run is what one root executes, before it is done with what it was started for.
type run struct {
	states map[*reach.State]bool
	paths  map[*summary.Op]*reach.Path
}

// end notes the operations of a state that end waits. Who gives back a slot that it
// took itself ends nobody's wait: it is one of those who hold.
func (g *Graph) end(st *reach.State) {
	for i, op := range st.Ops() {
		class := st.Class(op.On)
		note := func(c summary.Class, waiter summary.Direction) {
			if c.Name != "" {
				key := ending{c, waiter}
				g.enders[key] = append(g.enders[key], ender{st, i, key})
			}
		}
		switch {
		case op.Kind == summary.OpRelease && class.Kind == summary.Pool:
			mine := func(h summary.Held) bool { return st.Class(h.On) == class }
			if !slices.ContainsFunc(op.Held, mine) {
				note(class, summary.NoDirection)
			}
		case op.Kind == summary.OpWake, op.Kind == summary.OpSignal && class.Kind == summary.Fence && !opportunistic(st, op):
			note(Named(class), summary.NoDirection)
		case class.Kind == summary.Channel && len(op.Cases) > 0:
			for _, c := range op.Cases {
				note(st.Class(c.On), opposite(c.Direction))
			}
		case class.Kind == summary.Channel:
			note(class, opposite(op.Direction))
		}
	}
}

// opportunistic reports whether nobody counts on a signal.
func opportunistic(st *reach.State, op *summary.Op) bool {
	contexts := st.Summary.Runs
	for _, r := range op.Within {
		contexts |= r.Context
	}
	return contexts.Any(model.Opportunistic)
}

func opposite(d summary.Direction) summary.Direction {
	if d == summary.Receive {
		return summary.Send
	}
	return summary.Receive
}

// ending returns what ends a wait for a class. There is none for a lock, nor for who
// sends to a channel that has room.
func (g *Graph) ending(c summary.Class) (what ending, ok bool) {
	switch c.Kind {
	case summary.Lock:
		return ending{}, false
	case summary.Channel:
		return ending{c, summary.Receive}, true
	case summary.Room:
		return ending{channel(c), summary.Send}, g.roomless(channel(c))
	}
	return ending{class: c}, true
}

// ended returns the edges from a class to what is needed before a wait for it ends: for
// certain, or, where the call graph is believed too, likely.
func (g *Graph) ended(from summary.Class, t trust) []Edge {
	what, ok := g.ending(from)
	if !ok {
		return nil
	}
	return slices.Collect(maps.Values(g.needed(what, t)))
}

// Stuck returns the edges from what is waited for in a section to the fences that the
// section owes, if whoever could end that wait runs on the goroutine, or the ordered
// queue, that waits.
func (g *Graph) Stuck(o *Owing, what ending) []Edge {
	enders := g.enders[what]
	if len(enders) == 0 || !g.allSeen(what) {
		return nil
	}
	var path *reach.Path
	for _, root := range g.rootsOf(o) {
		for _, e := range enders {
			p := g.onExecutor(root, e.op())
			if p == nil {
				return nil
			}
			if path == nil {
				path = p
			}
		}
	}
	var out []Edge
	for _, f := range o.Fences {
		out = append(out, Edge{
			From: what.waited(), To: f, Provenance: finding.Seen,
			Witness: &Witness{Path: path, Op: enders[0].op(), Then: enders[0].op()},
		})
	}
	g.closed = append(g.closed, out...)
	return out
}

// StuckAt is Stuck for what an operation of the section waits for.
func (g *Graph) StuckAt(o *Owing, r Reached) []Edge {
	return g.Stuck(o, ending{r.Class(), r.Op.Direction})
}

// rootsOf returns the roots that a section runs on.
func (g *Graph) rootsOf(o *Owing) []*reach.State {
	var roots []*reach.State
	for _, sp := range g.sections.Spawns {
		if g.run(sp.Root).states[o.Start.State] && !slices.Contains(roots, sp.Root) {
			roots = append(roots, sp.Root)
		}
	}
	if len(roots) == 0 {
		roots = append(roots, o.Start.State)
	}
	return roots
}

// onExecutor returns the way to an operation from a root, or from other work of its
// ordered queue; nil if there is none.
func (g *Graph) onExecutor(root *reach.State, op *summary.Op) *reach.Path {
	if p := g.run(root).paths[op]; p != nil {
		return p
	}
	queue, ok := g.orderedQueue(root)
	if !ok {
		return nil
	}
	for _, sp := range g.working[queue] {
		if p := g.run(sp.Root).paths[op]; p != nil {
			return p
		}
	}
	return nil
}

// orderedQueue returns the one ordered queue that a root is queued on.
func (g *Graph) orderedQueue(root *reach.State) (summary.Class, bool) {
	var queue summary.Class
	for _, sp := range g.sections.Spawns {
		if sp.Root != root {
			continue
		}
		on := sp.In.Class(sp.On)
		if sp.Kind != summary.Work || queue.Name != "" && on != queue {
			return queue, false
		}
		queue = on
	}
	return queue, queue.Name != "" && g.Is(queue, ordered)
}

func ordered(t *model.Type) bool { return t.Ordered }

// run returns what a root executes.
func (g *Graph) run(root *reach.State) *run {
	r := g.runs[root]
	if r == nil {
		r = &run{states: map[*reach.State]bool{root: true}, paths: map[*summary.Op]*reach.Path{}}
		g.space.Walk([]*reach.Start{{State: root}}, 0, func(p *reach.Path, op *summary.Op) bool {
			for up := p; up != nil; up = up.Up {
				r.states[up.State] = true
			}
			if r.paths[op] == nil {
				r.paths[op] = p
			}
			return true
		})
		g.runs[root] = r
	}
	return r
}
