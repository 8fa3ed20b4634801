package canrun

import "github.com/fencelint/fencelint/sampledriver/kernel/sim"

// walk is a depth-first search over the choices of a run.
type walk struct {
	preemptions int // how many a run may have
	path        []step
	at          int // the next choice of the run that is on
	used        int // preemptions in it
}

// step is one choice of a run and the way that was taken.
type step struct {
	way, ways int
	preempt   bool
}

// choose takes the way that the path says, and the first beyond its end.
func (w *walk) choose(c sim.Choice) int {
	if w.at == len(w.path) {
		ways := c.Of
		if c.Preempt && w.used == w.preemptions {
			ways = 1
		}
		w.path = append(w.path, step{ways: ways, preempt: c.Preempt})
	}
	s := w.path[w.at]
	w.at++
	if s.preempt && s.way > 0 {
		w.used++
	}
	return s.way
}

// next goes on to the next run; it reports false after the last.
func (w *walk) next() bool {
	w.at, w.used = 0, 0
	for n := len(w.path); n > 0; n-- {
		if s := &w.path[n-1]; s.way+1 < s.ways {
			s.way++
			w.path = w.path[:n]
			return true
		}
	}
	return false
}
