package lockhelper

import (
	"errors"

	"github.com/fencelint/fencelint/testdata/kern"
)

type guarded struct {
	spin, other kern.Spin
	n           int
}

// lock returns the function that unlocks.
func (g *guarded) lock() func() {
	g.spin.Lock()
	return g.spin.Unlock
}

// lockToo has it from lock.
func (g *guarded) lockToo() func() { return g.lock() }

// lockBy returns a literal.
func (g *guarded) lockBy() func() {
	g.spin.Lock()
	return func() {
		g.n++
		g.spin.Unlock()
	}
}

var errBusy = errors.New("busy")

// lockOr may fail.
func (g *guarded) lockOr() (func(), error) {
	if g.n > 0 {
		return nil, errBusy
	}
	g.spin.Lock()
	return g.spin.Unlock, nil
}

// Unlocked sleeps only when what was returned has been called.
func (g *guarded) Unlocked() {
	unlock := g.lock()
	g.n++
	unlock()
	kern.Sleep(1)
}

// UnlockedLate sleeps before.
func (g *guarded) UnlockedLate() {
	unlock := g.lock()
	kern.Sleep(1) // want sleep-in-atomic[breach]
	unlock()
}

// UnlockedToo does so through two functions.
func (g *guarded) UnlockedToo() {
	unlock := g.lockToo()
	unlock()
	kern.Sleep(1)
}

// UnlockedBy calls the literal.
func (g *guarded) UnlockedBy() {
	unlock := g.lockBy()
	unlock()
	kern.Sleep(1)
}

// UnlockedOther releases one of two.
func (g *guarded) UnlockedOther() {
	g.other.Lock()
	unlock := g.lock()
	unlock()
	kern.Sleep(1) // want sleep-in-atomic[breach]
	g.other.Unlock()
}

// Deferred has other returns, which hold nothing.
func (g *guarded) Deferred(early bool) {
	if early {
		return
	}
	unlock := g.lock()
	defer unlock()
	g.n++
}

// Forgotten does not call it on one path.
func (g *guarded) Forgotten(early bool) {
	unlock := g.lock()
	if early {
		return // want missing-unlock[breach]
	}
	unlock()
}

// Failing holds it where locking has succeeded.
func (g *guarded) Failing() error {
	unlock, err := g.lockOr()
	if err != nil {
		kern.Sleep(1)
		return err
	}
	kern.Sleep(1) // want sleep-in-atomic[breach]
	unlock()
	kern.Sleep(1)
	return nil
}
