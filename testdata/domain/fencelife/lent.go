package fencelife

import "github.com/fencelint/fencelint/testdata/kern"

// Lost publishes what it was given, and nobody else is in sight who could owe it.
func Lost(f *Fence) {
	kern.Publish(&f.Fence)
	kern.Alloc(1, kern.Kernel) // want(whole) alloc-in-signalling[contract]
} // want(whole) never-signalled[breach]

// attach puts a fence that others signal into one more place: its callers know whose
// it is.
func attach(r *kern.Resv, f *Fence) {
	r.Install(&f.Fence)
	kern.Alloc(1, kern.Kernel)
}

func (j *job) last() *Fence { return &j.fence }

// Attach does so with one that it is lent.
func (j *job) Attach(r *kern.Resv) { attach(r, j.last()) }

// AttachNew does so with its own.
func AttachNew(r *kern.Resv, fail bool) {
	f := &Fence{}
	attach(r, f)
	if fail {
		return // want never-signalled[breach]
	}
	f.Signal(nil)
}

func perhaps(f *Fence, b bool) {
	if b {
		f.Signal(nil)
	}
}

// Perhaps leaves it to a helper that may not.
func Perhaps(f *Fence, b bool) {
	kern.Publish(&f.Fence)
	perhaps(f, b)
} // want never-signalled[breach]

// Surely leaves it to one that does.
func Surely(f *Fence, b bool) {
	kern.Publish(&f.Fence)
	perhaps(f, b)
	f.Signal(nil)
}

// Export says that its caller has the duty.
//
//fencelint:publishes f
func Export(f *Fence) { kern.Publish(&f.Fence) }
