package lock

import (
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/waitfor"
)

// Mutex is a lock for which tasks sleep. The zero value is free.
//
//fencelint:lock
type Mutex struct{ hold }

// Lock sleeps until t has the lock.
//
//fencelint:acquires l
//fencelint:trusted -- the inside of the lock
func (l *Mutex) Lock(t *sim.Task) {
	t.MightSleep("Mutex.Lock")
	l.lock(t, l, "Lock", false)
}

// TryLock takes the lock if it is free.
//
//fencelint:acquires l try
//fencelint:trusted -- the inside of the lock
func (l *Mutex) TryLock(t *sim.Task) bool { return l.try(t, l, false) }

// Unlock gives the lock back.
//
//fencelint:releases l
//fencelint:trusted -- the inside of the lock
func (l *Mutex) Unlock(t *sim.Task) {
	l.unlock(t, l)
	t.Preempt()
}

func (l *Mutex) String() string { return l.label("mutex") }

// Needs makes the lock a node of the wait-for graph.
func (l *Mutex) Needs() waitfor.Needs { return l.needs() }

// Assert records a trip unless t holds the lock.
func (l *Mutex) Assert(t *sim.Task) {
	if !t.Holds(l) {
		t.Trip("does not hold " + l.String())
	}
}
