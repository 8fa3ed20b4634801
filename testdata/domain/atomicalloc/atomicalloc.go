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
