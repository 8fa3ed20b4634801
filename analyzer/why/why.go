package why

import (
	"cmp"
	"iter"
	"maps"
	"slices"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Questions can be asked of a program.
type Questions struct {
	graph     *graph.Graph
	edges     []graph.Export
	functions []Thing // by key
	classes   []Thing // by name
}

// New returns the questions to a program: to its graph, the edges that are exported of
// it, and what is known of its functions.
func New(g *graph.Graph, edges []graph.Export, funcs []*summary.Summary) *Questions {
	q := &Questions{graph: g, edges: edges}
	classes := map[string]bool{}
	for _, e := range edges {
		classes[e.From], classes[e.To] = true, true
	}
	for _, s := range funcs {
		q.functions = append(q.functions, Thing{Func: s})
		for i := range s.Ops {
			if name := graph.Name(s.Ops[i].On.Class); name != "" {
				classes[name] = true
			}
		}
	}
	slices.SortFunc(q.functions, func(a, b Thing) int { return cmp.Compare(a.Func.Func, b.Func.Func) })
	for _, name := range slices.Sorted(maps.Keys(classes)) {
		q.classes = append(q.classes, Thing{Class: name})
	}
	return q
}

// Way returns the shortest way seen from one thing to another, a lane for each part of
// it; nil if there is none. From a function it leads over calls and then over what is
// started to run by itself, from a class over what is waited for while it is held or
// owed.
func (q *Questions) Way(from, to Thing) []finding.Lane {
	switch {
	case from.Func == nil && to.Func == nil:
		return q.along(q.between(from.Class, to.Class))
	case from.Func == nil:
		return q.under(from.Class, to.Func.Func)
	case to.Func == nil:
		return q.waits(from.Func, to.Class)
	default:
		return q.calls(from.Func, to.Func.Func)
	}
}

// part is something that runs by itself, with the way from where a question begins to
// its start.
type part struct {
	root  *reach.State
	steps []finding.Step
	paths []*reach.Path // to every function that it runs, nearest first
}

// parts iterates over a function and over what it starts, what that starts, and so on:
// fewest starts first.
func (q *Questions) parts(from *summary.Summary) iter.Seq[part] {
	return func(yield func(part) bool) {
		entry := q.graph.Entry(from.Func)
		if entry == nil {
			return
		}
		started := map[*reach.State]bool{entry: true}
		queue := []part{{root: entry, steps: []finding.Step{graph.FuncStep(from)}}}
		for ; len(queue) > 0; queue = queue[1:] {
			at := queue[0]
			at.paths = q.graph.Functions(at.root)
			if !yield(at) {
				return
			}
			ways := map[*reach.State]*reach.Path{}
			for _, p := range at.paths {
				ways[p.State] = p
			}
			for _, sp := range q.graph.Sections().Spawns {
				if p := ways[sp.In]; p != nil && !started[sp.Root] {
					started[sp.Root] = true
					queue = append(queue, part{root: sp.Root, steps: slices.Concat(at.steps, calls(p), []finding.Step{graph.SpawnStep(sp)})})
				}
			}
		}
	}
}

// calls leads from function to function: by calls alone if that is possible, else
// through as few starts as possible.
func (q *Questions) calls(from *summary.Summary, to string) []finding.Lane {
	for at := range q.parts(from) {
		for _, p := range at.paths {
			if steps := q.to(p, to); steps != nil {
				return []finding.Lane{{Title: "calls", Steps: slices.Concat(at.steps, steps)}}
			}
		}
	}
	return nil
}

// to returns the steps of a path if it leads to a function: to its body or, where
// directives speak for that, to a call of it.
func (q *Questions) to(p *reach.Path, key string) []finding.Step {
	if p.State.Key() == key {
		if p.Up == nil {
			return []finding.Step{}
		}
		return graph.WaySteps(p)
	}
	for i := range p.State.Summary.Ops {
		if op := &p.State.Summary.Ops[i]; op.Callee == key {
			return graph.PathSteps(p, op)
		}
	}
	return nil
}

// body is all of a function, in no context.
func body(st *reach.State) *reach.Section { return &reach.Section{Start: &reach.Start{State: st}} }

// waits leads from a function to an operation that waits for a class, or for one from
// which there is a way to it: by calls alone if that is possible.
func (q *Questions) waits(from *summary.Summary, to string) []finding.Lane {
	for at := range q.parts(from) {
		var best []finding.Lane
		for _, r := range q.graph.Below(body(at.root)) {
			for c, waits := range q.touches(r) {
				way, ok := q.way(c, to)
				if !ok || !waits && len(way) > 0 || best != nil && len(best) <= 1+len(way) {
					continue
				}
				lane := finding.Lane{
					Title: graph.ShortFunc(from.Func) + " comes to " + shortClass(c),
					Steps: slices.Concat(at.steps, graph.PathSteps(r.Path, r.Op)),
				}
				best = append([]finding.Lane{lane}, q.along(way)...)
			}
		}
		if best != nil {
			return best
		}
	}
	return nil
}

// touches iterates over the classes that an operation is about, and whether it waits
// for them.
func (q *Questions) touches(r graph.Reached) iter.Seq2[string, bool] {
	return func(yield func(string, bool) bool) {
		waits := q.graph.WaitsFor(r)
		for _, c := range waits {
			if !yield(graph.Name(c), true) {
				return
			}
		}
		if c := graph.Named(r.Class()); c.Name != "" && !slices.Contains(waits, c) {
			yield(graph.Name(c), false)
		}
	}
}

// way is between, where a class leads to itself without an edge.
func (q *Questions) way(from, to string) ([]graph.Export, bool) {
	if from == to {
		return nil, true
	}
	way := q.between(from, to)
	return way, way != nil
}

// between returns the shortest way from class to class in the graph: over edges that were
// seen if there is one.
func (q *Questions) between(from, to string) []graph.Export {
	for _, decreed := range []bool{false, true} {
		came := map[string]graph.Export{}
		for at := []string{from}; len(at) > 0; at = at[1:] {
			for _, e := range q.edges {
				if _, known := came[e.To]; known || e.From != at[0] || !decreed && e.Provenance == finding.ByContract {
					continue
				}
				came[e.To] = e
				if e.To == to {
					return track(came, from, e)
				}
				at = append(at, e.To)
			}
		}
	}
	return nil
}

// track follows the edges by which classes were come to back to from.
func track(came map[string]graph.Export, from string, last graph.Export) []graph.Export {
	way := []graph.Export{last}
	for last.From != from {
		last = came[last.From]
		way = append(way, last)
	}
	slices.Reverse(way)
	return way
}

// along makes a lane of each edge.
func (q *Questions) along(way []graph.Export) []finding.Lane {
	var lanes []finding.Lane
	for _, e := range way {
		lanes = append(lanes, finding.Lane{
			Title: shortClass(e.From) + " -> " + shortClass(e.To) + ", " + string(e.Provenance),
			Steps: e.Witness,
		})
	}
	return lanes
}

// under leads from where a class is held or owed to a function.
func (q *Questions) under(class, to string) []finding.Lane {
	var best []finding.Step
	consider := func(sec *reach.Section, opening []finding.Step) {
		for _, p := range q.graph.Within(sec) {
			if p.State.Key() != to {
				continue
			}
			if steps := slices.Concat(opening, graph.WaySteps(p)); best == nil || len(steps) < len(best) {
				best = steps
			}
			return
		}
	}
	for _, sec := range q.owing(class) {
		consider(sec, graph.SectionSteps(sec))
	}
	for _, h := range q.graph.Holds(class) {
		consider(h.Section, []finding.Step{h.Step()})
	}
	if best == nil {
		return nil
	}
	return []finding.Lane{{Title: "with " + shortClass(class) + " held or owed", Steps: best}}
}

// owing returns the sections that owe a class.
func (q *Questions) owing(class string) []*reach.Section {
	var all []*reach.Section
	for _, o := range q.graph.Signalling() {
		if slices.ContainsFunc(o.Fences, func(c summary.Class) bool { return graph.Name(c) == class }) {
			all = append(append(all, o.Section), o.Others...)
		}
	}
	for _, sec := range q.graph.Sections().All {
		if sec.Context.String() == class { // reclaim and notifier
			all = append(all, sec)
		}
	}
	return all
}

// Blind returns the unresolved calls below a function: what a way that was not seen may
// lead through.
func (q *Questions) Blind(from Thing) []reach.Blind {
	if from.Func == nil {
		return nil
	}
	entry := q.graph.Entry(from.Func.Func)
	if entry == nil {
		return nil
	}
	return q.graph.Blind(body(entry))
}
