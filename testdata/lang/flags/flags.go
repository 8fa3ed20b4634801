// Package flags folds allocation flags: constants, masks, joins, parameters and
// fields.
package flags

import "github.com/fencelint/fencelint/testdata/kern"

// Constants names each of the usual combinations.
//
//fencelint:runs signalling
func Constants() {
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	kern.Alloc(1, kern.NoFS)   // want alloc-in-signalling[contract]
	kern.Alloc(1, kern.NoIO)   // want alloc-in-signalling[contract]
	kern.Alloc(1, kern.NoWait)
	kern.Alloc(1, kern.Atomic)
	kern.Alloc(1, 0)
}

// Masks clears and sets bits.
//
//fencelint:runs signalling
func Masks() {
	kern.Alloc(1, kern.Kernel&^kern.DirectReclaim)
	kern.Alloc(1, kern.Kernel&^kern.FS)           // want alloc-in-signalling[contract]
	kern.Alloc(1, kern.NoWait|kern.DirectReclaim) // want alloc-in-signalling[contract]
	kern.Alloc(1, kern.Kernel&kern.NoWait)
	kern.Alloc(1, (kern.Kernel|kern.High)&^kern.DirectReclaim)
	kern.Alloc(1, kern.Kernel^kern.DirectReclaim)
}

// Variables goes through variables.
//
//fencelint:runs signalling
func Variables() {
	flags := kern.Kernel
	flags &^= kern.DirectReclaim
	kern.Alloc(1, flags)
	flags |= kern.DirectReclaim
	kern.Alloc(1, flags) // want alloc-in-signalling[contract]
}

// Join may be either.
//
//fencelint:runs signalling
func Join(cond bool) {
	flags := kern.NoWait
	if cond {
		flags = kern.Kernel
	}
	kern.Alloc(1, flags) // want alloc-in-signalling[contract]
	flags = kern.NoWait
	if cond {
		flags = kern.Atomic
	}
	kern.Alloc(1, flags)
}

// Unknown flags may reclaim.
//
//fencelint:runs signalling
func Unknown(n int) {
	kern.Alloc(1, kern.Flags(n)) // want alloc-in-signalling[contract]
	kern.Alloc(1, kern.Flags(n)&^kern.DirectReclaim)
}

func outer(n int, flags kern.Flags) { middle(n, flags) }

func middle(n int, flags kern.Flags) { inner(flags, n) }

func inner(flags kern.Flags, n int) { kern.Alloc(n, flags) }

// Parameters passes flags through three calls: they were chosen here.
//
//fencelint:runs signalling
func Parameters() {
	outer(1, kern.Kernel) // want alloc-in-signalling[contract]
	outer(1, kern.NoWait)
}

// Outside passes the same flags outside the section.
func Outside() { outer(1, kern.Kernel) }

// masked takes the reclaim bit out of whatever it is given.
func masked(n int, flags kern.Flags) { kern.Alloc(n, flags&^kern.DirectReclaim) }

// added puts it in.
func added(n int, flags kern.Flags) {
	kern.Alloc(n, flags|kern.DirectReclaim) // want alloc-in-signalling[contract]
}

// Helpers calls both.
//
//fencelint:runs signalling
func Helpers() {
	masked(1, kern.Kernel)
	added(1, kern.NoWait)
}

type cache struct{ flags kern.Flags }

// grow uses flags from a field: not known, so they may reclaim.
func (c *cache) grow(n int) {
	kern.Alloc(n, c.flags) // want alloc-in-signalling[contract]
}

// Field grows in a section.
//
//fencelint:runs signalling
func Field(c *cache) { c.grow(1) }

func pick(reclaim bool) kern.Flags {
	if reclaim {
		return kern.Kernel
	}
	return kern.NoWait
}

// Result uses flags that a function returned.
//
//fencelint:runs signalling
func Result() {
	kern.Alloc(1, pick(true)) // want alloc-in-signalling[contract]
}

// Spin allocates with a spin lock held.
func Spin(s *kern.Spin) {
	s.Lock()
	kern.Alloc(1, kern.NoIO) // want alloc-in-atomic[breach]
	kern.Alloc(1, kern.Atomic)
	s.Unlock()
}

// Loop drops the bit after the first try.
//
//fencelint:runs signalling
func Loop() {
	flags := kern.Atomic
	for range 2 {
		kern.Alloc(1, flags)
		flags &= kern.NoWait
	}
}
