// Package closure calls function literals: at once, through variables, through
// parameters.
package closure

import "github.com/fencelint/fencelint/testdata/kern"

// AtOnce calls the literal where it stands.
func AtOnce() {
	kern.BeginSignalling()
	func() {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	}()
	kern.EndSignalling()
}

// Variable calls it through a variable, in the section.
func Variable() {
	grow := func() {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	}
	kern.BeginSignalling()
	grow()
	kern.EndSignalling()
}

// Outside makes it in the section and calls it afterwards.
func Outside() {
	kern.BeginSignalling()
	grow := func() {
		kern.Alloc(1, kern.Kernel)
	}
	kern.EndSignalling()
	grow()
}

// each calls fn for every element: what it does is what its argument does.
func each(n int, fn func(int)) {
	for i := range n {
		fn(i)
	}
}

// Passed passes an allocating literal to each, in the section.
func Passed() {
	kern.BeginSignalling()
	each(3, func(n int) {
		kern.Alloc(n, kern.Kernel) // want alloc-in-signalling[contract]
	})
	kern.EndSignalling()
}

// PassedOutside passes one to the same function outside: callers do not mix.
func PassedOutside() {
	each(3, func(n int) {
		kern.Alloc(n, kern.Kernel)
	})
	kern.BeginSignalling()
	each(3, func(n int) {
		kern.Free(nil)
	})
	kern.EndSignalling()
}

// Annotated passes one to a function that only a directive describes.
func Annotated() {
	kern.BeginSignalling()
	kern.Each(3, func(n int) {
		kern.Alloc(n, kern.Kernel) // want alloc-in-signalling[contract]
	})
	kern.EndSignalling()
	kern.Each(3, func(n int) {
		kern.Alloc(n, kern.Kernel)
	})
}

// Captured captures the flags.
func Captured() {
	flags := kern.NoFS
	kern.BeginSignalling()
	func() {
		kern.Alloc(1, flags) // want alloc-in-signalling[contract]
	}()
	kern.EndSignalling()
}

// Returned calls what another function made.
func Returned() {
	kern.BeginSignalling()
	maker()()
	kern.EndSignalling()
}

func maker() func() {
	return func() {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	}
}

// Chosen calls one of two literals.
func Chosen(cond bool) {
	fn := func() {}
	if cond {
		fn = func() {
			kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
		}
	}
	kern.BeginSignalling()
	fn()
	kern.EndSignalling()
}

// Lock takes the lock in one literal and drops it in another.
func Lock(spin *kern.Spin) {
	lock := func() { spin.Lock() }
	unlock := func() { spin.Unlock() }
	lock()
	kern.Sleep(1) // want sleep-in-atomic[breach]
	unlock()
	kern.Sleep(1)
}
