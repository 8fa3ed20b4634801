package graph

import (
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Carried is a fence that queued work owes and signals: the fence waits for a worker.
type Carried struct {
	Spawn  *reach.Spawn
	Fence  summary.Class
	Worker summary.Class
	Signal Reached
}

// Carried returns what queued work signals, in a fixed order.
func (g *Graph) Carried() []Carried { return g.carries }

func (g *Graph) findCarried() []Carried {
	owing := map[*reach.State][]*reach.Section{}
	for _, o := range g.signalling {
		owing[o.Start.State] = append(owing[o.Start.State], o.Section)
	}
	var out []Carried
	for _, sp := range g.sections.Spawns {
		queue := sp.In.Class(sp.On)
		if sp.Kind != summary.Work || queue.Name == "" {
			continue
		}
		found := map[summary.Class]bool{}
		start := &reach.Start{State: sp.Root}
		g.space.Walk([]*reach.Start{start}, model.Opportunistic, func(p *reach.Path, op *summary.Op) bool {
			r := Reached{p, op}
			fence := Named(r.Class())
			if op.Kind == summary.OpSignal && fence.Kind == summary.Fence && !found[fence] && owed(r, owing) {
				found[fence] = true
				out = append(out, Carried{Spawn: sp, Fence: fence, Worker: Worker(queue), Signal: r})
			}
			return true
		})
	}
	return out
}

// owed reports whether an operation lies in a section that some function on the way
// to it is in.
func owed(r Reached, sections map[*reach.State][]*reach.Section) bool {
	site := &r.Op.Site
	for p := r.Path; p != nil; p = p.Up {
		for _, sec := range sections[p.State] {
			if sec.Start.In == nil || sec.Start.In(site) {
				return true
			}
		}
		if p.Call != nil {
			site = &p.Call.Site
		}
	}
	return false
}

// carry finds what work signals, and adds the edges from fences to workers.
func (g *Graph) carry() {
	g.carries = g.findCarried()
	for _, c := range g.carries {
		edges := g.carried[c.Fence]
		known := false
		for _, e := range edges {
			known = known || e.To == c.Worker
		}
		if !known {
			g.carried[c.Fence] = append(edges, Edge{
				From: c.Fence, To: c.Worker, Provenance: finding.Seen,
				Witness: &Witness{Spawn: c.Spawn, Path: c.Signal.Path},
			})
		}
	}
}
