package lock

import (
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/waitfor"
)

// Spin is a spin lock: who holds it may not sleep. The zero value is free.
//
//fencelint:lock spin
type Spin struct{ hold }

// Lock spins until t has the lock.
//
//fencelint:acquires l
//fencelint:trusted -- simulated spinning: the task parks without sleeping in the kernel's sense
func (l *Spin) Lock(t *sim.Task) {
	l.lock(t, l, "Lock", false)
	t.EnterAtomic()
}

// TryLock takes the lock if it is free.
//
//fencelint:acquires l try
//fencelint:trusted -- the inside of the lock
func (l *Spin) TryLock(t *sim.Task) bool {
	if !l.try(t, l, false) {
		return false
	}
	t.EnterAtomic()
	return true
}

// Unlock gives the lock back.
//
//fencelint:releases l
//fencelint:trusted -- the inside of the lock
func (l *Spin) Unlock(t *sim.Task) {
	l.unlock(t, l)
	t.LeaveAtomic()
	t.Preempt()
}

func (l *Spin) String() string { return l.label("spin lock") }

// Needs makes the lock a node of the wait-for graph.
func (l *Spin) Needs() waitfor.Needs { return l.needs() }
