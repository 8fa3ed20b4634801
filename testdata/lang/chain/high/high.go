// Package high imports mid alone: what low does comes through mid's facts.
package high

import "github.com/fencelint/fencelint/testdata/lang/chain/mid"

// Grow grows in a section, and outside.
func Grow(d *mid.Device) {
	d.Grow()
	mid.Begin()
	d.Grow() // want(modular) alloc-in-signalling[contract]
	mid.End()
	d.Grow()
}

// Peek takes low's lock in a section.
func Peek(d *mid.Device) {
	mid.Begin()
	d.Peek() // want(modular) lock-in-signalling[contract]
	mid.End()
}

// Push chooses flags for low.
func Push(d *mid.Device) {
	d.Push(1, mid.Reclaim)
	mid.Begin()
	d.Push(1, mid.Reclaim) // want alloc-in-signalling[contract]
	d.Push(1, mid.NoWait)
	mid.End()
}

type ops struct{ d *mid.Device }

// Run is low's contract, inherited through mid's alias.
func (o *ops) Run() {
	o.d.Push(1, mid.Reclaim) // want alloc-in-signalling[contract]
}

var _ mid.Ops = (*ops)(nil)

// Signal signals low's fence.
func Signal(d *mid.Device) {
	go func() {
		d.Push(1, mid.Reclaim) // want alloc-in-signalling[contract]
		d.Fence.Signal(nil)
		d.Push(1, mid.Reclaim)
	}()
}
