// Package flagsmore takes allocation flags along by closures, interfaces, aliases and
// results.
package flagsmore

import "github.com/fencelint/fencelint/testdata/kern"

// GFP is the same type by another name.
type GFP = kern.Flags

const (
	mine     GFP = kern.NoFS | kern.High
	harmless     = kern.Kernel &^ (kern.DirectReclaim | kern.IO)
)

// Alias uses constants of its own.
//
//fencelint:runs signalling
func Alias() {
	kern.Alloc(1, mine) // want alloc-in-signalling[contract]
	kern.Alloc(1, harmless)
}

type allocator interface {
	get(n int, flags kern.Flags) *kern.Page
}

type slab struct{}

func (slab) get(n int, flags kern.Flags) *kern.Page { return kern.Alloc(n, flags) }

// Interface passes flags through an interface.
//
//fencelint:runs signalling
func Interface(a allocator) {
	a.get(1, kern.Kernel) // want alloc-in-signalling[contract]
	a.get(1, kern.NoWait)
}

// UseInterface passes one that allocates.
func UseInterface() { Interface(slab{}) }

// capture allocates in a literal with the flags it was given.
func capture(n int, flags kern.Flags) {
	for range n {
		func() { kern.Alloc(1, flags) }()
	}
}

// Captured chooses them.
//
//fencelint:runs signalling
func Captured() {
	capture(1, kern.NoIO) // want alloc-in-signalling[contract]
	capture(1, kern.Atomic)
}

// value passes them through a function value.
func value(n int, flags kern.Flags, fn func(int, kern.Flags) *kern.Page) { fn(n, flags) }

// Value chooses them.
//
//fencelint:runs signalling
func Value() {
	value(1, kern.Kernel, kern.Alloc) // want alloc-in-signalling[contract]
	value(1, kern.NoWait, kern.Alloc)
}

// Changed changes a captured variable.
//
//fencelint:runs signalling
func Changed() {
	flags := kern.NoWait
	set := func() { flags = kern.Kernel }
	set()
	kern.Alloc(1, flags) // want alloc-in-signalling[contract]
}

// strengthen and weaken return flags made of their parameter.
func strengthen(flags kern.Flags) kern.Flags { return flags | kern.DirectReclaim }

func weaken(flags kern.Flags) kern.Flags { return flags &^ kern.DirectReclaim }

// Results uses what they return.
//
//fencelint:runs signalling
func Results() {
	kern.Alloc(1, strengthen(kern.NoWait)) // want alloc-in-signalling[contract]
	kern.Alloc(1, weaken(kern.Kernel))
}

// recursive passes weaker flags on each time.
func recursive(n int, flags kern.Flags) {
	if n == 0 {
		return
	}
	kern.Alloc(n, flags)
	recursive(n-1, flags&^kern.FS)
}

// Recursive chooses them.
//
//fencelint:runs signalling
func Recursive() {
	recursive(3, kern.Kernel) // want alloc-in-signalling[contract]
	recursive(3, kern.NoWait)
}

// branches allocates with its caller's flags where it may sleep, and without
// elsewhere.
func branches(n int, flags kern.Flags) *kern.Page {
	if flags&kern.DirectReclaim != 0 {
		return kern.Alloc(n, flags)
	}
	return kern.Alloc(n, kern.NoWait)
}

// Branches chooses them.
//
//fencelint:runs signalling
func Branches() {
	branches(1, kern.Kernel) // want alloc-in-signalling[contract]
	branches(1, kern.NoWait)
}

// Grown grows a generic slice.
//
//fencelint:runs signalling
func Grown(s []string) []string {
	s, _ = kern.Grow(s, 1, kern.NoWait)
	s, _ = kern.Grow(s, 1, kern.NoFS) // want alloc-in-signalling[contract]
	return s
}

// wrapper is annotated itself: its caller's flags are what counts.
//
//fencelint:allocates flags
func wrapper(n int, flags kern.Flags) *kern.Page {
	if n > 4096 {
		return nil
	}
	return kern.Alloc(n, flags)
}

// Wrapped calls it.
//
//fencelint:runs signalling
func Wrapped() {
	wrapper(1, kern.Kernel) // want alloc-in-signalling[contract]
	wrapper(1, kern.NoWait)
}

// twice chooses in the middle.
func twice(n int, flags kern.Flags) { wrapper(n, flags|kern.High) }

// Twice calls through.
//
//fencelint:runs signalling
func Twice() {
	twice(1, kern.NoFS) // want alloc-in-signalling[contract]
	twice(1, kern.NoWait)
}
