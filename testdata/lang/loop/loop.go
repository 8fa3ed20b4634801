// Package loop carries contexts around loops.
package loop

import "github.com/fencelint/fencelint/testdata/kern"

// Carried opens the section at the end of a turn: the next turn is in it.
func Carried(n int) {
	for range n {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
		kern.BeginSignalling()
	}
	kern.EndSignalling()
}

// Balanced closes in the turn what the turn opened.
func Balanced(n int) {
	for range n {
		kern.Alloc(1, kern.Kernel)
		kern.BeginSignalling()
		kern.EndSignalling()
	}
}

// Inside allocates between the two.
func Inside(pages []int) {
	for _, n := range pages {
		kern.BeginSignalling()
		kern.Alloc(n, kern.Kernel) // want alloc-in-signalling[contract]
		kern.EndSignalling()
	}
}

// Before reserves everything in a loop of its own.
func Before(pages []int) {
	for _, n := range pages {
		kern.Alloc(n, kern.Kernel)
	}
	kern.BeginSignalling()
	for range pages {
		kern.Free(nil)
	}
	kern.EndSignalling()
}

// Broken leaves the loop inside the section.
func Broken(n int) {
	for {
		kern.BeginSignalling()
		if n > 3 {
			break
		}
		kern.EndSignalling()
		n++
	}
	kern.Alloc(n, kern.Kernel) // want alloc-in-signalling[contract]
	kern.EndSignalling()
}

// Continued leaves the section before it continues.
func Continued(n int) {
	for i := 0; i < n; i++ {
		kern.BeginSignalling()
		if i%2 == 0 {
			kern.EndSignalling()
			continue
		}
		kern.EndSignalling()
		kern.Alloc(n, kern.Kernel)
	}
	kern.Alloc(n, kern.Kernel)
}

// Labelled continues the outer loop with the section open.
func Labelled(n int) {
outer:
	for i := range n {
		kern.Alloc(i, kern.Kernel) // want alloc-in-signalling[contract]
		for j := range n {
			kern.BeginSignalling()
			if j > i {
				continue outer
			}
			kern.EndSignalling()
		}
	}
}
