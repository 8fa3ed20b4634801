// Package slot hands out the numbered resources of which the hardware has few: address
// space contexts, event stamps, buffer managers. An owner that comes back finds its
// old slot as it left it, unless somebody else has had it meanwhile.
package slot

import (
	"fmt"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/lock"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/wait"
	"github.com/fencelint/fencelint/sampledriver/kernel/waitfor"
)

// Token is an owner's memory of the slot that it has or had. The zero value is of an
// owner that never had one.
type Token struct {
	Index  int
	serial uint64
}

// Table is a fixed number of slots.
//
//fencelint:pool
type Table struct {
	name  string
	lock  lock.Spin
	slots []entry
	free  int
	freed wait.Queue
	last  uint64 // serial given out last
	stats Stats
}

type entry struct {
	busy   bool
	holder waitfor.Node // who will put it back
	serial uint64       // of the last owner
	put    uint64       // when it was put back, counted in serials
}

// Stats is how the table was used.
type Stats struct {
	Gets, Waits, Steals int
	LongestWait         time.Duration
}

func (s Stats) String() string {
	return fmt.Sprintf("%d gets, %d had to wait, %v at most; %d steals", s.Gets, s.Waits, s.LongestWait, s.Steals)
}

// NewTable returns a table of slots first to first+n-1.
func NewTable(name string, first, n int) *Table {
	s := &Table{name: name, slots: make([]entry, first+n), free: n}
	for i := range first {
		s.slots[i].busy = true
	}
	s.lock.SetName("of " + name + " slots")
	s.freed.SetName("for " + name + " slots")
	s.freed.WokenBy(s)
	return s
}

// Get waits for a slot for holder, or until t is killed. If the one of before is still as its
// owner left it, Get returns that; fresh says that it is another, or was somebody
// else's.
//
//fencelint:acquires s
//fencelint:trusted -- the inside of the pool: the wait on freed is what acquires says
func (s *Table) Get(t *sim.Task, holder waitfor.Node, before Token) (now Token, fresh bool, err error) {
	since, waited := t.Now(), false
	for {
		s.lock.Lock(t)
		now, fresh, ok := s.take(holder, before)
		if ok {
			s.stats.Gets++
			s.stats.LongestWait = max(s.stats.LongestWait, t.Now()-since)
		} else if !waited {
			waited = true
			s.stats.Waits++
		}
		s.lock.Unlock(t)
		if ok {
			return now, fresh, nil
		}
		if err := s.freed.EventKillable(t, func() bool { return s.free > 0 }); err != nil {
			return Token{}, false, err
		}
	}
}

// Put gives a slot back. It may be called in any context.
//
//fencelint:releases s
//fencelint:wakes s.freed
func (s *Table) Put(t *sim.Task, tok Token) {
	s.lock.Lock(t)
	e := &s.slots[tok.Index]
	e.busy, e.holder = false, nil
	s.last++
	e.put = s.last
	s.free++
	s.lock.Unlock(t)
	s.freed.Wake(t)
}

// Free is the number of slots that nobody has.
func (s *Table) Free() int { return s.free }

// Stats is how the table has been used so far.
func (s *Table) Stats() Stats { return s.stats }

func (s *Table) String() string { return s.name + " slots" }

// Needs makes the table a node of the wait-for graph: it goes on when one of the
// holders does.
func (s *Table) Needs() waitfor.Needs {
	if s.free > 0 {
		return waitfor.Free()
	}
	var holders []waitfor.Node
	for _, e := range s.slots {
		if e.holder != nil {
			holders = append(holders, e.holder)
		}
	}
	return waitfor.Any(holders...)
}

// take takes the slot of before if it is untouched, or else the one that has been free
// for longest.
func (s *Table) take(holder waitfor.Node, before Token) (now Token, fresh, ok bool) {
	if s.free == 0 {
		return Token{}, false, false
	}
	s.free--
	if e := &s.slots[before.Index]; before.serial != 0 && e.serial == before.serial && !e.busy {
		e.busy, e.holder = true, holder
		return before, false, true
	}
	best := -1
	for i, e := range s.slots {
		if !e.busy && (best < 0 || e.put < s.slots[best].put) {
			best = i
		}
	}
	if s.slots[best].serial != 0 {
		s.stats.Steals++
	}
	s.last++
	s.slots[best] = entry{busy: true, holder: holder, serial: s.last}
	return Token{Index: best, serial: s.last}, true, true
}
