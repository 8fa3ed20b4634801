// Package panics leaves functions by panicking, and recovers.
package panics

import "github.com/fencelint/fencelint/testdata/kern"

type device struct {
	spin kern.Spin
	n    int
}

// Unlocked panics with the lock held; the code after it does not run.
func (d *device) Unlocked() {
	d.spin.Lock()
	if d.n < 0 {
		panic("negative")
	}
	d.spin.Unlock()
	kern.Sleep(1)
}

// Deferred runs on a panic as well: it sleeps before the unlock.
func (d *device) Deferred() {
	d.spin.Lock()
	defer func() {
		kern.Sleep(1) // want sleep-in-atomic[breach]
		d.spin.Unlock()
	}()
	if d.n < 0 {
		panic("negative")
	}
}

// Recovered allocates in a recovery that comes while the section is open.
func Recovered(n int) {
	kern.BeginSignalling()
	defer kern.EndSignalling()
	defer func() {
		if recover() != nil {
			kern.Alloc(n, kern.Kernel) // want alloc-in-signalling[contract]
		}
	}()
	if n < 0 {
		panic("negative")
	}
}

// RecoveredAfter allocates in a recovery that comes after it.
func RecoveredAfter(n int) {
	defer func() {
		if recover() != nil {
			kern.Alloc(n, kern.Kernel)
		}
	}()
	kern.BeginSignalling()
	defer kern.EndSignalling()
	if n < 0 {
		panic("negative")
	}
}

// fail never returns.
func fail() { panic("fail") }

// NoReturn calls it with the section open: what follows is reached without.
func NoReturn(n int) {
	if n < 0 {
		kern.BeginSignalling()
		fail()
	}
	kern.Alloc(n, kern.Kernel)
}
