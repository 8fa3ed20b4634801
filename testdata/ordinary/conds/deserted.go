package conds

import "sync"

// gate is waited at, and nobody wakes: what opens it forgets to.
type gate struct {
	mu   sync.Mutex
	cond *sync.Cond
	open bool
}

// NewGate returns a closed gate.
func NewGate() *gate {
	g := &gate{}
	g.cond = sync.NewCond(&g.mu)
	return g
}

// Pass waits for the gate to be open.
func (g *gate) Pass() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for !g.open {
		g.cond.Wait() // want no-partner[breach]
	}
}

// lent is woken by who goes through a list of all that wait.
type lent struct {
	mu   sync.Mutex
	cond *sync.Cond
	open bool
}

var waiting []*sync.Cond

// NewLent returns a closed one.
func NewLent() *lent {
	l := &lent{}
	l.cond = sync.NewCond(&l.mu)
	waiting = append(waiting, l.cond)
	return l
}

// Pass waits for it to be open.
func (l *lent) Pass() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for !l.open {
		l.cond.Wait()
	}
}

// WakeAll wakes whoever waits.
func WakeAll() {
	for _, c := range waiting {
		c.Broadcast()
	}
}

// handed gives what is waited at to who wakes.
type handed struct {
	mu   sync.Mutex
	cond sync.Cond
	open bool
}

// NewHanded returns a closed one.
func NewHanded() *handed {
	h := &handed{}
	h.cond.L = &h.mu
	return h
}

// Pass waits for it to be open.
func (h *handed) Pass() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for !h.open {
		h.cond.Wait()
	}
}

func (h *handed) condition() *sync.Cond { return &h.cond }

// Wake wakes whoever waits.
func (h *handed) Wake() { wake(h.condition()) }

func wake(c *sync.Cond) { c.Broadcast() }
