// Package resv takes reservation locks: by contract somebody waits for fences and for
// memory under them, whether or not it is in sight.
package resv

import "github.com/fencelint/fencelint/testdata/kern"

// Fence is signalled here.
type Fence struct{ kern.Fence }

type object struct {
	resv  kern.Resv
	seen  kern.Resv
	fence *Fence
}

// Complete takes one in the section.
func (o *object) Complete() {
	go func() {
		o.resv.Lock() // want lock-in-signalling[contract]
		o.resv.Unlock()
		o.fence.Signal(nil)
	}()
}

// CompleteTry only tries.
func (o *object) CompleteTry() {
	go func() {
		if o.resv.TryLock() {
			o.resv.Unlock()
		}
		o.fence.Signal(nil)
	}()
}

// CompleteAfter takes it when it owes nothing.
func (o *object) CompleteAfter() {
	go func() {
		o.fence.Signal(nil)
		o.resv.Lock()
		o.resv.Unlock()
	}()
}

// Evict holds the other object's lock over a wait for the fence: seen, not decreed.
func (o *object) Evict() {
	o.seen.Lock()
	o.fence.Wait()
	o.seen.Unlock()
}

// CompleteSeen takes that one.
func (o *object) CompleteSeen() {
	go func() {
		o.seen.Lock() // want lock-in-signalling[cycle]
		o.seen.Unlock()
		o.fence.Signal(nil)
	}()
}

type client struct {
	resv  kern.Resv
	fence *Fence
}

// Submit does under the lock what the contract allows: it allocates and waits.
func (c *client) Submit() {
	c.resv.Lock()
	kern.Alloc(1, kern.Kernel)
	c.fence.Wait()
	c.resv.Unlock()
}
