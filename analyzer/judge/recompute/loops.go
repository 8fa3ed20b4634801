package recompute

import (
	"fmt"
	"slices"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
)

// loops lists the cycles that are left of what is held and not owed, when every edge
// that is a finding has been taken out. A lock that guards all edges of a cycle keeps
// it from closing.
func loops(edges []graph.Export, broken func(graph.Export) bool, owed func(string) bool) []string {
	next := map[string][]graph.Export{}
	for _, e := range edges {
		if e.Provenance == finding.Seen && !e.Loose && !owed(e.From) && !owed(e.To) && !broken(e) {
			next[e.From] = append(next[e.From], e)
		}
	}
	var wrong []string
	for from, out := range next {
		for _, e := range out {
			if closes(next, from, e.To, e.Guards, map[string]bool{}) {
				wrong = append(wrong, fmt.Sprintf("nothing is found on the cycle through %s -> %s", from, e.To))
			}
		}
	}
	slices.Sort(wrong)
	return wrong
}

// closes reports whether a way leads from a class to another on which not all edges
// are guarded by one of the locks that guard it so far.
func closes(next map[string][]graph.Export, goal, at string, guards []string, seen map[string]bool) bool {
	if at == goal {
		return len(guards) == 0
	}
	key := fmt.Sprint(at, guards)
	if seen[key] {
		return false
	}
	seen[key] = true
	for _, e := range next[at] {
		left := slices.DeleteFunc(slices.Clone(guards), func(g string) bool { return !slices.Contains(e.Guards, g) })
		if closes(next, goal, e.To, left, seen) {
			return true
		}
	}
	return false
}
