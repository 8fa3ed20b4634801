// Package region opens and closes regions, in helpers and nested.
package region

import "github.com/fencelint/fencelint/testdata/kern"

// Plain allocates before, within and after.
func Plain() {
	kern.Alloc(1, kern.Kernel)
	kern.BeginSignalling()
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	kern.EndSignalling()
	kern.Alloc(1, kern.Kernel)
}

// enter and leave are helpers that return with the region changed.
func enter() { kern.BeginSignalling() }

func leave() { kern.EndSignalling() }

// Helpers uses them.
func Helpers() {
	enter()
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	leave()
	kern.Alloc(1, kern.Kernel)
}

// Nested closes the inner section: the outer one is still open.
func Nested() {
	kern.BeginSignalling()
	kern.BeginSignalling()
	kern.EndSignalling()
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	kern.EndSignalling()
	kern.Alloc(1, kern.Kernel)
}

// callee opens a section of its own in one that its caller opened.
func callee() {
	kern.BeginSignalling()
	kern.Free(nil)
	kern.EndSignalling()
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
}

// NestedCall is that caller.
func NestedCall() {
	kern.BeginSignalling()
	callee()
	kern.EndSignalling()
}

// Deep reaches the allocation four calls down.
func Deep() {
	kern.BeginSignalling()
	one()
	kern.EndSignalling()
}

func one()   { two() }
func two()   { three() }
func three() { kern.Vmalloc(1) } // want alloc-in-signalling[contract]

// sectionAround opens and closes for its caller's function.
func sectionAround(fn func()) {
	kern.BeginSignalling()
	fn()
	kern.EndSignalling()
}

// Around runs one function inside and one outside.
func Around() {
	sectionAround(func() {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	})
	sectionAround(func() {})
	kern.Alloc(1, kern.Kernel)
}

// Opportunistic exempts what is inside it.
func Opportunistic(f *kern.Fence) {
	go func() {
		kern.BeginOpportunistic()
		kern.Alloc(1, kern.Kernel)
		f.Signal(nil)
		kern.EndOpportunistic()
	}()
}
