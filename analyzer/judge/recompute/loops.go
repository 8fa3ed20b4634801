package recompute

import (
	"fmt"
	"slices"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/analyzer/model"
)

// loops lists the cycles that are left of what is held and not owed. An operation that
// is a finding in some context makes none, and a lock that guards all edges of a cycle
// keeps it from closing.
func loops(found []judge.Occurrence, edges []graph.Export, owed func(string) bool) []string {
	at := map[model.Pos]bool{}
	taken := map[finding.Edge]bool{}
	for _, o := range found {
		if steps := o.Lanes[0].Steps; o.Context != 0 && o.Level != finding.Note {
			at[steps[len(steps)-1].Pos] = true
		}
		for _, e := range o.Breaks {
			taken[e] = true
		}
	}
	next := map[string][]graph.Export{}
	for _, e := range edges {
		last := e.Witness[max(0, len(e.Witness)-2):]
		broken := slices.ContainsFunc(last, func(s finding.Step) bool { return at[s.Pos] })
		if e.Provenance == finding.Seen && !e.Loose && !owed(e.From) && !owed(e.To) && !broken && !taken[e.Edge] {
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
