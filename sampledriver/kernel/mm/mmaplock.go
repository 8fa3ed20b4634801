package mm

import (
	"github.com/fencelint/fencelint/sampledriver/kernel/lock"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/waitfor"
)

// MmapLock protects the layout of an address space. Page faults take it, and so does
// every copy from or to user memory; page fault handlers wait for fences and allocate
// under it.
//
//fencelint:lock over=fence,reclaim
type MmapLock struct{ rw lock.RW }

// Lock sleeps until t may change the layout.
//
//fencelint:acquires l
//fencelint:trusted -- the lock is l; rw is only what it is made of
func (l *MmapLock) Lock(t *sim.Task) { l.rw.Lock(t) }

// Unlock gives the lock back.
//
//fencelint:releases l
//fencelint:trusted -- the lock is l; rw is only what it is made of
func (l *MmapLock) Unlock(t *sim.Task) { l.rw.Unlock(t) }

// RLock sleeps until t may rely on the layout.
//
//fencelint:acquires l shared
//fencelint:trusted -- the lock is l; rw is only what it is made of
func (l *MmapLock) RLock(t *sim.Task) { l.rw.RLock(t) }

// TryRLock takes a reader's share if nobody changes the layout.
//
//fencelint:acquires l shared try
//fencelint:trusted -- the lock is l; rw is only what it is made of
func (l *MmapLock) TryRLock(t *sim.Task) bool { return l.rw.TryRLock(t) }

// RUnlock gives a reader's share back.
//
//fencelint:releases l
//fencelint:trusted -- the lock is l; rw is only what it is made of
func (l *MmapLock) RUnlock(t *sim.Task) { l.rw.RUnlock(t) }

// Needs makes the lock a node of the wait-for graph.
func (l *MmapLock) Needs() waitfor.Needs { return l.rw.Needs() }

func (l *MmapLock) String() string { return l.rw.String() }
