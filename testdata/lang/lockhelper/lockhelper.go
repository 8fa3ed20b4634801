// Package lockhelper has functions that return with a lock held, and others that
// release their caller's.
package lockhelper

import "github.com/fencelint/fencelint/testdata/kern"

type device struct {
	spin kern.Spin
	busy bool
}

// lock returns holding on every path.
func (d *device) lock() {
	d.spin.Lock()
	d.busy = true
}

func (d *device) unlock() {
	d.busy = false
	d.spin.Unlock()
}

// Helpers sleeps between them.
func (d *device) Helpers() {
	kern.Sleep(1)
	d.lock()
	kern.Sleep(1) // want sleep-in-atomic[breach]
	d.unlock()
	kern.Sleep(1)
}

// Deferred defers the helper.
func (d *device) Deferred() {
	d.lock()
	defer d.unlock()
	kern.Sleep(1) // want sleep-in-atomic[breach]
}

// lockTwice calls a helper that calls a helper.
func (d *device) lockTwice() { d.lock() }

// Twice holds through two levels.
func (d *device) Twice() {
	d.lockTwice()
	kern.Sleep(1) // want sleep-in-atomic[breach]
	d.unlock()
}

// guard keeps the lock while it lives.
type guard struct{ d *device }

// acquire returns a guard: the lock passes into a returned object.
func (d *device) acquire() *guard {
	d.spin.Lock()
	return &guard{d: d}
}

func (g *guard) release() { g.d.spin.Unlock() }

// Guarded sleeps while the guard lives, and after it.
func Guarded(d *device) {
	g := d.acquire()
	kern.Sleep(1) // want sleep-in-atomic[breach]
	g.release()
	kern.Sleep(1)
}

// with runs fn with the lock held.
func (d *device) with(fn func()) {
	d.spin.Lock()
	defer d.spin.Unlock()
	fn()
}

// With passes a function that sleeps, and one that does not.
func With(d *device) {
	d.with(func() {
		kern.Sleep(1) // want sleep-in-atomic[breach]
	})
	d.with(func() { d.busy = false })
	kern.Sleep(1)
}

// relock drops its caller's lock for a while: the sleep is legal.
func (d *device) relock() {
	d.spin.Unlock()
	kern.Sleep(1)
	d.spin.Lock()
}

// Relocked calls it with the lock held and sleeps afterwards, held again.
func Relocked(d *device) {
	d.spin.Lock()
	d.relock()
	kern.Sleep(1) // want sleep-in-atomic[breach]
	d.spin.Unlock()
}

type pair struct {
	a, b kern.Spin
}

// Pair releases one of two locks: the other is still held.
func (p *pair) Pair() {
	p.a.Lock()
	p.b.Lock()
	p.b.Unlock()
	kern.Sleep(1) // want sleep-in-atomic[breach]
	p.a.Unlock()
	kern.Sleep(1)
}

// lockParam locks whatever it is given; the class is the caller's.
func lockParam(s *kern.Spin) { s.Lock() }

func unlockParam(s *kern.Spin) { s.Unlock() }

// Param calls them with two locks.
func (p *pair) Param() {
	lockParam(&p.a)
	kern.Sleep(1) // want sleep-in-atomic[breach]
	unlockParam(&p.a)
	kern.Sleep(1)
	lockParam(&p.b)
	unlockParam(&p.b)
	kern.Sleep(1)
}

// lockBoth returns what unlocks: on each path it holds something else.
func lockBoth(a, b *kern.Mutex) func() {
	if a == b {
		a.Lock()
		return func() { a.Unlock() }
	}
	a.Lock()
	b.Lock()
	return func() {
		b.Unlock()
		a.Unlock()
	}
}

// lockOne returns nothing that would unlock.
func lockOne(a *kern.Mutex, now bool) func() {
	if now {
		a.Lock()
		return func() {} // want missing-unlock[breach]
	}
	return func() {}
}
