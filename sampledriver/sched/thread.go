package sched

import "github.com/fencelint/fencelint/sampledriver/kernel/sim"

// loop is the thread design: it waits until a job is over, a job can run or the
// scheduler ends. The condition is all there is to decide, so that whoever changes
// what it reads has only to wake.
func (s *Scheduler) loop(t *sim.Task) {
	for {
		s.event.EventIdle(t, func() bool { return s.busy() || s.next(t) != nil })
		if s.tidy(t) {
			continue
		}
		if s.stopping {
			return
		}
		if e := s.next(t); e != nil {
			s.serve(t, e)
		}
	}
}

// busy reports whether there is something to do that needs no room on the hardware.
func (s *Scheduler) busy() bool { return s.oldestFinished() || s.stopping }

// tidy frees the oldest job if it is over; it reports whether it did.
func (s *Scheduler) tidy(t *sim.Task) bool {
	j := s.finished(t)
	if j == nil {
		return false
	}
	s.event.Wake(t)
	s.backend.Free(t, j)
	return true
}
