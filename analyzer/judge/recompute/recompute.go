// Package recompute holds findings against the exported graph alone: what is found
// must be there, and what is there must be found. It shares no code with the search
// that found them.
package recompute

import (
	"fmt"
	"slices"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/analyzer/model"
)

// Check returns how findings and graph disagree, nothing if they agree. Owed says
// which classes are owed and not held: fences, reclaim and notifiers.
func Check(found []judge.Occurrence, edges []graph.Export, owed func(class string) bool) []string {
	var wrong []string
	for i := range found {
		if why := verify(&found[i], edges); why != "" {
			wrong = append(wrong, fmt.Sprintf("%s in %s: %s", found[i].Rule, found[i].Func, why))
		}
	}
	return append(wrong, missed(found, edges, owed)...)
}

// verify checks that the edges of a finding are in the graph, are the cycle that it
// claims, and bear out its verdict.
func verify(o *judge.Occurrence, edges []graph.Export) string {
	if o.Verdict == finding.Breach {
		if len(o.Edges) > 0 {
			return "a breach has edges"
		}
		return ""
	}
	if len(o.Edges) == 0 {
		return "a cycle has no edges"
	}
	seen := true
	for i, e := range o.Edges {
		if !slices.ContainsFunc(edges, func(x graph.Export) bool { return x.Edge == e }) {
			return fmt.Sprintf("%s -> %s (%s) is not in the graph", e.From, e.To, e.Provenance)
		}
		if next := o.Edges[(i+1)%len(o.Edges)]; next.From != e.To {
			return fmt.Sprintf("%s -> %s is followed by %s -> %s", e.From, e.To, next.From, next.To)
		}
		seen = seen && e.Provenance == finding.Seen
	}
	if seen != (o.Verdict == finding.Cycle) {
		return fmt.Sprintf("the verdict is %s", o.Verdict)
	}
	return ""
}

// missed lists the cycles that are left when every edge that is a finding has been
// taken out: those through what is owed, then those of what is held.
func missed(found []judge.Occurrence, edges []graph.Export, owed func(string) bool) []string {
	at := map[model.Pos]bool{}
	broken := map[finding.Edge]bool{}
	for _, o := range found {
		for _, e := range o.Breaks {
			broken[e] = true
		}
		if steps := o.Lanes[0].Steps; len(o.Breaks) > 0 && o.Context != 0 {
			at[steps[len(steps)-1].Pos] = true
		}
	}
	isBroken := func(e graph.Export) bool {
		if e.Provenance != finding.Seen || owed(e.From) {
			return broken[e.Edge]
		}
		// The step before the last is the operation where the last is what comes after it.
		last := e.Witness[max(0, len(e.Witness)-2):]
		return broken[e.Edge] || slices.ContainsFunc(last, func(s finding.Step) bool { return at[s.Pos] })
	}
	next := map[string][]string{}
	var left []finding.Edge
	for _, e := range edges {
		if isBroken(e) {
			continue
		}
		next[e.From] = append(next[e.From], e.To)
		left = append(left, e.Edge)
	}
	var wrong []string
	for _, e := range left {
		if owed(e.From) && e.Provenance == finding.Seen && reaches(next, e.To, e.From) {
			wrong = append(wrong, fmt.Sprintf("nothing is found on the cycle through %s -> %s", e.From, e.To))
		}
	}
	return append(wrong, loops(found, edges, owed)...)
}

// reaches reports whether to can be come to from a class.
func reaches(next map[string][]string, from, to string) bool {
	seen := map[string]bool{}
	for todo := []string{from}; len(todo) > 0; {
		c := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if c == to {
			return true
		}
		if !seen[c] {
			seen[c] = true
			todo = append(todo, next[c]...)
		}
	}
	return false
}
