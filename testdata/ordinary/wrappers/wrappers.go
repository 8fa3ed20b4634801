// Package wrappers has locks in types that are nothing but a lock.
package wrappers

import "sync"

// plain forwards to what it wraps.
type plain struct{ m sync.Mutex }

// Lock is where those find themselves that go wrong below: Move and Twice.
func (p *plain) Lock() {
	p.m.Lock() // want double-lock[cycle/error] lock-order[cycle/error]
}

func (p *plain) Unlock() { p.m.Unlock() }

// noted notes who has it, and wraps one that wraps.
type noted struct{ p plain }

func (n *noted) Lock() {
	note(1)
	n.p.Lock()
}

func (n *noted) Unlock() {
	note(-1)
	n.p.Unlock()
}

func note(int) {}

// shared is for readers as well.
type shared struct{ sync.RWMutex }

var liveMu noted

var live = map[*route]int{}

type routes struct {
	mu    noted
	table shared
	all   []*route
	other *routes
}

type route struct{ mu noted }

// Register is called with locks held, and takes a last one.
func Register(r *route) {
	liveMu.Lock()
	defer liveMu.Unlock()
	live[r]++
}

// Add takes the table, then the last one.
func (r *routes) Add(one *route) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.table.Lock()
	defer r.table.Unlock()
	r.all = append(r.all, one)
	Register(one)
}

// Count takes them in that order too.
func (r *routes) Count() int {
	r.mu.Lock()
	n := r.count()
	r.mu.Unlock()
	return n
}

func (r *routes) count() int {
	r.table.RLock()
	defer r.table.RUnlock()
	return len(r.all)
}

// Drop takes one of a route below that of the table.
func (r *routes) Drop(one *route) {
	r.mu.Lock()
	defer r.mu.Unlock()
	one.mu.Lock()
	r.all = nil
	one.mu.Unlock()
}

// Move takes them the other way round.
func (r *routes) Move(one *route) {
	one.mu.Lock()
	defer one.mu.Unlock()
	r.mu.Lock()
	r.all = append(r.all, one)
	r.mu.Unlock()
}

// Twice takes one that its caller has.
func (r *routes) Twice() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.again()
}

func (r *routes) again() {
	r.mu.Lock()
	r.mu.Unlock()
}

// Leave forgets it on one path.
func (r *routes) Leave(n int) {
	r.mu.Lock()
	if n == 0 {
		return // want missing-unlock[breach/error]
	}
	r.mu.Unlock()
}
