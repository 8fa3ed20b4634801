package sched

import "github.com/fencelint/fencelint/sampledriver/kernel/sim"

// timerFired is the timer interrupt: a job has been on the hardware for too long.
func (s *Scheduler) timerFired(t *sim.Task) { s.timeouts.Queue(t, &s.hangItem) }

// hang has the driver recover from a job that does not end. It is on the way to the
// signal of every fence in flight.
func (s *Scheduler) hang(t *sim.Task) {
	j := s.inFlight(t)
	if j == nil || s.stopping {
		return
	}
	s.backend.TimedOut(t, j)
	s.lock.Lock(t)
	if s.pending.first != nil {
		s.timer.Start(s.timeout)
	}
	s.lock.Unlock(t)
	s.Wake(t)
}
