package baddirective

import "github.com/fencelint/fencelint/testdata/kern"

// NotBounded waits as long as it takes, which its callers are told it does not.
//
//fencelint:waits f bounded
func NotBounded(f *kern.Fence) {
	f.Wait() // want bad-directive[breach]
}

// Bounded gives up.
//
//fencelint:waits f bounded
func Bounded(f *kern.Fence) { f.WaitFor(3) }

// BoundedOnce says that it may wait for ever, and does not.
//
//fencelint:waits f
func BoundedOnce(f *kern.Fence) { f.WaitFor(3) }
