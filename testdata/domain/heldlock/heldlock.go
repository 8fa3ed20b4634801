// Package heldlock takes, on the way to a signal, locks that others hold while they
// wait. There is a shrinker that waits for JobFence, so most of it is seen.
package heldlock

import "github.com/fencelint/fencelint/testdata/kern"

// JobFence is waited for by the shrinker.
type JobFence struct{ kern.Fence }

type gem struct{ fence *JobFence }

// Scan waits.
func (g *gem) Scan(n int) int {
	g.fence.Wait()
	return n
}

// Init registers it.
func Init(g *gem) { kern.Register(g) }

type device struct {
	alloc, wait, clean, slot, nested, inner kern.Mutex

	rw    kern.RWMutex
	slots kern.Slots
	fence *JobFence
}

// Alloc holds a lock over an allocation.
func (d *device) Alloc() {
	d.alloc.Lock()
	defer d.alloc.Unlock()
	d.grow()
}

func (d *device) grow() { kern.Alloc(1, kern.Kernel) }

// CompleteAlloc takes it.
func (d *device) CompleteAlloc() {
	go func() {
		d.alloc.Lock() // want lock-in-signalling[cycle]
		d.alloc.Unlock()
		d.fence.Signal(nil)
	}()
}

// Wait holds a lock over a wait for the fence.
func (d *device) Wait() {
	d.wait.Lock()
	d.fence.Wait()
	d.wait.Unlock()
}

// CompleteWait takes it.
func (d *device) CompleteWait() {
	go func() {
		d.wait.Lock() // want lock-in-signalling[cycle]
		d.wait.Unlock()
		d.fence.Signal(nil)
	}()
}

// Clean holds a lock over nothing that waits.
func (d *device) Clean() {
	d.clean.Lock()
	kern.Alloc(1, kern.NoWait)
	d.clean.Unlock()
}

// CompleteClean takes it.
func (d *device) CompleteClean() {
	go func() {
		d.clean.Lock()
		d.clean.Unlock()
		d.fence.Signal(nil)
	}()
}

// Slot holds a lock while it waits for a slot that only a completed job gives back.
func (d *device) Slot() {
	d.slot.Lock()
	d.slots.Get()
	d.slot.Unlock()
}

// CompleteSlot takes it before it gives the slot back.
func (d *device) CompleteSlot() {
	go func() {
		d.slot.Lock() // want lock-in-signalling[cycle]
		d.slot.Unlock()
		d.slots.Put()
		d.fence.Signal(nil)
	}()
}

// Nested holds a lock that is held while another one is taken; Inner holds that one
// over an allocation.
func (d *device) Nested() {
	d.nested.Lock()
	d.inner.Lock()
	d.inner.Unlock()
	d.nested.Unlock()
}

// Inner allocates under the inner lock.
func (d *device) Inner() {
	d.inner.Lock()
	kern.Alloc(1, kern.NoIO)
	d.inner.Unlock()
}

// CompleteNested takes the outer one.
func (d *device) CompleteNested() {
	go func() {
		d.nested.Lock() // want lock-in-signalling[cycle]
		d.nested.Unlock()
		d.fence.Signal(nil)
	}()
}

// Read holds a reader's share over an allocation.
func (d *device) Read() {
	d.rw.RLock()
	kern.Alloc(1, kern.Kernel)
	d.rw.RUnlock()
}

// CompleteWrite wants to write.
func (d *device) CompleteWrite() {
	go func() {
		d.rw.Lock() // want lock-in-signalling[cycle]
		d.rw.Unlock()
		d.fence.Signal(nil)
	}()
}

// CompleteTry only tries.
func (d *device) CompleteTry() {
	go func() {
		if d.alloc.TryLock() {
			d.alloc.Unlock()
		}
		d.fence.Signal(nil)
	}()
}

// CompleteAfter takes it when it has signalled.
func (d *device) CompleteAfter() {
	go func() {
		d.fence.Signal(nil)
		d.alloc.Lock()
		d.alloc.Unlock()
	}()
}
