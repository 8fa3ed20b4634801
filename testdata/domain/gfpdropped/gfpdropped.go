// Package gfpdropped has functions that are given flags and allocate with others.
package gfpdropped

import "github.com/fencelint/fencelint/testdata/kern"

// Constant passes a constant.
func Constant(n int, flags kern.Flags) *kern.Page {
	return kern.Alloc(n, kern.Kernel) // want gfp-dropped[breach]
}

// Both passes its flags for one and not for the other.
func Both(n int, flags kern.Flags) (*kern.Page, *kern.Page) {
	a := kern.Alloc(n, flags)
	b := kern.Alloc(n, kern.NoFS) // want gfp-dropped[breach]
	return a, b
}

// Wired allocates through a function that takes no flags.
func Wired(n int, flags kern.Flags) *kern.Page {
	if n > 4 {
		return kern.Vmalloc(n) // want gfp-dropped[breach]
	}
	return kern.Alloc(n, flags)
}

// Choice may take its own or its caller's.
func Choice(n int, flags kern.Flags) *kern.Page {
	use := flags
	if n > 4 {
		use = kern.Kernel
	}
	return kern.Alloc(n, use) // want gfp-dropped[breach]
}

// Passed passes them on.
func Passed(n int, flags kern.Flags) *kern.Page { return kern.Alloc(n, flags) }

// Masked derives its own from them.
func Masked(n int, flags kern.Flags) *kern.Page {
	kern.Alloc(n, flags|kern.High)
	return kern.Alloc(n, flags&^kern.FS)
}

// NoReclaim uses a constant that asks for less.
func NoReclaim(n int, flags kern.Flags) *kern.Page {
	kern.Alloc(n, kern.NoWait)
	return kern.Alloc(n, flags)
}

// None is given no flags.
func None(n int) *kern.Page { return kern.Alloc(n, kern.Kernel) }

// Through passes a constant to a function that allocates with its flags.
func Through(n int, flags kern.Flags) *kern.Page {
	return Passed(n, kern.Kernel) // want gfp-dropped[breach]
}

// Along passes its own.
func Along(n int, flags kern.Flags) *kern.Page { return Passed(n, flags) }

// Spawned starts a goroutine, which has a context of its own.
func Spawned(n int, flags kern.Flags) *kern.Page {
	kern.Spawn(func() { kern.Alloc(n, kern.Kernel) })
	return kern.Alloc(n, flags)
}
