package kept

import "github.com/fencelint/fencelint/testdata/kern"

// ByName is what an engine completes.
type ByName struct{ kern.Fence }

type engine interface {
	// Start takes over the duty.
	//
	//fencelint:takes arg0
	Start(f *ByName)
	// Finish signals.
	//
	//fencelint:signals arg0
	Finish(f *ByName)
}

type device struct{ queue []*ByName }

// Start keeps what it is given.
func (d *device) Start(f *ByName) { d.queue = append(d.queue, f) }

// Finish signals it.
func (d *device) Finish(f *ByName) { f.Signal(nil) }

// Submit calls the device by its own name: what the interface promises holds there too.
func (d *device) Submit(f *ByName) {
	kern.Publish(&f.Fence)
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	d.Start(f)
	kern.Alloc(1, kern.Kernel)
	f.Wait()
}

// Complete does the same with what signals.
func (d *device) Complete(f *ByName) {
	kern.Publish(&f.Fence)
	d.Finish(f)
	kern.Alloc(1, kern.Kernel)
}

// store keeps a fence and promises nothing.
func (d *device) store(f *ByName) { d.queue = append(d.queue, f) }

// Store goes on owing what is stored: others can reach it, and nobody has taken it.
func (d *device) Store(f *ByName) {
	kern.Publish(&f.Fence)
	d.store(f)
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
}

var _ engine = (*device)(nil)
