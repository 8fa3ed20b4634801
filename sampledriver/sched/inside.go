package sched

import "github.com/fencelint/fencelint/sampledriver/kernel/sim"

// loopInside is [Scheduler.loop] with the driver's answer in the condition: it sleeps
// while there is no room. Whoever makes room must wake it.
func (s *Scheduler) loopInside(t *sim.Task) {
	for {
		s.event.EventIdle(t, func() bool { return s.busy() || s.nextAdmitted(t) != nil })
		if s.tidy(t) {
			continue
		}
		if s.stopping {
			return
		}
		if e := s.nextAdmitted(t); e != nil {
			s.serve(t, e)
		}
	}
}
