package audit

import (
	"cmp"
	"slices"

	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Proof is what a root was shown not to lead to, on the condition that no call that
// could not be resolved leads there.
type Proof struct {
	Never []string // "no slot wait", in a fixed order
	Blind []Blind  // by position
}

// Blind is a call below a root that could not be resolved, or not completely.
type Blind struct {
	Pos  model.Pos
	Text string
	Why  string
}

// absences are what can be shown of a root that leads to no such operation.
var absences = []struct {
	what string
	is   func(*graph.Graph, graph.Reached) bool
}{
	{"no slot wait", func(_ *graph.Graph, r graph.Reached) bool { return acquires(r, summary.Pool) }},
	{"no fence wait", func(_ *graph.Graph, r graph.Reached) bool {
		return r.Op.Kind == summary.OpWait && r.Class().Kind == summary.Fence
	}},
	{"no other wait", func(_ *graph.Graph, r graph.Reached) bool {
		return r.Op.Kind == summary.OpFlush || r.Op.Kind == summary.OpWait && r.Class().Kind != summary.Fence
	}},
	{"no reclaiming allocation", func(g *graph.Graph, r graph.Reached) bool {
		return r.Op.Kind == summary.OpAlloc && g.Reclaims(r)
	}},
	{"no other allocation", func(g *graph.Graph, r graph.Reached) bool {
		return r.Op.Kind == summary.OpAlloc && !g.Reclaims(r)
	}},
	{"no sleep", func(_ *graph.Graph, r graph.Reached) bool { return r.Op.Kind == summary.OpSleep }},
	{"no lock", func(_ *graph.Graph, r graph.Reached) bool { return acquires(r, summary.Lock) }},
}

// acquires reports whether an operation waits for a lock or for a pool's slot.
func acquires(r graph.Reached, kind summary.ClassKind) bool {
	return r.Op.Kind == summary.OpAcquire && !r.Op.Try && r.Class().Kind == kind
}

// Proven returns what a root was shown not to lead to.
func Proven(g *graph.Graph, root *Root) Proof {
	var p Proof
	if root.Sections[0].Context == model.NoHeap {
		if !slices.ContainsFunc(root.Sections, func(sec *reach.Section) bool { return len(g.Heap(sec)) > 0 }) {
			p.Never = []string{"no allocation on the Go heap"}
		}
		p.Blind = blind(g, root.Sections)
		return p
	}
	for _, a := range absences {
		if !slices.ContainsFunc(root.Sections, func(sec *reach.Section) bool {
			return slices.ContainsFunc(g.Below(sec), func(r graph.Reached) bool { return a.is(g, r) })
		}) {
			p.Never = append(p.Never, a.what)
		}
	}
	p.Blind = blind(g, root.Sections)
	return p
}

// blind returns the unresolved calls below sections, each once.
func blind(g *graph.Graph, sections []*reach.Section) []Blind {
	var all []Blind
	for _, sec := range sections {
		for _, b := range g.Blind(sec) {
			all = append(all, Blind{b.Call.Pos, b.Call.Text, b.Why})
		}
	}
	slices.SortFunc(all, func(a, b Blind) int {
		return cmp.Or(comparePos(a.Pos, b.Pos), cmp.Compare(a.Why, b.Why))
	})
	return slices.CompactFunc(all, func(a, b Blind) bool { return a.Pos == b.Pos && a.Why == b.Why })
}

func comparePos(p, q model.Pos) int {
	return cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Col, q.Col))
}
