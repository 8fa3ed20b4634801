package sched

import (
	"github.com/fencelint/fencelint/sampledriver/kernel/fence"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// run gives j to the hardware.
func (s *Scheduler) run(t *sim.Task, j *Job) {
	s.lock.Lock(t)
	first := s.pending.first == nil
	s.pending.push(j)
	s.credits += j.credits
	s.lock.Unlock(t)
	if first {
		s.timer.Start(s.timeout)
	}

	hardware, err := s.backend.Run(t, j)
	j.Scheduled.Signal(t)
	if err != nil {
		s.finish(t, j, err)
		return
	}
	j.hardware = hardware
	j.Finished.SignalledBy(hardware)
	done := func(t *sim.Task, f *fence.Fence) { s.finish(t, j, f.Err()) }
	if hardware.AddCallback(t, done) == nil {
		s.finish(t, j, hardware.Err())
	}
}

// finish ends a job that was given to the hardware. It may run in atomic context.
// The credits come back before the fence signals and before the loop is woken, so
// that the loop sees room whenever it sees a job that is over.
func (s *Scheduler) finish(t *sim.Task, j *Job, err error) {
	s.lock.Lock(t)
	s.credits -= j.credits
	s.lock.Unlock(t)
	if err != nil {
		j.Finished.SetError(t, err)
	}
	j.Finished.Signal(t)
	if s.design == WorkItems {
		s.submit.Queue(t, &s.freeItem)
	}
	s.Wake(t)
}

// finished takes the oldest job off the pending list if it is over.
func (s *Scheduler) finished(t *sim.Task) *Job {
	s.lock.Lock(t)
	defer s.lock.Unlock(t)
	if !s.oldestFinished() {
		return nil
	}
	j := s.pending.pop()
	s.timer.Stop()
	if s.pending.first != nil {
		s.timer.Start(s.timeout)
	}
	return j
}

func (s *Scheduler) oldestFinished() bool {
	return s.pending.first != nil && s.pending.first.Finished.IsSignalled()
}
