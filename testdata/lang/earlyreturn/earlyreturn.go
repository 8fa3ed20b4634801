// Package earlyreturn leaves functions in the middle.
package earlyreturn

import (
	"errors"

	"github.com/fencelint/fencelint/testdata/kern"
)

var errBusy = errors.New("busy")

type device struct {
	spin kern.Spin
	busy bool
}

// Bad returns from one path with the lock dropped and sleeps on the other with it held.
func (d *device) Bad() error {
	d.spin.Lock()
	if d.busy {
		d.spin.Unlock()
		kern.Sleep(1)
		return errBusy
	}
	kern.Sleep(1) // want sleep-in-atomic[breach]
	d.spin.Unlock()
	return nil
}

// Good drops the lock on both paths before it sleeps.
func (d *device) Good() error {
	d.spin.Lock()
	if d.busy {
		d.spin.Unlock()
		return errBusy
	}
	d.spin.Unlock()
	kern.Sleep(1)
	return nil
}

// Guarded reaches its allocation only where the section was never opened.
func Guarded(inSection bool) {
	if inSection {
		kern.BeginSignalling()
		kern.EndSignalling()
		return
	}
	kern.Alloc(1, kern.Kernel)
}

// Unguarded returns early from the path that closed the section.
func Unguarded(skip bool) {
	kern.BeginSignalling()
	if skip {
		kern.EndSignalling()
		return
	}
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	kern.EndSignalling()
}

// leave closes the section on every path, one of them early.
func leave(fast bool) {
	if fast {
		kern.EndSignalling()
		return
	}
	kern.EndSignalling()
}

// Left allocates after a helper that closed the section.
func Left() {
	kern.BeginSignalling()
	leave(true)
	kern.Alloc(1, kern.Kernel)
}
