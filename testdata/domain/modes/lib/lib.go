// Package lib is analysed alone in the modular mode: what its importers do is not in
// sight.
package lib

import "github.com/fencelint/fencelint/testdata/kern"

// Fence is waited for by a shrinker in the importer.
type Fence struct{ kern.Fence }

// Local is waited for by a shrinker right here.
type Local struct{ kern.Fence }

// Device completes fences.
type Device struct {
	fence *Fence
	mu    kern.Mutex
}

// Complete allocates: whether it is a cycle the importer decides.
func (d *Device) Complete() {
	go func() {
		kern.Alloc(1, kern.Kernel) // want(whole) alloc-in-signalling[cycle] // want(modular) alloc-in-signalling[contract]
		d.fence.Signal(nil)
	}()
}

// CompleteLocked takes a lock that only the importer holds over an allocation: nothing
// is wrong here, seen alone.
func (d *Device) CompleteLocked() {
	go func() {
		d.mu.Lock() // want(whole) lock-in-signalling[cycle]
		d.mu.Unlock()
		d.fence.Signal(nil)
	}()
}

// With runs fn under the lock.
func (d *Device) With(fn func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	fn()
}

// Wait waits for the fence.
func (d *Device) Wait() { d.fence.Wait() }

type shrinker struct{ fence *Local }

// Scan waits.
func (s *shrinker) Scan(n int) int {
	s.fence.Wait()
	return n
}

// Init registers it.
func Init() { kern.Register(&shrinker{}) }

// Signal signals a Local.
func Signal(f *Local) { f.Signal(nil) }
