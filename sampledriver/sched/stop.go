package sched

import "github.com/fencelint/fencelint/sampledriver/kernel/sim"

// Stop keeps further jobs from the hardware. One that is on its way there may still
// arrive: to wait for it while recovering would be to wait for the driver's own Run.
func (s *Scheduler) Stop(t *sim.Task) {
	s.lock.Lock(t)
	s.blocked = true
	s.lock.Unlock(t)
}

// Start undoes Stop.
func (s *Scheduler) Start(t *sim.Task) {
	s.lock.Lock(t)
	s.blocked = false
	s.lock.Unlock(t)
	s.Wake(t)
}

// Fini ends the scheduler. Its entities are destroyed already. Jobs on the hardware
// are cancelled, their fences signal, and they are freed.
func (s *Scheduler) Fini(t *sim.Task) {
	s.Stop(t)
	s.event.Event(t, func() bool { return !s.running })
	for j := s.inFlight(t); j != nil; j = s.inFlight(t) {
		s.backend.Cancel(t, j)
		j.Finished.Wait(t)
	}
	s.event.Event(t, func() bool { return s.pending.first == nil })
	s.timer.Stop()
	s.lock.Lock(t)
	s.stopping = true
	s.lock.Unlock(t)
	s.Wake(t)
	if s.thread != nil {
		t.Join(s.thread)
	}
	s.timeouts.CancelSync(t, &s.hangItem)
	s.submit.CancelSync(t, &s.runItem)
	s.submit.CancelSync(t, &s.freeItem)
}

// inFlight returns the oldest job that is on the hardware, or nil.
func (s *Scheduler) inFlight(t *sim.Task) *Job {
	s.lock.Lock(t)
	defer s.lock.Unlock(t)
	j := s.pending.first
	for j != nil && j.Finished.IsSignalled() {
		j = j.next
	}
	return j
}
