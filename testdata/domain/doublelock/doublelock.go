// Package doublelock takes a lock twice, or two locks of a class.
package doublelock

import (
	"sync"

	"github.com/fencelint/fencelint/testdata/kern"
)

type device struct {
	mu    kern.Mutex
	std   sync.Mutex
	rw    kern.RWMutex
	quiet kern.RWMutex
	peer  *device
	list  []*device
	count int
}

// Twice is the plain case.
func (d *device) Twice() {
	d.mu.Lock()
	d.mu.Lock() // want double-lock[cycle/error]
	d.mu.Unlock()
	d.mu.Unlock()
}

// Once releases in between.
func (d *device) Once() {
	d.mu.Lock()
	d.mu.Unlock()
	d.mu.Lock()
	d.mu.Unlock()
}

// Outer calls what takes the lock as well.
func (d *device) Outer() {
	d.std.Lock()
	defer d.std.Unlock()
	d.count = d.middle()
}

func (d *device) middle() int { return d.size() + 1 }

func (d *device) size() int {
	d.std.Lock() // want double-lock[cycle/error]
	defer d.std.Unlock()
	return d.count
}

// OuterGood calls the variant for those who hold it.
func (d *device) OuterGood() {
	d.std.Lock()
	defer d.std.Unlock()
	d.count = d.sizeLocked()
}

func (d *device) sizeLocked() int { return d.count }

// Peer takes the lock of another device.
func (d *device) Peer() {
	d.mu.Lock()
	d.peer.take()
	d.mu.Unlock()
}

func (d *device) take() {
	d.mu.Lock()
	d.mu.Unlock()
}

// Self hands itself over, past a function that is also called with others.
func (d *device) Self() {
	d.mu.Lock()
	both(d.peer, d)
	d.mu.Unlock()
}

func both(x, y *device) {
	x.lockAll()
	y.lockAll()
}

func (d *device) lockAll() {
	d.mu.Lock() // want double-lock[cycle]
	d.mu.Unlock()
}

// List takes the locks of a list, one after another.
func (d *device) List() {
	for _, e := range d.list {
		e.mu.Lock()
	}
	for _, e := range d.list {
		e.mu.Unlock()
	}
}

// Hand takes locks hand over hand.
func Hand(d *device) {
	d.mu.Lock()
	for d.peer != nil {
		next := d.peer
		next.mu.Lock()
		d.mu.Unlock()
		d = next
	}
	d.mu.Unlock()
}

// Upgrade wants to write what it reads.
func (d *device) Upgrade() {
	d.rw.RLock()
	d.rw.Lock() // want double-lock[cycle]
	d.rw.Unlock()
	d.rw.RUnlock()
}

// Recursive reads while it reads.
func (d *device) Recursive() {
	d.rw.RLock()
	d.read()
	d.rw.RUnlock()
}

func (d *device) read() {
	d.rw.RLock() // want read-lock-recursion[cycle/error]
	d.rw.RUnlock()
}

// Quiet reads while it reads what nobody writes.
func (d *device) Quiet() {
	d.quiet.RLock()
	d.quiet.RLock()
	d.quiet.RUnlock()
	d.quiet.RUnlock()
}

// Try asks for it only.
func (d *device) Try() {
	d.mu.Lock()
	if d.mu.TryLock() {
		d.mu.Unlock()
	}
	d.mu.Unlock()
}

// Conditional locks and unlocks under one condition.
func (d *device) Conditional(locked bool) {
	if !locked {
		d.mu.Lock()
	}
	d.count++
	if !locked {
		d.mu.Unlock()
	}
	d.take()
}

// Started has another goroutine take it.
func (d *device) Started() {
	d.mu.Lock()
	go d.take()
	d.mu.Unlock()
}

// Relock gives its caller's lock up for a while.
func (d *device) Relock() {
	d.mu.Lock()
	d.wait()
	d.mu.Unlock()
}

func (d *device) wait() {
	d.mu.Unlock()
	d.take()
	d.mu.Lock()
}

// With calls back with the lock held.
func (d *device) With() {
	d.with(func() {
		d.mu.Lock() // want double-lock[cycle] known(what a callback has captured is not told apart)
		d.mu.Unlock()
	})
	d.with(func() { d.count++ })
}

func (d *device) with(fn func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	fn()
}

var (
	state kern.Mutex
	other device
)

// Global holds a package's lock and calls what takes it.
func Global() {
	state.Lock()
	defer state.Unlock()
	touch()
}

func touch() {
	state.Lock() // want double-lock[cycle]
	state.Unlock()
}

// Other holds a global device's lock, and takes another's.
func Other(d *device) {
	other.mu.Lock()
	d.take()
	other.mu.Unlock()
}

// Missing returns with the lock held when it fails.
func (d *device) Missing(fail bool) bool {
	d.mu.Lock()
	if fail {
		return false // want missing-unlock[breach/error]
	}
	d.mu.Unlock()
	return true
}

// MissingGood has it deferred.
func (d *device) MissingGood(fail bool) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return !fail
}

// MissingStd is about a mutex of the standard library.
func (d *device) MissingStd(fail bool) bool {
	d.std.Lock()
	if fail {
		return false // want missing-unlock[breach/error]
	}
	d.std.Unlock()
	return true
}

// lockDevice is a helper: it returns holding.
func (d *device) lockDevice() { d.mu.Lock() }

// tryLock returns holding where it says so.
func (d *device) tryLock() bool {
	d.mu.Lock()
	if d.count > 0 {
		d.mu.Unlock()
		return false
	}
	return true
}

// Helped uses them.
func (d *device) Helped() {
	d.lockDevice()
	d.mu.Unlock()
	if d.tryLock() {
		d.mu.Unlock()
	}
}
