// Package embedded reaches methods by embedding: the declared method runs, and a
// fence's class is the outermost type that embeds it.
package embedded

import "github.com/fencelint/fencelint/testdata/kern"

type base struct {
	spin  kern.Spin
	pages []*kern.Page
}

func (b *base) grow() {
	b.pages = append(b.pages, kern.Alloc(1, kern.Kernel)) // want alloc-in-signalling[contract]
}

func (b *base) refill() {
	b.pages = append(b.pages, kern.Alloc(1, kern.Kernel))
}

type heap struct{ base }

type override struct{ base }

// grow hides the promoted one and allocates nothing.
func (o *override) grow() { o.pages = nil }

// Promoted calls the promoted method.
func Promoted(h *heap) {
	kern.BeginSignalling()
	h.grow()
	kern.EndSignalling()
	h.refill()
}

// Hidden calls the one that hides it.
func Hidden(o *override) {
	kern.BeginSignalling()
	o.grow()
	kern.EndSignalling()
}

// Through calls the promoted method through an interface.
func Through(g grower) {
	kern.BeginSignalling()
	g.expand()
	kern.EndSignalling()
}

type grower interface{ expand() }

type inner struct{}

func (inner) expand() {
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
}

type outer struct{ inner }

// UseThrough passes a type that has the method by embedding.
func UseThrough() { Through(outer{}) }

// Lock takes the embedded struct's lock through the outer type.
func (h *heap) Lock() {
	h.spin.Lock()
	kern.Sleep(1) // want sleep-in-atomic[breach]
	h.base.spin.Unlock()
	kern.Sleep(1)
}

// RenderFence and CopyFence embed the same fence and are two classes.
type RenderFence struct{ kern.Fence }

// CopyFence is signalled by nobody who waits for rendering.
type CopyFence struct{ kern.Fence }

// Same waits for the class that it must signal.
func Same(f, g *RenderFence) {
	kern.Publish(&f.Fence)
	g.Wait() // want wait-in-signalling[cycle]
	f.Signal(nil)
}

// Other waits for another class: wrong by contract only.
func Other(f *RenderFence, g *CopyFence) {
	kern.Publish(&f.Fence)
	g.Wait() // want wait-in-signalling[contract]
	f.Signal(nil)
}

// Before waits before it publishes.
func Before(f, g *RenderFence) {
	g.Wait()
	kern.Publish(&f.Fence)
	f.Signal(nil)
}
