// Package ignored suppresses findings, with reasons.
package ignored

import "github.com/fencelint/fencelint/testdata/kern"

// SameLine suppresses on its line only.
//
//fencelint:runs signalling
func SameLine() {
	kern.Alloc(1, kern.Kernel) //fencelint:ignore alloc-in-signalling -- the pool is full by then // suppressed alloc-in-signalling[contract]
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
}

// LineAbove suppresses the line below.
//
//fencelint:runs signalling
func LineAbove() {
	//fencelint:ignore alloc-in-signalling -- the pool is full by then
	kern.Alloc(1, kern.Kernel) // suppressed alloc-in-signalling[contract]
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
}

// Body suppresses everything in the function.
//
//fencelint:runs signalling
//fencelint:ignore alloc-in-signalling -- runs before the first fence is made
func Body() {
	kern.Alloc(1, kern.Kernel) // suppressed alloc-in-signalling[contract]
	kern.Alloc(1, kern.Kernel) // suppressed alloc-in-signalling[contract]
	kern.Sleep(1)              // want sleep-in-signalling[breach]
}

// Several suppresses two rules.
//
//fencelint:runs signalling
//fencelint:ignore alloc-in-signalling,sleep-in-signalling -- runs before the first fence is made
func Several() {
	kern.Alloc(1, kern.Kernel) // suppressed alloc-in-signalling[contract]
	kern.Sleep(1)              // suppressed sleep-in-signalling[breach]
}

// NoReason gives none, and suppresses nothing.
//
//fencelint:runs signalling
func NoReason() {
	//fencelint:ignore alloc-in-signalling // want bad-directive[breach]
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
}

// OtherRule suppresses another rule.
//
//fencelint:runs signalling
func OtherRule() {
	//fencelint:ignore sleep-in-signalling -- does not sleep // want(whole) unused-ignore[breach]
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
}

// Unused matches nothing.
func Unused() {
	//fencelint:ignore alloc-in-signalling -- it used to be in the section // want(whole) unused-ignore[breach]
	kern.Alloc(1, kern.Kernel)
}

// Expired has run out: it counts for nothing and is a finding itself.
//
//fencelint:runs signalling
func Expired() {
	//fencelint:ignore alloc-in-signalling until=2020-01-01 -- until the new allocator is in // want unused-ignore[breach]
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
}

// NotYet has not.
//
//fencelint:runs signalling
func NotYet() {
	//fencelint:ignore alloc-in-signalling until=2999-12-31 -- until the new allocator is in
	kern.Alloc(1, kern.Kernel) // suppressed alloc-in-signalling[contract]
}

// Unknown names no rule.
//
//fencelint:runs signalling
func Unknown() {
	//fencelint:ignore alloc-in-signaling -- misspelt // want bad-directive[breach]
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
}
