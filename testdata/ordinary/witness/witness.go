// Package witness takes locks in both orders on two ways that are as long: the finding
// stands where the lock is taken whatever comes, and not where it takes a branch.
package witness

import "sync"

// Pool hands out what Cache keeps.
type Pool struct {
	alpha sync.Mutex
	beta  sync.Mutex
	inUse bool
	open  int
}

// Put takes them in the one order.
func (p *Pool) Put() {
	p.alpha.Lock()
	defer p.alpha.Unlock()
	p.beta.Lock()
	defer p.beta.Unlock()
	p.open++
}

// Close takes them in the other, twice: the first time only if nobody uses it.
func (p *Pool) Close() {
	p.beta.Lock()
	defer p.beta.Unlock()
	p.idle()
	p.remove()
}

func (p *Pool) idle() {
	if p.inUse {
		return
	}
	p.alpha.Lock()
	p.open--
	p.alpha.Unlock()
}

func (p *Pool) remove() {
	p.alpha.Lock() // want lock-order[cycle/error]
	p.open--
	p.alpha.Unlock()
}

// Table takes both in one order alone, with and without the branch.
type Table struct {
	alpha sync.Mutex
	beta  sync.Mutex
	inUse bool
	open  int
}

// Close takes the second last on either way.
func (t *Table) Close() {
	t.alpha.Lock()
	defer t.alpha.Unlock()
	t.idle()
	t.remove()
}

func (t *Table) idle() {
	if t.inUse {
		return
	}
	t.beta.Lock()
	t.open--
	t.beta.Unlock()
}

func (t *Table) remove() {
	t.beta.Lock()
	t.open--
	t.beta.Unlock()
}
