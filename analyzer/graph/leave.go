package graph

import (
	"maps"
	"slices"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// leaving returns the locks that who receives in a select takes once he has left it for
// good, because it is time or somebody out of sight wants him to: what is sent to him
// until he has them nobody receives.
func (g *Graph) leaving(e ender) needs {
	found := needs{}
	op := e.op()
	if e.what.direction != summary.Send || len(op.Leaves) == 0 || !g.roomless(e.what.class) {
		return found
	}
	after := map[int]bool{}
	for _, b := range op.Leaves {
		for _, to := range g.awayFrom(e, b) {
			after[to] = true
		}
	}
	if len(after) == 0 {
		return found
	}
	from := Named(e.what.waited())
	blocks := g.itemsOf(e.state)
	for _, b := range slices.Sorted(maps.Keys(blocks)) {
		for _, i := range blocks[b] {
			if !after[i.site().Block] && !i.deferred() {
				continue
			}
			for _, r := range g.demands(e.state, i, byGraph) {
				to := r.Class()
				if _, known := found[to]; !known && to.Kind == summary.Lock {
					found[to] = Edge{From: from, To: to, Provenance: finding.Seen, Likely: true, Left: true, Witness: &Witness{
						Path: r.Path, Op: r.Op, Then: r.Op,
					}}
				}
			}
		}
	}
	return found
}

// awayFrom returns the blocks that control comes to from one without receiving in the
// select again; none where something else there receives from the channel, or where the
// function does not end.
func (g *Graph) awayFrom(e ender, block int) []int {
	flow := e.state.Summary.Flow
	home := e.op().Block
	seen := map[int]bool{block: true}
	all := []int{block}
	ends := false
	for i := 0; i < len(all); i++ {
		if all[i] >= len(flow) || all[i] == home {
			return nil
		}
		ends = ends || len(flow[all[i]]) == 0 && !slices.Contains(e.state.Summary.Panics, all[i])
		for _, next := range flow[all[i]] {
			if !seen[next] && next != home {
				seen[next] = true
				all = append(all, next)
			}
		}
	}
	for _, other := range g.enders[e.what] {
		if other.state == e.state && seen[other.op().Block] {
			return nil
		}
	}
	if !ends {
		return nil
	}
	return all
}

// deferred reports whether something is done when the function ends, on whatever way.
func (i item) deferred() bool {
	if i.op != nil {
		return i.op.Via == summary.Deferred
	}
	return i.call.Via == summary.Deferred
}
