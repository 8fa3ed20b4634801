package graph

import "github.com/fencelint/fencelint/analyzer/summary"

// Fewest returns a cycle of edges as the fewest goroutines make it. Who wants to read what
// somebody reads waits for a third, who wants to write it; where one of the two wants to
// write, or does, there is no need of one. What skip refuses is not part of it.
func (g *Graph) Fewest(loop []Edge, skip Skip) []Edge {
	fewest := 0
	for i, e := range loop {
		next := loop[(i+1)%len(loop)]
		if e.Witness.Op != nil && e.Witness.Op.Shared && next.Witness.Held != nil && next.Witness.Held.Shared {
			fewest++
		}
	}
	if fewest == 0 {
		return loop
	}
	ways := map[ends][]way{}
	for _, e := range loop {
		ways[ends{e.From, e.To}] = g.asClear(e, skip)
	}
	best := loop
	g.meet(loop, func(e Edge) []way { return ways[ends{e.From, e.To}] }, func(met []way) bool {
		n := 0
		for i, w := range met {
			if w.to.read == summary.True && met[(i+1)%len(met)].from.read == summary.True {
				n++
			}
		}
		if n < fewest {
			fewest, best = n, shown(loop, met)
		}
		return fewest > 0
	})
	return best
}

// asClear returns the ways in which an edge is made that are not harder to believe than
// the one that it has been seen in, that first.
func (g *Graph) asClear(e Edge, skip Skip) []way {
	seen := way{witness: e.Witness, doomed: e.Doomed}
	if e.From.Kind != summary.Lock || e.To.Kind != summary.Lock || e.Witness.Held == nil {
		var all []way
		for _, i := range g.instancesOf(e) {
			all = append(all, way{instances: i, witness: e.Witness, doomed: e.Doomed})
		}
		return all
	}
	var all []way
	for _, w := range g.waysOf(e, skip) {
		switch {
		case w.witness.Held == e.Witness.Held && w.witness.Op == e.Witness.Op:
			seen.instances = w.instances
			all = append([]way{seen}, all...)
		case w.witness.Far() && !e.Witness.Far():
		default:
			all = append(all, w)
		}
	}
	return all
}

// shown returns a cycle of edges as they are made in some ways.
func shown(loop []Edge, ways []way) []Edge {
	out := make([]Edge, len(loop))
	for i, e := range loop {
		e.Witness, e.Doomed = ways[i].witness, ways[i].doomed
		out[i] = e
	}
	return out
}
