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

// Gate is where the loop asks the driver whether the hardware has room for a job.
type Gate uint8

// The gates. docs/can-run-job.md tells them apart.
const (
	// GateFence does not ask: [Backend.Prepare] returns the fence of the job that will
	// make room.
	GateFence Gate = iota
	// GateCondition asks [Backend.CanRun] in the condition that the loop waits for. It
	// works when whoever makes room calls [Scheduler.Wake] afterwards.
	GateCondition
	// GateOutside asks CanRun only after the wait, as the patch did that proposed
	// can_run_job: while the answer is no the loop spins. For the thread design alone.
	GateOutside
)

func (g Gate) String() string {
	return [...]string{"fence", "condition", "outside the condition"}[g]
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
	Gate    Gate
}

// Scheduler gives jobs to one piece of hardware, in order of priority.
type Scheduler struct {
	name    string
	backend Backend
	limit   int
	timeout time.Duration
	design  Design
	gate    Gate

	lock     lock.Spin
	entities [Low + 1][]*Entity
	pending  jobs // on the hardware, or over and not yet freed; oldest first
	credits  int  // of the jobs on the hardware
	blocked  bool // the driver does not want jobs now
	stopping bool // the loop is to end
	running  bool // the loop is giving a job to the hardware
	declined int  // jobs looked at in vain

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
		gate:    c.Gate,
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
		s.thread = s.start(t)
		s.event.WokenBy(s.thread)
	} else {
		s.event.WokenBy(s.submit)
	}
	return s
}

// start starts the thread design's loop.
func (s *Scheduler) start(t *sim.Task) *sim.Task {
	switch s.gate {
	case GateCondition:
		return t.SpawnDaemon(s.name, s.loopInside)
	case GateOutside:
		return t.SpawnDaemon(s.name, s.loopPosted)
	}
	return t.SpawnDaemon(s.name, s.loop)
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
