package oracle

import "slices"

// circles notes who waits for ever while others go round for ever: in states from which
// every way leads back, those that stand at one place in all of them and never move.
func (d *search) circles() {
	if !d.loops {
		return
	}
	c := &components{edges: d.edges, number: make([]int32, len(d.edges)), low: make([]int32, len(d.edges)), done: make([]bool, len(d.edges))}
	c.visit(0)
	for _, states := range c.last {
		if len(d.edges[states[0]]) > 0 {
			d.circle(states)
		}
	}
}

func (d *search) circle(states []int32) {
	count := func(at []place, p place) (n int) {
		for _, q := range at {
			if p == q {
				n++
			}
		}
		return n
	}
	waits := d.waits[states[0]]
	waits = slices.DeleteFunc(slices.Clone(waits), func(p place) bool {
		return slices.ContainsFunc(states, func(id int32) bool {
			return slices.Contains(d.moves[id], p) || count(d.waits[id], p) != count(waits, p)
		})
	})
	if len(waits) > 0 {
		d.stuck(waits)
	}
}

// components finds the strongly connected components that nothing leads out of, by
// Tarjan's algorithm.
type components struct {
	edges       [][]int32
	number, low []int32
	done        []bool
	stack       []int32
	next        int32
	last        [][]int32
}

// visit visits a state, and reports whether all that is below it is a component of its
// own, or below one.
func (c *components) visit(id int32) {
	c.next++
	c.number[id], c.low[id] = c.next, c.next
	c.stack = append(c.stack, id)
	for _, to := range c.edges[id] {
		if c.number[to] == 0 {
			c.visit(to)
		}
		if !c.done[to] {
			c.low[id] = min(c.low[id], c.low[to])
		}
	}
	if c.low[id] != c.number[id] {
		return
	}
	at := slices.Index(c.stack, id)
	states := slices.Clone(c.stack[at:])
	c.stack = c.stack[:at]
	for _, s := range states {
		c.done[s] = true
	}
	leads := slices.ContainsFunc(states, func(s int32) bool {
		return slices.ContainsFunc(c.edges[s], func(to int32) bool { return !slices.Contains(states, to) })
	})
	if !leads {
		c.last = append(c.last, states)
	}
}
