// Package main has what each goroutine made for itself put where the others find it.
package main

import "sync"

type state struct {
	mu sync.Mutex
	n  int
}

type queue struct {
	mu sync.Mutex
	n  int
}

type conn struct {
	s *state
	q *queue
	h *hub
}

type hub struct {
	curS *state
	curQ *queue
}

func newConn(h *hub) *conn { return &conn{s: &state{}, q: &queue{}, h: h} }

func (c *conn) run() {
	c.h.curS = c.s
	c.h.curQ = c.q
	for {
		c.a(c.h.curS)
		c.b(c.h.curQ)
	}
}

func (c *conn) a(s *state) {
	c.q.mu.Lock()
	s.mu.Lock()
	s.mu.Unlock()
	c.q.mu.Unlock()
}

func (c *conn) b(q *queue) {
	c.s.mu.Lock()
	q.mu.Lock() // want lock-order[cycle/error]
	q.mu.Unlock()
	c.s.mu.Unlock()
}

func main() {
	h := &hub{}
	for {
		c := newConn(h)
		go c.run()
	}
}
