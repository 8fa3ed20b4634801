package sched

import (
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/lock"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/wait"
	"github.com/fencelint/fencelint/sampledriver/kernel/waitfor"
	"github.com/fencelint/fencelint/sampledriver/kernel/work"
)

// Design is how the scheduler's loop is built.
type Design uint8

// The designs.
const (
	// Thread is a task that waits until there is something to do (wait_event).
	Thread Design = iota
	// WorkItems is two work items, one that runs jobs and one that frees them, on a queue
	// that does one at a time.
	WorkItems
)

func (d Design) String() string {
	if d == Thread {
		return "thread"
	}
	return "work items"
}

// Config is what a scheduler is made of.
type Config struct {
	Name    string
	Backend Backend
	// Credits is how many credits the jobs on the hardware may use up together.
	Credits int
	// Timeout is how long a job may be on the hardware; it must not be 0, because a
	// fence without a timeout is no promise.
	Timeout time.Duration
	Design  Design
}

// Scheduler gives jobs to one piece of hardware, in order of priority.
type Scheduler struct {
	name    string
	backend Backend
	limit   int
	timeout time.Duration
	design  Design

	lock     lock.Spin
	entities [Low + 1][]*Entity
	pending  jobs // on the hardware, or over and not yet freed; oldest first
	credits  int  // of the jobs on the hardware
	blocked  bool // the driver does not want jobs now
	stopping bool // the loop is to end
	running  bool // the loop is giving a job to the hardware

	event wait.Queue // something has changed for the loop, or for who waits for it
	//fencelint:workqueue ordered rescuer
	submit *work.Queue
	//fencelint:workqueue ordered rescuer
	timeouts *work.Queue
	runItem  work.Item
	freeItem work.Item
	hangItem work.Item
	timer    *sim.Timer
	thread   *sim.Task
}

// New makes a scheduler and starts its loop.
func New(t *sim.Task, c Config) *Scheduler {
	s := &Scheduler{
		name:    c.Name,
		backend: c.Backend,
		limit:   c.Credits,
		timeout: c.Timeout,
		design:  c.Design,
	}
	s.lock.SetName("of scheduler " + c.Name)
	s.event.SetName("of scheduler " + c.Name)
	promises := work.Config{Ordered: true, Rescuer: true}
	s.submit = work.NewQueue(t.Machine(), c.Name+".submit", promises)
	s.timeouts = work.NewQueue(t.Machine(), c.Name+".timeout", promises)
	s.runItem.Init(s.submit, s.runWork)
	s.freeItem.Init(s.submit, s.freeWork)
	s.hangItem.Init(s.timeouts, s.hang)
	s.timer = sim.NewTimer(t.Machine(), s.timerFired)
	if c.Design == Thread {
		s.thread = t.SpawnDaemon(c.Name, s.loop)
		s.event.WokenBy(s.thread)
	} else {
		s.event.WokenBy(s.submit)
	}
	return s
}

// runner is who runs jobs, for the wait-for graph.
func (s *Scheduler) runner() waitfor.Node {
	if s.design == Thread {
		return s.thread
	}
	return s.submit
}

// Wake has the loop look again at what it can do.
//
//fencelint:wakes s.event
func (s *Scheduler) Wake(t *sim.Task) {
	if s.design == WorkItems {
		s.submit.Queue(t, &s.runItem)
	}
	s.event.Wake(t)
}

// choose returns the entity that comes next, marked as being looked at, or nil when
// none is ready. When the hardware lacks room for the job of the first that is ready,
// no other is tried, so that small jobs do not starve a large one.
func (s *Scheduler) choose(t *sim.Task) *Entity {
	s.lock.Lock(t)
	defer s.lock.Unlock(t)
	e, i := s.next()
	if e == nil {
		return nil
	}
	e.popping = true
	list := s.entities[e.priority]
	copy(list[i:], list[i+1:])
	list[len(list)-1] = e
	return e
}

// next returns the entity that comes next and its place among those of its priority.
func (s *Scheduler) next() (*Entity, int) {
	if s.blocked || s.stopping {
		return nil, 0
	}
	for _, list := range s.entities {
		for i, e := range list {
			if e.ready() {
				if s.credits+e.queue.first.credits > s.limit {
					return nil, 0
				}
				return e, i
			}
		}
	}
	return nil, 0
}
