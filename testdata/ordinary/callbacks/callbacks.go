// Package callbacks takes locks in functions that are handed to others, which call them.
// Functions in order: each bad one with its good twin.
package callbacks

import "sync"

type batch struct {
	mu  sync.Mutex
	err error
	txn *transaction
}

type transaction struct{ writes int }

func (t *transaction) check() error { return nil }

// commit calls back at once where it fails, and later where it does not.
func (t *transaction) commit(done func(error)) {
	if t.writes == 0 {
		go done(nil)
		return
	}
	if err := t.check(); err != nil {
		done(err)
		return
	}
	go done(nil)
}

func (b *batch) done(err error) {
	if err == nil {
		return
	}
	b.mu.Lock() // want double-lock[cycle/error]
	b.err = err
	b.mu.Unlock()
}

func (b *batch) send() { b.txn.commit(b.done) }

// Flush hands over a method of its own with its lock held.
func (b *batch) Flush() {
	b.mu.Lock()
	b.send()
	b.mu.Unlock()
}

// FlushUnlocked has given the lock back.
func (b *batch) FlushUnlocked() {
	b.mu.Lock()
	b.txn.writes++
	b.mu.Unlock()
	b.send()
}

type later struct {
	mu  sync.Mutex
	txn *transaction
	n   int
}

// commitLater calls back from a goroutine only.
func (t *transaction) commitLater(done func(error)) {
	go done(t.check())
}

func (l *later) done(error) {
	l.mu.Lock()
	l.n++
	l.mu.Unlock()
}

// Flush may hold its lock.
func (l *later) Flush() {
	l.mu.Lock()
	l.txn.commitLater(l.done)
	l.mu.Unlock()
}

type node struct {
	mu    sync.Mutex
	next  *node
	value int
}

func with(f func(int), n int) { f(n) }

func (n *node) set(value int) {
	n.mu.Lock()
	n.value = value
	n.mu.Unlock()
}

// Push hands over a method of another instance.
func (n *node) Push() {
	n.mu.Lock()
	defer n.mu.Unlock()
	with(n.next.set, n.value)
}

type counter struct {
	mu sync.Mutex
	n  int
}

// Add hands over a literal that takes what is held.
func (c *counter) Add(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	with(func(n int) {
		c.mu.Lock() // want double-lock[cycle/error]
		c.n += n
		c.mu.Unlock()
	}, n)
}

// AddHeld hands over one that relies on it.
func (c *counter) AddHeld(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	with(func(n int) { c.n += n }, n)
}

type chosen struct {
	mu   sync.Mutex
	n    int
	hook func(int)
}

func (c *chosen) count(n int) {
	c.mu.Lock()
	c.n += n
	c.mu.Unlock()
}

// Call calls what it was handed on.
func (c *chosen) Call(n int) { with(c.hook, n) }
