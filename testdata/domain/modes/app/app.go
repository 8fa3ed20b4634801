// Package app has the other halves.
package app

import (
	"github.com/fencelint/fencelint/testdata/domain/modes/lib"
	"github.com/fencelint/fencelint/testdata/kern"
)

type shrinker struct{ device *lib.Device }

// Scan waits for what lib completes.
func (s *shrinker) Scan(n int) int {
	s.device.Wait()
	return n
}

// Init registers it.
func Init() { kern.Register(&shrinker{}) }

// Fill allocates with lib's lock held.
func Fill(d *lib.Device) {
	d.With(func() { kern.Alloc(1, kern.Kernel) })
}

// Complete completes a fence that lib's shrinker waits for: both modes see the cycle.
func Complete(f *lib.Local) {
	go func() {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[cycle]
		lib.Signal(f)
	}()
}
