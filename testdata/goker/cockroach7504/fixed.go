// Package cockroach7504 is the repaired form: a lease is unlocked before the name cache is asked to forget it, so that the only
// order is name cache -> lease.
package cockroach7504

import "sync"

type lease struct {
	mu   sync.Mutex
	id   int
	refs int
}

type tableState struct {
	mu     sync.Mutex
	active map[int]*lease
	names  *nameCache
}

func (t *tableState) release(id int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	l := t.active[id]
	if l == nil {
		return
	}
	l.mu.Lock()
	l.refs--
	unused := l.refs <= 0
	l.mu.Unlock()
	if unused {
		delete(t.active, id)
		t.names.remove(l)
	}
}

type nameCache struct {
	mu     sync.Mutex
	leases map[int]*lease
}

func (c *nameCache) get(id int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	l := c.leases[id]
	if l == nil {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.refs++
	return true
}

func (c *nameCache) remove(l *lease) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.leases[l.id] == l {
		delete(c.leases, l.id)
	}
}

// Run acquires a lease by name while it is released.
func Run() {
	l := &lease{id: 1}
	c := &nameCache{leases: map[int]*lease{1: l}}
	t := &tableState{active: map[int]*lease{1: l}, names: c}
	var wg sync.WaitGroup
	wg.Go(func() { c.get(1) })
	wg.Go(func() { t.release(1) })
	wg.Wait()
}
