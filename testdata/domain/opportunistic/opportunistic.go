// Package opportunistic signals where nobody counts on it: a fast path beside the
// guaranteed one, free of its rules.
package opportunistic

import "github.com/fencelint/fencelint/testdata/kern"

// Fence is signalled by an interrupt, or earlier by whoever looks.
type Fence struct{ kern.Fence }

type ring struct {
	mu    kern.Mutex
	fence *Fence
}

// poll looks whether the device is done.
//
//fencelint:runs opportunistic
func (r *ring) poll() {
	kern.Alloc(1, kern.Kernel)
	r.fence.Signal(nil)
}

// Poll polls from a goroutine.
func (r *ring) Poll() { go r.poll() }

// guaranteed does the same and is the one that counts.
func (r *ring) guaranteed() {
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	r.fence.Signal(nil)
}

// Start starts it.
func (r *ring) Start() { go r.guaranteed() }

// fill holds the lock over an allocation.
func (r *ring) fill() {
	r.mu.Lock()
	kern.Alloc(1, kern.Kernel)
	r.mu.Unlock()
}

// tick takes that lock on the way to its signal, and may.
//
//fencelint:runs opportunistic
func (r *ring) tick() {
	r.mu.Lock()
	r.mu.Unlock()
	r.fence.Signal(nil)
}

// Tick starts it.
func (r *ring) Tick() {
	r.fill()
	go r.tick()
}
