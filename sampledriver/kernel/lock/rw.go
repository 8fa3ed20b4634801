package lock

import (
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/waitfor"
)

// RW is a lock that many readers or one writer can have. The zero value is free.
//
//fencelint:lock
type RW struct{ hold }

// Lock sleeps until t has the lock alone.
//
//fencelint:acquires l
//fencelint:trusted -- the inside of the lock
func (l *RW) Lock(t *sim.Task) {
	t.MightSleep("RW.Lock")
	l.lock(t, l, "Lock", false)
}

// Unlock gives the lock back.
//
//fencelint:releases l
//fencelint:trusted -- the inside of the lock
func (l *RW) Unlock(t *sim.Task) {
	l.unlock(t, l)
	t.Preempt()
}

// RLock sleeps until t has the lock with other readers.
//
//fencelint:acquires l shared
//fencelint:trusted -- the inside of the lock
func (l *RW) RLock(t *sim.Task) {
	t.MightSleep("RW.RLock")
	l.lock(t, l, "RLock", true)
}

// TryRLock takes a reader's share if there is no writer.
//
//fencelint:acquires l shared try
//fencelint:trusted -- the inside of the lock
func (l *RW) TryRLock(t *sim.Task) bool { return l.try(t, l, true) }

// RUnlock gives a reader's share back.
//
//fencelint:releases l
//fencelint:trusted -- the inside of the lock
func (l *RW) RUnlock(t *sim.Task) {
	l.unlock(t, l)
	t.Preempt()
}

func (l *RW) String() string { return l.label("rw lock") }

// Needs makes the lock a node of the wait-for graph.
func (l *RW) Needs() waitfor.Needs { return l.needs() }
