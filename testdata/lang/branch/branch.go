// Package branch has contexts and locks that differ between the arms of a branch.
// A context joins by union: what may owe a fence owes it.
package branch

import "github.com/fencelint/fencelint/testdata/kern"

type device struct {
	spin kern.Spin
	on   bool
}

// EitherArm opens the section on one arm only.
func EitherArm(cond bool) {
	if cond {
		kern.BeginSignalling()
	}
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	kern.EndSignalling()
}

// ClosedArm closes it before the arms join.
func ClosedArm(cond bool) {
	if cond {
		kern.BeginSignalling()
		kern.EndSignalling()
	}
	kern.Alloc(1, kern.Kernel)
}

// OneArm allocates on the arm that is in the section.
func OneArm(cond bool) {
	if cond {
		kern.BeginSignalling()
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
		kern.EndSignalling()
	} else {
		kern.Alloc(1, kern.Kernel)
	}
}

// HeldArm holds a spin lock on one arm only.
func (d *device) HeldArm() {
	if d.on {
		d.spin.Lock()
		kern.Sleep(1) // want sleep-in-atomic[breach]
		d.spin.Unlock()
	} else {
		kern.Sleep(1)
	}
	kern.Sleep(1)
}

// Switch has the section in one case.
func Switch(n int) {
	switch n {
	case 0:
		kern.Alloc(1, kern.Kernel)
	case 1:
		kern.BeginSignalling()
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
		kern.EndSignalling()
	default:
		kern.Alloc(1, kern.Kernel)
	}
}

// Fall falls through into a case that allocates.
func Fall(n int) {
	switch n {
	case 0:
		kern.BeginSignalling()
		fallthrough
	case 1:
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	}
	kern.EndSignalling()
}

// Short allocates on the right of a && that the section reaches.
//
//fencelint:runs signalling
func Short(cond bool) bool {
	return cond && kern.Alloc(1, kern.Kernel) != nil // want alloc-in-signalling[contract]
}
