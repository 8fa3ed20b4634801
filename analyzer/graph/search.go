package graph

import (
	"slices"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Skip refuses an edge that leaves a class: what waits there for an operation, or, with
// no operation, a fence for the worker that signals it.
type Skip func(from summary.Class, r Reached) bool

// Way returns a shortest way from a class to one of goals: over seen edges alone if
// there is one, else over decreed ones too; nil if there is none. It is empty when
// from is a goal. Edges that skip refuses do not count. A section, if given, is the
// one that the goals are owed in.
func (g *Graph) Way(from summary.Class, goals []summary.Class, skip Skip, owing *Owing) []Edge {
	if way := g.SeenWay(from, goals, skip, owing); way != nil {
		return way
	}
	return g.search(from, goals, skip, owing, true)
}

// SeenWay is Way over seen edges alone.
func (g *Graph) SeenWay(from summary.Class, goals []summary.Class, skip Skip, owing *Owing) []Edge {
	return g.search(from, goals, skip, owing, false)
}

func (g *Graph) search(from summary.Class, goals []summary.Class, skip Skip, owing *Owing, decreed bool) []Edge {
	if slices.Contains(goals, from) {
		return []Edge{}
	}
	came := map[summary.Class]Edge{from: {}}
	for queue := []summary.Class{from}; len(queue) > 0; queue = queue[1:] {
		edges := slices.Clone(g.SeenBut(queue[0], skip))
		if owing != nil && queue[0].Kind != summary.Channel { // a channel's two ends are not one
			edges = append(edges, g.Stuck(owing, ending{class: queue[0]})...)
		}
		if decreed {
			edges = append(edges, g.Decreed(queue[0])...)
		}
		for _, e := range edges {
			if _, ok := came[e.To]; ok || e.To.Kind == summary.Fence && leaveFences(goals) {
				continue
			}
			came[e.To] = e
			if slices.Contains(goals, e.To) {
				return track(came, from, e)
			}
			queue = append(queue, e.To)
		}
	}
	return nil
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
