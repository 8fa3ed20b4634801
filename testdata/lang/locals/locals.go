// Package locals keeps locks and fences in variables, slices, maps and globals.
package locals

import "github.com/fencelint/fencelint/testdata/kern"

type device struct {
	spin  kern.Spin
	spins [4]kern.Spin
	byID  map[int]*kern.Spin
	pairs []pair
}

type pair struct{ a, b kern.Spin }

var global kern.Spin

// Pointer locks through a pointer and unlocks through the field.
func (d *device) Pointer() {
	p := &d.spin
	p.Lock()
	kern.Sleep(1) // want sleep-in-atomic[breach]
	d.spin.Unlock()
	kern.Sleep(1)
}

// Local has a lock of its own.
func Local() {
	var spin kern.Spin
	spin.Lock()
	kern.Sleep(1) // want sleep-in-atomic[breach]
	spin.Unlock()
	kern.Sleep(1)
}

// Made has one from new.
func Made() {
	spin := new(kern.Spin)
	spin.Lock()
	kern.Sleep(1) // want sleep-in-atomic[breach]
	spin.Unlock()
	kern.Sleep(1)
}

// Array locks an element.
func (d *device) Array(i int) {
	d.spins[i].Lock()
	kern.Sleep(1) // want sleep-in-atomic[breach]
	d.spins[i].Unlock()
	kern.Sleep(1)
}

// Map locks a value of a map.
func (d *device) Map(id int) {
	spin := d.byID[id]
	spin.Lock()
	kern.Sleep(1) // want sleep-in-atomic[breach]
	spin.Unlock()
	kern.Sleep(1)
}

// Range locks one after the other.
func (d *device) Range() {
	for i := range d.spins {
		d.spins[i].Lock()
		d.spins[i].Unlock()
		kern.Sleep(i)
	}
	for i := range d.spins {
		s := &d.spins[i]
		s.Lock()
		kern.Sleep(i) // want sleep-in-atomic[breach]
		s.Unlock()
	}
	kern.Sleep(1)
}

// All locks all of them, and unlocks all.
func (d *device) All() {
	for i := range d.spins {
		d.spins[i].Lock()
	}
	kern.Sleep(1) // want sleep-in-atomic[breach]
	for i := range d.spins {
		d.spins[i].Unlock()
	}
}

// Struct locks a field of an element.
func (d *device) Struct() {
	for i := range d.pairs {
		p := &d.pairs[i]
		p.a.Lock()
		p.b.Lock()
		p.a.Unlock()
		kern.Sleep(1) // want sleep-in-atomic[breach]
		p.b.Unlock()
		kern.Sleep(1)
	}
}

// Two holds the lock of one device while it drops that of another.
func Two(d, e *device) {
	d.spin.Lock()
	e.spin.Lock()
	e.spin.Unlock()
	kern.Sleep(1) // want sleep-in-atomic[breach]
	d.spin.Unlock()
	kern.Sleep(1)
}

// Global locks a package variable in one function.
func Global() {
	global.Lock()
	helper()
	global.Unlock()
	kern.Sleep(1)
}

func helper() {
	kern.Sleep(1) // want sleep-in-atomic[breach]
}

// lockGlobal and unlockGlobal do so for others.
func lockGlobal()   { global.Lock() }
func unlockGlobal() { global.Unlock() }

// GlobalHelpers uses them.
func GlobalHelpers() {
	lockGlobal()
	kern.Sleep(1) // want sleep-in-atomic[breach]
	unlockGlobal()
	kern.Sleep(1)
}

// embedding has the lock's methods itself.
type embedding struct {
	kern.Spin
	n int
}

// Embedded locks the struct.
func (e *embedding) Embedded() {
	e.Lock()
	kern.Sleep(1) // want sleep-in-atomic[breach]
	e.Spin.Unlock()
	kern.Sleep(1)
}

// locker is any lock.
type locker interface {
	Lock()
	Unlock()
}

func with(l locker, fn func()) {
	l.Lock()
	fn()
	l.Unlock()
}

// Interface locks through an interface.
func Interface(d *device) {
	with(&d.spin, func() {
		kern.Sleep(1) // want sleep-in-atomic[breach]
	})
	with(&d.spin, func() {})
	kern.Sleep(1)
}

// Reassigned unlocks what the variable was when it locked.
func Reassigned(d, e *device) {
	x := d
	x.spin.Lock()
	x.spin.Unlock()
	x = e
	kern.Sleep(1)
	x.spin.Lock()
	kern.Sleep(1) // want sleep-in-atomic[breach]
	x.spin.Unlock()
}

// List locks hand over hand along a list.
func List(n *node) {
	n.spin.Lock()
	for n.next != nil {
		next := n.next
		next.spin.Lock()
		n.spin.Unlock()
		n = next
	}
	n.spin.Unlock()
	kern.Sleep(1)
}

type node struct {
	spin kern.Spin
	next *node
}
