// Package atomicalloc allocates without reclaim in sections. It is legal and fails:
// where the failure is not shown to reach the signal, that is worth a note.
package atomicalloc

import (
	"errors"

	"github.com/fencelint/fencelint/testdata/kern"
)

var errMemory = errors.New("no memory")

// Fence is owed.
type Fence struct{ kern.Fence }

// Lost returns when there is no memory, and the fence is lost.
func Lost(f *Fence) {
	go func() {
		p := kern.Alloc(1, kern.NoWait) // want alloc-in-signalling[breach/note]
		if p == nil {
			return
		}
		kern.Free(p)
		f.Signal(nil)
	}()
}

// WithError signals with an error.
func WithError(f *Fence) {
	go func() {
		p := kern.Alloc(1, kern.NoWait)
		if p == nil {
			f.Signal(errMemory)
			return
		}
		kern.Free(p)
		f.Signal(nil)
	}()
}

// Optional goes on without.
func Optional(f *Fence) {
	go func() {
		if p := kern.Alloc(1, kern.Atomic); p != nil {
			kern.Free(p)
		}
		f.Signal(nil)
	}()
}

// Deferred signals whatever happens.
func Deferred(f *Fence) {
	go func() {
		defer f.Signal(nil)
		if kern.Alloc(1, kern.Atomic) == nil {
			return
		}
	}()
}

// Outside owes nothing when it allocates.
func Outside(f *Fence) {
	go func() {
		f.Signal(nil)
		if kern.Alloc(1, kern.Atomic) == nil {
			return
		}
	}()
}

// Helper allocates in a helper, and signals whatever comes of that.
func Helper(f *Fence) {
	go func() {
		if err := reserve(); err != nil {
			f.Signal(err)
			return
		}
		f.Signal(nil)
	}()
}

func reserve() error {
	if kern.Alloc(1, kern.NoWait) == nil {
		return errMemory
	}
	return nil
}

// LostByHelper gives up when a helper fails.
func LostByHelper(f *Fence) {
	go func() {
		if err := book(); err != nil {
			return
		}
		f.Signal(nil)
	}()
}

func book() error {
	if kern.Alloc(1, kern.NoWait) == nil { // want alloc-in-signalling[breach/note]
		return errMemory
	}
	return nil
}

// Handed over: the helper signals, but not when there is no memory.
func Handed(f *Fence) { go finish(f) }

func finish(f *Fence) { end(f) }

func end(f *Fence) {
	if kern.Alloc(1, kern.Atomic) == nil { // want alloc-in-signalling[breach/note]
		return
	}
	f.Signal(nil)
}

// Contract is a backend: its caller signals, as far as anybody sees.
type Contract interface {
	// Run starts a job.
	//
	//fencelint:runs signalling
	Run() error
}

type device struct{}

// Run fails where there is no memory. That its caller then signals is not shown.
func (device) Run() error {
	if kern.Alloc(1, kern.Atomic) == nil { // want alloc-in-signalling[breach/note]
		return errMemory
	}
	return nil
}

var _ Contract = device{}
