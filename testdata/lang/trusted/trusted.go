// Package trusted has bodies of which only the directives speak.
package trusted

import "github.com/fencelint/fencelint/testdata/kern"

// Section allocates where it must not, and is trusted.
//
//fencelint:trusted -- the flags are masked by the hardware
func Section() {
	kern.BeginSignalling()
	kern.Alloc(1, kern.Kernel)
	kern.EndSignalling()
}

// Plain is its twin.
func Plain() {
	kern.BeginSignalling()
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	kern.EndSignalling()
}

// Starts has a function literal run in an interrupt: what stands in a trusted body is
// trusted.
//
//fencelint:trusted -- the interrupt never comes
func Starts() {
	kern.OnInterrupt(func() { kern.Sleep(1) })
}

// StartsPlain is its twin.
func StartsPlain() {
	kern.OnInterrupt(func() { kern.Sleep(1) }) // want sleep-in-atomic[breach]
}

// Caller calls one whose body does more than its directive says.
func Caller() {
	kern.BeginSignalling()
	quiet()
	kern.EndSignalling()
}

//fencelint:trusted -- never called when memory is low
func quiet() { kern.Alloc(1, kern.Kernel) }
