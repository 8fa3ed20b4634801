// Package low is the lowest of three packages; the highest does not import it.
package low

import "github.com/fencelint/fencelint/testdata/kern"

// Fence is signalled by high.
type Fence struct{ kern.Fence }

// Heap allocates.
type Heap struct {
	mu    kern.Mutex
	pages []*kern.Page
}

// Grow allocates with its own flags.
func (h *Heap) Grow() {
	h.pages = append(h.pages, kern.Alloc(1, kern.Kernel)) // want(whole) alloc-in-signalling[contract]
}

// Fill holds the heap's lock over an allocation.
func (h *Heap) Fill() {
	h.mu.Lock()
	defer h.mu.Unlock()
	kern.Alloc(1, kern.Kernel)
}

// Peek takes it for a moment.
func (h *Heap) Peek() int {
	h.mu.Lock() // want(whole) lock-in-signalling[contract]
	defer h.mu.Unlock()
	return len(h.pages)
}

// With runs fn under the lock.
func (h *Heap) With(fn func()) {
	h.mu.Lock()
	fn()
	h.mu.Unlock()
}

// Ops is filled by high.
type Ops interface {
	//fencelint:runs signalling
	Run()
}

// Vector is generic.
type Vector[T any] struct{ items []T }

// Push grows with flags.
func (v *Vector[T]) Push(item T, flags kern.Flags) {
	v.items, _ = kern.Grow(v.items, 1, flags)
	v.items = append(v.items, item)
}
