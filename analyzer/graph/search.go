package graph

import (
	"iter"
	"slices"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Skip refuses an edge that leaves a class: what waits there for an operation, or, with
// no operation, a fence for the worker that signals it.
type Skip func(from summary.Class, r Reached) bool

// View is a graph without certain edges. It remembers what it was asked, so what it
// leaves out may not change.
type View struct {
	graph *Graph
	skip  Skip // nil: nothing is left out
	edges map[summary.Class][]Edge
	ways  map[search][]Edge
}

// search is a question to a view.
type search struct {
	from    summary.Class
	goal    summary.Class // where there is no section
	owing   *Owing
	decreed bool
}

// Without returns the graph without the edges that skip refuses each witness of.
func (g *Graph) Without(skip Skip) *View {
	return &View{graph: g, skip: skip, edges: map[summary.Class][]Edge{}, ways: map[search][]Edge{}}
}

// WayBack returns a shortest way from a class to a fence that a section owes: over
// seen edges alone if there is one, else, if asked for, over decreed ones too; nil if
// there is none. It is empty when from is owed.
func (v *View) WayBack(from summary.Class, o *Owing, decreed bool) []Edge {
	return v.way(search{from: from, owing: o, decreed: decreed}, o.Fences)
}

// WayTo is WayBack to a class.
func (v *View) WayTo(from, goal summary.Class, decreed bool) []Edge {
	return v.way(search{from: from, goal: goal, decreed: decreed}, []summary.Class{goal})
}

func (v *View) way(q search, goals []summary.Class) []Edge {
	way, ok := v.ways[q]
	if !ok {
		if q.decreed {
			seen := q
			seen.decreed = false
			way = v.way(seen, goals)
		}
		if way == nil {
			way = v.find(q, goals)
		}
		v.ways[q] = way
	}
	return way
}

// find searches breadth first. Where it comes to a class whose way is known already it
// takes that.
func (v *View) find(q search, goals []summary.Class) []Edge {
	if slices.Contains(goals, q.from) {
		return []Edge{}
	}
	if !v.graph.leads(q.from) {
		return nil
	}
	var best []Edge
	came := map[summary.Class]Edge{q.from: {}}
	depth := map[summary.Class]int{}
	for queue := []summary.Class{q.from}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		if best != nil && depth[at]+1 >= len(best) {
			break // nothing shorter can come
		}
		for e := range v.leaving(at, q) {
			_, known := came[e.To]
			if known || !v.graph.leads(e.To) || e.To.Kind == summary.Fence && leaveFences(goals) {
				continue
			}
			came[e.To], depth[e.To] = e, depth[at]+1
			if slices.Contains(goals, e.To) {
				return track(came, q.from, e)
			}
			rest, answered := v.ways[q.at(e.To)]
			switch {
			case !answered:
				queue = append(queue, e.To)
			case rest != nil && (best == nil || depth[e.To]+len(rest) < len(best)):
				best = append(track(came, q.from, e), rest...)
			}
		}
	}
	if best == nil {
		for c := range came { // nor is there one from wherever it came to
			v.ways[q.at(c)] = nil
		}
	}
	return best
}

// at is the same question asked of another class.
func (q search) at(from summary.Class) search {
	q.from = from
	return q
}

// leaving iterates over the edges that leave a class, as far as a search is concerned.
func (v *View) leaving(from summary.Class, q search) iter.Seq[Edge] {
	return func(yield func(Edge) bool) {
		lists := [3][]Edge{v.seen(from)}
		if what, ok := v.graph.ending(from); ok && q.owing != nil {
			lists[1] = v.graph.Stuck(q.owing, what)
		}
		if q.decreed {
			lists[2] = v.graph.Decreed(from)
		}
		for _, edges := range lists {
			for _, e := range edges {
				if !yield(e) {
					return
				}
			}
		}
	}
}

// seen returns the seen edges that leave a class in the view.
func (v *View) seen(from summary.Class) []Edge {
	edges, ok := v.edges[from]
	if !ok {
		edges = v.graph.SeenBut(from, v.skip)
		v.edges[from] = edges
	}
	return edges
}

// leaveFences reports whether a way to goals may not lead over a fence: reclaim may
// wait for fences, so that when one of their signallers waits for reclaim it is the
// signaller that is at fault.
func leaveFences(goals []summary.Class) bool {
	return slices.ContainsFunc(goals, func(c summary.Class) bool {
		return c.Kind == summary.Reclaim || c.Kind == summary.Notifier
	})
}

// track follows the edges by which classes were come to back to from.
func track(came map[summary.Class]Edge, from summary.Class, last Edge) []Edge {
	way := []Edge{last}
	for last.From != from {
		last = came[last.From]
		way = append(way, last)
	}
	slices.Reverse(way)
	return way
}

// Provenance of a way is seen when all its edges are.
func Provenance(way []Edge) finding.Provenance {
	for _, e := range way {
		if e.Provenance == finding.ByContract {
			return finding.ByContract
		}
	}
	return finding.Seen
}
