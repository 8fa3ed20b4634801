// Package mid is in the middle: it hides low behind its own types.
package mid

import (
	"github.com/fencelint/fencelint/testdata/kern"
	"github.com/fencelint/fencelint/testdata/lang/chain/low"
)

// Device has a heap that nobody sees.
type Device struct {
	heap  low.Heap
	list  low.Vector[int]
	Fence low.Fence
}

// Grow leads down.
func (d *Device) Grow() { d.heap.Grow() }

// Peek leads down.
func (d *Device) Peek() int { return d.heap.Peek() }

// With leads down.
func (d *Device) With(fn func()) { d.heap.With(fn) }

// Push passes flags down.
func (d *Device) Push(n int, flags kern.Flags) { d.list.Push(n, flags) }

// Begin and End are sections.
func Begin() { kern.BeginSignalling() }

// End closes what Begin opened.
func End() { kern.EndSignalling() }

// Ops is low's, by another name.
type Ops = low.Ops

// Flags are named here so that others need not import kern.
const (
	Reclaim = kern.Kernel
	NoWait  = kern.NoWait
)
