// Package cockroach1055 is the repaired form: tasks are counted under the mutex and waited for on a Cond of it, so that nobody
// holds the mutex while waiting, and every task that started is finished.
package cockroach1055

import "sync"

type stopper struct {
	stopped  chan struct{}
	workers  sync.WaitGroup
	mu       sync.Mutex
	drain    *sync.Cond
	draining bool
	tasks    int
}

func newStopper() *stopper {
	s := &stopper{stopped: make(chan struct{})}
	s.drain = sync.NewCond(&s.mu)
	return s
}

func (s *stopper) startTask() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.draining {
		return false
	}
	s.tasks++
	return true
}

func (s *stopper) finishTask() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tasks--
	s.drain.Broadcast()
}

func (s *stopper) quiesce() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.draining = true
	for s.tasks > 0 {
		s.drain.Wait()
	}
}

func (s *stopper) stop() {
	s.quiesce()
	close(s.stopped)
	s.workers.Wait()
}

func (s *stopper) work() {
	defer s.workers.Done()
	if s.startTask() {
		s.finishTask()
	}
	<-s.stopped
}

// Run drains and stops stoppers whose workers are starting tasks.
func Run() {
	stoppers := []*stopper{newStopper(), newStopper()}
	for _, s := range stoppers {
		s.workers.Add(1)
		go s.work()
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for _, s := range stoppers {
			s.quiesce()
		}
		for _, s := range stoppers {
			s.stop()
		}
	}()
	<-done
}
