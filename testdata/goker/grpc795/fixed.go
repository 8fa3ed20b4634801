// Package grpc795 is the repaired form: a second graceful stop unlocks where it locked again.
package grpc795

import "sync"

type server struct {
	mu    sync.Mutex
	drain bool
	conns int
}

func (s *server) gracefulStop() {
	s.mu.Lock()
	if s.drain {
		s.mu.Unlock()
		return
	}
	s.drain = true
	s.mu.Unlock()
}

func (s *server) serve() {
	s.mu.Lock()
	s.conns++
	s.mu.Unlock()
}

// Run stops a server three times.
func Run() {
	s := &server{}
	var wg sync.WaitGroup
	wg.Go(s.serve)
	for range 3 {
		s.gracefulStop()
	}
	wg.Wait()
}
