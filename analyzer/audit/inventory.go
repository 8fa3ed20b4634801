package audit

import (
	"cmp"
	"slices"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Operation is something that code can do, and a way there.
type Operation struct {
	Verb string         // "waits for", "allocates"
	On   string         // the class, "" where there is none
	How  string         // "never enters reclaim", "tries", "bounded", "" where nothing softens it
	Path []finding.Step // from the root to the operation itself
}

// Pos is where the operation stands.
func (o *Operation) Pos() model.Pos { return o.Path[len(o.Path)-1].Pos }

// Operations returns what a root can do before it no longer owes anything, by
// position, each operation once, with the shortest way to it.
func Operations(g *graph.Graph, root *Root) []Operation {
	return operations(g, root, func(graph.Reached) bool { return true })
}

// Through is [Operations] as far as they are seen on a way through a function.
func Through(g *graph.Graph, root *Root, key string) []Operation {
	return operations(g, root, func(r graph.Reached) bool {
		return slices.ContainsFunc(r.Path.Frames(), func(p *reach.Path) bool { return p.State.Key() == key })
	})
}

func operations(g *graph.Graph, root *Root, wanted func(graph.Reached) bool) []Operation {
	var ops []Operation
	for _, sec := range root.Sections {
		reached := g.Below(sec)
		if sec.Context == model.NoHeap {
			reached = g.Heap(sec)
		}
		for _, r := range reached {
			if verb := verbs[r.Op.Kind]; verb != "" && (r.Op.Kind == summary.OpHeap) == (sec.Context == model.NoHeap) && wanted(r) {
				ops = append(ops, Operation{verb, className(r), how(g, r), graph.PathSteps(r.Path, r.Op)})
			}
		}
	}
	return sorted(ops)
}

// Outside returns the signals of annotated fences that no root leads to: of ordinary
// functions, whose callers may owe the fence, and of opportunistic ones.
func Outside(g *graph.Graph, roots []Root, funcs []*summary.Summary) []Operation {
	inside := make(map[model.Pos]bool)
	for i := range roots {
		for _, sec := range roots[i].Sections {
			for _, r := range g.Below(sec) {
				inside[r.Op.Pos] = true
			}
		}
	}
	var ops []Operation
	for _, s := range funcs {
		for i := range s.Ops {
			op := &s.Ops[i]
			if op.Kind == summary.OpSignal && op.On.Class.Kind == summary.Fence && !inside[op.Pos] {
				ops = append(ops, Operation{
					Verb: verbs[op.Kind], On: graph.ShortName(op.On.Class), Path: []finding.Step{graph.OpStep(s, op)},
				})
			}
		}
	}
	return sorted(ops)
}

func className(r graph.Reached) string {
	if c := r.Class(); c.Name != "" {
		return graph.ShortName(c)
	}
	return ""
}

// how says what makes an operation less than it looks.
func how(g *graph.Graph, r graph.Reached) string {
	switch {
	case r.Op.Try:
		return "tries"
	case r.Op.Bounded:
		return "bounded"
	case r.Op.Kind == summary.OpAlloc && !g.Reclaims(r):
		return "never enters reclaim"
	}
	return ""
}

func sorted(ops []Operation) []Operation {
	slices.SortStableFunc(ops, func(a, b Operation) int {
		return cmp.Or(comparePos(a.Pos(), b.Pos()), cmp.Compare(a.Verb, b.Verb), cmp.Compare(a.On, b.On), cmp.Compare(len(a.Path), len(b.Path)))
	})
	return slices.CompactFunc(ops, func(a, b Operation) bool {
		return a.Pos() == b.Pos() && a.Verb == b.Verb && a.On == b.On
	})
}

// verbs say what an operation does. What ends a wait or a hold can break no rule and
// has none.
var verbs = map[summary.OpKind]string{
	summary.OpWait:    "waits for",
	summary.OpAlloc:   "allocates",
	summary.OpAcquire: "acquires",
	summary.OpSleep:   "sleeps",
	summary.OpSignal:  "signals",
	summary.OpPublish: "publishes",
	summary.OpTake:    "hands over",
	summary.OpWake:    "wakes",
	summary.OpFlush:   "flushes",
	summary.OpHeap:    "allocates on the Go heap",
}
