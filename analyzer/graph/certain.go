package graph

import (
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// certain is what certainly comes of an operation of a state, or of a call with what lies
// below it.
type certain struct {
	ends   map[ending]bool        // the waits that it ends
	counts map[summary.Class]bool // the groups that it has wait for one more
}

// certainly returns what certainly comes of an operation or call of a state.
func (g *Graph) certainly(st *reach.State, i item) *certain {
	at := place{st, i.site()}
	if known, ok := g.certain[at]; ok {
		return known
	}
	c := &certain{ends: map[ending]bool{}, counts: map[summary.Class]bool{}}
	note := func(p *reach.Path, op *summary.Op) {
		for _, what := range g.endedBy(op) {
			c.ends[what] = true
		}
		if op.Kind == summary.OpCount {
			c.counts[p.State.Class(op.On)] = true
		}
	}
	start := &reach.Start{State: st}
	if i.op != nil {
		note(&reach.Path{State: st, Start: start}, i.op)
	} else {
		start.In = func(s *summary.Site) bool { return s == &i.call.Site }
		g.space.Certain(start, note)
	}
	g.certain[at] = c
	return c
}

// endedBy returns the waits that an operation ends, whatever state it is in.
func (g *Graph) endedBy(op *summary.Op) []ending {
	if g.endsOf == nil {
		g.endsOf = map[*summary.Op][]ending{}
		for what, enders := range g.enders {
			for _, e := range enders {
				g.endsOf[e.op()] = append(g.endsOf[e.op()], what)
			}
		}
	}
	return g.endsOf[op]
}

// counts reports whether an operation or call of a state has a wait group wait for one
// more: what was needed before that was had by then.
func (g *Graph) counts(st *reach.State, i item, group summary.Class) bool {
	return g.certainly(st, i).counts[group]
}
