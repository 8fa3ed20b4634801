package sched

import (
	"slices"

	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// next returns the entity that comes next, or nil when none has a job ready.
func (s *Scheduler) next(t *sim.Task) *Entity { return s.candidate(t, 0) }

// nextAdmitted returns the entity that comes next among those for whose job the
// driver says that there is room, or nil.
func (s *Scheduler) nextAdmitted(t *sim.Task) *Entity {
	for i := 0; ; i++ {
		e := s.candidate(t, i)
		if e == nil || s.admits(t, e) {
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

// serve gives the first job of e to the hardware if it can run. Those of the same
// priority follow before e comes again.
func (s *Scheduler) serve(t *sim.Task, e *Entity) {
	if !s.claim(t, e) {
		return
	}
	if j := e.pop(t); j != nil {
		s.run(t, j)
	}
	s.claimed(t)
}

// claim marks e as being looked at; it reports false if e was stopped meanwhile.
func (s *Scheduler) claim(t *sim.Task, e *Entity) bool {
	s.lock.Lock(t)
	defer s.lock.Unlock(t)
	if !e.ready() {
		return false
	}
	e.popping = true
	s.running = true
	list := s.entities[e.priority]
	if i := slices.Index(list, e); i >= 0 {
		copy(list[i:], list[i+1:])
		list[len(list)-1] = e
	}
	return true
}

// claimed ends what claim began.
func (s *Scheduler) claimed(t *sim.Task) {
	s.lock.Lock(t)
	s.running = false
	s.lock.Unlock(t)
	s.event.Wake(t)
}
