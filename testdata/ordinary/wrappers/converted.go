package wrappers

import (
	"sync"
	"time"
)

// handlers is a server as others see it: the locks are the server's.
type handlers server

type server struct {
	mu, connMu sync.Mutex
	conns      map[int]int
	closed     bool
}

// Listen takes them in order.
func (s *server) Listen() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.connMu.Lock() // want lock-order[cycle/error]
	s.conns = make(map[int]int)
	s.connMu.Unlock()
}

// Replace takes them the other way round, when a timer fires.
func (h *handlers) Replace(id int, after time.Duration) {
	h.connMu.Lock()
	h.conns[id]++
	h.connMu.Unlock()
	time.AfterFunc(after, func() {
		h.connMu.Lock()
		delete(h.conns, id)
		if len(h.conns) == 0 {
			s := (*server)(h)
			s.mu.Lock()
			s.closed = true
			s.mu.Unlock()
		}
		h.connMu.Unlock()
	})
}

// entries looks like a server, and is another.
type entries struct {
	mu, connMu sync.Mutex
	conns      map[int]int
	closed     bool
}

// Drop takes its own the other way round.
func (e *entries) Drop(id int) {
	e.connMu.Lock()
	defer e.connMu.Unlock()
	e.mu.Lock()
	delete(e.conns, id)
	e.mu.Unlock()
}
