package lock

import (
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/waitfor"
)

// Resv is the lock of a reservation object (include/linux/dma-resv.h). Anyone may
// wait for fences and allocate while holding one, in every driver. The zero value is
// free.
//
//fencelint:lock over=fence,reclaim
type Resv struct {
	hold
	order uint64 // its place in LockPair, 0 before it was first locked there
}

// Lock sleeps until t has the lock. Two of them at once are taken with [LockPair].
//
//fencelint:acquires l
//fencelint:trusted -- the inside of the lock
func (l *Resv) Lock(t *sim.Task) {
	t.MightSleep("Resv.Lock")
	l.lock(t, l, "Lock", false)
}

// TryLock takes the lock if it is free; reclaim may do no more.
//
//fencelint:acquires l try
//fencelint:trusted -- the inside of the lock
func (l *Resv) TryLock(t *sim.Task) bool { return l.try(t, l, false) }

// Unlock gives the lock back.
//
//fencelint:releases l
//fencelint:trusted -- the inside of the lock
func (l *Resv) Unlock(t *sim.Task) {
	l.unlock(t, l)
	t.Preempt()
}

func (l *Resv) String() string { return l.label("reservation") }

// Needs makes the lock a node of the wait-for graph.
func (l *Resv) Needs() waitfor.Needs { return l.needs() }

// Assert records a trip unless t holds the lock.
func (l *Resv) Assert(t *sim.Task) {
	if !t.Holds(l) {
		t.Trip("does not hold " + l.String())
	}
}

// orders hands out the places of a machine's reservations.
type orders struct{ last uint64 }

func (o *orders) of(l *Resv) uint64 {
	if l.order == 0 {
		o.last++
		l.order = o.last
	}
	return l.order
}

// LockPair takes two different reservations in an order on which all agree, whatever
// the order of its arguments.
//
//fencelint:acquires a
//fencelint:acquires b
//fencelint:trusted -- the inside of the locks: the order is the locks' own
func LockPair(t *sim.Task, a, b *Resv) {
	o := sim.Part(t.Machine(), func(*sim.Machine) *orders { return &orders{} })
	if o.of(a) > o.of(b) {
		a, b = b, a
	}
	a.Lock(t)
	b.Lock(t)
}
