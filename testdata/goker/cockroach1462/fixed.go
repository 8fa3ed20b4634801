// Package cockroach1462 is the repaired form: the sender of events gives up when the stopper says so, in the same select that
// sends.
package cockroach1462

import "sync"

type stopper struct {
	stopping chan struct{}
	workers  sync.WaitGroup
}

func (s *stopper) runWorker(f func()) {
	s.workers.Add(1)
	go func() {
		defer s.workers.Done()
		f()
	}()
}

func (s *stopper) shouldStop() <-chan struct{} {
	return s.stopping
}

func (s *stopper) stop() {
	close(s.stopping)
	s.workers.Wait()
}

type transport struct {
	events  chan int
	stopper *stopper
}

func newTransport(s *stopper) *transport {
	t := &transport{events: make(chan int), stopper: s}
	t.start()
	return t
}

func (t *transport) start() {
	t.stopper.runWorker(func() {
		for {
			select {
			case <-t.stopper.shouldStop():
				return
			case t.events <- 0:
			}
		}
	})
}

func processEvents(events <-chan int, s *stopper) {
	for {
		select {
		case <-events:
		case <-s.shouldStop():
			return
		}
	}
}

// Run stops a transport while it sends.
func Run() {
	s := &stopper{stopping: make(chan struct{})}
	t := newTransport(s)
	s.runWorker(func() { processEvents(t.events, s) })
	s.stop()
}
