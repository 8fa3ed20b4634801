package channels

import (
	"context"
	"sync"
	"time"
)

type server struct {
	in, out chan int
	timer   *time.Timer
	mu      sync.Mutex
	cond    *sync.Cond
	wg      sync.WaitGroup
}

func operations(s *server) {
	s.in <- 1
	<-s.out
	n, ok := <-s.out
	_, _ = n, ok
	close(s.in)
	for n := range s.out {
		_ = n
	}
	<-time.After(1)
	<-s.timer.C
}

func selects(ctx context.Context, s *server) {
	select {
	case s.in <- 1:
	case <-s.out:
	}
	select {
	case s.in <- 1:
	default:
	}
	select {
	case <-s.out:
	case <-time.After(1):
	}
	select {
	case <-s.out:
	case <-ctx.Done():
	}
	<-ctx.Done()
	select {}
}

func local() {
	done := make(chan struct{})
	go func() { close(done) }()
	<-done
}

func stored() *server {
	in := make(chan int)
	s := &server{in: in}
	in <- 1
	return s
}

func forward(to chan<- int) { to <- 1 }

func forwards(s *server) { forward(s.in) }

func conds(s *server) {
	s.mu.Lock()
	for s.in == nil {
		s.cond.Wait()
	}
	s.mu.Unlock()
	s.cond.Broadcast()
	s.wg.Wait()
	s.wg.Done()
	s.wg.Go(func() { s.in <- 2 })
}
