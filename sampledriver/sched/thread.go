package sched

import (
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// loop is the thread design: it waits until a job is over, a job can run or the
// scheduler ends. The condition is all there is to decide, so that whoever changes
// what it reads has only to wake.
func (s *Scheduler) loop(t *sim.Task) {
	for {
		s.event.EventIdle(t, func() bool { return s.something(t) })
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
func (s *Scheduler) something(t *sim.Task) bool {
	return s.oldestFinished() || s.stopping || s.next(t) != nil
}

// step gives one job to the hardware if there is one that can run; it reports
// whether it looked at one.
func (s *Scheduler) step(t *sim.Task) bool {
	e := s.choose(t)
	if e == nil {
		return false
	}
	s.setRunning(t, true)
	if s.gate == GateOutside && !s.admits(t, e) {
		s.decline(t, e)
	} else if j := e.pop(t); j != nil {
		s.run(t, j)
	}
	s.setRunning(t, false)
	return true
}

// decline leaves a job where it is because the driver has no room for it. Nothing
// that the loop's condition reads has changed: it looks again at once.
func (s *Scheduler) decline(t *sim.Task, e *Entity) {
	s.declined++
	s.lock.Lock(t)
	e.popping = false
	s.lock.Unlock(t)
	e.quiet.Wake(t)
	t.Delay(lookAgain)
}

// lookAgain is the time that one look at a job takes which cannot run.
const lookAgain = time.Microsecond

// Declined is how often the loop has looked at a job in vain.
func (s *Scheduler) Declined() int { return s.declined }

func (s *Scheduler) setRunning(t *sim.Task, running bool) {
	s.lock.Lock(t)
	s.running = running
	s.lock.Unlock(t)
	if !running {
		s.event.Wake(t)
	}
}
