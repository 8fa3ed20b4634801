package sched

import (
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// loopPosted is [Scheduler.loop] as the patch had it that proposed can_run_job: the
// driver is asked after the wait. While it says no the condition still holds, and the
// loop goes round.
func (s *Scheduler) loopPosted(t *sim.Task) {
	for {
		//fencelint:ignore wait-spins -- the posted patch, kept to show what it does
		s.event.EventIdle(t, func() bool { return s.busy() || s.next(t) != nil })
		if s.tidy(t) {
			continue
		}
		if s.stopping {
			return
		}
		e := s.next(t)
		if e == nil {
			continue
		}
		if !s.admits(t, e) {
			s.declined++
			t.Delay(lookAgain)
			continue
		}
		s.serve(t, e)
	}
}

// lookAgain is the time that one look at a job takes which cannot run.
const lookAgain = time.Microsecond

// Declined is how often the loop has looked at a job in vain.
func (s *Scheduler) Declined() int { return s.declined }
