package graph

import (
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Beside is an operation that blocks where signalling code waits for its turn: on the
// same ordered queue, or in a callback of the loop that runs it. It is on nobody's way
// to a signal, and every later one is late because of it.
type Beside struct {
	Reached
	Spawn   *reach.Spawn     // of the root that blocks
	Delayed *summary.Summary // what runs signalling on the same worker
	Queue   summary.Class    // the ordered queue, without a name for a loop
}

// worker is what does one thing at a time: an ordered queue, or a goroutine.
type worker struct {
	queue  summary.Class
	spawns []*reach.Spawn // one for each root
}

// Beside returns what blocks beside signalling code, in a fixed order.
func (g *Graph) Beside() []Beside {
	runs := func(st *reach.State) bool { return st.Summary.Runs.Has(model.Signalling) }
	if !slices.ContainsFunc(g.states, runs) {
		return nil // the usual answer, and a cheap one
	}
	var all []Beside
	for _, w := range g.workers() {
		delayed := g.delayed(w)
		if len(delayed) == 0 {
			continue
		}
		for _, sp := range w.spawns {
			start := []*reach.Start{{State: sp.Root}}
			g.space.Walk(start, model.Signalling|model.Opportunistic, func(p *reach.Path, op *summary.Op) bool {
				r := Reached{p, op}
				if g.blocks(r) && (w.queue.Name != "" || calledBack(p, delayed)) {
					all = append(all, Beside{r, sp, delayed[0], w.queue})
				}
				return true
			})
		}
	}
	return all
}

// calledBack reports whether a loop calls back, on the way to an operation, what also
// runs its signalling code: another method of the same type, through an interface. A
// loop that waits for what it is to do next is idle, and what else its goroutine does
// before is its own business.
func calledBack(p *reach.Path, delayed []*summary.Summary) bool {
	return slices.ContainsFunc(p.Frames(), func(hop *reach.Path) bool {
		return hop.Up != nil && hop.Via.Dynamic() && slices.ContainsFunc(delayed, func(d *summary.Summary) bool {
			return receiver(hop.State.Key()) == receiver(d.Func)
		})
	})
}

// receiver is what comes before the name of a function in its key: the type of a
// method, or the package.
func receiver(key string) string {
	return key[:strings.LastIndexByte(key, '.')+1]
}

// workers returns the ordered queues, and the goroutines, with what they run.
func (g *Graph) workers() []*worker {
	var all []*worker
	find := func(same func(*worker) bool) *worker {
		i := slices.IndexFunc(all, same)
		if i < 0 {
			all = append(all, &worker{})
			return all[len(all)-1]
		}
		return all[i]
	}
	for _, sp := range g.sections.Spawns {
		var w *worker
		queue := sp.In.Class(sp.On)
		switch {
		case sp.Kind == summary.Work && queue.Name != "" && g.Is(queue, func(t *model.Type) bool { return t.Ordered }):
			w = find(func(w *worker) bool { return w.queue == queue })
			w.queue = queue
		case sp.Kind != summary.Work && !sp.Contexts.Has(model.Atomic):
			w = find(func(w *worker) bool { return w.queue.Name == "" && w.spawns[0].Root == sp.Root })
		default:
			continue
		}
		if !slices.ContainsFunc(w.spawns, func(known *reach.Spawn) bool { return known.Root == sp.Root }) {
			w.spawns = append(w.spawns, sp)
		}
	}
	return all
}

// delayed returns the functions that run signalling on a worker.
func (g *Graph) delayed(w *worker) []*summary.Summary {
	var all []*summary.Summary
	for _, sp := range w.spawns {
		for _, p := range g.Functions(sp.Root) {
			if s := p.State.Summary; s.Runs.Has(model.Signalling) && !s.Runs.Has(model.Opportunistic) {
				all = append(all, s)
			}
		}
	}
	return all
}

// blocks reports whether an operation waits without bound for more than a lock.
func (g *Graph) blocks(r Reached) bool {
	if r.Op.Try || r.Op.Bounded {
		return false
	}
	switch r.Op.Kind {
	case summary.OpWait, summary.OpFlush:
		return true
	case summary.OpAcquire:
		return r.Class().Kind == summary.Pool
	}
	return false
}
