// Package completed moves what is done from one list to another before it signals:
// the fences were within reach all along.
package completed

import "github.com/fencelint/fencelint/testdata/kern"

type job struct{ done kern.Fence }

// Events finds whose job is done.
type Events struct{ owners [8]*Ring }

// Start is called by a client.
func (e *Events) Start() {
	kern.Alloc(1, kern.Kernel)
	go e.dispatch()
}

func (e *Events) dispatch() {
	kern.Alloc(1, kern.NoFS) // want alloc-in-signalling[contract]
	for _, r := range e.owners {
		if r != nil {
			r.complete()
		}
	}
	kern.Alloc(1, kern.Kernel)
}

// Ring is where jobs wait for their turn.
type Ring struct{ pending []*job }

func (r *Ring) complete() {
	var done []*job
	for len(r.pending) > 0 && r.pending[0].done.Done() {
		done, _ = kern.Grow(done, 1, kern.NoIO) // want alloc-in-signalling[contract]
		done = append(done, r.pending[0])
		r.pending = r.pending[1:]
	}
	for _, j := range done {
		j.done.Signal(nil)
	}
}

// Drop is called by a client, which signals nothing that it was not asked to.
func (r *Ring) Drop() {
	kern.Alloc(1, kern.Kernel)
	for _, j := range r.pending {
		j.done.Signal(nil)
	}
}

// Whole copies the list in one go.
type Whole struct{ pending []*job }

// Start is called by a client.
func (w *Whole) Start() { go w.complete() }

func (w *Whole) complete() {
	all := append([]*job(nil), w.pending...)
	kern.Alloc(1, kern.NoFS) // want alloc-in-signalling[contract]
	for _, j := range all {
		j.done.Signal(nil)
	}
}

// Worker waits for the next item of a list: until there is one it is idle.
type Worker struct {
	items []*job
	wait  kern.WaitQueue
}

// Start is called by a client.
func (w *Worker) Start() { go w.loop() }

// Add is called by a client.
func (w *Worker) Add() {
	w.items = append(w.items, new(job))
	w.wait.Wake()
}

func (w *Worker) ready() bool { return len(w.items) > 0 }

func (w *Worker) loop() {
	for {
		kern.Alloc(1, kern.Kernel)
		w.wait.Wait(w.ready)
		next := w.items[0]
		kern.Alloc(1, kern.NoFS) // want alloc-in-signalling[contract]
		next.done.Signal(nil)
	}
}
