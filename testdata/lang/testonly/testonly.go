// Package testonly has roots that exist in tests alone: they are analysed only when
// asked for.
package testonly

import "github.com/fencelint/fencelint/testdata/kern"

// Fence is owed.
type Fence struct{ kern.Fence }

// grow allocates: in a section in the tests only.
func grow() { kern.Alloc(1, kern.Kernel) }

// Grow grows in no section.
func Grow() { grow() }

// Complete allocates on its way.
func Complete(f *Fence) {
	go func() {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
		f.Signal(nil)
	}()
}
