// Package slot hands out the numbered resources of which the hardware has few: address
// space contexts, event stamps, buffer managers. An owner that comes back finds its
// old slot as it left it, unless somebody else has had it meanwhile. Who of several
// owners gets a slot that has become free is up to a [Policy].
package slot

import (
	"slices"

	"github.com/fencelint/fencelint/sampledriver/kernel/lock"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/wait"
	"github.com/fencelint/fencelint/sampledriver/kernel/waitfor"
)

// Owner is one who needs a slot of a table now and then, and its memory of the one that
// it has or had. It is embedded in the owner, and usable after Init.
type Owner struct {
	node   waitfor.Node
	index  int
	serial uint64 // of the slot when it was taken, 0 if never
	users  int    // that the owner has the slot for
}

// Init makes node the one who will put the slots of o back.
func (o *Owner) Init(node waitfor.Node) { o.node = node }

// Index is the number of the slot that o has, or had last.
func (o *Owner) Index() int { return o.index }

// Claim is an owner's wish for a slot.
type Claim struct {
	Owner *Owner
	// Users is how many calls of [Table.Put] the slot is for.
	Users int
	// State is set when the wish has come true: it says in which state the slot is.
	State State
}

// State is what an owner finds its slot in.
type State uint8

// The states.
const (
	Shared State = iota // the owner has the slot for others already
	Kept                // nobody has had it since the owner put it back
	Fresh               // another slot, or somebody else's
)

// Table is a fixed number of slots.
//
//fencelint:pool
type Table struct {
	name    string
	policy  Policy
	lock    lock.Spin
	slots   []entry
	first   int
	free    int
	waiting []*request // oldest first
	freed   wait.Queue // a slot has become free, or somebody does not wait any more
	last    uint64     // serial given out last
	stats   Stats
}

type entry struct {
	owner    *Owner // who has it, nil when nobody does
	priority int    // of the request that it was taken for
	serial   uint64 // of the last owner
	put      uint64 // when it was put back, counted in serials
}

// request is a Get that is under way.
type request struct {
	priority int
	claims   []*Claim
}

// NewTable returns a table of slots first to first+n-1.
func NewTable(name string, first, n int, policy Policy) *Table {
	s := &Table{name: name, policy: policy, slots: make([]entry, first+n), first: first, free: n}
	s.lock.SetName("of " + name + " slots")
	s.freed.SetName("for " + name + " slots")
	s.freed.WokenBy(s)
	return s
}

// Get waits until all claims can be met together, or until t is killed. To have some
// and wait for others would be to keep them from somebody who does the same. The most
// urgent priority is 0.
//
//fencelint:acquires s
//fencelint:trusted -- the inside of the pool: the wait on freed is what acquires says
func (s *Table) Get(t *sim.Task, priority int, claims ...*Claim) error {
	r := &request{priority, claims}
	since, waited := t.Now(), false
	s.lock.Lock(t)
	s.waiting = append(s.waiting, r)
	for !s.admits(r) {
		s.lock.Unlock(t)
		waited = true
		err := s.freed.EventKillable(t, func() bool { return s.admits(r) })
		s.lock.Lock(t)
		if err != nil {
			s.leave(t, r)
			return err
		}
	}
	for _, c := range claims {
		s.take(c, priority)
	}
	s.stats.count(Wait{priority, t.Now() - since, t.Now()}, waited)
	s.leave(t, r)
	return nil
}

// leave ends a Get, with the lock held. What kept others waiting may have been r.
func (s *Table) leave(t *sim.Task, r *request) {
	s.waiting = slices.DeleteFunc(s.waiting, func(o *request) bool { return o == r })
	others := len(s.waiting) > 0
	s.lock.Unlock(t)
	if others {
		s.freed.Wake(t)
	}
}

// Put ends one use of o's slot. The last one gives it back, and is told so. Put may be
// called in any context.
//
//fencelint:releases s
//fencelint:wakes s.freed
func (s *Table) Put(t *sim.Task, o *Owner) (last bool) {
	s.lock.Lock(t)
	o.users--
	last = o.users == 0
	if last {
		e := &s.slots[o.index]
		e.owner = nil
		s.last++
		e.put = s.last
		s.free++
	}
	s.lock.Unlock(t)
	if last {
		s.freed.Wake(t)
	}
	return last
}

// Free is the number of slots that nobody has.
func (s *Table) Free() int { return s.free }

// Stats is how the table has been used so far.
func (s *Table) Stats() Stats {
	stats := s.stats
	stats.Log = slices.Clone(stats.Log)
	return stats
}

func (s *Table) String() string { return s.name + " slots" }

// Needs makes the table a node of the wait-for graph: whoever waits for it goes on when
// one of the holders does.
func (s *Table) Needs() waitfor.Needs {
	if len(s.waiting) == 0 || slices.ContainsFunc(s.waiting, s.admits) {
		return waitfor.Free()
	}
	var holders []waitfor.Node
	for _, e := range s.slots {
		if e.owner != nil {
			holders = append(holders, e.owner.node)
		}
	}
	return waitfor.Any(holders...)
}

// take meets a claim: with the slot that the owner has, with that of before if it is
// untouched, or else with the one that has been free for longest.
func (s *Table) take(c *Claim, priority int) {
	o := c.Owner
	o.users += c.Users
	if o.users > c.Users {
		c.State = Shared
		return
	}
	s.free--
	if e := &s.slots[o.index]; o.serial != 0 && e.serial == o.serial && e.owner == nil {
		e.owner, e.priority = o, priority
		c.State = Kept
		return
	}
	best := -1
	for i := s.first; i < len(s.slots); i++ {
		e := &s.slots[i]
		if e.owner == nil && (best < 0 || e.put < s.slots[best].put) {
			best = i
		}
	}
	if s.slots[best].serial != 0 {
		s.stats.Steals++
	}
	s.last++
	o.index, o.serial = best, s.last
	s.slots[best] = entry{owner: o, priority: priority, serial: s.last, put: s.slots[best].put}
	c.State = Fresh
}
