// Package cockroach24808 is the repaired form: a wake-up that finds one pending already is dropped.
package cockroach24808

import "sync"

type compactor struct {
	ch chan struct{}
}

type stopper struct {
	workers  sync.WaitGroup
	stopping chan struct{}
}

func (s *stopper) runWorker(f func()) {
	s.workers.Add(1)
	go func() {
		defer s.workers.Done()
		f()
	}()
}

func (s *stopper) stop() {
	close(s.stopping)
	s.workers.Wait()
}

func (c *compactor) wake() {
	select {
	case c.ch <- struct{}{}:
	default:
	}
}

func (c *compactor) start(s *stopper) {
	c.wake()
	s.runWorker(func() {
		for {
			select {
			case <-s.stopping:
				return
			case <-c.ch:
			}
		}
	})
}

// Run starts a compactor that has a suggestion already.
func Run() {
	s := &stopper{stopping: make(chan struct{})}
	defer s.stop()
	c := &compactor{ch: make(chan struct{}, 1)}
	c.wake()
	c.start(s)
}
