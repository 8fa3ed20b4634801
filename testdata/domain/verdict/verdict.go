// Package verdict has nobody in reclaim who waits for its fence. Whatever is wrong
// here is wrong because some other driver's shrinker may.
package verdict

import "github.com/fencelint/fencelint/testdata/kern"

// Fence leaves the driver by a reservation object.
type Fence struct{ kern.Fence }

type device struct {
	mu    kern.Mutex
	stats kern.Mutex
}

// Start allocates in the section.
func (d *device) Start(f *Fence) {
	go func() {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
		f.Signal(nil)
	}()
}

// Fill holds the lock over an allocation.
func (d *device) Fill() {
	d.mu.Lock()
	kern.Alloc(1, kern.Kernel)
	d.mu.Unlock()
}

// Complete takes it in the section: the lock leads to reclaim, reclaim by contract
// to the fence.
func (d *device) Complete(f *Fence) {
	go func() {
		d.mu.Lock() // want lock-in-signalling[contract]
		d.mu.Unlock()
		f.Signal(nil)
	}()
}

// Count takes one that is never held across anything.
func (d *device) Count(f *Fence) {
	go func() {
		d.stats.Lock()
		d.stats.Unlock()
		f.Signal(nil)
	}()
}

// Read holds it elsewhere, over nothing that waits.
func (d *device) Read() {
	d.stats.Lock()
	kern.Alloc(1, kern.Atomic)
	d.stats.Unlock()
	kern.Alloc(1, kern.Kernel)
}
