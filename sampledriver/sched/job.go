package sched

import (
	"fmt"

	"github.com/fencelint/fencelint/sampledriver/kernel/fence"
	"github.com/fencelint/fencelint/sampledriver/kernel/gfp"
	"github.com/fencelint/fencelint/sampledriver/kernel/kmem"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// ScheduledFence signals when a job has been given to the hardware.
type ScheduledFence struct{ fence.Fence }

// FinishedFence signals when a job is over: the fence that others wait for.
type FinishedFence struct{ fence.Fence }

// Job is one unit of work of an entity.
type Job struct {
	Scheduled ScheduledFence
	Finished  FinishedFence
	// Data is the driver's.
	Data any

	entity   *Entity
	credits  int // of the scheduler's limit, while the job is on the hardware
	deps     []*fence.Fence
	nextDep  int
	hardware *fence.Fence // from Run, nil before
	next     *Job         // on the list that the job is on
}

// NewJob makes a job that uses up credits of the scheduler's limit while it runs. It
// is the caller's until [Job.Push]; before [Job.Arm] it can simply be forgotten.
func (e *Entity) NewJob(t *sim.Task, credits int, data any) (*Job, error) {
	j, err := kmem.New[Job](t, gfp.Kernel)
	if err != nil {
		return nil, fmt.Errorf("new job of %s: %w", e.name, err)
	}
	j.entity = e
	j.Data = data
	j.credits = min(credits, e.sched.limit)
	return j, nil
}

// Entity is whose job it is.
func (j *Job) Entity() *Entity { return j.entity }

// AddDependency lets the job run only once f has signalled. It is for the time
// before Arm, because it allocates.
func (j *Job) AddDependency(t *sim.Task, f *fence.Fence) error {
	if f.IsSignalled() {
		return nil
	}
	deps, err := kmem.Grow(t, gfp.Kernel, j.deps, 1)
	if err != nil {
		return fmt.Errorf("dependency of a job of %s: %w", j.entity.name, err)
	}
	j.deps = append(deps, f) // has room
	return nil
}

// Arm is the point of no return: the job has its place in the order of its entity,
// and others may be given its fences. Arm and Push stand under one lock of the
// caller's for each entity, so that the order of sequence numbers is that of the
// queue.
//
//fencelint:publishes j.Finished
func (j *Job) Arm(t *sim.Task) {
	j.Scheduled.Init(t, j.entity.scheduled)
	j.Finished.Init(t, j.entity.finished)
	j.Scheduled.SignalledBy(j.entity.sched.runner())
	j.Finished.SignalledBy(j.entity.sched.runner())
}

// Push hands the job to the scheduler, which from now on may free it at any time.
//
//fencelint:takes j.Finished
func (j *Job) Push(t *sim.Task) {
	e := j.entity
	e.sched.lock.Lock(t)
	e.queue.push(j)
	e.sched.lock.Unlock(t)
	e.sched.Wake(t)
}

// dependency returns the next fence that the job still has to wait for, or nil.
func (j *Job) dependency() *fence.Fence {
	for ; j.nextDep < len(j.deps); j.nextDep++ {
		if f := j.deps[j.nextDep]; !f.IsSignalled() {
			return f
		}
	}
	return nil
}

// jobs is a list of jobs, oldest first, that needs no memory to grow.
type jobs struct {
	first, last *Job
}

func (l *jobs) push(j *Job) {
	j.next = nil
	if l.first == nil {
		l.first, l.last = j, j
		return
	}
	l.last.next = j
	l.last = j
}

func (l *jobs) pop() *Job {
	j := l.first
	if j == nil {
		return nil
	}
	l.first = j.next
	if l.first == nil {
		l.last = nil
	}
	j.next = nil
	return j
}
