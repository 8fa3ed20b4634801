package analyzer

import (
	"maps"
	"slices"

	"github.com/fencelint/fencelint/analyzer/audit"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Stats says how much was seen, so that "clean" can be weighed.
type Stats struct {
	Packages   int
	Functions  int          // summarised
	Roots      []audit.Root // by kind, then name
	Reached    int          // functions that a root leads to
	Calls      int          // that lead to a function of the program or are not resolved; Unresolved are among them
	Unresolved []Unresolved // by kind

	Waits       int // operations that wait for something inside the program, with no bound of their own
	Unsignalled int // those of them for what nobody in sight signals
}

// count takes stock of the functions that e summarised.
func count(e *engine, g *graph.Graph, packages int) Stats {
	stats := Stats{
		Packages:   packages,
		Functions:  len(e.own),
		Roots:      audit.Roots(g),
		Reached:    reached(e, g.Sections().All),
		Calls:      calls(e),
		Unresolved: unresolved(e),
	}
	stats.Waits, stats.Unsignalled = g.Waits()
	return stats
}

// reached counts the functions that sections lead to by calls, their own included.
func reached(e *engine, sections []*reach.Section) int {
	seen := make(map[string]bool)
	var work []*summary.Summary
	visit := func(key string) {
		if s := e.own[key]; s != nil && !seen[key] {
			seen[key] = true
			work = append(work, s)
		}
	}
	follow := func(c *summary.Call) {
		for _, t := range c.Targets {
			visit(t.Func)
		}
		for _, b := range c.Binds {
			for _, t := range slices.Concat(b.Targets, b.Otherwise) {
				visit(t.Func)
			}
		}
	}
	entered := make(map[string]bool)
	for _, sec := range sections {
		s := sec.Start.State.Summary
		entered[s.Func] = true
		for i := range s.Calls {
			if sec.Start.In == nil || sec.Start.In(&s.Calls[i].Site) {
				follow(&s.Calls[i])
			}
		}
	}
	for len(work) > 0 {
		s := work[len(work)-1]
		work = work[:len(work)-1]
		for i := range s.Calls {
			follow(&s.Calls[i])
		}
	}
	maps.Copy(seen, entered)
	return len(seen)
}
