// Package drv implements another package's interface: its contracts hold here.
package drv

import (
	"github.com/fencelint/fencelint/testdata/kern"
	"github.com/fencelint/fencelint/testdata/lang/inherit/sched"
)

// Bad breaks every contract it has.
type Bad struct {
	sched.Base
	fence sched.Fence
}

// Prepare may allocate.
func (b *Bad) Prepare() error {
	kern.Alloc(1, kern.Kernel)
	return nil
}

// Run may not.
func (b *Bad) Run() *sched.Fence {
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	return &b.fence
}

// TimedOut may not sleep.
func (b *Bad) TimedOut() {
	kern.Sleep(1) // want sleep-in-signalling[breach]
}

// Interrupt may not either.
func (b *Bad) Interrupt() {
	kern.Sleep(1) // want sleep-in-atomic[breach]
}

// Free may do what it likes.
func (b *Bad) Free() {
	kern.Alloc(1, kern.Kernel)
	kern.Sleep(1)
}

// Good keeps them, some by embedding.
type Good struct {
	sched.Base
	fence sched.Fence
	page  *kern.Page
}

// Prepare allocates what Run needs.
func (g *Good) Prepare() error {
	g.page = kern.Alloc(1, kern.Kernel)
	return nil
}

// Run uses it.
func (g *Good) Run() *sched.Fence {
	kern.Free(g.page)
	return &g.fence
}

var _, _ sched.Backend = (*Bad)(nil), (*Good)(nil)

// Waiting waits through the interface in a section.
func Waiting(b sched.Backend, f *sched.Fence) {
	b.Wait(f)
	kern.BeginSignalling()
	b.Wait(f) // want wait-in-signalling[contract]
	kern.EndSignalling()
}

// Stranger has methods of the same names and is no backend.
type Stranger struct{}

// Run allocates, outside any contract.
func (Stranger) Run() { kern.Alloc(1, kern.Kernel) }
