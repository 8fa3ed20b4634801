// Package deferred replays deferred calls at the exits of their function.
package deferred

import "github.com/fencelint/fencelint/testdata/kern"

type device struct {
	spin kern.Spin
	mu   kern.Mutex
}

func grow() {
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
}

func growOutside() {
	kern.Alloc(1, kern.Kernel)
}

// Order runs the allocation before the section is closed: last in, first out.
func Order() {
	kern.BeginSignalling()
	defer kern.EndSignalling()
	defer grow()
}

// Reverse runs the allocation after the section is closed.
func Reverse() {
	kern.BeginSignalling()
	defer growOutside()
	defer kern.EndSignalling()
}

// Held keeps the lock to the end of the function, over a later sleep.
func (d *device) Held() {
	d.spin.Lock()
	defer d.spin.Unlock()
	kern.Sleep(1) // want sleep-in-atomic[breach]
}

// Dropped gives the lock back in a function of its own.
func (d *device) Dropped() {
	func() {
		d.spin.Lock()
		defer d.spin.Unlock()
	}()
	kern.Sleep(1)
}

// Returned evaluates the results before the deferred unlock.
func (d *device) Returned() *kern.Page {
	d.spin.Lock()
	defer d.spin.Unlock()
	return kern.Alloc(1, kern.Kernel) // want alloc-in-atomic[breach]
}

// Literal unlocks in a deferred function literal and allocates after the unlock.
func (d *device) Literal() {
	d.spin.Lock()
	defer func() {
		d.spin.Unlock()
		kern.Alloc(1, kern.Kernel)
	}()
}

// LiteralBefore allocates before it unlocks.
func (d *device) LiteralBefore() {
	d.spin.Lock()
	defer func() {
		kern.Alloc(1, kern.Kernel) // want alloc-in-atomic[breach]
		d.spin.Unlock()
	}()
}

// Loop defers once a turn; all of it runs at the end of the function.
func Loop(n int) {
	kern.BeginSignalling()
	for range n {
		defer growInLoop()
	}
	kern.Free(nil)
	defer kern.EndSignalling()
}

// growInLoop runs after EndSignalling, which was deferred last.
func growInLoop() { kern.Alloc(1, kern.Kernel) }

// LoopBefore closes the section only after the deferred allocations.
func LoopBefore(n int) {
	kern.BeginSignalling()
	defer kern.EndSignalling()
	for range n {
		defer growBefore()
	}
}

func growBefore() {
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
}

// Conditional defers the end on one arm only: on the other the section stays open.
func Conditional(cond bool) {
	kern.BeginSignalling()
	if cond {
		defer kern.EndSignalling()
	}
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	if !cond {
		kern.EndSignalling()
	}
}

// ConditionalUnlock sleeps in a deferred call that may come before the unlock.
func (d *device) ConditionalUnlock(cond bool) {
	d.spin.Lock()
	defer d.spin.Unlock()
	if cond {
		defer sleepHeld()
	}
}

func sleepHeld() {
	kern.Sleep(1) // want sleep-in-atomic[breach]
}

// Arguments evaluates the arguments of a deferred call at once.
func (d *device) Arguments() {
	defer kern.Free(kern.Alloc(1, kern.Kernel))
	d.spin.Lock()
	d.spin.Unlock()
}

// ArgumentsHeld evaluates them with the lock held.
func (d *device) ArgumentsHeld() {
	d.spin.Lock()
	defer kern.Free(kern.Alloc(1, kern.Kernel)) // want alloc-in-atomic[breach]
	d.spin.Unlock()
}
