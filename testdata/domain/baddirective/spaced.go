package baddirective

import "github.com/fencelint/fencelint/testdata/kern"

// Spaced has a space where a directive has none: to Go it is a comment.
//
// fencelint:waits f // want bad-directive[breach]
func Spaced(f *kern.Fence) { f.Wait() }
