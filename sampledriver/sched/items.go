package sched

import "github.com/fencelint/fencelint/sampledriver/kernel/sim"

// runWork is the work item that runs jobs: one, and itself again. It queues itself
// too when the entity it looked at had nothing to run, because another may have.
func (s *Scheduler) runWork(t *sim.Task) {
	if s.step(t) {
		s.submit.Queue(t, &s.runItem)
	}
}

// freeWork is the work item that frees jobs: one, and itself again while there are
// more.
func (s *Scheduler) freeWork(t *sim.Task) {
	j := s.finished(t)
	if j == nil {
		return
	}
	s.backend.Free(t, j)
	s.submit.Queue(t, &s.freeItem)
	s.Wake(t)
}
