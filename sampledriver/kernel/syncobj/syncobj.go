// Package syncobj is how fences travel between drivers and users: sync objects
// (drivers/gpu/drm/drm_syncobj.c), which hold one fence at a time, and sync files,
// which are one.
package syncobj

import (
	"errors"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/fence"
	"github.com/fencelint/fencelint/sampledriver/kernel/gfp"
	"github.com/fencelint/fencelint/sampledriver/kernel/kmem"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/wait"
)

// ErrNoFence is the error of waiting for a sync object on which there is no fence.
var ErrNoFence = errors.New("sync object has no fence")

// Object holds the fence that was put in last. The zero value has none.
type Object struct {
	f      *fence.Fence
	change wait.Queue
}

// Replace puts f in place of the fence there was. It cannot fail.
//
//fencelint:publishes f
//fencelint:trusted -- the inside of the sync object
func (o *Object) Replace(t *sim.Task, f *fence.Fence) {
	o.f = f
	o.change.Wake(t)
}

// Fence returns the fence, nil if there is none.
func (o *Object) Fence() *fence.Fence { return o.f }

// Wait waits for the fence that is in o now.
func (o *Object) Wait(t *sim.Task) error {
	f := o.f
	if f == nil {
		return ErrNoFence
	}
	return f.Wait(t)
}

// WaitForSubmit waits until there is a fence and then for it. Nobody has promised that
// there will be one: no lock may be held.
func (o *Object) WaitForSubmit(t *sim.Task) error {
	o.change.Event(t, func() bool { return o.f != nil })
	return o.f.Wait(t)
}

// WaitTimeout waits for the fence for no longer than d; it reports whether there was
// one and it signalled.
func (o *Object) WaitTimeout(t *sim.Task, d time.Duration) bool {
	f := o.f
	return f != nil && f.WaitTimeout(t, d)
}

// File is a sync file: a descriptor through which a user can wait for one fence.
type File struct{ f *fence.Fence }

// NewFile allocates a file that no fence is in yet. What can fail is done here, before
// the fence is published.
func NewFile(t *sim.Task) (*File, error) { return kmem.New[File](t, gfp.Kernel) }

// Install makes f reachable through the file.
//
//fencelint:publishes f
//fencelint:trusted -- the inside of the sync file
func (s *File) Install(t *sim.Task, f *fence.Fence) { s.f = f }

// Fence returns the fence, nil before Install.
func (s *File) Fence() *fence.Fence { return s.f }
