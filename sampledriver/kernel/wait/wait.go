// Package wait is wait queues (include/linux/wait.h): tasks sleep until a condition
// holds, and whoever makes it hold wakes them.
package wait

import (
	"slices"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/waitfor"
)

// Queue is a wait queue. The zero value is ready.
//
//fencelint:waitqueue
type Queue struct {
	name    string
	waiters []*waiter
	wakers  []waitfor.Node
}

// SetName names the queue in reports.
func (q *Queue) SetName(name string) { q.name = name }

// WokenBy tells the wait-for graph who makes the conditions hold. When all of them
// are stuck so are the waiters.
func (q *Queue) WokenBy(parties ...waitfor.Node) { q.wakers = append(q.wakers, parties...) }

// Event sleeps until pred returns true. It looks once before it sleeps, and again
// after every wake.
//
//fencelint:waits q until pred
//fencelint:trusted -- the inside of the wait queue
func (q *Queue) Event(t *sim.Task, pred func() bool) {
	q.event(t, sim.Wait{On: q, Text: "Event"}, pred)
}

// EventIdle is [Queue.Event] for a daemon that waits for something to do: to wait here
// for ever is no deadlock (wait_event_idle).
//
//fencelint:waits q until pred
//fencelint:trusted -- the inside of the wait queue
func (q *Queue) EventIdle(t *sim.Task, pred func() bool) {
	q.event(t, sim.Wait{On: q, Text: "EventIdle", Idle: true}, pred)
}

// EventKillable is [Queue.Event] that gives up with [sim.ErrKilled] when t is killed.
//
//fencelint:waits q until pred
//fencelint:trusted -- the inside of the wait queue
func (q *Queue) EventKillable(t *sim.Task, pred func() bool) error {
	if !q.event(t, sim.Wait{On: q, Text: "EventKillable", Killable: true}, pred) {
		return sim.ErrKilled
	}
	return nil
}

// waiter is a task that looks at a condition, or sleeps until it should look again.
type waiter struct {
	task   *sim.Task
	asleep bool
}

// event reports false if it gave up because t was killed, or at the deadline. The
// task is on the queue before it looks (prepare_to_wait), so that a wake that comes
// while it looks is not lost.
//
//fencelint:trusted -- the inside of the wait queue
func (q *Queue) event(t *sim.Task, w sim.Wait, pred func() bool) bool {
	t.MightSleep(w.Text)
	t.Preempt()
	deadline := t.Now() + w.Timeout
	for {
		self := &waiter{task: t}
		q.waiters = append(q.waiters, self)
		if pred() {
			q.leave(self)
			return true
		}
		if w.Timeout > 0 && t.Now() >= deadline || w.Killable && t.Killed() {
			q.leave(self)
			return false
		}
		if slices.Contains(q.waiters, self) {
			left := w
			if w.Timeout > 0 {
				left.Timeout = deadline - t.Now()
			}
			self.asleep = true
			t.Park(left)
			q.leave(self)
		}
	}
}

func (q *Queue) leave(self *waiter) {
	q.waiters = slices.DeleteFunc(q.waiters, func(o *waiter) bool { return o == self })
}

// EventTimeout sleeps until pred returns true or d has passed; it reports whether
// pred did.
//
//fencelint:waits q until pred bounded
//fencelint:trusted -- the inside of the wait queue
func (q *Queue) EventTimeout(t *sim.Task, d time.Duration, pred func() bool) bool {
	return q.event(t, sim.Wait{On: q, Text: "EventTimeout", Timeout: max(d, 1)}, pred)
}

// Wake lets every waiter look at its condition again. It is allowed everywhere.
//
//fencelint:wakes q
//fencelint:trusted -- the inside of the wait queue
func (q *Queue) Wake(t *sim.Task) {
	waiters := q.waiters
	q.waiters = nil
	for _, w := range waiters {
		if w.asleep {
			w.task.Unpark()
		}
	}
	t.Preempt()
}

func (q *Queue) String() string {
	if q.name == "" {
		return "wait queue"
	}
	return "wait queue " + q.name
}

// Needs makes the queue a node of the wait-for graph.
func (q *Queue) Needs() waitfor.Needs { return waitfor.Any(q.wakers...) }
