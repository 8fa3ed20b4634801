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
	spawns []*reach.Spawn     // one for each root
	signal []*summary.Summary // the functions on it that run signalling, once asked for
}

// sibling returns what runs signalling on the worker and belongs to what a path calls
// back: another method of the same type, through an interface. It is nil if the path
// calls nothing back, or only what has nothing to do with signalling.
func (w *worker) sibling(p *reach.Path) *summary.Summary {
	for _, hop := range p.Frames() {
		if !hop.Via.Dynamic() {
			continue
		}
		for _, s := range w.signal {
			if receiver(s.Func) == receiver(hop.State.Key()) {
				return s
			}
		}
	}
	return nil
}

// receiver is what comes before the name of a function in its key: the type of a
// method, or the package.
func receiver(key string) string {
	return key[:strings.LastIndexByte(key, '.')+1]
}

// Beside returns what blocks beside signalling code, in a fixed order.
func (g *Graph) Beside() []Beside {
	var all []Beside
	for _, w := range g.signallers() {
		for _, sp := range w.spawns {
			start := []*reach.Start{{State: sp.Root}}
			g.space.Walk(start, model.Signalling|model.Opportunistic, func(p *reach.Path, op *summary.Op) bool {
				r := Reached{p, op}
				delayed := w.sibling(p)
				if delayed == nil && w.queue.Name != "" {
					delayed = w.signal[0]
				}
				// A loop that waits for what it is to do next is idle; what it calls back is not.
				if delayed != nil && g.blocks(r) {
					all = append(all, Beside{r, sp, delayed, w.queue})
				}
				return true
			})
		}
	}
	return all
}

// Shared is what runs on the worker of signalling code and is none itself: a callback
// that is called there or, on a queue, the work that is queued.
type Shared struct {
	State   *reach.State
	Delayed *summary.Summary // as in [Beside]
}

// Shared returns what shares a worker with signalling code, in a fixed order.
func (g *Graph) Shared() []Shared {
	var all []Shared
	seen := map[*reach.State]bool{}
	for _, w := range g.signallers() {
		for _, sp := range w.spawns {
			own := w.queue.Name != "" && len(g.signals([]*reach.Spawn{sp})) == 0
			for _, p := range g.space.Functions(&reach.Start{State: sp.Root}, model.Signalling|model.Opportunistic) {
				delayed := w.signal[0]
				if p.Up != nil || !own {
					if _, dynamic := p.Hops(); dynamic != 1 || !p.Via.Dynamic() {
						continue
					}
					delayed = w.sibling(p)
				}
				if delayed != nil && !seen[p.State] {
					seen[p.State] = true
					all = append(all, Shared{p.State, delayed})
				}
			}
		}
	}
	return all
}

// signallers returns the workers that signalling code runs on.
func (g *Graph) signallers() []*worker {
	runs := func(st *reach.State) bool { return st.Summary.Runs.Has(model.Signalling) }
	if !slices.ContainsFunc(g.states, runs) {
		return nil // the usual answer, and a cheap one
	}
	var all []*worker
	for _, w := range g.workers() {
		if w.signal = g.signals(w.spawns); len(w.signal) > 0 {
			all = append(all, w)
		}
	}
	return all
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

// signals returns the functions that run signalling in spawns, each once.
func (g *Graph) signals(spawns []*reach.Spawn) []*summary.Summary {
	var all []*summary.Summary
	for _, sp := range spawns {
		for _, p := range g.Functions(sp.Root) {
			s := p.State.Summary
			if s.Runs.Has(model.Signalling) && !s.Runs.Has(model.Opportunistic) && !slices.Contains(all, s) {
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
