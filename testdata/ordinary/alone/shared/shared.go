// Package main has goroutines that each made something for themselves, and use what they share.
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
}

var sharedS state
var sharedQ queue

func newConn() *conn { return &conn{s: &state{}, q: &queue{}} }

func (c *conn) run() {
	for {
		a(&sharedQ, &sharedS)
		b(&sharedS, &sharedQ)
	}
}

func a(q *queue, s *state) {
	q.mu.Lock()
	s.mu.Lock()
	s.mu.Unlock()
	q.mu.Unlock()
}

func b(s *state, q *queue) {
	s.mu.Lock()
	q.mu.Lock() // want lock-order[cycle/error]
	q.mu.Unlock()
	s.mu.Unlock()
}

func main() {
	for {
		c := newConn()
		go c.run()
	}
}
