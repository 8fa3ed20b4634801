//go:build debug

package buildtag

import "github.com/fencelint/fencelint/testdata/kern"

func reserve() {
	kern.Free(nil)
	kern.Alloc(1, kern.NoFS) // want alloc-in-signalling[contract]
}
