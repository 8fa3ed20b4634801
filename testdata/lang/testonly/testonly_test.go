package testonly

import (
	"testing"

	"github.com/fencelint/fencelint/testdata/kern"
)

func TestGrow(t *testing.T) {
	f := &Fence{}
	go func() {
		kern.Alloc(1, kern.Kernel)
		grow()
		f.Signal(nil)
	}()
	kern.BeginSignalling()
	kern.Alloc(1, kern.Kernel)
	kern.EndSignalling()
}

// later has an initialiser that stands in a file that is not analysed.
var later = grow
