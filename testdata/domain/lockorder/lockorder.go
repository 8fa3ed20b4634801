// Package lockorder takes locks in opposite orders, or seems to.
package lockorder

import (
	"sync"

	"github.com/fencelint/fencelint/testdata/kern"
)

type device struct {
	a, b, c, d, e, f kern.Mutex

	g, h, i, j kern.Mutex
	k, l       kern.RWMutex
	m, n       kern.RWMutex
	o, p       sync.Mutex
	q, r       sync.Mutex
	s, t       kern.Mutex
	u, v, w    kern.Mutex
	x, y, z    kern.Mutex
}

// Plain and PlainBack take two locks, each first.
func (d *device) Plain() {
	d.a.Lock()
	d.b.Lock()
	d.b.Unlock()
	d.a.Unlock()
}

func (d *device) PlainBack() {
	d.b.Lock()
	d.a.Lock() // want lock-order[cycle/error]
	d.a.Unlock()
	d.b.Unlock()
}

// Same and SameAgain take two locks in one order.
func (d *device) Same() {
	d.c.Lock()
	d.d.Lock()
	d.d.Unlock()
	d.c.Unlock()
}

func (d *device) SameAgain() {
	d.c.Lock()
	defer d.c.Unlock()
	d.d.Lock()
	defer d.d.Unlock()
}

// Released lets go of the first before it takes the second.
func (d *device) Released() {
	d.d.Lock()
	d.d.Unlock()
	d.c.Lock()
	d.c.Unlock()
}

// Helper takes the second lock three calls down; HelperBack has it deferred unlock.
func (d *device) Helper() {
	d.e.Lock()
	defer d.e.Unlock()
	d.one()
}

func (d *device) one() { d.two() }

func (d *device) two() {
	d.f.Lock()
	d.f.Unlock()
}

func (d *device) HelperBack() {
	d.lockF()
	d.e.Lock() // want lock-order[cycle]
	d.e.Unlock()
	d.unlockF()
}

func (d *device) lockF()   { d.f.Lock() }
func (d *device) unlockF() { d.f.Unlock() }

// Try takes the second lock if it is free: nobody waits.
func (d *device) Try() {
	d.g.Lock()
	if d.h.TryLock() {
		d.h.Unlock()
	}
	d.g.Unlock()
}

func (d *device) TryBack() {
	d.h.Lock()
	d.g.Lock()
	d.g.Unlock()
	d.h.Unlock()
}

// Started has the second lock taken by a goroutine, which inherits nothing.
func (d *device) Started() {
	d.i.Lock()
	go func() {
		d.j.Lock()
		d.j.Unlock()
	}()
	d.i.Unlock()
}

func (d *device) StartedBack() {
	d.j.Lock()
	d.i.Lock()
	d.i.Unlock()
	d.j.Unlock()
}

// Read and ReadBack take shares only, and somebody writes.
func (d *device) Read() {
	d.k.RLock()
	d.l.RLock()
	d.l.RUnlock()
	d.k.RUnlock()
}

func (d *device) ReadBack() {
	d.l.RLock()
	d.k.RLock() // want lock-order[cycle]
	d.k.RUnlock()
	d.l.RUnlock()
}

func (d *device) WriteBoth() {
	d.k.Lock()
	d.k.Unlock()
	d.l.Lock()
	d.l.Unlock()
}

// Share and ShareBack take shares of what nobody writes under.
func (d *device) Share() {
	d.m.RLock()
	d.n.RLock()
	d.n.RUnlock()
	d.m.RUnlock()
}

func (d *device) ShareBack() {
	d.n.RLock()
	d.m.RLock()
	d.m.RUnlock()
	d.n.RUnlock()
}

// Ordinary and OrdinaryBack use the standard library's mutexes.
func (d *device) Ordinary() {
	d.o.Lock()
	defer d.o.Unlock()
	d.p.Lock()
	defer d.p.Unlock()
}

func (d *device) OrdinaryBack() {
	d.p.Lock()
	defer d.p.Unlock()
	d.o.Lock() // want lock-order[cycle/error]
	defer d.o.Unlock()
}

// Locker takes a lock behind an interface.
func (d *device) Locker() {
	d.q.Lock()
	lockAll(&d.r)
	d.r.Unlock()
	d.q.Unlock()
}

func lockAll(locks ...sync.Locker) {
	for _, l := range locks {
		l.Lock()
	}
}

// Three locks, each taken while another one is held.
func (d *device) Three1() {
	d.u.Lock()
	d.v.Lock()
	d.v.Unlock()
	d.u.Unlock()
}

func (d *device) Three2() {
	d.v.Lock()
	d.w.Lock()
	d.w.Unlock()
	d.v.Unlock()
}

func (d *device) Three3() {
	d.w.Lock()
	d.u.Lock() // want lock-order[cycle]
	d.u.Unlock()
	d.w.Unlock()
}

// Gate and GateBack both hold a third lock: one waits for the other to be done.
func (d *device) Gate() {
	d.x.Lock()
	d.y.Lock()
	d.z.Lock()
	d.z.Unlock()
	d.y.Unlock()
	d.x.Unlock()
}

func (d *device) GateBack() {
	d.x.Lock()
	d.gated()
	d.x.Unlock()
}

func (d *device) gated() {
	d.z.Lock()
	d.y.Lock()
	d.y.Unlock()
	d.z.Unlock()
}

// Dropped releases the caller's lock before it takes its own.
func (d *device) Dropped() {
	d.s.Lock()
	d.without()
	d.s.Unlock()
}

func (d *device) without() {
	d.s.Unlock()
	d.t.Lock()
	d.t.Unlock()
	d.s.Lock()
}

func (d *device) DroppedBack() {
	d.t.Lock()
	d.s.Lock()
	d.s.Unlock()
	d.t.Unlock()
}

type both struct{ a, b, c, d kern.Mutex }

// Conditional locks and unlocks under one condition: nothing is held afterwards.
func (x *both) Conditional(locked bool) {
	if !locked {
		x.a.Lock()
	}
	x.touch()
	if !locked {
		x.a.Unlock()
	}
	x.b.Lock()
	x.b.Unlock()
}

func (x *both) ConditionalBack() {
	x.b.Lock()
	x.a.Lock()
	x.a.Unlock()
	x.b.Unlock()
}

func (x *both) touch() {}

// Within takes the second lock where the first may be held.
func (x *both) Within(locked bool) {
	if !locked {
		x.c.Lock()
	}
	x.d.Lock()
	x.d.Unlock()
	if !locked {
		x.c.Unlock()
	}
}

func (x *both) WithinBack() {
	x.d.Lock()
	x.c.Lock() // want lock-order[cycle]
	x.c.Unlock()
	x.d.Unlock()
}

// node has a lock of its own: a parent's is taken before its children's.
type node struct {
	mu       kern.Mutex
	parent   *node
	children []*node
}

// Walk goes down.
func (n *node) Walk() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, c := range n.children {
		c.Walk()
	}
}

// Move holds two of one class: nothing says that anybody takes them the other way.
func Move(from, to *node) {
	from.mu.Lock()
	to.mu.Lock()
	to.mu.Unlock()
	from.mu.Unlock()
}

var (
	table kern.Mutex
	cache kern.Mutex
)

// Global and GlobalBack are about package variables.
func Global() {
	table.Lock()
	defer table.Unlock()
	cache.Lock() // want lock-order[cycle]
	defer cache.Unlock()
}

func GlobalBack() {
	cache.Lock()
	table.Lock()
	table.Unlock()
	cache.Unlock()
}
