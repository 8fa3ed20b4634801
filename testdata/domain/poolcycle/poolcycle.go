// Package poolcycle waits for slots of pools while it holds what those need who have
// the slots.
package poolcycle

import "github.com/fencelint/fencelint/testdata/kern"

type device struct {
	vms, events   kern.Slots
	first, second kern.Slots
	slots, spare  kern.Slots
	mu, narrow    kern.Mutex
	bits          kern.Slots
	bitsMu        kern.Mutex
}

// Forward and Back take slots of two pools, each first.
func (d *device) Forward() {
	d.vms.Get()
	d.events.Get() // want pool-cycle[cycle/error]
	d.events.Put()
	d.vms.Put()
}

func (d *device) Back() {
	d.events.Get()
	d.vms.Get()
	d.vms.Put()
	d.events.Put()
}

// Ordered and OrderedToo take them in one order.
func (d *device) Ordered() {
	d.first.Get()
	d.second.Get()
	d.second.Put()
	d.first.Put()
}

func (d *device) OrderedToo() {
	d.first.Get()
	defer d.first.Put()
	d.second.Get()
	defer d.second.Put()
}

// OrderedTry takes the wrong one first, and asks for the other only.
func (d *device) OrderedTry() {
	d.second.Get()
	if d.first.TryGet() {
		d.first.Put()
	}
	d.second.Put()
}

// Reserve waits for a slot with the lock held that Free takes before it gives one back.
func (d *device) Reserve() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.slots.Get() // want pool-cycle[cycle]
}

func (d *device) Free() {
	d.mu.Lock()
	d.slots.Put()
	d.mu.Unlock()
}

// ReserveGood waits for it first.
func (d *device) ReserveGood() {
	d.spare.Get()
	d.narrow.Lock()
	d.narrow.Unlock()
}

func (d *device) FreeGood() {
	d.narrow.Lock()
	d.spare.Put()
	d.narrow.Unlock()
}

// Use holds a slot while it takes the lock under which Wait waits for one.
func (d *device) Use() {
	d.bits.Get()
	d.bitsMu.Lock()
	d.bitsMu.Unlock()
	d.bits.Put()
}

func (d *device) Wait() {
	d.bitsMu.Lock()
	d.bits.Get() // want pool-cycle[cycle]
	d.bitsMu.Unlock()
	d.bits.Put()
}

// queue is one of many on a device, which share its events.
type queue struct {
	dev   *shared
	inner kern.Mutex
	users int
}

type shared struct {
	events kern.Slots
	queues [8]*queue
}

// NewJob waits for an event with its queue's lock held. A queue that waits has no
// event, so those that have one are others, whose locks are free.
func (q *queue) NewJob() {
	q.inner.Lock()
	if q.users == 0 {
		q.dev.events.Get()
	}
	q.users++
	q.inner.Unlock()
}

// Complete gives a queue's event back under that queue's lock.
func (q *queue) Complete() {
	q.inner.Lock()
	q.users--
	if q.users == 0 {
		q.dev.events.Put()
	}
	q.inner.Unlock()
}

// Stamped finds the queue by the event.
func (s *shared) Stamped(i int) {
	q := s.queues[i]
	q.inner.Lock()
	s.events.Put()
	q.inner.Unlock()
}
