package lockhelper

import "sync"

// A wrapped lock, and one that wraps that: both are of one class.
type wrapped struct{ m sync.Mutex }

func (w *wrapped) Lock()   { w.m.Lock() }
func (w *wrapped) Unlock() { w.m.Unlock() }

type outer struct{ m wrapped }

func (o *outer) Lock()   { o.m.Lock() }
func (o *outer) Unlock() { o.m.Unlock() }

type endpoint struct {
	mu      wrapped
	waiting struct {
		mu outer
		n  int
	}
	other *endpoint
	n     int
}

// leave gives one of them back while it holds the other.
func (e *endpoint) leave() {
	e.waiting.mu.Lock()
	if e.waiting.n == 0 {
		e.mu.Unlock()
		e.waiting.mu.Unlock()
		return
	}
	e.waiting.mu.Unlock()
	e.mu.Unlock()
}

// Get takes and gives back.
func (e *endpoint) Get(what int) int {
	if what == 1 {
		e.mu.Lock()
		n := e.n
		e.leave()
		return n
	}
	return 0
}

// Take keeps it on one of its ways.
func (e *endpoint) Take(what int) int {
	if what == 1 {
		e.mu.Lock()
		n := e.n
		if n > 3 {
			e.leave()
			return n
		}
		return n // want missing-unlock[breach/error]
	}
	return 0
}
