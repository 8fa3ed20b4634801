package sched

import "github.com/fencelint/fencelint/sampledriver/kernel/sim"

// runWork is the work item that runs jobs: one, and itself again. It queues itself
// too when the entity it looked at had nothing to run, because another may have.
func (s *Scheduler) runWork(t *sim.Task) {
	e := s.next(t)
	if s.gate == GateCondition {
		e = s.nextAdmitted(t)
	}
	if e == nil {
		return
	}
	s.serve(t, e)
	s.submit.Queue(t, &s.runItem)
}

// freeWork is the work item that frees jobs: one, and itself again while there are
// more.
func (s *Scheduler) freeWork(t *sim.Task) {
	if !s.tidy(t) {
		return
	}
	s.submit.Queue(t, &s.freeItem)
	s.Wake(t)
}
