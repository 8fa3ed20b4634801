// Package stdlib waits, locks and starts things with the standard library, which
// speaks through its model.
package stdlib

import (
	"context"
	"sync"
	"time"

	"github.com/fencelint/fencelint/testdata/kern"
)

// Fence is owed.
type Fence struct{ kern.Fence }

type device struct {
	mu    sync.Mutex
	clean sync.Mutex
	rw    sync.RWMutex
	jobs  sync.WaitGroup
	spin  kern.Spin
	n     int
}

// Fill holds the standard library's lock over an allocation.
func (d *device) Fill() {
	d.mu.Lock()
	defer d.mu.Unlock()
	kern.Alloc(1, kern.Kernel)
}

// Read holds a share of one.
func (d *device) Read() {
	d.rw.RLock()
	kern.Alloc(1, kern.Kernel)
	d.rw.RUnlock()
}

// Count holds one over nothing.
func (d *device) Count() {
	d.clean.Lock()
	d.n++
	d.clean.Unlock()
}

// Complete takes all of them.
func (d *device) Complete(f *Fence) {
	go func() {
		d.mu.Lock() // want lock-in-signalling[contract]
		d.mu.Unlock()
		d.rw.Lock() // want lock-in-signalling[contract]
		d.rw.Unlock()
		d.clean.Lock()
		d.clean.Unlock()
		if d.mu.TryLock() {
			d.mu.Unlock()
		}
		f.Signal(nil)
	}()
}

// Timer signals from a timer.
func Timer(f *Fence) {
	time.AfterFunc(time.Second, func() {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
		f.Signal(nil)
	})
}

// Group starts goroutines with a WaitGroup.
func Group(f, g *Fence) {
	var wg sync.WaitGroup
	wg.Go(func() {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
		f.Signal(nil)
	})
	wg.Go(func() {
		g.Signal(nil)
		kern.Alloc(1, kern.Kernel)
	})
	wg.Wait()
}

// After signals when a context ends.
func After(ctx context.Context, f *Fence) {
	context.AfterFunc(ctx, func() {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
		f.Signal(nil)
	})
}

// Cancelled waits for a context in a section.
func Cancelled(ctx context.Context, f *Fence) {
	go func() {
		<-ctx.Done() // want block-in-signalling[breach]
		f.Signal(nil)
	}()
}

// Pool uses a pool that never blocks; what it calls to fill itself allocates.
func Pool(f *Fence) {
	pool := sync.Pool{New: func() any {
		return kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	}}
	go func() {
		pool.Get()
		f.Signal(nil)
	}()
}

// Atomic waits with a spin lock held.
func (d *device) Atomic() {
	d.spin.Lock()
	d.mu.Lock() // want sleep-in-atomic[breach]
	d.mu.Unlock()
	time.Sleep(1) // want sleep-in-atomic[breach]
	d.jobs.Wait() // want sleep-in-atomic[breach]
	d.jobs.Done()
	d.spin.Unlock()
	d.jobs.Add(1)
}

// Ticker ranges over ticks: idle until one comes with a fence.
func Ticker(fences chan *Fence) {
	go func() {
		ticker := time.NewTicker(time.Second)
		defer ticker.Stop()
		for range ticker.C {
			select {
			case f := <-fences:
				f.Signal(nil)
			default:
			}
		}
	}()
}
