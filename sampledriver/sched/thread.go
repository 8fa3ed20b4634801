package sched

import "github.com/fencelint/fencelint/sampledriver/kernel/sim"

// loop is the thread design: it waits until a job is over, a job can run or the
// scheduler ends. The condition is all there is to decide, so that whoever changes
// what it reads has only to wake.
func (s *Scheduler) loop(t *sim.Task) {
	for {
		s.event.EventIdle(t, s.something)
		if j := s.finished(t); j != nil {
			s.backend.Free(t, j)
			continue
		}
		if s.stopping {
			return
		}
		s.step(t)
	}
}

// something is the condition for which the loop waits.
func (s *Scheduler) something() bool {
	if s.oldestFinished() || s.stopping {
		return true
	}
	e, _ := s.next()
	return e != nil
}

// step gives one job to the hardware if there is one that can run; it reports
// whether it looked at one.
func (s *Scheduler) step(t *sim.Task) bool {
	e := s.choose(t)
	if e == nil {
		return false
	}
	s.setRunning(t, true)
	if j := e.pop(t); j != nil {
		s.run(t, j)
	}
	s.setRunning(t, false)
	return true
}

func (s *Scheduler) setRunning(t *sim.Task, running bool) {
	s.lock.Lock(t)
	s.running = running
	s.lock.Unlock(t)
	if !running {
		s.event.Wake(t)
	}
}
