package recompute

import (
	"fmt"
	"slices"
	"strings"

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
			if slices.ContainsFunc(e.Instances, func(i graph.Instance) bool {
				return closes(next, from, e.To, []graph.Instance{i}, !e.Newer, map[string]bool{})
			}) {
				wrong = append(wrong, fmt.Sprintf("nothing is found on the cycle through %s -> %s", from, e.To))
			}
		}
	}
	slices.Sort(wrong)
	return wrong
}

// closes reports whether a way leads from a class to another on which who makes an edge
// waits for who makes the next and, with path before it, no two edges exclude each other. Older
// says that not each of path waits for what is newer than what it holds.
func closes(next map[string][]graph.Export, goal, at string, path []graph.Instance, older bool, seen map[string]bool) bool {
	last := path[len(path)-1]
	if at == goal {
		return older && blocks(last, path[0])
	}
	if seen[at] {
		return false
	}
	seen[at] = true
	defer delete(seen, at)
	for _, e := range next[at] {
		for _, i := range e.Instances {
			if blocks(last, i) &&
				!slices.ContainsFunc(path, func(j graph.Instance) bool { return exclude(i.Guards, j.Guards) }) &&
				closes(next, goal, e.To, append(slices.Clip(path), i), older || !e.Newer, seen) {
				return true
			}
		}
	}
	return false
}

// blocks reports whether who makes one edge waits for who makes another: two who read one
// lock wait for a writer between them.
func blocks(e, next graph.Instance) bool {
	writing := next.From.Writing
	return e.To.Args.Agree(next.From.Args) && (e.To.In == "" || next.From.In == "" || e.To.In == next.From.In) &&
		(!e.To.Read || !next.From.Read || !exclude(writing, e.Guards) && !exclude(writing, next.Guards))
}

// exclude reports whether one lock is among both guards, and not for reading both times.
func exclude(e, f []string) bool {
	return slices.ContainsFunc(e, func(g string) bool {
		name, reading := strings.CutSuffix(g, graph.ForReading)
		return slices.Contains(f, name) || !reading && slices.Contains(f, name+graph.ForReading)
	})
}
