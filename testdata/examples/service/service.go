// Package service is a service that can hang when it stops: the example of
// docs/go-service.md.
package service

import "sync"

// Server counts the requests that its workers have handled.
type Server struct {
	mu       sync.Mutex
	handled  int
	requests chan string
	workers  sync.WaitGroup
}

// Start starts n workers.
func (s *Server) Start(n int) {
	for range n {
		s.workers.Go(s.work)
	}
}

func (s *Server) work() {
	for range s.requests {
		s.mu.Lock()
		s.handled++
		s.mu.Unlock()
	}
}

// Stop returns how many requests were handled. A worker that is about to count one needs
// the lock that is held here until all workers are done.
func (s *Server) Stop() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.requests)
	s.workers.Wait()
	return s.handled
}
