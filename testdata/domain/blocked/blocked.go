// Package blocked blocks and sleeps in sections: not a cycle, but against the rule
// that a fence signals in finite time. Where the other party is seen to be stuck it is
// a cycle.
package blocked

import (
	"sync"
	"time"

	"github.com/fencelint/fencelint/testdata/kern"
)

// Fence is owed.
type Fence struct{ kern.Fence }

type device struct {
	slots   kern.Slots
	queue   kern.WaitQueue
	acks    chan int
	n       int
	ready   bool
	jobs    sync.WaitGroup
	changed *sync.Cond
	//fencelint:workqueue rescuer
	work kern.WorkQueue
}

// Bad does everything in a section.
func (d *device) Bad(f *Fence) {
	kern.Publish(&f.Fence)
	d.acks <- 1                                  // want block-in-signalling[breach]
	<-d.acks                                     // want block-in-signalling[breach]
	d.queue.Wait(func() bool { return d.ready }) // want block-in-signalling[breach]
	d.slots.Get()                                // want block-in-signalling[breach]
	d.slots.Put()
	d.work.Flush()         // want block-in-signalling[breach]
	kern.CopyFromUser(nil) // want block-in-signalling[breach]
	d.jobs.Wait()          // want block-in-signalling[breach]
	d.changed.L.Lock()
	d.changed.Wait() // want block-in-signalling[breach]
	d.changed.L.Unlock()
	kern.Sleep(1)           // want sleep-in-signalling[breach]
	time.Sleep(time.Second) // want sleep-in-signalling[breach/warning]
	kern.Pause(1)           // want sleep-in-signalling[breach/warning]
	f.Signal(nil)
}

// Good does it before and after.
func (d *device) Good(f *Fence) {
	d.slots.Get()
	d.work.Flush()
	kern.CopyFromUser(nil)
	d.jobs.Wait()
	kern.Publish(&f.Fence)
	d.slots.Put()
	d.queue.Wake()
	d.changed.Broadcast()
	d.work.Push(d.later)
	select {
	case d.acks <- 1:
	default:
	}
	f.Signal(nil)
	kern.Sleep(1)
	d.n = <-d.acks
}

func (d *device) later() {
	d.jobs.Add(1)
	d.jobs.Done()
	d.n++
}

type ring struct {
	slots kern.Slots
	fence *Fence
}

// Run waits for a slot while it owes a fence; slots come back when jobs complete.
func (r *ring) Run() {
	go func() {
		r.slots.Get() // want block-in-signalling[cycle]
		r.fence.Signal(nil)
	}()
}

// Retire waits for the job and then gives its slot back.
func (r *ring) Retire() {
	r.fence.Wait()
	r.slots.Put()
}
