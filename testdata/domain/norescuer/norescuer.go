// Package norescuer signals from work queues: one that must start a worker needs
// memory before it can signal.
package norescuer

import "github.com/fencelint/fencelint/testdata/kern"

// Fence is signalled from work.
type Fence struct{ kern.Fence }

type device struct {
	plain kern.WorkQueue
	//fencelint:workqueue ordered
	ordered kern.WorkQueue
	//fencelint:workqueue ordered rescuer
	rescued kern.WorkQueue
	fence   *Fence
}

func (d *device) complete() { d.fence.Signal(nil) }

// Plain queues on a queue without rescuer.
func (d *device) Plain() {
	d.plain.Push(d.complete) // want no-rescuer[contract]
}

// Ordered queues on another.
func (d *device) Ordered() {
	d.ordered.Push(func() { // want no-rescuer[contract]
		d.complete()
	})
}

// Rescued queues on one that has one.
func (d *device) Rescued() { d.rescued.Push(d.complete) }

// Cleanup queues something that signals nothing.
func (d *device) Cleanup() { d.plain.Push(func() { kern.Free(nil) }) }

// engine holds its queues by pointer and makes them where it uses them.
type engine struct {
	plain *kern.WorkQueue
	//fencelint:workqueue ordered rescuer
	rescued *kern.WorkQueue
	fence   *Fence
}

func newQueue() *kern.WorkQueue { return &kern.WorkQueue{} }

func (e *engine) complete() { e.fence.Signal(nil) }

// MadePlain queues on what it has just put in a field that has no rescuer.
func MadePlain(f *Fence) *engine {
	e := &engine{fence: f}
	e.plain = newQueue()
	e.plain.Push(e.complete) // want no-rescuer[contract]
	return e
}

// MadeRescued queues on what it has just put in a field that has one.
func MadeRescued(f *Fence) *engine {
	e := &engine{fence: f}
	e.rescued = newQueue()
	e.rescued.Push(e.complete)
	return e
}
