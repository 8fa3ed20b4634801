// Package readers has locks that are read-locked in both orders, and written by others.
package readers

import "sync"

// device is shown, told its key, and kept alive. Who shows it reads in the one order, and who
// keeps it alive in the other: for these two to be stuck two who want to write have to come
// in between. Who tells it its key wants to write, and has.
type device struct {
	self struct {
		sync.RWMutex
		key int
	}
	peers struct {
		sync.RWMutex
		all []int
	}
}

func (d *device) get() (int, int) {
	d.self.RLock()
	defer d.self.RUnlock()
	d.peers.RLock()
	defer d.peers.RUnlock()
	return d.self.key, len(d.peers.all)
}

func (d *device) set(key int) {
	d.self.Lock()
	defer d.self.Unlock()
	d.peers.Lock() // want lock-order[cycle/error]
	defer d.peers.Unlock()
	d.self.key = key
	d.peers.all = nil
}

func (d *device) keepalive() (sum int) {
	d.peers.RLock()
	defer d.peers.RUnlock()
	for _, peer := range d.peers.all {
		d.self.RLock()
		sum += peer + d.self.key
		d.self.RUnlock()
	}
	return sum
}

// Use does all of it.
func Use(d *device) {
	go d.set(1)
	go d.keepalive()
	d.get()
}

// quiet is shown in the one order, and kept alive in the other. It is only written by who
// keeps those away who read.
type quiet struct {
	gate sync.RWMutex
	a    sync.RWMutex
	b    sync.RWMutex
	n    int
}

func (q *quiet) get() int {
	q.gate.RLock()
	defer q.gate.RUnlock()
	q.a.RLock()
	defer q.a.RUnlock()
	q.b.RLock()
	defer q.b.RUnlock()
	return q.n
}

func (q *quiet) set(n int) {
	q.gate.Lock()
	defer q.gate.Unlock()
	q.a.Lock()
	defer q.a.Unlock()
	q.b.Lock()
	defer q.b.Unlock()
	q.n = n
}

func (q *quiet) keepalive() int {
	q.gate.RLock()
	defer q.gate.RUnlock()
	q.b.RLock()
	defer q.b.RUnlock()
	q.a.RLock()
	defer q.a.RUnlock()
	return q.n
}

// Quiet does all of it.
func Quiet(q *quiet) {
	go q.set(1)
	go q.keepalive()
	q.get()
}
