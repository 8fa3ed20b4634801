//go:build debug

package buildtag

import "github.com/fencelint/fencelint/testdata/kern"

func reserve() {
	kern.Alloc(1, kern.Kernel)
	kern.Alloc(1, kern.Kernel)
}
