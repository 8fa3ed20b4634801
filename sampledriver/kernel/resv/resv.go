// Package resv is reservation objects (drivers/dma-buf/dma-resv.c): the fences of a
// buffer and the lock that protects them.
package resv

import (
	"slices"

	"github.com/fencelint/fencelint/sampledriver/kernel/fence"
	"github.com/fencelint/fencelint/sampledriver/kernel/gfp"
	"github.com/fencelint/fencelint/sampledriver/kernel/kmem"
	"github.com/fencelint/fencelint/sampledriver/kernel/lock"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// Object is the fences that use a buffer. The zero value has none.
type Object struct {
	lock.Resv
	fences []*fence.Fence
}

// Reserve makes room for n fences, so that Add cannot fail. The caller holds the lock.
func (o *Object) Reserve(t *sim.Task, n int) error {
	o.Assert(t)
	o.fences = slices.DeleteFunc(o.fences, (*fence.Fence).IsSignalled)
	grown, err := kmem.Grow(t, gfp.Kernel, o.fences, n)
	if err != nil {
		return err
	}
	o.fences = grown
	return nil
}

// Add puts f on the buffer, for everybody to wait for. The caller holds the lock and
// has reserved room.
//
//fencelint:publishes f
//fencelint:trusted -- the inside of the reservation object; readers need no lock
func (o *Object) Add(t *sim.Task, f *fence.Fence) {
	o.Assert(t)
	if len(o.fences) == cap(o.fences) {
		t.Trip("adds a fence to " + o.String() + " without room reserved")
	}
	o.fences = append(o.fences, f)
}

// Fences returns the fences that have not signalled. It needs no lock.
func (o *Object) Fences() []*fence.Fence {
	return slices.DeleteFunc(slices.Clone(o.fences), (*fence.Fence).IsSignalled)
}

// Idle reports whether all fences have signalled.
func (o *Object) Idle() bool {
	return !slices.ContainsFunc(o.fences, func(f *fence.Fence) bool { return !f.IsSignalled() })
}

// Wait waits for every fence that is on the buffer now.
func (o *Object) Wait(t *sim.Task) error {
	var first error
	for _, f := range o.Fences() {
		if err := f.Wait(t); err != nil && first == nil {
			first = err
		}
	}
	return first
}
