// Package buildtag has a file for one build tag and another without it.
package buildtag

import "github.com/fencelint/fencelint/testdata/kern"

// Run calls what the build tags chose.
//
//fencelint:runs signalling
func Run() {
	reserve()
	kern.Free(nil)
}
