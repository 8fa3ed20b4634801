package hops

import "sync"

// described says what it is.
type described interface{ Describe() int }

// Ring is a lock for who embeds it, and more than that for others.
type Ring struct {
	sync.RWMutex
	members map[int]int
}

// Put writes.
func (r *Ring) Put(k, v int) {
	r.Lock()
	defer r.Unlock()
	r.members[k] = v
}

// Describe reads.
func (r *Ring) Describe() int {
	r.RLock() // want read-lock-recursion[cycle/warning]
	defer r.RUnlock()
	return len(r.members)
}

func header(d described) int { return d.Describe() + 1 }

// Snapshot reads while it has itself described.
func (r *Ring) Snapshot() int {
	r.RLock()
	defer r.RUnlock()
	return header(r)
}

// Table embeds its lock too, and has others described.
type Table struct {
	sync.Mutex
	rows int
}

// Describe takes the lock.
func (t *Table) Describe() int {
	t.Lock()
	defer t.Unlock()
	return t.rows
}

// Join has another one described with its own lock held.
func (t *Table) Join(other *Table) {
	rows := header(other)
	t.Lock()
	defer t.Unlock()
	t.rows += rows
}

// Latch is a lock for everybody.
type Latch struct {
	sync.Mutex
	n int
}

func locking(l sync.Locker, f func()) {
	l.Lock() // want double-lock[cycle/error]
	defer l.Unlock()
	f()
}

// Twice has it taken by who has it.
func (l *Latch) Twice() {
	l.Lock()
	defer l.Unlock()
	locking(l, func() { l.n++ })
}
