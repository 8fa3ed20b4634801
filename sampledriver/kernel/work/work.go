// Package work is work queues (include/linux/workqueue.h): functions that run later, in
// tasks of the queue.
package work

import (
	"slices"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/gfp"
	"github.com/fencelint/fencelint/sampledriver/kernel/kmem"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/waitfor"
)

// Config is what a work queue promises.
type Config struct {
	// Ordered queues run one item at a time, in the order of queueing.
	Ordered bool
	// Rescuer queues keep a task that runs their work when there is no memory for
	// another one (WQ_MEM_RECLAIM).
	Rescuer bool
	// MaxActive is how many items run at one time, if not Ordered. 0 means 4.
	MaxActive int
}

// Queue runs items. The field or variable that holds it says with directives what it
// promises.
//
//fencelint:workqueue
type Queue struct {
	name    string
	cfg     Config
	m       *sim.Machine
	pending []*Item
	workers []*worker
	waiters []*sim.Task // in Flush and Cancel
}

// NewQueue returns a work queue of machine m.
//
//fencelint:trusted -- the simulator's worker tasks; queued functions speak for themselves
func NewQueue(m *sim.Machine, name string, cfg Config) *Queue {
	q := &Queue{name: name, cfg: cfg, m: m}
	if cfg.Ordered {
		q.cfg.MaxActive = 1
	} else if cfg.MaxActive == 0 {
		q.cfg.MaxActive = 4
	}
	return q
}

// Item is one function that can be queued, again after it has begun to run. It is
// embedded in what it works on, and usable after Init.
type Item struct {
	q       *Queue
	fn      func(t *sim.Task)
	queued  bool
	running *worker
	timer   *sim.Timer // of QueueDelayed
	asked   uint64     // how often it was queued
	done    uint64     // how many of those have run, or were cancelled
}

// Init makes w an item of q that runs fn.
//
//fencelint:queues fn on q
//fencelint:trusted -- keeps fn for the queue's workers
func (w *Item) Init(q *Queue, fn func(t *sim.Task)) { *w = Item{q: q, fn: fn} }

// Queue has w run soon; it reports false if it was queued already. It is allowed
// everywhere.
//
//fencelint:trusted -- the simulator's worker tasks; Init says what runs where
func (q *Queue) Queue(t *sim.Task, w *Item) bool {
	if w.q != q {
		t.Trip("queues an item on work queue " + q.name + " that is not of that queue")
		return false
	}
	if w.queued {
		return false
	}
	w.queued = true
	w.asked++
	q.pending = append(q.pending, w)
	q.kick()
	t.Preempt()
	return true
}

// QueueDelayed has w run after d; it reports false if it was queued or waiting already.
//
//fencelint:trusted -- the simulator's worker tasks; Init says what runs where
func (q *Queue) QueueDelayed(t *sim.Task, w *Item, d time.Duration) bool {
	if w.queued || w.timer != nil && w.timer.Pending() {
		return false
	}
	if w.timer == nil {
		w.timer = sim.NewTimer(q.m, func(t *sim.Task) { q.Queue(t, w) })
	}
	w.timer.Start(d)
	return true
}

// Submit runs fn on q once. It allocates the item.
//
//fencelint:allocates flags
//fencelint:queues fn on q
//fencelint:trusted -- the simulator's worker tasks
func (q *Queue) Submit(t *sim.Task, flags gfp.Flags, fn func(t *sim.Task)) error {
	w, err := kmem.New[Item](t, flags)
	if err != nil {
		return err
	}
	w.Init(q, fn)
	q.Queue(t, w)
	return nil
}

// Cancel takes w off the queue and stops its delay. It does not wait for a run that
// has begun. It reports whether w will now not run that would have.
//
//fencelint:trusted -- the inside of the work queue
func (q *Queue) Cancel(t *sim.Task, w *Item) bool {
	stopped := w.timer != nil && w.timer.Stop()
	if w.queued {
		w.queued = false
		w.done++
		q.pending = slices.DeleteFunc(q.pending, func(o *Item) bool { return o == w })
		q.wake()
		return true
	}
	return stopped
}

// CancelSync is Cancel, and waits for a run that has begun.
//
//fencelint:flushes q
//fencelint:trusted -- the inside of the work queue
func (q *Queue) CancelSync(t *sim.Task, w *Item) bool {
	t.MightSleep("work.CancelSync")
	cancelled := q.Cancel(t, w)
	q.await(t, w, "CancelSync")
	return cancelled
}

// FlushItem waits until w has run as often as it was queued until now.
//
//fencelint:flushes q
//fencelint:trusted -- the inside of the work queue
func (q *Queue) FlushItem(t *sim.Task, w *Item) {
	t.MightSleep("work.FlushItem")
	t.Preempt()
	q.await(t, w, "FlushItem")
}

// Flush waits until all that is queued now has run.
//
//fencelint:flushes q
//fencelint:trusted -- the inside of the work queue
func (q *Queue) Flush(t *sim.Task) {
	t.MightSleep("work.Flush")
	t.Preempt()
	items := slices.Clone(q.pending)
	for _, wk := range q.workers {
		if wk.item != nil {
			items = append(items, wk.item)
		}
	}
	for _, w := range items {
		q.await(t, w, "Flush")
	}
}

// await waits until w has run as often as it was queued until now.
//
//fencelint:trusted -- the inside of the work queue
func (q *Queue) await(t *sim.Task, w *Item, op string) {
	for asked := w.asked; w.done < asked; {
		q.waiters = append(q.waiters, t)
		t.Park(sim.Wait{On: w, Text: op})
	}
}

func (q *Queue) wake() {
	for _, w := range q.waiters {
		w.Unpark()
	}
	q.waiters = nil
}

func (q *Queue) String() string { return "work queue " + q.name }

// Needs makes the queue a node of the wait-for graph: it goes on when one of its
// workers does. What is pending has woken its worker already, and only one at a time is
// created; with nothing pending the next item may get a new one.
func (q *Queue) Needs() waitfor.Needs {
	if len(q.pending) == 0 && len(q.workers) < q.cfg.MaxActive {
		return waitfor.Free()
	}
	nodes := make([]waitfor.Node, len(q.workers))
	for i, wk := range q.workers {
		nodes[i] = wk.task
	}
	return waitfor.Any(nodes...)
}

// String names the item after its queue.
func (w *Item) String() string { return "work on " + w.q.name }

// Needs makes the item a node of the wait-for graph: its run must end, or one begin.
func (w *Item) Needs() waitfor.Needs {
	if w.running != nil {
		return waitfor.All(w.running.task)
	}
	return waitfor.All(w.q)
}
