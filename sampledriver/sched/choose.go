package sched

import (
	"slices"

	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// choose returns the entity that comes next, marked as being looked at, or nil when
// none has a job that can run. Those of its priority follow before it comes again.
func (s *Scheduler) choose(t *sim.Task) *Entity {
	e := s.next(t)
	if e == nil {
		return nil
	}
	s.lock.Lock(t)
	defer s.lock.Unlock(t)
	if !e.ready() {
		return nil // it was stopped meanwhile
	}
	e.popping = true
	list := s.entities[e.priority]
	if i := slices.Index(list, e); i >= 0 {
		copy(list[i:], list[i+1:])
		list[len(list)-1] = e
	}
	return e
}

// next returns the entity that comes next, or nil.
func (s *Scheduler) next(t *sim.Task) *Entity {
	for i := 0; ; i++ {
		e := s.candidate(t, i)
		if e == nil || s.gate != GateCondition || s.admits(t, e) {
			return e
		}
	}
}

// candidate returns the i-th entity that has a job ready, or nil. When the hardware
// lacks credits for the first one, no other is tried, so that small jobs do not starve
// a large one.
func (s *Scheduler) candidate(t *sim.Task, i int) *Entity {
	s.lock.Lock(t)
	defer s.lock.Unlock(t)
	if s.blocked || s.stopping {
		return nil
	}
	for _, list := range s.entities {
		for _, e := range list {
			if !e.ready() {
				continue
			}
			if s.credits+e.queue.first.credits > s.limit {
				return nil
			}
			if i == 0 {
				return e
			}
			i--
		}
	}
	return nil
}

// admits asks the driver about the first job of e.
func (s *Scheduler) admits(t *sim.Task, e *Entity) bool {
	j := e.queue.first
	return j != nil && s.backend.CanRun(t, j)
}
