// Package queuecycle has work that waits for work behind it.
package queuecycle

import "github.com/fencelint/fencelint/testdata/kern"

type device struct {
	//fencelint:workqueue ordered rescuer
	ordered kern.WorkQueue
	//fencelint:workqueue ordered rescuer
	second kern.WorkQueue
	//fencelint:workqueue rescuer
	wide kern.WorkQueue
	//fencelint:workqueue ordered rescuer
	third kern.WorkQueue
	//fencelint:workqueue rescuer
	reset kern.WorkQueue
	//fencelint:workqueue rescuer
	calm kern.WorkQueue
	//fencelint:workqueue rescuer
	left kern.WorkQueue
	//fencelint:workqueue rescuer
	right kern.WorkQueue

	slots, loose, early kern.Slots
	answer, reply, ping chan int
	idle                kern.WaitQueue
	mu, inner           kern.Mutex
	n                   int
	empty               bool
}

// Self flushes the queue that it runs on.
func (d *device) Self() {
	d.ordered.Push(func() {
		d.n++
		d.drain()
	})
}

func (d *device) drain() {
	d.ordered.Flush() // want queue-cycle[cycle/error]
}

// Other flushes another queue.
func (d *device) Other() {
	d.ordered.Push(func() { d.wide.Flush() })
}

// Slot waits for a slot that only work behind it gives back.
func (d *device) Slot() {
	d.second.Push(func() {
		d.slots.Get() // want pool-cycle[cycle/error]
	})
	d.second.Push(d.giveBack)
}

func (d *device) giveBack() { d.slots.Put() }

// SlotLoose waits for one that somebody else gives back as well.
func (d *device) SlotLoose() {
	d.second.Push(func() { d.loose.Get() })
	d.second.Push(func() { d.loose.Put() })
}

// Interrupt is that somebody else.
func (d *device) Interrupt() { d.loose.Put() }

// SlotWide may wait: the queue has more workers.
func (d *device) SlotWide() {
	d.wide.Push(func() { d.early.Get() })
	d.wide.Push(func() { d.early.Put() })
}

// Answer waits for an answer that is given on the same queue.
func (d *device) Answer() {
	d.third.Push(func() {
		<-d.answer // want queue-cycle[cycle]
	})
	d.third.Push(func() { close(d.answer) })
}

// Reply waits for one that is given elsewhere.
func (d *device) Reply() {
	d.third.Push(func() { <-d.reply })
	d.wide.Push(func() { close(d.reply) })
}

// Ping asks whether there is one.
func (d *device) Ping() {
	d.third.Push(func() {
		select {
		case <-d.ping:
		default:
		}
	})
	d.third.Push(func() { d.ping <- 1 })
}

// Idle waits for a wake that comes from the same queue.
func (d *device) Idle() {
	d.third.Push(func() {
		d.idle.Wait(func() bool { return d.empty }) // want queue-cycle[cycle]
	})
	d.third.Push(func() {
		d.empty = true
		d.idle.Wake()
	})
}

// JobFence is signalled by work.
type JobFence struct{ kern.Fence }

type job struct {
	fence *JobFence
	dev   *device
	//fencelint:workqueue ordered rescuer
	queue kern.WorkQueue
	//fencelint:workqueue rescuer
	apart kern.WorkQueue
}

// Run waits for the fence of a job behind it. It owes none itself.
func (j *job) Run() {
	j.queue.Push(func() {
		j.fence.Wait() // want(whole) queue-cycle[cycle/error]
	})
	j.queue.Push(func() { j.fence.Signal(nil) })
}

// StopFence is signalled on another queue than it is waited for on.
type StopFence struct{ kern.Fence }

type stop struct {
	fence *StopFence
	//fencelint:workqueue ordered rescuer
	queue kern.WorkQueue
	//fencelint:workqueue ordered rescuer
	apart kern.WorkQueue
}

// Run waits on one queue for what the other one does.
func (s *stop) Run() {
	s.queue.Push(func() { s.fence.Wait() })
	s.apart.Push(func() { s.fence.Signal(nil) })
}

// Stop flushes a queue with the lock held that work on it takes.
func (d *device) Stop() {
	d.reset.Push(d.resetWork)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.reset.Flush() // want queue-cycle[cycle/error]
}

func (d *device) resetWork() {
	d.mu.Lock()
	d.mu.Unlock()
}

// StopGood flushes before it takes the lock.
func (d *device) StopGood() {
	d.calm.Push(d.calmWork)
	d.calm.Flush()
	d.inner.Lock()
	d.inner.Unlock()
}

func (d *device) calmWork() {
	d.inner.Lock()
	d.inner.Unlock()
}

// Each flushes the other's queue.
func (d *device) Each() {
	d.left.Push(func() { d.right.Flush() })
	d.right.Push(func() {
		d.left.Flush() // want queue-cycle[cycle]
	})
}

// file has a lock of its own; its work takes that of another one.
type file struct {
	mu   kern.Mutex
	work *kern.WorkQueue
	next *file
}

//fencelint:workqueue rescuer
var shared kern.WorkQueue

// Close holds its own lock, and what it waits for takes those of others.
func (f *file) Close() {
	shared.Push(f.next.clean)
	f.mu.Lock()
	shared.Flush()
	f.mu.Unlock()
}

func (f *file) clean() {
	f.mu.Lock()
	f.mu.Unlock()
}
