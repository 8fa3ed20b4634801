// Package app is the upper half: it calls into lib, and lib's contracts make roots
// of its methods.
package app

import (
	"github.com/fencelint/fencelint/testdata/kern"
	"github.com/fencelint/fencelint/testdata/lang/facts/lib"
)

// Grow calls a function of the other package that allocates.
func Grow(j *lib.Job) {
	j.Grow()
	lib.Begin()
	j.Grow() // want(modular) alloc-in-signalling[contract]
	lib.End()
	j.Grow()
}

// Reserve calls it before.
func Reserve(j *lib.Job) {
	j.Reserve()
	lib.Begin()
	j.Drop()
	lib.End()
}

// With chooses the flags: the finding is here in both modes.
func With(j *lib.Job) {
	j.GrowWith(kern.Kernel)
	lib.Begin()
	j.GrowWith(kern.NoFS) // want alloc-in-signalling[contract]
	j.GrowWith(kern.NoWait)
	lib.End()
}

// Each passes a function down that allocates.
func Each(j *lib.Job) {
	j.Each(func(*kern.Page) { kern.Alloc(1, kern.Kernel) })
	lib.Begin()
	j.Each(func(*kern.Page) {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	})
	j.Each(kern.Free)
	lib.End()
}

// Lock takes a lock in a section that the other package holds over an allocation.
func Lock(d *lib.Device) {
	d.Fill()
	lib.Begin()
	d.Lock() // want(modular) lock-in-signalling[contract]
	d.Unlock()
	lib.End()
}

// Spin sleeps with the other package's spin lock held.
func Spin(d *lib.Device) {
	d.LockSpin()
	kern.Sleep(1) // want sleep-in-atomic[breach]
	d.UnlockSpin()
	kern.Sleep(1)
}

type backend struct{}

func (backend) Run(j *lib.Job) {
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	j.Drop()
}

func (backend) Prepare(j *lib.Job) { kern.Alloc(1, kern.Kernel) }

type goodBackend struct{}

func (goodBackend) Run(j *lib.Job)     { j.Drop() }
func (goodBackend) Prepare(j *lib.Job) { j.Reserve() }

var _, _ lib.Backend = backend{}, goodBackend{}

// Ops fills the table.
func Ops() lib.Ops {
	return lib.Ops{Complete: complete}
}

func complete(j *lib.Job) {
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	j.Fence.Signal(nil)
}

// Start signals a fence of the other package's type.
func Start(j *lib.Job) {
	go func() {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
		j.Fence.Signal(nil)
		kern.Alloc(1, kern.Kernel)
	}()
}
