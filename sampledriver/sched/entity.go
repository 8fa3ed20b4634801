package sched

import (
	"github.com/fencelint/fencelint/sampledriver/kernel/fence"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/wait"
)

// Priority orders entities; the scheduler serves a lower one only when no higher one
// has a job that is ready.
type Priority uint8

// The priorities, highest first.
const (
	Realtime Priority = iota
	High
	Normal
	Low
)

// Entity is a queue of jobs that run in order.
type Entity struct {
	name      string
	sched     *Scheduler
	priority  Priority
	scheduled *fence.Context
	finished  *fence.Context

	// Under the scheduler's lock:
	queue   jobs
	waiting *fence.Fence // what the first job waits for, nil when nothing
	wakeup  *fence.Callback
	stopped bool // no further job of the entity runs
	popping bool // the loop is looking at the first job

	quiet wait.Queue // the queue has become empty, or the loop has looked
}

// NewEntity adds a queue of jobs to the scheduler.
func (s *Scheduler) NewEntity(t *sim.Task, name string, p Priority) *Entity {
	e := &Entity{
		name:      name,
		sched:     s,
		priority:  p,
		scheduled: fence.NewContext(name + ".scheduled"),
		finished:  fence.NewContext(name + ".finished"),
	}
	e.quiet.SetName("of entity " + name)
	e.quiet.WokenBy(s.runner())
	s.lock.Lock(t)
	s.entities[p] = append(s.entities[p], e)
	s.lock.Unlock(t)
	return e
}

// Name is the name that the entity was made with.
func (e *Entity) Name() string { return e.name }

// Flush waits until every job of the entity has been given to the hardware.
func (e *Entity) Flush(t *sim.Task) {
	e.quiet.Event(t, func() bool { return e.queue.first == nil || e.stopped })
}

// Destroy takes the entity off the scheduler. Jobs that have not run are over: their
// fences signal with [fence.ErrCancelled].
func (e *Entity) Destroy(t *sim.Task) {
	s := e.sched
	s.lock.Lock(t)
	e.stopped = true
	s.lock.Unlock(t)
	e.quiet.Wake(t)
	// The loop may be asking the driver about the first job.
	e.quiet.Event(t, func() bool { return !e.popping })

	s.lock.Lock(t)
	left := e.queue
	e.queue = jobs{}
	f, wakeup := e.waiting, e.wakeup
	s.entities[e.priority] = remove(s.entities[e.priority], e)
	s.lock.Unlock(t)
	e.quiet.Wake(t)
	if f != nil {
		f.RemoveCallback(t, wakeup)
	}
	for j := left.pop(); j != nil; j = left.pop() {
		s.giveUp(t, j)
	}
}

// giveUp ends a job that was never given to the hardware.
func (s *Scheduler) giveUp(t *sim.Task, j *Job) {
	j.Scheduled.SetError(t, fence.ErrCancelled)
	j.Scheduled.Signal(t)
	j.Finished.SetError(t, fence.ErrCancelled)
	j.Finished.Signal(t)
	s.backend.Free(t, j)
}

// pop takes the first job off the entity when it can run now. When it has to wait
// for a fence, that fence will wake the scheduler.
func (e *Entity) pop(t *sim.Task) *Job {
	s := e.sched
	j := e.queue.first
	f := j.dependency()
	if f == nil {
		f = s.backend.Prepare(t, j)
	}
	if f != nil && e.waitFor(t, f) {
		j = nil
	}
	s.lock.Lock(t)
	if e.stopped {
		j = nil
	}
	if j != nil {
		e.queue.pop()
	}
	e.popping = false
	s.lock.Unlock(t)
	e.quiet.Wake(t)
	return j
}

// waitFor has the scheduler woken when f signals. It reports false if f has.
func (e *Entity) waitFor(t *sim.Task, f *fence.Fence) bool {
	e.waiting = f
	e.wakeup = f.AddCallback(t, e.dependencySignalled)
	if e.wakeup == nil {
		e.waiting = nil
	}
	return e.wakeup != nil
}

func (e *Entity) dependencySignalled(t *sim.Task, _ *fence.Fence) {
	e.waiting = nil
	e.sched.Wake(t)
}

// ready reports whether the loop should look at the entity.
func (e *Entity) ready() bool {
	return e.queue.first != nil && e.waiting == nil && !e.stopped
}

// remove takes e out of list, in place.
func remove(list []*Entity, e *Entity) []*Entity {
	for i, x := range list {
		if x == e {
			return append(list[:i], list[i+1:]...)
		}
	}
	return list
}
