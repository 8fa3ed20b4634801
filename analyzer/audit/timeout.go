package audit

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
	"github.com/fencelint/fencelint/analyzer/timing"
)

// Timeout is the ways on which a fence signals because time is up.
type Timeout struct {
	Fence string
	Ways  []Way // none: nothing ends a wait for the fence when its signaller is lost
}

// Way is what a timer or delayed work leads to.
type Way struct {
	Start  string          // the function that is called when time is up
	Delay  string          // what it is started with, "" where nothing says
	Values []time.Duration // the constants that this can be, sorted
	Open   bool            // it can be something else, chosen when the program runs
	Path   []finding.Step  // from the call that starts it to the signal
}

// Infinite reports whether the time is never up.
func (w *Way) Infinite() bool {
	return !w.Open && len(w.Values) > 0 && timing.Never(w.Values[0])
}

// MayBeInfinite reports whether one of the constants is for ever.
func (w *Way) MayBeInfinite() bool {
	return len(w.Values) > 0 && timing.Never(w.Values[len(w.Values)-1])
}

// Timeouts returns for each fence that is owed the ways on which it signals because
// time is up, by name. That all that is in flight signals then, and not one fence of
// many, is for the reader of the path to see.
func Timeouts(g *graph.Graph, table *timing.Table) []Timeout {
	t := &timeouts{graph: g, table: table, spawns: g.Sections().Spawns, functions: map[*reach.State][]*reach.Path{}}
	var all []Timeout
	for _, fence := range g.Fences() {
		timeout := Timeout{Fence: graph.ShortName(fence)}
		seen := map[string]bool{}
		for _, sp := range t.spawns {
			if seen[sp.Root.Key()] {
				continue
			}
			if way := t.way(sp, fence); way != nil {
				seen[sp.Root.Key()] = true
				timeout.Ways = append(timeout.Ways, *way)
			}
		}
		slices.SortFunc(timeout.Ways, func(a, b Way) int { return cmp.Compare(a.Start, b.Start) })
		all = append(all, timeout)
	}
	return all
}

// timeouts is the work on Timeouts.
type timeouts struct {
	graph     *graph.Graph
	table     *timing.Table
	spawns    []*reach.Spawn
	functions map[*reach.State][]*reach.Path
}

// way returns how what a spawn starts leads to a signal of fence, if it is started to
// come after a while; nil if it is not or does not.
func (t *timeouts) way(sp *reach.Spawn, fence summary.Class) *Way {
	way := &Way{Start: name(sp.Root.Summary)}
	var first finding.Step
	note := func(d *summary.Delay, step finding.Step) {
		if way.Delay == "" && !way.Open && way.Values == nil {
			first = step
			way.Delay = shortField(d.Field)
		}
		values, open := t.table.Values(d)
		way.Values, way.Open = append(way.Values, values...), way.Open || open
	}
	if sp.Delay != nil {
		note(sp.Delay, finding.Step{Pos: sp.Pos, Func: sp.In.Summary.Display, Text: sp.Text})
	}
	for _, start := range t.table.Starts(sp.Carrier) {
		if start.Delay != nil && sp.Carrier != "" {
			note(start.Delay, step(sp.Carrier, start))
		}
	}
	if first.Text == "" {
		return nil
	}
	slices.Sort(way.Values)
	way.Values = slices.Compact(way.Values)
	rest := t.leads(sp.Root, fence)
	if rest == nil {
		return nil
	}
	way.Path = append([]finding.Step{first}, rest...)
	return way
}

// step is the call that starts what a field holds.
func step(carrier string, start timing.Start) finding.Step {
	return finding.Step{Pos: start.Pos, Text: shortField(carrier) + " " + start.Name}
}

// shortField is a field without the path of its package.
func shortField(name string) string { return graph.ShortName(summary.Class{Name: name}) }

// hop is a root that runs because of another.
type hop struct {
	root  *reach.State
	steps []finding.Step // from the first root
}

// leads returns the steps from a root to a signal of fence: in what it runs, or in what
// that starts, queues, calls for by contract or, by a signal, calls back. It is nil if
// there is none.
func (t *timeouts) leads(root *reach.State, fence summary.Class) []finding.Step {
	seen := map[*reach.State]bool{root: true}
	for queue := []hop{{root, nil}}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		for _, p := range t.run(at.root) {
			for i := range p.State.Summary.Ops {
				op := &p.State.Summary.Ops[i]
				if op.Kind == summary.OpSignal && graph.Named(p.State.Class(op.On)) == fence {
					return slices.Concat(at.steps, graph.PathSteps(p, op))
				}
			}
			for _, next := range t.next(p) {
				if !seen[next.root] {
					seen[next.root] = true
					queue = append(queue, hop{next.root, slices.Concat(at.steps, next.steps)})
				}
			}
		}
	}
	return nil
}

// next returns the roots that the last function of a path makes run.
func (t *timeouts) next(p *reach.Path) []hop {
	var hops []hop
	way := func(last finding.Step) []finding.Step {
		op := summary.Op{Site: summary.Site{Pos: last.Pos, Text: last.Text}}
		return graph.PathSteps(p, &op)
	}
	for _, sp := range t.spawns {
		if sp.Kind != summary.Callback && sp.In.Key() == p.State.Key() {
			hops = append(hops, hop{sp.Root, way(finding.Step{Pos: sp.Pos, Text: sp.Text})})
		}
		if sp.Kind == summary.Work && sp.Carrier != "" {
			for _, start := range t.table.Starts(sp.Carrier) {
				if start.Func == p.State.Key() && start.Pos.Line != sp.Pos.Line {
					hops = append(hops, hop{sp.Root, way(step(sp.Carrier, start))})
				}
			}
		}
		for i := range p.State.Summary.Ops {
			op := &p.State.Summary.Ops[i]
			if op.Kind == summary.OpSignal && t.graph.Installed(sp, graph.Named(p.State.Class(op.On))) {
				hops = append(hops, hop{sp.Root, graph.PathSteps(p, op)})
			}
		}
	}
	for i := range p.State.Summary.Ops {
		op := &p.State.Summary.Ops[i]
		if op.Via == summary.Contract && (op.Kind == summary.OpSignal || op.Kind == summary.OpTake) {
			for _, heir := range t.graph.Heirs(op.Callee) {
				hops = append(hops, hop{heir, graph.PathSteps(p, op)})
			}
		}
	}
	return hops
}

func (t *timeouts) run(root *reach.State) []*reach.Path {
	paths, ok := t.functions[root]
	if !ok {
		paths = t.graph.Functions(root)
		t.functions[root] = paths
	}
	return paths
}

// Bound says how long a way takes to begin.
func (w *Way) Bound() string {
	var parts []string
	for _, v := range w.Values {
		if timing.Never(v) {
			parts = append(parts, "for ever")
		} else {
			parts = append(parts, v.String())
		}
	}
	if w.Open {
		parts = append(parts, "what is chosen at run time")
	}
	bound := strings.Join(parts, " or ")
	if w.Delay != "" {
		bound = w.Delay + ": " + bound
	}
	return bound
}
