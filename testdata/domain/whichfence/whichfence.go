// Package whichfence waits for fences in sections that owe others: for its own class
// it is a cycle, for another one by contract, unless that one is seen to depend on it.
package whichfence

import "github.com/fencelint/fencelint/testdata/kern"

// The classes of fence.
type (
	// Render and Copy know nothing of each other.
	Render struct{ kern.Fence }
	// Copy is signalled by whoever.
	Copy struct{ kern.Fence }
	// Flip is signalled after a Scanout, and Scanout after a Flip.
	Flip struct{ kern.Fence }
	// Scanout is signalled after a Flip.
	Scanout struct{ kern.Fence }
)

// Own waits for the class it owes.
func Own(mine, other *Render) {
	go func() {
		other.Wait() // want wait-in-signalling[cycle]
		mine.Signal(nil)
	}()
}

// Foreign waits for another class.
func Foreign(mine *Render, other *Copy) {
	go func() {
		other.Wait() // want wait-in-signalling[contract]
		mine.Signal(nil)
	}()
}

// Mutual waits for a class whose signaller waits for this one.
func Mutual(flip *Flip, scanout *Scanout) {
	go func() {
		scanout.Wait() // want wait-in-signalling[cycle]
		flip.Signal(nil)
	}()
	go func() {
		flip.Wait() // want wait-in-signalling[cycle]
		scanout.Signal(nil)
	}()
}

// Declared owes every class, by contract.
//
//fencelint:runs signalling
func Declared(f *Copy) {
	f.Wait() // want wait-in-signalling[contract]
}

// Bounded gives up: a stall, no edge.
func Bounded(mine *Render, other *Copy) {
	go func() {
		other.WaitFor(10) // want wait-in-signalling[breach/warning]
		mine.Signal(nil)
	}()
}

// After waits when it owes nothing any more.
func After(mine, other *Render) {
	go func() {
		mine.Signal(nil)
		other.Wait()
	}()
}

// Polled looks without waiting.
func Polled(mine, other *Render) {
	go func() {
		if other.Done() {
			kern.Free(nil)
		}
		mine.Signal(nil)
	}()
}

// Client is no root: it waits for whatever it likes.
func Client(f *Render, g *Copy) {
	f.Wait()
	g.Wait()
}

// Already waits for its own fence after it has signalled it.
func Already(f *Render) {
	go func() {
		f.Signal(nil)
		f.Wait()
	}()
}
