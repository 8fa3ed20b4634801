// Package spin waits for conditions that say less than the loop around them asks.
package spin

import "github.com/fencelint/fencelint/testdata/kern"

type driver interface{ canRun() bool }

type gpu struct{ room int }

func (g *gpu) canRun() bool { return g.room > 0 }

type sched struct {
	event kern.WaitQueue
	jobs  int
	over  int
	drv   driver
}

func newSched() *sched { return &sched{drv: &gpu{}} }

// Push adds a job.
func (s *sched) Push() {
	s.jobs++
	s.event.Wake()
}

// tidy takes away one job that is over; it reports whether there was one.
func (s *sched) tidy() bool {
	if s.over == 0 {
		return false
	}
	s.over--
	return true
}

// Posted asks the driver after the wait.
func (s *sched) Posted() {
	for {
		s.event.Wait(func() bool { return s.jobs > 0 || s.over > 0 }) // want wait-spins[breach]
		if s.tidy() {
			continue
		}
		if !s.drv.canRun() {
			continue
		}
		s.jobs--
	}
}

// Inside asks it in the condition.
func (s *sched) Inside() {
	for {
		s.event.Wait(func() bool { return s.over > 0 || s.jobs > 0 && s.drv.canRun() })
		if s.tidy() {
			continue
		}
		if !s.drv.canRun() {
			continue
		}
		s.jobs--
	}
}

// Waits does something else that takes its time before it looks again.
func (s *sched) Waits(other *kern.WaitQueue, ready func() bool) {
	for {
		s.event.Wait(func() bool { return s.jobs > 0 })
		if !s.drv.canRun() {
			other.Wait(ready)
			continue
		}
		s.jobs--
	}
}

// Returned waits for a condition that a method returns.
func (s *sched) Returned() {
	look := s.something()
	for {
		s.event.Wait(look)
		if !s.drv.canRun() {
			continue
		}
		s.jobs--
	}
}

func (s *sched) something() func() bool {
	return func() bool { return s.jobs > 0 && s.drv.canRun() }
}
