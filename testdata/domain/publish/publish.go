// Package publish has sections that begin where a fence is published and end where
// it is signalled or handed over.
package publish

import "github.com/fencelint/fencelint/testdata/kern"

// Fence is published.
type Fence struct{ kern.Fence }

type job struct {
	fence Fence
	n     int
}

// Submit allocates before, between and after.
func (j *job) Submit() {
	kern.Alloc(1, kern.Kernel)
	kern.Publish(&j.fence.Fence)
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	j.fence.Signal(nil)
	kern.Alloc(1, kern.Kernel)
}

// Hand hands the duty over.
func (j *job) Hand() {
	kern.Publish(&j.fence.Fence)
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	kern.Take(&j.fence.Fence)
	kern.Alloc(1, kern.Kernel)
}

// push takes the fence of the job it is given.
//
//fencelint:takes j.fence
//fencelint:trusted -- a queue
func push(j *job) { j.n++ }

// Push hands over the struct that the fence lies in.
func (j *job) Push() {
	kern.Publish(&j.fence.Fence)
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	push(j)
	kern.Alloc(1, kern.Kernel)
}

// After publishes only when the duty is already somebody else's: no section opens.
func (j *job) After() {
	push(j)
	kern.Publish(&j.fence.Fence)
	kern.Alloc(1, kern.Kernel)
}

// Signalled publishes a fence that is done.
func (j *job) Signalled() {
	j.fence.Signal(nil)
	kern.Publish(&j.fence.Fence)
	kern.Alloc(1, kern.Kernel)
}

// arm publishes for its caller.
func (j *job) arm() {
	j.n = 1
	kern.Publish(&j.fence.Fence)
}

// finish signals for its caller.
func (j *job) finish() { j.fence.Signal(nil) }

// Helpers allocates between two helpers.
func (j *job) Helpers() {
	kern.Alloc(1, kern.Kernel)
	j.arm()
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	j.finish()
	kern.Alloc(1, kern.Kernel)
}

// OnePath publishes on one path only: what may owe owes.
func (j *job) OnePath(export bool) {
	if export {
		kern.Publish(&j.fence.Fence)
	}
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	j.fence.Signal(nil)
}

// Two publishes two fences: the section lasts until both are done.
func Two(a, b *job) {
	kern.Publish(&a.fence.Fence)
	kern.Publish(&b.fence.Fence)
	a.fence.Signal(nil)
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	b.fence.Signal(nil)
	kern.Alloc(1, kern.Kernel)
}

// Alias signals through another name.
func Alias(j *job) {
	f := &j.fence
	kern.Publish(&f.Fence)
	g := f
	g.Signal(nil)
	kern.Alloc(1, kern.Kernel)
}

// Install publishes through a method.
func (j *job) Install(r *kern.Resv) {
	r.Lock()
	kern.Alloc(1, kern.Kernel)
	r.Install(&j.fence.Fence)
	r.Unlock()
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	push(j)
}

// Reserved allocates everything first.
func (j *job) Reserved(r *kern.Resv) {
	r.Lock()
	p := kern.Alloc(1, kern.Kernel)
	r.Install(&j.fence.Fence)
	r.Unlock()
	push(j)
	kern.Free(p)
}

// Loop publishes and hands over in each turn.
func Loop(jobs []*job) {
	for _, j := range jobs {
		kern.Alloc(1, kern.Kernel)
		kern.Publish(&j.fence.Fence)
		push(j)
	}
}

// Wait waits for its own job after the hand-over.
func (j *job) Wait() {
	kern.Publish(&j.fence.Fence)
	push(j)
	j.fence.Wait()
}

// WaitBefore waits for it while nobody else can signal it.
func (j *job) WaitBefore() {
	kern.Publish(&j.fence.Fence)
	j.fence.Wait() // want wait-in-signalling[cycle]
	push(j)
}
