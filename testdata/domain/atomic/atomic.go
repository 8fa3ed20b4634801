// Package atomic has what may not sleep: spin locks, interrupts, fence callbacks.
package atomic

import "github.com/fencelint/fencelint/testdata/kern"

type device struct {
	spin, other kern.Spin
	mu          kern.Mutex
	resv        kern.Resv
	slots       kern.Slots
	queue       kern.WaitQueue
	work        kern.WorkQueue
	fence       *kern.Fence
	irqs        chan int
	n           int
	ready       bool
}

// Spin does with a spin lock held all that sleeps.
func (d *device) Spin() {
	d.spin.Lock()
	d.mu.Lock() // want sleep-in-atomic[breach]
	d.mu.Unlock()
	d.resv.Lock() // want sleep-in-atomic[breach]
	d.resv.Unlock()
	kern.Sleep(1)                                // want sleep-in-atomic[breach]
	kern.Pause(1)                                // want sleep-in-atomic[breach]
	d.fence.Wait()                               // want sleep-in-atomic[breach]
	d.fence.WaitFor(1)                           // want sleep-in-atomic[breach]
	d.queue.Wait(func() bool { return d.ready }) // want sleep-in-atomic[breach]
	d.work.Flush()                               // want sleep-in-atomic[breach]
	d.slots.Get()                                // want sleep-in-atomic[breach]
	d.slots.Put()
	d.irqs <- 1                // want sleep-in-atomic[breach]
	kern.CopyFromUser(nil)     // want sleep-in-atomic[breach]
	kern.Alloc(1, kern.Kernel) // want alloc-in-atomic[breach]
	kern.Vmalloc(1)            // want alloc-in-atomic[breach]
	d.spin.Unlock()
}

// Good does with a spin lock held what does not.
func (d *device) Good() {
	d.spin.Lock()
	if d.mu.TryLock() {
		d.mu.Unlock()
	}
	if d.slots.TryGet() {
		d.slots.Put()
	}
	d.other.Lock()
	d.other.Unlock()
	d.queue.Wake()
	d.work.Push(func() { kern.Sleep(1) })
	select {
	case d.irqs <- 1:
	default:
	}
	kern.Alloc(1, kern.Atomic)
	d.spin.Unlock()
	kern.Sleep(1)
	d.n = <-d.irqs
}

// Watch has a fence call back where nothing may sleep.
func (d *device) Watch() {
	d.fence.OnSignal(func() {
		d.mu.Lock() // want sleep-in-atomic[breach]
		d.mu.Unlock()
	})
}

// WatchGood hands the sleeping part to work.
func (d *device) WatchGood() {
	d.fence.OnSignal(func() {
		d.spin.Lock()
		d.spin.Unlock()
		d.work.Push(d.free)
	})
}

func (d *device) free() {
	d.mu.Lock()
	d.mu.Unlock()
}

// WatchDeep sleeps two calls down.
func (d *device) WatchDeep() { d.fence.OnSignal(d.deep) }

func (d *device) deep() { d.deeper() }

func (d *device) deeper() {
	kern.Alloc(1, kern.NoFS) // want alloc-in-atomic[breach]
}

// Interrupt registers a handler.
func (d *device) Interrupt() { kern.OnInterrupt(d.handle) }

func (d *device) handle() {
	<-d.irqs // want sleep-in-atomic[breach]
}

// timer is declared to run so.
//
//fencelint:runs atomic
func timer() {
	kern.Sleep(1) // want sleep-in-atomic[breach]
}

// Timer calls it as a function too, which is no root.
func Timer() { timer() }
