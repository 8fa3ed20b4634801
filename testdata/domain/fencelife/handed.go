package fencelife

import (
	"errors"

	"github.com/fencelint/fencelint/testdata/kern"
)

var errFull = errors.New("full")

// begin makes a fence and publishes it: who gets it owes it.
func begin() *Fence {
	f := &Fence{}
	kern.Publish(&f.Fence)
	return f
}

// Begun forgets it on one path.
func Begun(early bool) {
	f := begin()
	if early {
		return // want never-signalled[breach]
	}
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	f.Signal(nil)
}

// BegunWell does not.
func BegunWell(err error) {
	f := begin()
	if err != nil {
		f.Signal(err)
		return
	}
	f.Signal(nil)
	kern.Alloc(1, kern.Kernel)
}

// PassedOn has it from begin and gives it on.
func PassedOn() *Fence { return begin() }

type request struct {
	done *Fence
	n    int
}

func newRequest(n int) (*request, error) {
	if n > 8 {
		return nil, errFull
	}
	f := &Fence{}
	kern.Publish(&f.Fence)
	return &request{done: f, n: n}, nil
}

// Request owes what comes in a struct, where it comes.
func Request(n int) error {
	r, err := newRequest(n)
	if err != nil {
		kern.Alloc(1, kern.Kernel)
		return err
	}
	if r.n == 0 {
		return errFull // want fail-after-publish[breach]
	}
	r.done.Signal(nil)
	return nil
}

// install publishes unless it fails.
//
//fencelint:publishes f
//fencelint:trusted -- there is nobody else
func install(f *Fence, n int) error {
	if n > 8 {
		return errFull
	}
	return nil
}

// Installed owes nothing where nothing was published.
func Installed(f *Fence, n int) error {
	if err := install(f, n); err != nil {
		kern.Alloc(1, kern.Kernel)
		return err
	}
	f.Signal(nil)
	return nil
}

// InstalledLate owes it where something else fails.
func InstalledLate(f *Fence, n int) error {
	if err := install(f, n); err != nil {
		return err
	}
	if n == 0 {
		return errFull // want fail-after-publish[breach]
	}
	f.Signal(nil)
	return nil
}

func (j *job) tryArm(n int) bool {
	if n > 8 {
		return false
	}
	kern.Publish(&j.fence.Fence)
	return true
}

// Armed owes it where arming has succeeded.
func (j *job) Armed(n int) {
	if !j.tryArm(n) {
		kern.Alloc(1, kern.Kernel)
		return
	}
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	j.fence.Signal(nil)
}

// open publishes ret0 unless there is none.
//
//fencelint:publishes ret0
//fencelint:trusted -- there is nobody else
func open(n int) *Fence {
	if n > 8 {
		return nil
	}
	return &Fence{}
}

// Opened asks whether there is one.
func Opened(n int) {
	f := open(n)
	if f == nil {
		return
	}
	if n == 0 {
		return // want never-signalled[breach]
	}
	f.Signal(nil)
}
